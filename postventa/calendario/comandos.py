"""What the console commands of business time share: bad input is one Spanish line and exit 2."""

import re
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError

from postventa.calendario.horario import ANIO_MAXIMO, ANIO_MINIMO
from postventa.calendario.zonas import existe

# How argparse tells a bad line, and how we do; what is not here is left in its own words.
FALLAS = (
    (r"the following arguments are required: (.+)", r"falta \1"),
    (r"unrecognized arguments: (.+)", r"no existe \1"),
    (r"argument ([^:]+): expected .*argument.*", r"falta el valor de \1"),
    (r"argument ([^:]+): ignored explicit argument .+", r"\1 no lleva valor"),
    (r"argument ([^:]+): invalid \w+ value: (.+)", r"no sirve \2 en \1"),
    (r"argument ([^:]+): invalid choice: (\S+).*", r"no sirve \2 en \1"),
)


class Error(CommandError):
    """Bad input, told on stderr as `Error: ...`; the exit status is 2."""

    def __init__(self, *args, returncode=2, **kwargs):
        super().__init__(*args, returncode=returncode, **kwargs)


class Comando(BaseCommand):
    """A command whose wrong options are told in one line too, instead of argparse's usage."""

    requires_system_checks = []

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)

        def error(mensaje):
            linea = f"Opciones incorrectas ({_en_palabras(mensaje)}). Con --help se ve cómo se usa."
            if not self._called_from_command_line:
                raise Error(linea)
            self.stderr.write(f"Error: {linea}")
            sys.exit(2)

        parser.error = error
        return parser


def _en_palabras(mensaje: str) -> str:
    for patron, dicho in FALLAS:
        mensaje, hubo = re.subn(f"^{patron}$", dicho, mensaje)
        if hubo:
            break
    return mensaje


def leer_instante(texto: str, zona: ZoneInfo, con_desfase: bool = False) -> datetime:
    """The instant of a local wall reading; the first of two when the clock went back.

    With `con_desfase` the text may also say its own offset. Error if it is no instant at all.
    """
    try:
        pared = datetime.fromisoformat(texto)
    except ValueError as error:
        raise Error(f"No se entiende «{texto}»: escribe fecha y hora, 2026-11-23T10:15.") from error
    if pared.tzinfo is not None and not con_desfase:
        raise Error("Escribe la hora local, sin zona ni desfase: 2026-11-23T10:15.")
    if not ANIO_MINIMO <= pared.year <= ANIO_MAXIMO:
        raise Error(f"La fecha está fuera del rango: años {ANIO_MINIMO} a {ANIO_MAXIMO}.")
    if pared.tzinfo is not None:
        return pared.astimezone(zona)
    if not existe(pared.date(), pared.time(), zona):
        raise Error(f"La hora {texto} no existe en {zona.key}: el reloj se adelantó.")
    return pared.replace(tzinfo=zona)


def advertencias(anios: list[int]) -> list[str]:
    """One line for each of those years, of which no holiday is loaded."""
    return [
        f"Advertencia: no hay feriados cargados de {anio}; se cuenta como si no hubiera. "
        f"Cárgalos con: manage.py cargar_feriados --desde {anio} --hasta {anio}"
        for anio in anios
    ]
