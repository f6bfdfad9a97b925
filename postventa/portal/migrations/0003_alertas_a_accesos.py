"""AlertaAcceso goes to the room of accesos, with its table: here only the state forgets it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0002_codigo_asistido'),
        ('accesos', '0001_alertas_del_portal'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name='AlertaAcceso')],
        ),
    ]
