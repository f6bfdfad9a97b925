"""The business time of one place: its zone, its holidays and its office windows. Pure: no Django.

Three tables stand behind every question, built on first need for a few years and extended when an
instant falls outside: the business days with the rank of each date, the second at which each date
begins, and the office windows as UTC seconds with the office seconds before each. Every answer is
a look-up or a bisect, never a walk.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cached_property
from types import MappingProxyType
from zoneinfo import ZoneInfo

from .unidades import PlazoInvalido
from .zonas import DIA, UN_DIA, a_epoca, a_instante, comienzo_del_dia, epoca_local, fin_del_dia

ANIO_MINIMO, ANIO_MAXIMO = 2000, 2100
SABADO = 5
# Mean Gregorian length: by it an instant's year is a day off at most, and tables keep a year of
# margin.
ANIO = 31_556_952

Tramos = tuple[tuple[time, time], ...]


class _Tabla:
    """Business days and office windows of a closed range of years; never changes once built."""

    def __init__(self, horario: "Horario", primero: int, ultimo: int):
        self.horario, self.primero, self.ultimo = horario, primero, ultimo
        # The instants that it answers for: all its years but the first and the last.
        self.desde, self.hasta = (primero - 1969) * ANIO, (ultimo - 1970) * ANIO
        self.base = date(primero, 1, 1).toordinal()
        # Each business day, and how many days after the first of the table it is.
        self.dias: list[date] = []
        self.lugares: list[int] = []
        # rango[ordinal - base] = business days up to that date, itself included
        self.rango: list[int] = []
        for ordinal in range(self.base, date(ultimo, 12, 31).toordinal() + 1):
            fecha = date.fromordinal(ordinal)
            if horario.es_habil(fecha):
                self.dias.append(fecha)
                self.lugares.append(ordinal - self.base)
            self.rango.append(len(self.dias))

    @cached_property
    def comienzos(self) -> list[int]:
        """First second of each date of the table and of the one after it (R9)."""
        zona, primero = self.horario.zona, date.fromordinal(self.base)
        return [comienzo_del_dia(primero + n * UN_DIA, zona) for n in range(len(self.rango) + 1)]

    @cached_property
    def oficina(self) -> tuple[list[int], list[int], list[int]]:
        """Opening, closing and office seconds before the opening of each window, in order."""
        abre, cierra, antes, total = [], [], [], 0
        horario = self.horario
        for fecha in self.dias:
            for desde, hasta in horario.tramos.get(fecha.weekday(), ()):
                inicio = epoca_local(fecha, desde, horario.zona)
                fin = epoca_local(fecha, hasta, horario.zona)
                if inicio < fin:  # a window that a clock change swallows is no window
                    abre.append(inicio)
                    cierra.append(fin)
                    antes.append(total)
                    total += fin - inicio
        return abre, cierra, antes


class Horario:
    """Immutable, hashable. `feriados` names each holiday, `tramos` maps 0 = Monday to its windows.

    ValueError when a window ends before it begins or two of a day overlap.
    """

    __slots__ = ("_hash", "_tabla", "feriados", "tramos", "zona")

    def __init__(self, zona: ZoneInfo, feriados: Mapping[date, str], tramos: Mapping[int, Tramos]):
        self.zona = zona
        self.feriados = MappingProxyType(dict(sorted(feriados.items())))
        self.tramos = MappingProxyType(
            {dia: _ordenados(dia, tramos[dia]) for dia in sorted(tramos)}
        )
        self._tabla: _Tabla | None = None
        self._hash = hash((zona.key, *self.feriados.items(), *self.tramos.items()))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, otro: object) -> bool:
        if not isinstance(otro, Horario):
            return NotImplemented
        return self is otro or (
            self.zona.key == otro.zona.key
            and self.feriados == otro.feriados
            and self.tramos == otro.tramos
        )

    def __repr__(self) -> str:
        return f"<Horario {self.zona.key}, {len(self.feriados)} feriados>"

    def con_feriados(self, otros: Mapping[date, str]) -> "Horario":
        """The same place with more holidays; a name already known stands."""
        return Horario(self.zona, {**otros, **self.feriados}, self.tramos)

    # Dates

    def es_habil(self, fecha: date) -> bool:
        """R1: Monday to Friday and not a holiday; Saturday never, whatever the windows say."""
        return fecha.weekday() < SABADO and fecha not in self.feriados

    def sumar_habiles(self, fecha: date, n: int) -> date:
        """The n-th business day after the date; before it if n is negative; itself for 0."""
        if n == 0:
            return fecha
        while True:
            tabla = self._con(fecha.year)
            hasta = tabla.rango[fecha.toordinal() - tabla.base]
            indice = hasta + n - 1 if n > 0 else hasta - self.es_habil(fecha) + n
            if 0 <= indice < len(tabla.dias):
                return tabla.dias[indice]
            self._ampliar(tabla, atras=indice < 0)

    def proximos_habiles(self, fecha: date, n: int) -> tuple[date, ...]:
        """The next n business days after the date, the ones a visit may fall on (R7)."""
        return tuple(self.sumar_habiles(fecha, i) for i in range(1, n + 1))

    def dias_habiles_entre(self, a: date, b: date) -> int:
        """Business days after `a` up to `b`, included; negative when `b` comes first."""
        tabla = self._con(min(a.year, b.year), max(a.year, b.year))
        return tabla.rango[b.toordinal() - tabla.base] - tabla.rango[a.toordinal() - tabla.base]

    def proximo_feriado(self, fecha: date) -> tuple[date, str] | None:
        """The first holiday after the date that falls on a weekday, if the calendar knows one."""
        for dia, nombre in self.feriados.items():
            if dia > fecha and dia.weekday() < SABADO:
                return dia, nombre
        return None

    def anios_sin_feriados(self, primero: int, ultimo: int) -> list[int]:
        """Those of the closed range of years of which the calendar knows no holiday at all."""
        cargados = {fecha.year for fecha in self.feriados}
        return [anio for anio in range(primero, ultimo + 1) if anio not in cargados]

    # Instants

    def esta_abierto(self, instante: datetime) -> bool:
        """R2: a business day, at or after the opening and before the closing."""
        return self._ventana(a_epoca(instante)) is not None

    def proxima_apertura(self, instante: datetime) -> datetime:
        """The instant itself when open (in whole seconds), else the next opening (R2)."""
        return a_instante(self.apertura(a_epoca(instante)))

    def cabe(self, inicio: datetime, fin: datetime) -> bool:
        """R7: the whole interval lies inside one office window of a business day."""
        ventana = self._ventana(a_epoca(inicio))
        return ventana is not None and inicio < fin and fin <= a_instante(ventana[1])

    def ventanas(self, fecha: date) -> tuple[tuple[datetime, datetime], ...]:
        """Office windows of a date as UTC instants; none on a day that is not a business day."""
        if not self.es_habil(fecha):
            return ()
        return tuple(
            (
                a_instante(epoca_local(fecha, desde, self.zona)),
                a_instante(epoca_local(fecha, hasta, self.zona)),
            )
            for desde, hasta in self.tramos.get(fecha.weekday(), ())
        )

    def segundos_oficina_entre(self, a: datetime, b: datetime) -> int:
        """Office seconds from `a` to `b`; negative when `b` comes first."""
        inicio, fin = a_epoca(a), a_epoca(b)
        tabla = self._con(*sorted((_anio(inicio), _anio(fin))))
        return _transcurridos(tabla, fin) - _transcurridos(tabla, inicio)

    # The same in UTC seconds, for the arithmetic of terms; dates are ordinals

    def dia(self, epoca: int) -> int:
        """Ordinal of the local date at that instant."""
        tabla = self._con_epoca(epoca)
        return tabla.base + bisect_right(tabla.comienzos, epoca) - 1

    def fin(self, ordinal: int) -> int:
        """Last second of a local date, never its midnight + 24 h (R9)."""
        tabla = self._tabla
        i = 0 if tabla is None else ordinal - tabla.base + 1
        if 0 < i <= len(tabla.rango):
            return tabla.comienzos[i] - 1
        return fin_del_dia(date.fromordinal(ordinal), self.zona)

    def fin_corrido(self, epoca: int, dias: int) -> int:
        """Last second of the date that many calendar days after the date of an instant."""
        tabla = self._con_epoca(epoca)
        comienzos = tabla.comienzos
        i = bisect_right(comienzos, epoca) + dias
        if i < len(comienzos):
            return comienzos[i] - 1
        return self.fin(self.dia(epoca) + dias)

    def fin_habil(self, epoca: int, habiles: int) -> int:
        """Last second of the date that many business days after the date of an instant."""
        tabla = self._con_epoca(epoca)
        comienzos, lugares = tabla.comienzos, tabla.lugares
        n = tabla.rango[bisect_right(comienzos, epoca) - 1] + habiles - 1
        if n < len(lugares):
            return comienzos[lugares[n] + 1] - 1
        fecha = self.sumar_habiles(date.fromordinal(self.dia(epoca)), habiles)
        return fin_del_dia(fecha, self.zona)

    def misma_hora(self, epoca: int, habiles: int) -> int:
        """The same wall clock that many business days after the date of an instant."""
        tabla = self._con_epoca(epoca)
        comienzos, lugares = tabla.comienzos, tabla.lugares
        i = bisect_right(comienzos, epoca) - 1
        n = tabla.rango[i] + habiles - 1
        if n < len(lugares):
            j = lugares[n]
            if comienzos[i + 1] - comienzos[i] == comienzos[j + 1] - comienzos[j] == DIA:
                return comienzos[j] + epoca - comienzos[i]
        # A clock change on either date, or more years are needed: by the wall clock itself.
        local = datetime.fromtimestamp(epoca, self.zona)
        return epoca_local(self.sumar_habiles(local.date(), habiles), local.time(), self.zona)

    def apertura(self, epoca: int) -> int:
        """`proxima_apertura` on UTC seconds. PlazoInvalido when the place never opens."""
        while True:
            tabla = self._con_epoca(epoca)
            abre, cierra, _ = tabla.oficina
            i = bisect_right(abre, epoca)
            if i and epoca < cierra[i - 1]:
                return epoca
            if i < len(abre):
                return abre[i]
            self._exigir_tramos()
            self._ampliar(tabla)

    def en_oficina(self, epoca: int, segundos: int) -> tuple[int, int]:
        """`apertura` of an instant and `sumar_oficina` of some seconds to it, in one look."""
        abre, cierra, antes = self._con_epoca(epoca).oficina
        i = bisect_right(abre, epoca)
        inicio = epoca
        if not i or epoca >= cierra[i - 1]:
            i += 1
            inicio = abre[i - 1] if i <= len(abre) else None
        if inicio is not None:
            meta = antes[i - 1] + inicio - abre[i - 1] + segundos
            j = bisect_left(antes, meta) - 1
            vence = abre[j] + meta - antes[j]
            if vence <= cierra[j]:
                return inicio, vence
        return self.apertura(epoca), self.sumar_oficina(epoca, segundos)

    def sumar_oficina(self, epoca: int, segundos: int) -> int:
        """Instant at which that many office seconds have passed since `epoca`.

        One that lands on a closing time stays there; negative seconds go back, and then one that
        lands on an opening stays there.
        """
        buscar = bisect_left if segundos > 0 else bisect_right
        while True:
            tabla = self._con_epoca(epoca)
            abre, cierra, antes = tabla.oficina
            meta = _transcurridos(tabla, epoca) + segundos
            if meta >= 0 and abre:
                i = (buscar(antes, meta) or 1) - 1
                llega = abre[i] + meta - antes[i]
                # Past the last opening the window may be too short: then more years are needed.
                if llega <= cierra[i]:
                    return llega
            self._exigir_tramos()
            self._ampliar(tabla, atras=meta < 0)

    def _ventana(self, epoca: int) -> tuple[int, int] | None:
        abre, cierra, _ = self._con_epoca(epoca).oficina
        i = bisect_right(abre, epoca) - 1
        return (abre[i], cierra[i]) if i >= 0 and epoca < cierra[i] else None

    def _exigir_tramos(self) -> None:
        if not any(self.tramos.get(dia) for dia in range(SABADO)):
            raise PlazoInvalido("La jornada no tiene ningún tramo de lunes a viernes.")

    # Tables

    def _con_epoca(self, epoca: int) -> _Tabla:
        tabla = self._tabla
        if tabla is not None and tabla.desde <= epoca < tabla.hasta:
            return tabla
        return self._con(_anio(epoca))

    def _con(self, desde: int, hasta: int | None = None) -> _Tabla:
        """The table with those years and one more on each side."""
        hasta = desde if hasta is None else hasta
        tabla = self._tabla
        if tabla is not None and tabla.primero < desde and hasta < tabla.ultimo:
            return tabla
        if not ANIO_MINIMO <= desde <= hasta <= ANIO_MAXIMO:
            raise PlazoInvalido(
                f"La fecha está fuera del rango: años {ANIO_MINIMO} a {ANIO_MAXIMO}."
            )
        primero, ultimo = desde - 1, hasta + 2
        if tabla is not None:
            primero, ultimo = min(primero, tabla.primero), max(ultimo, tabla.ultimo)
        # One assignment: another thread sees the old table or the new one, both right.
        self._tabla = nueva = _Tabla(self, primero, ultimo)
        return nueva

    def _ampliar(self, tabla: _Tabla, *, atras: bool = False) -> None:
        """Twice as many years as there were, on the side that fell short."""
        largo = tabla.ultimo - tabla.primero
        if atras:
            self._con(max(tabla.primero - largo, min(ANIO_MINIMO, tabla.primero)))
            return
        self._con(min(tabla.ultimo + largo, max(ANIO_MAXIMO, tabla.ultimo)))


def _anio(epoca: int) -> int:
    return 1970 + epoca // ANIO


def _ordenados(dia: int, tramos: Tramos) -> Tramos:
    if dia not in range(7):
        raise ValueError("El día de un tramo va de 0 (lunes) a 6 (domingo).")
    orden = tuple(sorted((desde, hasta) for desde, hasta in tramos))
    if any(desde >= hasta for desde, hasta in orden):
        raise ValueError("Un tramo debe terminar después de empezar.")
    if any(previo[1] > siguiente[0] for previo, siguiente in zip(orden, orden[1:], strict=False)):
        raise ValueError("Los tramos de un día no pueden superponerse.")
    return orden


def _transcurridos(tabla: _Tabla, epoca: int) -> int:
    """Office seconds from the start of the table to an instant."""
    abre, cierra, antes = tabla.oficina
    i = bisect_right(abre, epoca) - 1
    if i < 0:
        return 0
    return antes[i] + (epoca if epoca < cierra[i] else cierra[i]) - abre[i]
