import re
from urllib.parse import parse_qs

from django.db import migrations

# The rule by which none is saved any more, as it stood.
NUMERO = re.compile(r"(?<![\w-])\+?\d[\d .()-]{5,}[\dkK]\b")


def identifica(texto):
    cifras = (sum(c.isdigit() for c in numero) for numero in NUMERO.findall(texto))
    return "@" in texto or any(n >= 7 for n in cifras)


def olvidar(apps, schema_editor):
    """Those saved while a document, a telephone or a mail could be kept in one."""
    filtros = apps.get_model("consola", "FiltroGuardado").objects
    olvidados = [
        pk
        for pk, nombre, consulta in filtros.values_list("pk", "nombre", "consulta")
        if identifica(nombre) or any(map(identifica, parse_qs(consulta).get("q", [])))
    ]
    filtros.filter(pk__in=olvidados).delete()


class Migration(migrations.Migration):
    dependencies = [("consola", "0004_filtros_con_texto")]

    operations = [migrations.RunPython(olvidar, migrations.RunPython.noop)]
