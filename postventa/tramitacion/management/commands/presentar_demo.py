from django.core.management.base import BaseCommand, CommandError

from postventa.tramitacion import demo


class Command(BaseCommand):
    help = "Muestra las direcciones, las personas de la demostración y dónde leer los correos."

    def handle(self, *args, **options):
        try:
            self.stdout.write(demo.presentacion())
        except demo.SinDemo as error:
            raise CommandError(str(error), returncode=2) from None
