"""When a term ends, rules R0 to R11. Pure arithmetic: imports no Django.

`calcular` gives the last second that is still on time: a stop at that second is on time, one second
later is late (R10). Everything is evaluated on the place's wall clock (R0) and returned in UTC.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from .horario import ANIO_MAXIMO, ANIO_MINIMO, SABADO, Horario
from .palabras import explicar
from .unidades import MAXIMOS, Motivo, PlazoInvalido, Unidad
from .zonas import UN_DIA, a_epoca, epoca_local

__all__ = [
    "Horario", "Motivo", "PlazoInvalido", "Unidad", "Vencimiento", "calcular", "explicar", "restar",
]  # fmt: skip

HORA = 3600
HORAS_HABILES, HORAS_CORRIDAS = Unidad.HORAS_HABILES, Unidad.HORAS_CORRIDAS


class Vencimiento(NamedTuple):
    """A computed term. The instants are aware, UTC and in whole seconds.

    `inicio_efectivo` differs from `desde` only for the units that wait for the office to open (R2).
    The reasons (`feriados_saltados`, `dias`) are worked out when asked for, not when computing.
    """

    desde: datetime
    inicio_efectivo: datetime
    vence: datetime
    horario: Horario
    cantidad: int
    unidad: Unidad
    rueda_a_apertura: bool = False

    def fecha(self, instante: datetime) -> date:
        """Local date of an instant of this term."""
        return instante.astimezone(self.horario.zona).date()

    @property
    def feriados_saltados(self) -> tuple[tuple[date, str], ...]:
        """Weekday holidays that pushed the term, in order, with their names.

        The day the event fell on counts among them only for the units whose clock could not start
        on it; a term of days never counts its day 0, holiday or not (R5).
        """
        tramo = self._dias_sin_contar()
        if tramo is None:
            return ()
        primero, ultimo = tramo
        return tuple(
            (dia, nombre)
            for dia, nombre in self.horario.feriados.items()
            if primero <= dia <= ultimo and dia.weekday() < SABADO
        )

    @property
    def dias(self) -> tuple[tuple[date, Motivo], ...]:
        """Each date from the event to the due date with its part in the count."""
        primero, ultimo = self.fecha(self.desde), self.fecha(self.vence)
        return tuple(
            (dia, self._motivo(dia, primero, ultimo))
            for dia in (primero + timedelta(i) for i in range((ultimo - primero).days + 1))
        )

    def _motivo(self, dia: date, primero: date, ultimo: date) -> Motivo:
        if dia == ultimo:
            return Motivo.VENCE
        if dia == primero:
            return Motivo.INICIO
        tramo = self._dias_sin_contar()
        if tramo is not None and tramo[0] <= dia <= tramo[1]:
            if dia.weekday() >= SABADO:
                return Motivo.FIN_DE_SEMANA
            if dia in self.horario.feriados:
                return Motivo.FERIADO
            if self.unidad == Unidad.HORAS_OFICINA and not self.horario.tramos.get(dia.weekday()):
                return Motivo.CERRADO
        return Motivo.EMPIEZA if dia == self.fecha(self.inicio_efectivo) else Motivo.CUENTA

    def _dias_sin_contar(self) -> tuple[date, date] | None:
        """First and last date of the stretch that leaves out weekends and holidays, if any."""
        ultimo = self.fecha(self.vence)
        if self.unidad == Unidad.DIAS_HABILES:
            return self.fecha(self.desde) + UN_DIA, ultimo
        if self.unidad in (Unidad.HORAS_HABILES, Unidad.HORAS_OFICINA):
            return self.fecha(self.desde), ultimo
        if self.rueda_a_apertura and self.unidad == Unidad.HORAS_CORRIDAS:
            return self.fecha(self.desde + timedelta(hours=self.cantidad)), ultimo
        return None


def calcular(
    horario: Horario,
    desde: datetime,
    cantidad: int,
    unidad: Unidad,
    *,
    rueda_a_apertura: bool = False,
) -> Vencimiento:
    """The term of `cantidad` units that starts with the event at `desde` (aware).

    `rueda_a_apertura` moves a term of running hours that ends with the office closed to the next
    opening (R4); the other units ignore it. PlazoInvalido for an amount that is not a positive
    integer, is out of bounds, or is not a multiple of 24 in horas_habiles.
    """
    # The hottest lines of the arithmetic: the checks of `revisar` stand here too, and an instant is
    # reached by adding to the one at hand, which costs a third of making it from its seconds.
    regla, maximo, multiplo = _REGLAS.get(unidad, _NINGUNA)
    if type(cantidad) is not int or not 0 < cantidad <= maximo or cantidad % multiplo:
        revisar(cantidad, unidad)
    if not ANIO_MINIMO <= desde.year <= ANIO_MAXIMO or desde.tzinfo is not UTC or desde.microsecond:
        desde = datetime.fromtimestamp(_en_rango(desde), UTC)
    epoca = int(desde.timestamp())
    inicio, vence = regla(horario, epoca, cantidad)
    if rueda_a_apertura and unidad == HORAS_CORRIDAS:
        vence = horario.apertura(vence)
    empieza = desde if inicio == epoca else desde + timedelta(0, inicio - epoca)
    vence_en = desde + timedelta(0, vence - epoca)
    campos = (desde, empieza, vence_en, horario, cantidad, unidad, rueda_a_apertura)
    return _CREAR(Vencimiento, campos)


def revisar(cantidad: int, unidad: Unidad) -> None:
    """PlazoInvalido, in words for the policy's form, unless the amount suits the unit."""
    maximo = MAXIMOS.get(unidad)
    if maximo is None:
        raise PlazoInvalido(f"Unidad desconocida: {unidad}.")
    if type(cantidad) is not int or cantidad < 1:
        raise PlazoInvalido("La cantidad debe ser un número entero mayor que cero.")
    if cantidad > maximo:
        raise PlazoInvalido(f"La cantidad es demasiado grande: el máximo es {maximo}.")
    if unidad == HORAS_HABILES and cantidad % 24:
        raise PlazoInvalido(
            "Las horas hábiles se cuentan por días hábiles de 24 horas: "
            f"la cantidad debe ser múltiplo de 24 (no {cantidad})."
        )


