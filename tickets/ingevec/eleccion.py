"""An hour to choose: how an offer is shown, read out, and read back from what was posted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from postventa.calendario.horario import ANIO_MAXIMO, ANIO_MINIMO
from postventa.calendario.palabras import DIAS, dia_en_palabras
from postventa.consola.toma.lectura import cuando_leido
from tickets.ingevec.cupos import Cupo, Oferta
from tickets.ingevec.models import Excepcion

MEDIODIA = 14


@dataclass(frozen=True)
class Eleccion:
    """What was chosen: when, who goes, and the exception under which it was offered."""

    inicia_en: datetime
    persona_id: int
    excepcion: str = ""


@dataclass(frozen=True)
class Opcion:
    """One hour on the screen."""

    valor: str
    hora: str
    cuando: str
    corto: str
    quien: str
    excepcion: str


@dataclass(frozen=True)
class Dia:
    """The hours of a date, in the morning and in the afternoon."""

    fecha: date
    nombre: str
    excepcion: str
    franjas: tuple[tuple[str, tuple[Opcion, ...]], ...]


def valor_de(cupo: Cupo, excepcion: str = "") -> str:
    """How a form names an hour."""
    return f"{cupo.inicio.isoformat()}|{cupo.inspector.pk}|{excepcion}"


def leer_valor(texto: str) -> Eleccion | None:
    """The hour that a form names; None if it names none (the door judges it, not this)."""
    partes = texto.split("|")
    if len(partes) != 3 or not partes[1].isdecimal() or len(partes[1]) > 18:
        return None
    try:
        inicia_en = datetime.fromisoformat(partes[0])
    except ValueError:
        return None
    if inicia_en.tzinfo is None or (partes[2] and partes[2] not in Excepcion.values):
        return None
    # In any zone it must still be in the calendar.
    if not ANIO_MINIMO < inicia_en.year < ANIO_MAXIMO:
        return None
    return Eleccion(inicia_en, int(partes[1]), partes[2])


def dias_de(oferta: Oferta, zona: ZoneInfo, excepcion: str = "") -> list[Dia]:
    """The days of an offer; with `excepcion`, its own hours need it too."""
    dias = _por_dia(oferta.cupos, zona, excepcion)
    for cual, cupos in oferta.alternativas.items():
        dias += _por_dia(cupos, zona, cual)
    return dias


def opciones_por_dia(oferta: Oferta, zona: ZoneInfo) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same for a list of choices, grouped by day."""
    return [
        (
            f"{d.nombre}{f' · {Excepcion(d.excepcion).label}' if d.excepcion else ''}",
            [(o.valor, f"{o.hora}, {o.quien}") for _, franja in d.franjas for o in franja],
        )
        for d in dias_de(oferta, zona)
    ]


def _por_dia(cupos: Iterable[Cupo], zona: ZoneInfo, excepcion: str) -> list[Dia]:
    dias: dict[date, dict[datetime, Opcion]] = {}
    for cupo in cupos:
        local = cupo.inicio.astimezone(zona)
        # Whoever has it free first: an hour is offered once, whoever goes.
        dias.setdefault(local.date(), {}).setdefault(
            cupo.inicio,
            Opcion(
                valor_de(cupo, excepcion),
                f"{local:%H:%M}",
                cuando_leido(cupo.inicio, zona),
                f"{DIAS[local.weekday()]} {local.day}, {local:%H:%M}",
                str(cupo.inspector),
                excepcion,
            ),
        )
    return [
        Dia(fecha, dia_en_palabras(fecha).capitalize(), excepcion, _franjas(opciones.values()))
        for fecha, opciones in dias.items()
    ]


def _franjas(opciones) -> tuple:
    manana = tuple(o for o in opciones if int(o.hora[:2]) < MEDIODIA)
    tarde = tuple(o for o in opciones if int(o.hora[:2]) >= MEDIODIA)
    return tuple((n, f) for n, f in (("Mañana", manana), ("Tarde", tarde)) if f)
