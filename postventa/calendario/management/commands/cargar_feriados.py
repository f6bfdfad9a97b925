from postventa.calendario.carga import cargar
from postventa.calendario.comandos import Comando, Error


class Command(Comando):
    help = "Carga calendarios, jornadas y feriados; lo que el personal editó no se toca."

    def add_arguments(self, parser):
        parser.add_argument("--desde", type=int, default=2024, help="primer año (2024)")
        parser.add_argument("--hasta", type=int, default=2028, help="último año (2028)")

    def handle(self, *args, desde, hasta, **options):
        if not 2000 <= desde <= hasta <= 2100:
            raise Error("Los años van de 2000 a 2100, el primero antes que el último.")
        cuenta = cargar(desde, hasta)
        self.stdout.write(
            f"Feriados {desde}-{hasta}: {cuenta['creados']} creados, "
            f"{cuenta['actualizados']} actualizados, {cuenta['retirados']} retirados, "
            f"{cuenta['respetados']} editados por el personal sin tocar."
        )
