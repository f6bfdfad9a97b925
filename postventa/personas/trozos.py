"""Indices that find a piece of a name, where the database has them: PostgreSQL's pg_trgm.

It is a trusted extension: whoever owns the database creates it, no superuser is needed. Where it is
not installed (or on SQLite) the same searches read the table.
"""

from django.db import DatabaseError, migrations, transaction


def indice(tabla: str, columna: str, nombre: str) -> migrations.RunPython:
    """The migration's step; the expression is the one that `icontains` asks for."""

    def poner(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql" and _hay_trigramas(schema_editor):
            schema_editor.execute(
                f"CREATE INDEX {nombre} ON {tabla} USING gin (upper({columna}::text) gin_trgm_ops)"
            )

    def quitar(apps, schema_editor):
        schema_editor.execute(f"DROP INDEX IF EXISTS {nombre}")

    return migrations.RunPython(poner, quitar)


def _hay_trigramas(schema_editor) -> bool:
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return False
    return True
