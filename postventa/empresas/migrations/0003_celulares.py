from django.db import migrations, models


def anotar(apps, schema_editor):
    """An installation that already has the company gets what its document names (G-01)."""
    Empresa = apps.get_model("empresas", "Empresa")
    suya = Empresa.objects.filter(codigo="ingevec", celulares="")
    suya.update(celulares="+56 9 8889 4612, +56 9 8682 6248")


class Migration(migrations.Migration):

    dependencies = [
        ('empresas', '0002_color'),
    ]

    operations = [
        migrations.AddField(
            model_name='empresa',
            name='celulares',
            field=models.CharField(blank=True, help_text='Separados por coma.', max_length=120, verbose_name='celulares'),
        ),
        migrations.RunPython(anotar, migrations.RunPython.noop),
    ]
