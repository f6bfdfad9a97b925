"""When a company serves its customers, in words: open now, until when, and when it opens."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from postventa.calendario.palabras import DIAS, dia_en_palabras, enumerar
from postventa.calendario.servicio import tramos_de
from postventa.plazos.calculo import horario_del_lugar

CIUDADES = {"America/Santiago": "Santiago", "America/Lima": "Lima", "America/La_Paz": "La Paz"}


@dataclass(frozen=True)
class Atencion:
    """Whether a place is open at an instant, in a headline, until or from when, and what day it is.

    `Abierto ahora, hasta las 18:00` has no `abre`; `Cerrado ahora` has `Abrimos el lunes ...`.
    """

    esta_abierto: bool
    frase: str
    abre: str
    detalle: str


def zona(lugar) -> ZoneInfo:
    """The zone of an Empresa or a Sede."""
    return ZoneInfo(lugar.zona)


def atencion_en_palabras(lugar) -> str:
    """Office hours of a week: `Atendemos de lunes a viernes, de 08:00 a 18:00`. One query."""
    partes = [f"{_dias(dias)}, {ventanas}" for ventanas, dias in _por_ventanas(lugar).items()]
    if not partes:
        return ""
    ciudad = CIUDADES.get(lugar.zona, lugar.zona.rpartition("/")[2].replace("_", " "))
    return f"Atendemos {'; '.join(partes)} (hora de {ciudad})"


def _por_ventanas(lugar) -> dict[str, list[int]]:
    """Windows in words to the weekdays that have them."""
    grupos: dict[str, list[int]] = {}
    propia = getattr(lugar, "jornada_propia_id", None)
    jornada = propia or getattr(lugar, "jornada_id", None) or lugar.empresa.jornada_id
    for dia, tramos in sorted(tramos_de(jornada).items()):
        texto = enumerar(f"de {desde:%H:%M} a {hasta:%H:%M}" for desde, hasta in tramos)
        grupos.setdefault(texto, []).append(dia)
    return grupos


def _dias(dias: list[int]) -> str:
    if len(dias) > 2 and dias[-1] - dias[0] == len(dias) - 1:
        return f"de {DIAS[dias[0]]} a {DIAS[dias[-1]]}"
    return enumerar(DIAS[d] for d in dias)


def estado(lugar, ahora: datetime) -> Atencion:
    """Open or closed at that instant, and until when, on the place's own calendar."""
    horario = horario_del_lugar(lugar)
    tz = horario.zona
    hoy = ahora.astimezone(tz).date()
    feriado = horario.feriados.get(hoy)
    detalle = dia_en_palabras(hoy) + (f", feriado: {feriado}" if feriado else "")
    detalle = detalle[0].upper() + detalle[1:]
    if horario.esta_abierto(ahora):
        cierra = next(fin for inicio, fin in horario.ventanas(hoy) if inicio <= ahora < fin)
        return Atencion(
            True, f"Abierto ahora, hasta las {cierra.astimezone(tz):%H:%M}", "", detalle
        )
    abre = horario.proxima_apertura(ahora).astimezone(tz)
    return Atencion(False, "Cerrado ahora", f"Abrimos {_cuando(abre, hoy)}", detalle)


def _cuando(abre: datetime, hoy) -> str:
    dia = abre.date()
    if dia == hoy:
        return f"hoy a las {abre:%H:%M}"
    if dia == hoy + timedelta(days=1):
        return f"mañana, {dia_en_palabras(dia)}, a las {abre:%H:%M}"
    return f"el {dia_en_palabras(dia)}, a las {abre:%H:%M}"
