from django.db import migrations

from postventa.personas.trozos import indice


class Migration(migrations.Migration):
    dependencies = [("personas", "0006_roles_de_capera")]

    operations = [indice("personas_cliente", "nombre", "cliente_nombre_trozos")]
