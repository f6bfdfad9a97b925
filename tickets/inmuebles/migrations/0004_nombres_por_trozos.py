from django.db import migrations

from postventa.personas.trozos import indice


class Migration(migrations.Migration):
    dependencies = [("inmuebles", "0003_padron"), ("personas", "0007_nombres_por_trozos")]

    operations = [indice("inmuebles_unidad", "nombre", "unidad_nombre_trozos")]
