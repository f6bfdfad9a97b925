"""Dates, durations and reasons in plain Spanish. Pure: imports no Django and asks no locale.

The sentences address nobody, so that a portal that says "tú" and one that says "usted" share them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .unidades import Unidad
from .zonas import (
    UN_DIA,
    a_epoca,
    a_instante,
    comienzo_del_dia,
    epoca_local,
    fecha_local,
    fin_del_dia,
)

if TYPE_CHECKING:
    from .habiles import Vencimiento
    from .horario import Horario

DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
UNIDADES = {
    Unidad.HORAS_HABILES: ("hora hábil", "horas hábiles"),
    Unidad.HORAS_OFICINA: ("hora de oficina", "horas de oficina"),
    Unidad.HORAS_CORRIDAS: ("hora corrida", "horas corridas"),
    Unidad.DIAS_HABILES: ("día hábil", "días hábiles"),
    Unidad.DIAS_CALENDARIO: ("día calendario", "días calendario"),
    Unidad.MESES: ("mes", "meses"),
}
# From this many business days on, the odd hours only add noise.
DIAS_SIN_HORAS = 5
_DIA = 86_400


def contar(cantidad: int, singular: str, plural: str) -> str:
    """`1 día hábil`, `2 días hábiles`."""
    return f"{cantidad} {singular if cantidad == 1 else plural}"


def cantidad_en_palabras(cantidad: int, unidad: Unidad) -> str:
    """An amount with its unit: `48 horas hábiles`."""
    return contar(cantidad, *UNIDADES[unidad])


def enumerar(partes: Iterable[str]) -> str:
    """`a, b y c`; before a word that sounds like i, `e` (no holiday or date begins with one)."""
    *primeras, ultima = partes
    return f"{', '.join(primeras)} y {ultima}" if primeras else ultima


def dia_en_palabras(fecha: date, con_anio: bool = False) -> str:
    """`miércoles 25 de noviembre`, followed by the year when asked for."""
    anio = f" de {fecha.year}" if con_anio else ""
    return f"{DIAS[fecha.weekday()]} {fecha.day} de {MESES[fecha.month - 1]}{anio}"


def fecha_en_palabras(
    instante: datetime, zona: ZoneInfo, con_hora: bool = True, con_anio: bool = False
) -> str:
    """`miércoles 25 de noviembre, a las 10:15`, on the wall clock of the zone."""
    local = instante.astimezone(zona)
    dia = dia_en_palabras(local.date(), con_anio)
    if not con_hora:
        return dia
    return f"{dia}, a {'la' if local.hour == 1 else 'las'} {local:%H:%M}"


def vence_en_palabras(vence: datetime, zona: ZoneInfo, con_anio: bool = False) -> str:
    """A due instant with its article; the end of a day is said so: `el martes 29 de diciembre`."""
    local = vence.astimezone(zona)
    if a_epoca(vence) == fin_del_dia(local.date(), zona):
        return f"el {dia_en_palabras(local.date(), con_anio)}, hasta el final del día"
    return f"el {fecha_en_palabras(vence, zona, con_anio=con_anio)}"


def fecha_corta(instante: datetime, zona: ZoneInfo, ahora: datetime | None = None) -> str:
    """For a narrow column: `Hoy, 11:30`, `Mié 25, 16:20`, and with the month when it is another."""
    local = instante.astimezone(zona)
    hoy = ahora.astimezone(zona).date() if ahora else None
    if local.date() == hoy:
        return f"Hoy, {local:%H:%M}"
    dia = f"{DIAS[local.weekday()][:3].capitalize()} {local.day}"
    if hoy and (local.year, local.month) == (hoy.year, hoy.month):
        return f"{dia}, {local:%H:%M}"
    anio = f" {local.year}" if hoy and local.year != hoy.year else ""
    return f"{dia} {MESES[local.month - 1][:3]}{anio}, {local:%H:%M}"


def del_dia(corta: str) -> str:
    """A `fecha_corta` after "de": `de hoy, 11:30`, `del mié 25, 16:20`."""
    corta = corta.lower()
    return f"de {corta}" if corta.startswith("hoy") else f"del {corta}"


def duracion_en_palabras(segundos: int) -> str:
    """Elapsed time: `28 min`, `16 h 52 min`, `3 días y 4 h`; seconds are cut off."""
    minutos = segundos // 60
    if minutos < 1:
        return "menos de 1 min"
    dias, horas, minutos = minutos // 1440, minutos // 60 % 24, minutos % 60
    if dias:
        resto = f" y {horas} h" if horas else ""
        return contar(dias, "día", "días") + resto
    return " ".join(parte for n, parte in ((horas, f"{horas} h"), (minutos, f"{minutos} min")) if n)


def duracion_habil_en_palabras(
    horario: Horario,
    ahora: datetime,
    vence: datetime,
    unidad: Unidad | None = None,
    empieza: datetime | None = None,
) -> str:
    """Time left, or gone by, until a due instant.

    `2 días hábiles y 23 h 40 min`, `Quedan 2 h 18 min`, `Vence ahora`, `Hace 16 h 52 min`. What is
    left is counted on business days (their nights count, weekends do not) unless the unit runs
    every day, or only in office hours; what has gone by is elapsed time. It is never more than the
    term itself: before it begins to be counted (`empieza`), what is left is all of it.
    """
    resta = a_epoca(vence) - a_epoca(ahora)
    if resta < 0:
        return f"Hace {duracion_en_palabras(-resta)}"
    if resta == 0:
        return "Vence ahora"
    inicio, fin = a_epoca(ahora), a_epoca(vence)
    if fin == fin_del_dia(fecha_local(fin, horario.zona), horario.zona):
        fin += 1
    cuenta_desde = _cuenta_desde(horario.zona, empieza, unidad) if empieza else inicio
    espera = inicio < cuenta_desde < fin
    inicio = cuenta_desde if espera else inicio
    queda = _queda(horario, inicio, fin, unidad)
    por_dias = unidad in (Unidad.DIAS_HABILES, Unidad.DIAS_CALENDARIO)
    return f"{queda} desde la apertura" if espera and not por_dias else queda


def _cuenta_desde(zona: ZoneInfo, empieza: datetime, unidad: Unidad | None) -> int:
    """When a term begins to run down: one of days, with the day after its event."""
    epoca = a_epoca(empieza)
    if unidad in (Unidad.DIAS_HABILES, Unidad.DIAS_CALENDARIO):
        return comienzo_del_dia(fecha_local(epoca, zona) + UN_DIA, zona)
    return epoca


def _queda(horario: Horario, inicio: int, fin: int, unidad: Unidad | None) -> str:
    resta = fin - inicio
    if unidad in (Unidad.HORAS_CORRIDAS, Unidad.DIAS_CALENDARIO, Unidad.MESES):
        return _quedan(duracion_en_palabras(resta))
    if unidad == Unidad.HORAS_OFICINA:
        return _de_oficina(horario, inicio, fin)
    if not horario.es_habil(fecha_local(inicio, horario.zona)) and any(horario.tramos.values()):
        inicio = min(horario.apertura(inicio), fin)
    dias, desde = _dias_enteros(horario, inicio, fin)
    sobra = segundos_habiles(horario, desde, fin)
    if sobra >= _DIA:
        # To the end of a Friday there is the whole of it.
        dias, sobra = dias + 1, sobra - _DIA
    if not dias:
        if sobra == resta or sobra < 60:
            return _quedan(duracion_en_palabras(resta))
        # The hours shown leave a weekend out: the word keeps them from being read as elapsed ones.
        return _quedan(f"{duracion_en_palabras(sobra)} hábiles")
    en_dias = contar(dias, "día hábil", "días hábiles")
    if sobra < 60 or dias >= DIAS_SIN_HORAS:
        return en_dias
    return f"{en_dias} y {duracion_en_palabras(sobra)}"


def _de_oficina(horario: Horario, inicio: int, fin: int) -> str:
    """Hours with the office open: never in days, for theirs are not of 24."""
    segundos = horario.segundos_oficina_entre(a_instante(inicio), a_instante(fin))
    if segundos == fin - inicio or segundos < 60:
        return _quedan(duracion_en_palabras(fin - inicio))
    horas, minutos = segundos // 3600, segundos // 60 % 60
    partes = (f"{n} {que}" for n, que in ((horas, "h"), (minutos, "min")) if n)
    return _quedan(f"{' '.join(partes)} de oficina")


def _quedan(duracion: str) -> str:
    singular = duracion.startswith(("1 ", "menos"))
    return f"{'Queda' if singular else 'Quedan'} {duracion}"


def _dias_enteros(horario: Horario, inicio: int, fin: int) -> tuple[int, int]:
    """Whole business days of the wall clock between two instants, and the instant they reach."""
    local = datetime.fromtimestamp(inicio, horario.zona)
    dias = max(horario.dias_habiles_entre(local.date(), fecha_local(fin, horario.zona)), 0)
    for n in range(dias, max(dias - 2, 0), -1):
        fecha = horario.sumar_habiles(local.date(), n)
        llega = epoca_local(fecha, local.time(), horario.zona)
        if llega <= fin:
            return n, llega
    return 0, inicio


def segundos_habiles(horario: Horario, inicio: int, fin: int) -> int:
    """Seconds of business dates, nights included, between instants a few days apart."""
    zona, total = horario.zona, 0
    fecha, ultima = fecha_local(inicio, zona), fecha_local(fin, zona)
    while fecha <= ultima:
        if horario.es_habil(fecha):
            total += min(fin, fin_del_dia(fecha, zona) + 1) - max(
                inicio, comienzo_del_dia(fecha, zona)
            )
        fecha += UN_DIA
    return total


def explicar(v: Vencimiento, *, es_estricto: bool = False) -> str:
    """Why this date: unit, effective start, what was skipped, and the due in words.

    With `es_estricto` ("less than 24 hours") the due instant itself is already late.
    """
    vence = vence_en_palabras(
        v.vence, v.horario.zona, con_anio=v.fecha(v.vence).year != v.fecha(v.desde).year
    )
    final = f"Debe cumplirse antes d{vence}." if es_estricto else f"Vence a más tardar {vence}."
    return " ".join(filter(None, [_del_plazo(v), _del_inicio(v), _de_lo_saltado(v), final]))


def _del_plazo(v: Vencimiento) -> str:
    plazo = f"El plazo es de {cantidad_en_palabras(v.cantidad, v.unidad)}"
    if v.unidad == Unidad.HORAS_HABILES:
        dias = cantidad_en_palabras(v.cantidad // 24, Unidad.DIAS_HABILES)
        return f"{plazo}, es decir, {dias}."
    return f"{plazo}."


def _del_inicio(v: Vencimiento) -> str:
    zona = v.horario.zona
    if v.unidad in (Unidad.DIAS_HABILES, Unidad.DIAS_CALENDARIO, Unidad.MESES):
        primero = {
            Unidad.DIAS_HABILES: "día hábil siguiente al ",
            Unidad.DIAS_CALENDARIO: "día siguiente al ",
        }.get(v.unidad, "")
        return f"Se cuenta desde el {primero}{fecha_en_palabras(v.desde, zona, con_hora=False)}."
    inicio = f"Se cuenta desde el {fecha_en_palabras(v.inicio_efectivo, zona)}"
    if v.inicio_efectivo != v.desde:
        recibido = fecha_en_palabras(v.desde, zona)
        return f"{inicio}, porque el {recibido} era fuera del horario de atención."
    return f"{inicio}."


def _de_lo_saltado(v: Vencimiento) -> str:
    if v.unidad == Unidad.HORAS_CORRIDAS and v.rueda_a_apertura:
        if v.vence == v.inicio_efectivo + timedelta(hours=v.cantidad):
            return ""
        salto = "Termina fuera del horario de atención y pasa a la próxima apertura"
    elif v.unidad in (Unidad.HORAS_HABILES, Unidad.HORAS_OFICINA, Unidad.DIAS_HABILES):
        salto = "No se cuentan sábados, domingos ni feriados"
    else:
        return "Se cuentan todos los días, también fines de semana y feriados."
    feriados = [f"{dia_en_palabras(dia)} ({nombre})" for dia, nombre in v.feriados_saltados]
    if not feriados:
        return f"{salto}."
    return f"{salto}; feriados en el plazo: {enumerar(feriados)}."
