from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from postventa.tramitacion.siembra import sembrar


class Command(BaseCommand):
    help = (
        "Carga lo que toda instalación necesita: calendarios, jornadas, las cuatro empresas y "
        "sus políticas de plazo. Se puede repetir: lo que el personal editó no se toca."
    )

    def handle(self, *args, **options):
        anio = timezone.now().year
        call_command("cargar_feriados", desde=anio - 2, hasta=anio + 2, stdout=self.stdout)
        empresas, politicas = sembrar()
        self.stdout.write(f"Empresas: {empresas} nuevas. Políticas de plazo: {politicas} nuevas.")
