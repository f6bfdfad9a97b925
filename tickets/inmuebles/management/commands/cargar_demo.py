from django.core.management.base import BaseCommand, CommandError

from tickets.inmuebles import demo


class Command(BaseCommand):
    help = "Carga la demostración: un proyecto por empresa, con unidades, propietarios y personal."

    def add_arguments(self, parser):
        parser.add_argument(
            "--si-vacia",
            action="store_true",
            help="no hace nada si ya hay otros proyectos o usuarios",
        )

    def handle(self, *args, si_vacia, **options):
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
        nuevos = demo.cargar()
        if not nuevos and not si_vacia:
            raise CommandError(
                "La demostración ya está. Para partir de nuevo usa: make demo", returncode=2
            )
        for proyecto in nuevos:
            self.stdout.write(
                f"Demostración cargada: {proyecto.nombre}, {proyecto.unidades.count()} unidades."
            )
