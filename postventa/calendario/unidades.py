"""The six units of a term and the words of the day strip. Pure: imports no Django."""

from enum import StrEnum


class PlazoInvalido(ValueError):
    """A term that cannot be computed; the message is Spanish, for whoever asked."""


class Unidad(StrEnum):
    """Units a policy may choose (rules R3 to R8 and R11)."""

    HORAS_HABILES = "horas_habiles"
    HORAS_OFICINA = "horas_oficina"
    HORAS_CORRIDAS = "horas_corridas"
    DIAS_HABILES = "dias_habiles"
    DIAS_CALENDARIO = "dias_calendario"
    MESES = "meses"

    # Enum hashes in Python; a term looks its unit up, and these hash like the words they are.
    __hash__ = str.__hash__


class Motivo(StrEnum):
    """Why a date of the strip counts or not."""

    INICIO = "inicio"
    EMPIEZA = "empieza"
    CUENTA = "cuenta"
    FIN_DE_SEMANA = "fin_de_semana"
    FERIADO = "feriado"
    CERRADO = "cerrado"
    VENCE = "vence"


# Ten years: longer is a typing error, and keeps every result inside the calendar's range.
MAXIMOS = {
    Unidad.HORAS_HABILES: 24 * 3660,
    Unidad.HORAS_OFICINA: 24 * 1220,
    Unidad.HORAS_CORRIDAS: 24 * 3660,
    Unidad.DIAS_HABILES: 3660,
    Unidad.DIAS_CALENDARIO: 3660,
    Unidad.MESES: 120,
}
