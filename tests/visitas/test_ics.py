"""A visit in the person's own calendar: read back by the rules of RFC 5545."""

import re
from datetime import UTC, datetime

import pytest

from postventa.visitas.ics import calendario_de
from postventa.visitas.models import Visita

AHORA = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)


def visita(estado="COORDINADA", **otros):
    return Visita(
        pk=41,
        tipo="INSPECCION",
        inicia_en=datetime(2026, 11, 24, 13, 0, tzinfo=UTC),
        termina_en=datetime(2026, 11, 24, 13, 45, tzinfo=UTC),
        estado=estado,
        **otros,
    )


def archivo(
    resumen="Visita de inspección", lugar="Torre B", descripcion="", estado="COORDINADA", **otros
):
    dominio = otros.pop("dominio", "postventa.example")
    return calendario_de(visita(estado), resumen, lugar, descripcion, dominio, AHORA)


def lineas(ics):
    """Content lines, unfolded."""
    return ics.decode().replace("\r\n ", "").split("\r\n")[:-1]


def propiedad(ics, nombre):
    """The first one of that name, which is the event's own."""
    return next(li.partition(":")[2] for li in lineas(ics) if li.startswith(f"{nombre}:"))


def leido(valor):
    """A TEXT value as a calendar shows it."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], valor)


def test_archivo_entero():
    assert archivo(descripcion="Ticket ICA-2026-0001").decode() == (
        "BEGIN:VCALENDAR\r\n"
        "VERSION:2.0\r\n"
        "PRODID:-//Postventa//Visitas//ES\r\n"
        "CALSCALE:GREGORIAN\r\n"
        "METHOD:PUBLISH\r\n"
        "BEGIN:VEVENT\r\n"
        "UID:visita-41@postventa.example\r\n"
        "SEQUENCE:0\r\n"
        "DTSTAMP:20261123T131500Z\r\n"
        "DTSTART:20261124T130000Z\r\n"
        "DTEND:20261124T134500Z\r\n"
        "SUMMARY:Visita de inspección\r\n"
        "LOCATION:Torre B\r\n"
        "DESCRIPTION:Ticket ICA-2026-0001\r\n"
        "STATUS:CONFIRMED\r\n"
        "BEGIN:VALARM\r\n"
        "ACTION:DISPLAY\r\n"
        "DESCRIPTION:Visita de inspección\r\n"
        "TRIGGER:-P1D\r\n"
        "END:VALARM\r\n"
        "END:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


@pytest.mark.parametrize("estado", ["CANCELADA", "REPROGRAMADA"])
def test_visita_que_no_se_hara_cancela_el_mismo_evento(estado):
    antes, despues = archivo(), archivo(estado=estado)

    assert propiedad(despues, "UID") == propiedad(antes, "UID")
    assert propiedad(despues, "STATUS") == "CANCELLED"
    assert int(propiedad(despues, "SEQUENCE")) > int(propiedad(antes, "SEQUENCE"))
    assert "BEGIN:VALARM" not in lineas(despues)


@pytest.mark.parametrize(
    "estado", ["EN_CURSO", "REALIZADA", "INASISTENCIA_CLIENTE", "ACCESO_DENEGADO"]
)
def test_visita_que_llego_a_su_hora_sigue_en_el_calendario(estado):
    assert propiedad(archivo(estado=estado), "STATUS") == "CONFIRMED"


@pytest.mark.parametrize(
    "texto",
    [
        "Torre B, depto. 704; conserjería",
        "una \\ barra y \\n que no es salto",
        "primera\nsegunda",
        "",
        "áéíóú ñ 😀 " * 30,
        "\\" * 200,
        ",;" * 120,
    ],
)
def test_texto_vuelve_como_era(texto):
    ics = archivo(texto, texto, texto)
    for nombre in ("SUMMARY", "LOCATION", "DESCRIPTION"):
        assert leido(propiedad(ics, nombre)) == texto


@pytest.mark.parametrize("texto", ["x" * 300, "ñ" * 300, "😀" * 100, "e\u0301" * 100])
def test_ninguna_linea_pasa_de_75_octetos(texto):
    ics = archivo(texto, texto, texto)
    fisicas = ics.split(b"\r\n")
    assert max(len(linea) for linea in fisicas) <= 75
    # Each one is whole characters: a fold never cuts one in two.
    assert b"".join(fisicas).decode()


@pytest.mark.parametrize("largo", [66, 67, 68, 140, 141, 142])
def test_pliegue_en_su_borde_no_pierde_ni_agrega(largo):
    texto = "".join(chr(97 + n % 26) for n in range(largo))
    assert propiedad(archivo(texto), "SUMMARY") == texto


SALTOS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("salto", SALTOS)
def test_texto_no_inyecta_propiedades(salto):
    hostil = f"hola{salto}END:VEVENT{salto}BEGIN:VEVENT{salto}ATTACH:http://mala.example/"
    ics = archivo(hostil, hostil, hostil)

    # Also for a reader that breaks lines where Python does, not only at CRLF.
    nombres = [li.partition(":")[0] for li in ics.decode().replace("\r\n ", "").splitlines()]
    assert nombres == [li.partition(":")[0] for li in lineas(archivo())]
    assert leido(propiedad(ics, "SUMMARY")).split("\n")[0] == "hola"


def test_texto_no_trae_caracteres_de_control():
    ics = archivo("a\x00b\x07c\x1bd\x7fe\tf")
    assert propiedad(ics, "SUMMARY") == "abcde\tf"


def test_dominio_no_inyecta_propiedades():
    ics = archivo(dominio="postventa.example\r\nATTACH:http://mala.example/")
    assert propiedad(ics, "UID") == "visita-41@postventa.exampleATTACHhttpmala.example"


def test_sin_ahora_es_la_hora_del_producto(db):
    ics = calendario_de(visita(), "Visita", "Torre B", "", "postventa.example")
    assert re.fullmatch(r"\d{8}T\d{6}Z", propiedad(ics, "DTSTAMP"))


def test_hora_se_da_en_utc_al_cambiar_la_hora(camino):
    """Santiago: 10:00 is 13:00 UTC in summer and 14:00 in winter."""
    camino.generar().contactar().coordinar_inspeccion("2027-06-15 10:00")
    ics = calendario_de(camino.visita, "Visita", "", "", "postventa.example", AHORA)
    assert propiedad(ics, "DTSTART") == "20270615T140000Z"
