"""A visit for the person's own calendar (RFC 5545)."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from postventa.calendario import hora
from postventa.visitas.flujo import EstadoVisita
from postventa.visitas.models import Visita

ANCHO = 75  # octets of a line, without its CRLF
NO_SE_HARA = (EstadoVisita.CANCELADA, EstadoVisita.REPROGRAMADA)
CABECERA = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Postventa//Visitas//ES",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
)
# What a reader of calendars may take for the end of a line stands as its escape instead.
_DE_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")


def calendario_de(
    visita: Visita,
    resumen: str,
    lugar: str,
    descripcion: str,
    dominio: str,
    ahora: datetime | None = None,
) -> bytes:
    """Return the .ics of a visit: always the same event, cancelled when it will not be held.

    The texts may be anybody's; `dominio` makes the UID unique in the world. `ahora` (the
    product's time if left out) says when this file was made.
    """
    cancelada = visita.estado in NO_SE_HARA
    resumen = _texto(resumen)
    lineas = [
        *CABECERA,
        "BEGIN:VEVENT",
        *_cuando(visita, dominio, ahora or hora.ahora()),
        f"SUMMARY:{resumen}",
        f"LOCATION:{_texto(lugar)}",
        f"DESCRIPTION:{_texto(descripcion)}",
        f"STATUS:{'CANCELLED' if cancelada else 'CONFIRMED'}",
        *([] if cancelada else _recordatorio(resumen)),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_plegada(linea) for linea in lineas)


def agenda_de(visitas: Iterable[tuple[Visita, str, str]], dominio: str, ahora: datetime) -> bytes:
    """Return the .ics of many visits, each with its summary and its place, and nothing more."""
    lineas = [
        *CABECERA,
        "X-WR-CALNAME:Visitas de postventa",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for visita, resumen, lugar in visitas:
        lineas += [
            "BEGIN:VEVENT",
            *_cuando(visita, dominio, ahora),
            f"SUMMARY:{_texto(resumen)}",
            f"LOCATION:{_texto(lugar)}",
            "STATUS:CONFIRMED",
            "END:VEVENT",
        ]
    return b"".join(_plegada(linea) for linea in [*lineas, "END:VCALENDAR"])


def _cuando(visita, dominio, ahora) -> list[str]:
    """Which event it is and when."""
    return [
        f"UID:visita-{visita.pk}@{re.sub(r'[^A-Za-z0-9.-]', '', dominio)}",
        # A calendar takes a later word on the same event only with a higher number.
        f"SEQUENCE:{int(visita.estado in NO_SE_HARA)}",
        f"DTSTAMP:{_instante(ahora)}",
        f"DTSTART:{_instante(visita.inicia_en)}",
        f"DTEND:{_instante(visita.termina_en)}",
    ]


def _recordatorio(resumen: str) -> list[str]:
    """The day before, because a second absence in a row ends the request (I-19)."""
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{resumen}",
        "TRIGGER:-P1D",
        "END:VALARM",
    ]


def _instante(momento: datetime) -> str:
    return f"{momento.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _texto(valor: str) -> str:
    """A TEXT value: nothing in it can end its line or begin a property."""
    escapado = re.sub(r"([\\;,])", r"\\\1", valor)
    return _DE_CONTROL.sub("", r"\n".join(escapado.splitlines()))


def _plegada(linea: str) -> bytes:
    """The line with its CRLF, folded without cutting a character in two."""
    partes, actual = [], b""
    for caracter in linea:
        octetos = caracter.encode()
        # From the second line on, one octet is the space that marks the fold.
        if len(actual) + len(octetos) > ANCHO:
            partes.append(actual)
            actual = b" "
        actual += octetos
    return b"\r\n".join([*partes, actual]) + b"\r\n"
