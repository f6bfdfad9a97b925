"""The closed register only takes rows, for the database too (002:54)."""

from django.db import migrations

TABLAS = ("reclamos_cierre", "reclamos_agregado")


def _por_tabla(schema_editor, sentencia):
    if schema_editor.connection.vendor == "postgresql":
        for tabla in TABLAS:
            schema_editor.execute(sentencia.format(tabla), params=None)


def poner(apps, schema_editor):
    _por_tabla(
        schema_editor,
        "CREATE TRIGGER solo_agregar BEFORE UPDATE OR DELETE ON {} "
        "FOR EACH ROW EXECUTE FUNCTION bitacora_solo_agregar()",
    )


def quitar(apps, schema_editor):
    _por_tabla(schema_editor, "DROP TRIGGER solo_agregar ON {}")


class Migration(migrations.Migration):
    # The audit's migration made the function.
    dependencies = [
        ("reclamos", "0001_inicial"),
        ("expedientes", "0003_bitacora_solo_agregar"),
    ]

    operations = [migrations.RunPython(poner, quitar)]
