import django.core.validators
from django.db import migrations, models

COLORES = {"ingevec": "#1f4b99", "capera": "#7d2b50", "comteco": "#53318f"}


def pintar(apps, schema_editor):
    """The companies that an installation already has keep the colour of their mails."""
    Empresa = apps.get_model("empresas", "Empresa")
    for codigo, color in COLORES.items():
        Empresa.objects.filter(codigo=codigo).update(color=color)


class Migration(migrations.Migration):

    dependencies = [
        ('empresas', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='empresa',
            name='color',
            field=models.CharField(default='#0d5c63', help_text='El de sus correos, con texto blanco encima.', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$', 'Usa seis cifras: #0d5c63.')], verbose_name='color de marca'),
        ),
        migrations.RunPython(pintar, migrations.RunPython.noop),
    ]
