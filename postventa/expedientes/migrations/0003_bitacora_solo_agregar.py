"""The audit is append-only for the database too (TM-33). TRUNCATE stays, for the tests' flush."""

from django.db import migrations

TABLAS = ("expedientes_movimiento", "expedientes_cambiomaestro")
FUNCION = """
CREATE OR REPLACE FUNCTION bitacora_solo_agregar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'La tabla % solo admite agregar filas', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def _ejecutar(schema_editor, *sentencias):
    if schema_editor.connection.vendor != "postgresql":
        return
    for sentencia in sentencias:
        schema_editor.execute(sentencia, params=None)


def poner(apps, schema_editor):
    _ejecutar(
        schema_editor,
        FUNCION,
        *(
            f"CREATE TRIGGER solo_agregar BEFORE UPDATE OR DELETE ON {tabla} "
            "FOR EACH ROW EXECUTE FUNCTION bitacora_solo_agregar()"
            for tabla in TABLAS
        ),
    )


def quitar(apps, schema_editor):
    _ejecutar(
        schema_editor,
        *(f"DROP TRIGGER solo_agregar ON {tabla}" for tabla in TABLAS),
        "DROP FUNCTION bitacora_solo_agregar()",
    )


class Migration(migrations.Migration):
    dependencies = [("expedientes", "0002_initial")]

    operations = [migrations.RunPython(poner, quitar)]
