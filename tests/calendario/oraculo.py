"""Brute force: the rules of time by walking, one date or one minute at a time.

Nothing here shares code or method with the product: no tables, no bisect, and the wall clock is
only ever read from UTC, never converted to it. Offsets of the zones are whole minutes, and so are
the edges of the office windows, so a minute is wholly inside a window or wholly outside.
"""

from datetime import UTC, date, datetime, timedelta

MINUTO = timedelta(minutes=1)
DIA = timedelta(days=1)


class Lugar:
    """Zone, holidays and windows, read the slow way."""

    def __init__(self, zona, feriados, tramos):
        self.zona, self.feriados, self.tramos = zona, feriados, tramos

    def fecha(self, instante):
        return instante.astimezone(self.zona).date()

    def es_habil(self, fecha):
        return fecha.isoweekday() <= 5 and fecha not in self.feriados

    def esta_abierto(self, instante):
        pared = instante.astimezone(self.zona)
        if not self.es_habil(pared.date()):
            return False
        return any(
            desde <= pared.time() < hasta for desde, hasta in self.tramos.get(pared.weekday(), ())
        )


def apertura(lugar, instante):
    """First open second at or after the instant."""
    if lugar.esta_abierto(instante):
        return instante
    minuto = instante.replace(second=0) + (MINUTO if instante.second else timedelta())
    while not lugar.esta_abierto(minuto):
        minuto += MINUTO
    return minuto


def enesimo_habil(lugar, fecha, n):
    """Walk dates, forwards or back, counting business days."""
    paso = DIA if n > 0 else -DIA
    for _ in range(abs(n)):
        fecha += paso
        while not lugar.es_habil(fecha):
            fecha += paso
    return fecha


def ultimo_segundo(lugar, fecha):
    """Walk minutes until the wall calendar shows a later date; the second before."""
    minuto = datetime(fecha.year, fecha.month, fecha.day, tzinfo=UTC)
    while lugar.fecha(minuto) <= fecha:
        minuto += MINUTO
    return minuto - timedelta(seconds=1)


def lectura(lugar, fecha, hora):
    """Last instant of a date that shows that time, or the first that shows a later one."""
    segundo = timedelta(seconds=hora.second)
    minuto = datetime(fecha.year, fecha.month, fecha.day, tzinfo=UTC) - DIA
    iguales, posteriores = [], []
    for _ in range(3 * 1440):
        pared = (minuto + segundo).astimezone(lugar.zona)
        if pared.date() == fecha:
            if pared.time() == hora:
                iguales.append(minuto + segundo)
            elif minuto.astimezone(lugar.zona).time() > hora:
                posteriores.append(minuto)
        minuto += MINUTO
    return iguales[-1] if iguales else posteriores[0]


def horas_habiles(lugar, desde, horas):
    inicio = apertura(lugar, desde)
    pared = inicio.astimezone(lugar.zona)
    return lectura(lugar, enesimo_habil(lugar, pared.date(), horas // 24), pared.time())


def horas_oficina(lugar, desde, horas):
    """Walk minutes and count the seconds of the open ones."""
    instante, faltan = desde, horas * 3600
    while True:
        siguiente = instante.replace(second=0) + MINUTO
        if lugar.esta_abierto(instante):
            dura = int((siguiente - instante).total_seconds())
            if faltan <= dura:
                return instante + timedelta(seconds=faltan)
            faltan -= dura
        instante = siguiente


def segundos_oficina(lugar, desde, hasta):
    total, instante = 0, desde
    while instante < hasta:
        siguiente = min(instante.replace(second=0) + MINUTO, hasta)
        if lugar.esta_abierto(instante):
            total += int((siguiente - instante).total_seconds())
        instante = siguiente
    return total


def dias_habiles(lugar, desde, dias):
    return ultimo_segundo(lugar, enesimo_habil(lugar, lugar.fecha(desde), dias))


def dias_calendario(lugar, desde, dias):
    fecha = lugar.fecha(desde)
    for _ in range(dias):
        fecha += DIA
    return ultimo_segundo(lugar, fecha)


def meses(lugar, desde, cantidad):
    """Walk dates month by month; where the day is missing, the last date before the next month."""
    fecha = lugar.fecha(desde)
    anio, mes = fecha.year, fecha.month
    for _ in range(cantidad):
        anio, mes = (anio, mes + 1) if mes < 12 else (anio + 1, 1)
    candidata = date(anio, mes, 1)
    while candidata.day < fecha.day and (candidata + DIA).month == mes:
        candidata += DIA
    return ultimo_segundo(lugar, candidata)
