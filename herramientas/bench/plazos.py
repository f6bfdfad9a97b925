"""A deadline in each unit, beside a bare table and bisect that answers the same question.

The floors take and give what the product does (an aware instant in, an aware UTC instant out) and
nothing else: no checks, no bounds, no record of how the date came to be.
"""

import random
import time
from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from statistics import median

from bench.medidas import decir

from postventa.calendario.habiles import Unidad, calcular
from postventa.calendario.servicio import horario_de

META = 2.0
CANTIDADES = {
    Unidad.HORAS_HABILES: 48,
    Unidad.HORAS_OFICINA: 48,
    Unidad.HORAS_CORRIDAS: 72,
    Unidad.DIAS_HABILES: 20,
    Unidad.DIAS_CALENDARIO: 30,
    Unidad.MESES: 3,
}
INSTANTES = 2000


def medir(proyecto, opciones) -> None:
    empresa = proyecto.empresa
    horario = horario_de(empresa.calendario, empresa.jornada, empresa.zona)
    azar = random.Random(7)  # noqa: S311
    base = datetime(2026, 1, 1, tzinfo=UTC)
    instantes = [base + timedelta(seconds=azar.randrange(365 * 86_400)) for _ in range(INSTANTES)]
    pisos = Pisos(horario, 2025, 2028)
    for unidad, cantidad in CANTIDADES.items():
        piso = getattr(pisos, unidad.value)
        _comprobar(horario, unidad, cantidad, piso, instantes)
        del_piso, del_producto = [], []
        for _ in range(opciones.vueltas // 4 + 3):
            del_piso.append(_ns(lambda i, p=piso, n=cantidad: p(i, n), instantes))
            del_producto.append(
                _ns(lambda i, u=unidad, n=cantidad: calcular(horario, i, n, u), instantes)
            )
        decir(
            "plazo",
            unidad=unidad.value,
            cantidad=cantidad,
            ns=round(median(del_producto)),
            piso_ns=round(median(del_piso)),
            razon=round(median(a / b for a, b in zip(del_producto, del_piso, strict=True)), 2),
            meta=META,
        )


def _ns(hacer, instantes) -> float:
    """Nanoseconds of processor of one call: waiting for a turn on the machine is not counted."""
    inicio = time.thread_time_ns()
    for instante in instantes:
        hacer(instante)
    return (time.thread_time_ns() - inicio) / len(instantes)


def _comprobar(horario, unidad, cantidad, piso, instantes) -> None:
    """A floor that answers something else measures nothing."""
    for instante in instantes:
        propio, suyo = calcular(horario, instante, cantidad, unidad).vence, piso(instante, cantidad)
        if propio != suyo:
            raise RuntimeError(f"{unidad} desde {instante}: {propio} y no {suyo}")


class Pisos:
    """Tables of some years: business days, office windows, and the end of each date."""

    def __init__(self, horario, primero: int, ultimo: int):
        self.zona = horario.zona
        self.base = date(primero, 1, 1).toordinal()
        todos = [date.fromordinal(o) for o in range(self.base, date(ultimo, 12, 31).toordinal())]
        self.habiles = [d.toordinal() for d in todos if horario.es_habil(d)]
        self.finales = [self._medianoche(d + timedelta(1)) - 1 for d in todos]
        self.abre, self.cierra, self.antes, total = [], [], [], 0
        for dia in todos:
            for desde, hasta in horario.ventanas(dia):
                self.abre.append(int(desde.timestamp()))
                self.cierra.append(int(hasta.timestamp()))
                self.antes.append(total)
                total += self.cierra[-1] - self.abre[-1]

    def _medianoche(self, dia) -> int:
        return int(datetime(dia.year, dia.month, dia.day, tzinfo=self.zona).timestamp())

    def _apertura(self, t: int) -> int:
        i = bisect_right(self.abre, t) - 1
        return t if i >= 0 and t < self.cierra[i] else self.abre[i + 1]

    def _local(self, t: int) -> datetime:
        return datetime.fromtimestamp(t, self.zona)

    def _fin(self, ordinal: int) -> datetime:
        return datetime.fromtimestamp(self.finales[ordinal - self.base], UTC)

    def _habil(self, ordinal: int, n: int) -> int:
        return self.habiles[bisect_right(self.habiles, ordinal) + n - 1]

    def horas_habiles(self, instante, n):
        local = self._local(self._apertura(int(instante.timestamp())))
        dia = date.fromordinal(self._habil(local.toordinal(), n // 24))
        return datetime.combine(dia, local.time(), self.zona).astimezone(UTC)

    def horas_oficina(self, instante, n):
        t = int(instante.timestamp())
        i = bisect_right(self.abre, t) - 1
        meta = self.antes[i] + min(t, self.cierra[i]) - self.abre[i] + n * 3600
        j = bisect_left(self.antes, meta) - 1
        return datetime.fromtimestamp(self.abre[j] + meta - self.antes[j], UTC)

    def horas_corridas(self, instante, n):
        return datetime.fromtimestamp(int(instante.timestamp()) + n * 3600, UTC)

    def dias_habiles(self, instante, n):
        local = self._local(int(instante.timestamp()))
        return self._fin(self._habil(local.toordinal(), n))

    def dias_calendario(self, instante, n):
        return self._fin(self._local(int(instante.timestamp())).toordinal() + n)

    def meses(self, instante, n):
        local = self._local(int(instante.timestamp()))
        total = local.year * 12 + local.month - 1 + n
        anio, mes = total // 12, total % 12 + 1
        dia = min(local.day, monthrange(anio, mes)[1])
        return self._fin(date(anio, mes, dia).toordinal())
