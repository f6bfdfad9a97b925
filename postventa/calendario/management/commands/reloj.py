import re
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from postventa.calendario import hora
from postventa.calendario.comandos import Comando, Error

SEGUNDOS = {"d": 86_400, "h": 3600, "m": 60, "s": 1}


class Command(Comando):
    help = "Muestra la hora del producto o la mueve (solo en demostraciones y pruebas)."

    def add_arguments(self, parser):
        parser.add_argument("--avanzar", metavar="TIEMPO", help="por ejemplo 2d, 90m o 1d12h")
        parser.add_argument("--fijar", metavar="INSTANTE", help="2026-11-25T10:15-03:00")
        parser.add_argument("--normal", action="store_true", help="vuelve a la hora real")

    def handle(self, *args, avanzar, fijar, normal, **options):
        if sum((avanzar is not None, fijar is not None, normal)) > 1:
            raise Error("Elige solo una de --avanzar, --fijar y --normal.")
        try:
            if avanzar is not None:
                hora.mover(segundos_de(avanzar))
            elif fijar is not None:
                hora.fijar(instante_de(fijar))
            elif normal:
                hora.normal()
        except (ValueError, hora.RelojFijo) as error:
            raise Error(str(error)) from error
        if normal or avanzar is not None or fijar is not None:
            # What time makes happen (sweeps, due messages) should not wait for the next minute.
            for ruta in getattr(settings, "RELOJ_AL_MOVER", ()):
                import_string(ruta)()
        self.stdout.write(f"Hora del producto: {hora.ahora():%Y-%m-%dT%H:%M:%SZ}")


def segundos_de(texto):
    """`2d`, `90m`, `1d 12h`, `-3h` in seconds. ValueError, in Spanish, on anything else."""
    partes = re.fullmatch(r"\s*(-?)((?:\d{1,9}[dhms]\s*)+)", texto)
    if partes is None:
        raise ValueError(f"No se entiende «{texto}»: escribe, por ejemplo, 2d, 90m o 1d12h.")
    total = sum(int(n) * SEGUNDOS[u] for n, u in re.findall(r"(\d+)([dhms])", partes[2]))
    return -total if partes[1] else total


def instante_de(texto):
    """An ISO instant with its offset. ValueError, in Spanish, on anything else."""
    try:
        instante = datetime.fromisoformat(texto)
    except ValueError:
        instante = None
    if instante is None or instante.utcoffset() is None:
        raise ValueError(
            f"No se entiende «{texto}»: escribe fecha, hora y desfase, 2026-11-25T10:15-03:00."
        )
    return instante
