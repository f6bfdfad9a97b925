"""AlertaAcceso comes from the portal's room: its table and its rows stay as they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('empresas', '0001_initial'),
        ('portal', '0002_codigo_asistido'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='AlertaAcceso',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('motivo', models.CharField(max_length=20)),
                        ('clave', models.CharField(max_length=160, unique=True)),
                        ('creado_en', models.DateTimeField()),
                        ('empresa', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='empresas.empresa')),
                    ],
                    options={
                        'db_table': 'portal_alertaacceso',
                        'verbose_name': 'alerta de acceso',
                        'verbose_name_plural': 'alertas de acceso',
                        'ordering': ['-creado_en'],
                    },
                ),
            ],
        ),
    ]
