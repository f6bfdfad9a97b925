"""The time that a clock took, in its own working time and never by the wall."""

from collections.abc import Callable, Iterable
from datetime import datetime

from postventa.calendario.horario import Horario
from postventa.calendario.palabras import duracion_en_palabras, segundos_habiles
from postventa.calendario.unidades import Unidad
from postventa.calendario.zonas import a_epoca
from postventa.tableros.hechos import Fila, en_utc

DE_CORRIDO = (Unidad.HORAS_CORRIDAS, Unidad.DIAS_CALENDARIO, Unidad.MESES)


def segundos(horario: Horario, unidad: str, desde: datetime, hasta: datetime) -> int:
    """Working seconds from one instant to another: of office hours, of business dates with their
    nights, or all of them, as the unit of the clock counts."""
    if hasta <= desde:
        return 0
    if unidad in DE_CORRIDO:
        return int((hasta - desde).total_seconds())
    if unidad == Unidad.HORAS_OFICINA:
        return horario.segundos_oficina_entre(desde, hasta)
    return segundos_habiles(horario, a_epoca(desde), a_epoca(hasta))


def con_su_tiempo(
    filas: Iterable[tuple], horario: Callable[[int, int | None], Horario]
) -> list[Fila]:
    """Rows of `hechos.contar` with their time worked out; `horario(sede, jornada)` gives the
    business time of a place."""
    listas = []
    for *fila, suma, desde, hasta, unidad, jornada in filas:
        if desde is not None:
            lugar = horario(fila[4], jornada)
            suma = segundos(lugar, unidad, en_utc(desde), en_utc(hasta))
        listas.append(Fila(*fila, suma))
    return listas


def en_palabras(media: int, unidad: str) -> str:
    """`3 h 20 min hábiles`: an average, with the word of its unit."""
    palabras = duracion_en_palabras(media)
    if unidad in DE_CORRIDO:
        return palabras
    return f"{palabras} de oficina" if unidad == Unidad.HORAS_OFICINA else f"{palabras} hábiles"
