"""Wall clock to instant and back. Pure: imports no Django.

Inside the arithmetic an instant is an int, the UTC seconds since 1970: instants of one zone must
never be subtracted as wall clocks (Santiago's days of 23 and 25 hours would be wrong by one).
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from math import floor
from zoneinfo import ZoneInfo

UN_DIA = timedelta(days=1)
DIA = 86_400


def a_epoca(instante: datetime) -> int:
    """Whole UTC seconds of an aware datetime, the fraction cut off. ValueError if it is naive."""
    if instante.tzinfo is None:
        raise ValueError("El instante no dice su zona horaria.")
    return floor(instante.timestamp())


def a_instante(epoca: int) -> datetime:
    """Aware UTC datetime of a number of seconds."""
    return datetime.fromtimestamp(epoca, UTC)


def fecha_local(epoca: int, zona: ZoneInfo) -> date:
    """Date that the wall calendar shows at that instant."""
    return datetime.fromtimestamp(epoca, zona).date()


def epoca_local(fecha: date, hora: time, zona: ZoneInfo) -> int:
    """Instant of a wall clock reading.

    Of a reading that happens twice, the second (R9: the repeated hour never cuts a term); of one
    that never happens, the end of the gap, the first instant that shows a later reading.
    """
    inicio = comienzo_del_dia(fecha, zona)
    if comienzo_del_dia(fecha + UN_DIA, zona) - inicio == DIA:
        return inicio + hora.hour * 3600 + hora.minute * 60 + hora.second
    segunda = datetime.combine(fecha, hora, zona).replace(fold=1)
    primera = segunda.replace(fold=0)
    if segunda.utcoffset() <= primera.utcoffset():
        return int(segunda.timestamp())
    antes, despues = int(segunda.timestamp()), int(primera.timestamp())
    while despues - antes > 1:
        medio = (antes + despues) // 2
        if datetime.fromtimestamp(medio, zona).utcoffset() == primera.utcoffset():
            antes = medio
        else:
            despues = medio
    return despues


def existe(fecha: date, hora: time, zona: ZoneInfo) -> bool:
    """False for a wall reading the clocks jump over."""
    pared = datetime.combine(fecha, hora)
    ida_y_vuelta = pared.replace(tzinfo=zona).astimezone(UTC).astimezone(zona)
    return ida_y_vuelta.replace(tzinfo=None, fold=0) == pared


@lru_cache(maxsize=8192)
def comienzo_del_dia(fecha: date, zona: ZoneInfo) -> int:
    """First instant of a local date, which in Santiago may be 01:00 (R9)."""
    # fold=0 is the first of two midnights, and in a gap that opens at midnight its very end.
    return int(datetime.combine(fecha, time(0), zona).timestamp())


def fin_del_dia(fecha: date, zona: ZoneInfo) -> int:
    """Last second of a local date, never its midnight + 24 h (R9)."""
    return comienzo_del_dia(fecha + UN_DIA, zona) - 1
