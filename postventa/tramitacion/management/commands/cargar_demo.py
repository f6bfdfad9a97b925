from django.core.management.base import BaseCommand, CommandError

from postventa.tramitacion import demo


class Command(BaseCommand):
    help = "Carga la demostración: los lugares, los clientes y el personal de cada empresa."

    def add_arguments(self, parser):
        parser.add_argument(
            "--si-vacia",
            action="store_true",
            help="no hace nada si ya hay otras sedes o usuarios",
        )
        parser.add_argument(
            "--con-casos",
            action="store_true",
            help="abre también algunos casos, para que el primer día no empiece en blanco",
        )

    def handle(self, *args, si_vacia, con_casos, **options):
        try:
            demo.exigir_demo()
        except demo.SinDemo as error:
            raise CommandError(str(error), returncode=2) from None
        if demo.hay_otros_datos():
            if not si_vacia:
                raise CommandError(
                    "La base ya tiene datos. Para partir de nuevo usa: make demo", returncode=2
                )
            return
        nuevas = demo.cargar(con_casos)
        if not nuevas and not si_vacia:
            raise CommandError(
                "La demostración ya está. Para partir de nuevo usa: make demo", returncode=2
            )
        for sede in nuevas:
            self.stdout.write(f"Demostración cargada: {demo.resumen(sede)}.")
