from django.core.management.base import BaseCommand, CommandError

from postventa.personas.models import Usuario
from tickets.icalma import demo
from tickets.inmuebles.models import Proyecto


class Command(BaseCommand):
    help = "Carga la demostración: un proyecto de Icalma con unidades, propietarios y personal."

    def add_arguments(self, parser):
        parser.add_argument(
            "--si-vacia", action="store_true", help="no hace nada si ya hay proyectos o usuarios"
        )

    def handle(self, *args, si_vacia, **options):
        try:
            demo.exigir_demo()
        except demo.SinDemo as error:
            raise CommandError(str(error), returncode=2) from None
        if Proyecto.objects.exists() or Usuario.objects.exists():
            if not si_vacia:
                raise CommandError(
                    "La base ya tiene datos. Para partir de nuevo usa: make demo", returncode=2
                )
            return
        proyecto = demo.cargar()
        self.stdout.write(
            f"Demostración cargada: {proyecto.nombre}, {proyecto.unidades.count()} unidades."
        )
