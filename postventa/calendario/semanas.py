"""Weeks of a place: from the first second of a Monday on its wall to that of the next."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from postventa.calendario.zonas import a_instante, comienzo_del_dia

SEMANA = timedelta(days=7)


def lunes_de(instante: datetime, zona: ZoneInfo) -> date:
    """The Monday of the week in which that instant falls, on the wall of the zone."""
    return lunes(instante.astimezone(zona).date())


def lunes(fecha: date) -> date:
    return fecha - timedelta(days=fecha.weekday())


def comienzo(fecha: date, zona: ZoneInfo) -> datetime:
    """First instant of a local date."""
    return a_instante(comienzo_del_dia(fecha, zona))


def semanas_entre(desde: date, hasta: date) -> list[date]:
    """Every Monday from that one up to the other, not included."""
    return [desde + n * SEMANA for n in range(max((hasta - desde) // SEMANA, 0))]
