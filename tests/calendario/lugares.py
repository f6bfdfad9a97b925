"""The places and instants that the tests of business time share."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from postventa.calendario.habiles import Horario

SANTIAGO = ZoneInfo("America/Santiago")
PUNTA_ARENAS = ZoneInfo("America/Punta_Arenas")
COYHAIQUE = ZoneInfo("America/Coyhaique")
LIMA = ZoneInfo("America/Lima")
LA_PAZ = ZoneInfo("America/La_Paz")

CHILE_2026 = {
    date(2026, 1, 1): "Año Nuevo",
    date(2026, 4, 3): "Viernes Santo",
    date(2026, 5, 1): "Día Nacional del Trabajo",
    date(2026, 5, 21): "Día de las Glorias Navales",
    date(2026, 6, 29): "San Pedro y San Pablo",
    date(2026, 7, 16): "Virgen del Carmen",
    date(2026, 9, 18): "Día de la Independencia",
    date(2026, 10, 12): "Encuentro de Dos Mundos",
    date(2026, 12, 8): "Inmaculada Concepción",
    date(2026, 12, 25): "Navidad",
    date(2027, 1, 1): "Año Nuevo",
}
PERU_2026 = {
    date(2026, 12, 8): "Inmaculada Concepción",
    date(2026, 12, 9): "Batalla de Ayacucho",
    date(2026, 12, 25): "Navidad",
    date(2027, 1, 1): "Año Nuevo",
}

DE_8_A_18 = {dia: ((time(8), time(18)),) for dia in range(5)}
INSPECCION = {
    **{dia: ((time(9), time(13, 30)), (time(15), time(18, 30))) for dia in range(4)},
    4: ((time(9), time(14, 30)),),
}
TRABAJOS = {dia: ((time(9), time(13)), (time(14), time(18))) for dia in range(5)}

ICALMA = Horario(SANTIAGO, CHILE_2026, DE_8_A_18)
INGEVEC = Horario(SANTIAGO, CHILE_2026, INSPECCION)
CAPERA = Horario(LIMA, PERU_2026, {dia: ((time(9), time(18)),) for dia in range(5)})
COMTECO = Horario(LA_PAZ, {date(2026, 11, 2): "Todos los Difuntos"}, DE_8_A_18)


def local(texto, zona=SANTIAGO, fold=0):
    """Instant of a wall reading, `2026-11-23 10:15`."""
    return datetime.fromisoformat(texto).replace(tzinfo=zona, fold=fold)


def utc(texto):
    """Instant written in UTC, `2026-09-06 03:59:59`."""
    return datetime.fromisoformat(texto).replace(tzinfo=UTC)


def pared(instante, zona=SANTIAGO):
    """What the wall clock shows, `2026-11-25 10:15:00`."""
    return f"{instante.astimezone(zona):%Y-%m-%d %H:%M:%S}"
