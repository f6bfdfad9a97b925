"""Dates and hours as they are said aloud: `miércoles 25 de noviembre a las diez y media`."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from postventa.calendario.palabras import dia_en_palabras

HASTA_29 = (
    "", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once",
    "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve",
    "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis",
    "veintisiete", "veintiocho", "veintinueve",
)  # fmt: skip
DECENAS = {3: "treinta", 4: "cuarenta", 5: "cincuenta"}


def hora_leida(instante: datetime, zona: ZoneInfo) -> str:
    """`las diez y media de la mañana`, `la una y cuarto de la tarde`."""
    local = instante.astimezone(zona)
    horas = (local.hour + 11) % 12 + 1
    articulo = "la" if horas == 1 else "las"
    return f"{articulo} {HASTA_29[horas]}{_minutos(local.minute)} {_parte_del_dia(local.hour)}"


def cuando_leido(instante: datetime, zona: ZoneInfo) -> str:
    """`miércoles 25 de noviembre a las diez y media de la mañana`."""
    dia = dia_en_palabras(instante.astimezone(zona).date())
    return f"{dia} a {hora_leida(instante, zona)}"


def o_bien(partes: Iterable[str]) -> str:
    """`a las dos, a las tres o a las cuatro`, to offer one of them."""
    *primeras, ultima = partes
    return f"{', '.join(primeras)} o {ultima}" if primeras else ultima


def _minutos(minutos: int) -> str:
    if not minutos:
        return ""
    fijos = {15: "cuarto", 30: "media"}
    return f" y {fijos.get(minutos) or _numero(minutos)}"


def _numero(n: int) -> str:
    if n == 1:
        return "uno"
    if n < 30:
        return HASTA_29[n]
    resto = n % 10
    unidad = {1: "uno"}.get(resto, HASTA_29[resto])
    return DECENAS[n // 10] + (f" y {unidad}" if resto else "")


def _parte_del_dia(hora: int) -> str:
    if hora < 12:
        return "de la mañana" if hora >= 6 else "de la madrugada"
    if hora == 12:
        return "del día"
    return "de la tarde" if hora < 20 else "de la noche"