def restar(horario: Horario, vence: datetime, cantidad: int, unidad: Unidad) -> datetime:
    """The instant that many units before a due one: when to warn. Aware UTC, whole seconds.

    Units of days and months keep the wall clock of the due instant.
    """
    revisar(cantidad, unidad)
    epoca = _en_rango(vence)
    if unidad == Unidad.HORAS_CORRIDAS:
        return datetime.fromtimestamp(epoca - cantidad * HORA, UTC)
    if unidad == Unidad.HORAS_OFICINA:
        return datetime.fromtimestamp(horario.sumar_oficina(epoca, -cantidad * HORA), UTC)
    local = datetime.fromtimestamp(epoca, horario.zona)
    fecha = local.date()
    if unidad == Unidad.DIAS_CALENDARIO:
        fecha -= timedelta(cantidad)
    elif unidad == Unidad.MESES:
        fecha = sumar_meses(fecha, -cantidad)
    else:
        dias = cantidad // 24 if unidad == Unidad.HORAS_HABILES else cantidad
        fecha = horario.sumar_habiles(fecha, -dias)
    return datetime.fromtimestamp(epoca_local(fecha, local.time(), horario.zona), UTC)


def _en_rango(instante: datetime) -> int:
    if not ANIO_MINIMO <= instante.year <= ANIO_MAXIMO:
        raise PlazoInvalido(f"La fecha está fuera del rango: años {ANIO_MINIMO} a {ANIO_MAXIMO}.")
    # After 1970 to cut is to round down.
    return int(instante.timestamp()) if instante.tzinfo is UTC else a_epoca(instante)


def sumar_meses(fecha: date, meses: int) -> date:
    """The same day that many months later, or the month's last when it is shorter (R11)."""
    total = fecha.year * 12 + fecha.month - 1 + meses
    anio, mes = total // 12, total % 12 + 1
    dia = fecha.day
    return date(anio, mes, dia if dia <= 28 else min(dia, monthrange(anio, mes)[1]))


# One function per unit, in UTC seconds: effective start and last second still on time.


def _horas_habiles(horario: Horario, epoca: int, cantidad: int) -> tuple[int, int]:
    """R3: 24 hours per business day, so the same wall clock some business days later."""
    inicio = horario.apertura(epoca)
    return inicio, horario.misma_hora(inicio, cantidad // 24)


def _horas_oficina(horario: Horario, epoca: int, cantidad: int) -> tuple[int, int]:
    """R3-alt: only time inside the office windows counts."""
    return horario.en_oficina(epoca, cantidad * HORA)


def _horas_corridas(_horario: Horario, epoca: int, cantidad: int) -> tuple[int, int]:
    """R4 and R8: elapsed hours, whatever the wall clock did meanwhile."""
    return epoca, epoca + cantidad * HORA


def _dias_habiles(horario: Horario, epoca: int, cantidad: int) -> tuple[int, int]:
    """R5: day 0 is the event's local date, business day or not; due at the end of day N."""
    return epoca, horario.fin_habil(epoca, cantidad)


def _dias_calendario(horario: Horario, epoca: int, cantidad: int) -> tuple[int, int]:
    """R6: no roll over weekends or holidays."""
    return epoca, horario.fin_corrido(epoca, cantidad)


def _meses(horario: Horario, epoca: int, cantidad: int) -> tuple[int, int]:
    """R11: due at the end of the same day of the month, clamped."""
    fecha = sumar_meses(date.fromordinal(horario.dia(epoca)), cantidad)
    return epoca, horario.fin(fecha.toordinal())


_FUNCIONES: dict[Unidad, Callable[[Horario, int, int], tuple[int, int]]] = {
    Unidad.HORAS_HABILES: _horas_habiles,
    Unidad.HORAS_OFICINA: _horas_oficina,
    Unidad.HORAS_CORRIDAS: _horas_corridas,
    Unidad.DIAS_HABILES: _dias_habiles,
    Unidad.DIAS_CALENDARIO: _dias_calendario,
    Unidad.MESES: _meses,
}
# unit -> (its function, its greatest amount, what the amount must be a multiple of)
_REGLAS = {
    unidad: (funcion, MAXIMOS[unidad], 24 if unidad == HORAS_HABILES else 1)
    for unidad, funcion in _FUNCIONES.items()
}
_NINGUNA = (None, 0, 1)
# A NamedTuple's own constructor is one more call in Python.
_CREAR = tuple.__new__
