"""Ingevec by telephone in a real browser, told as its document tells it."""

import re

import pytest
from playwright.sync_api import expect

from postventa.calendario import hora
from tests.conftest import local
from tests.servicios.actores import navegador, ultimo_correo
from tests.servicios.actores_ingevec import JAIME, CallCenter, EnLaVivienda, llamada_de
from tickets.ingevec.models import Solicitud

pytestmark = pytest.mark.django_db(transaction=True)

QUIEN, CORREO = "Jaime Riquelme Castro", JAIME[1]
REQUERIMIENTOS = (
    ("Cocina", "Gotera bajo el lavaplatos"),
    ("Dormitorio", "La puerta del clóset está rayada"),
    ("Baño", "La ventana no cierra"),
)


@pytest.fixture
def callcenter(sitio, browser):
    with navegador(browser, sitio, 1280) as page:
        yield CallCenter(page, sitio)


@pytest.fixture
def telefono(sitio, browser):
    """A phone that goes from hand to hand."""
    with navegador(browser, sitio) as page:
        yield EnLaVivienda(page, sitio)


def estados(folio):
    """Of the solicitud and of each requerimiento, in order."""
    solicitud = Solicitud.objects.get(folio=folio)
    return [solicitud.estado, *(r.estado for r in solicitud.requerimientos.all())]


def relojes(folio):
    solicitud = Solicitud.objects.get(folio=folio)
    return [(p.codigo, p.ordinal, p.estado) for p in solicitud.plazos.order_by("pk")]


def tomar_la_llamada(callcenter):
    """G-01 to G-03: the hour of the inspection is given in the same call, and read out."""
    callcenter.entrar("callcenter")
    callcenter.atender(JAIME[0])
    callcenter.sin_urgencia()
    callcenter.contar(*REQUERIMIENTOS)
    assert callcenter.frase() == (
        "«Puedo ofrecerle el miércoles 25 de noviembre a las nueve de la mañana, a las nueve y "
        "cuarenta y cinco de la mañana o a las diez y media de la mañana. ¿Cuál le acomoda?»"
    )
    callcenter.elegir_hora("25 de noviembre", "09:45")
    queda = (
        "«Su inspección queda para el miércoles 25 de noviembre a las nueve y cuarenta y cinco "
        "de la mañana. Dura unos 45 minutos y alguien debe recibir al inspector. "
    )
    assert callcenter.frase() == f"{queda}Su número de solicitud le llegará por correo.»"
    folio = callcenter.guardar()
    assert callcenter.frase() == f"{queda}Su número de solicitud es {folio}.»"
    return folio


def inspeccionar(telefono):
    """G-09: in the home, each requerimiento in or out of warranty, and why."""
    hora.fijar(local("2026-11-25 09:50"))
    telefono.entrar("inspectora")
    telefono.abrir_visita()
    telefono.entrar_a_la_casa("09:45", "Ana Mora")
    telefono.diagnosticar(1, "Corresponde", "El sifón quedó suelto.")
    telefono.diagnosticar(2, "No corresponde", "Rayas de uso.", "Es desgaste por el uso.")
    telefono.diagnosticar(3, "Corresponde", "La hoja quedó descuadrada.")
    telefono.terminar()


def trabajar(telefono, cuando, recibe, trabajos, quien="cuadrilla"):
    """G-13: the works begin before somebody who receives them for the owner."""
    hora.fijar(local(cuando))
    telefono.otra_persona(quien)
    telefono.abrir_visita()
    telefono.exigir_quien_reciba()
    telefono.entrar_a_la_casa(cuando[-5:], recibe)
    for numero, trabajo in trabajos.items():
        telefono.ejecutar(numero, trabajo)
    telefono.terminar()


def en_el_caso(callcenter, folio, estado, *corren):
    """The case page: its state, and the clocks that run with the day on which they end."""
    callcenter.abrir(folio)
    assert callcenter.estado() == estado
    vistos = [reloj for reloj in callcenter.relojes() if "Vence" in reloj]
    assert len(vistos) == len(corren), vistos
    for visto, (que, vence) in zip(vistos, corren, strict=True):
        assert visto.startswith(que)
        assert f"Vence el {vence}, hasta el final del día" in visto


def queda_disconforme_con_uno(callcenter, folio):
    """G-05: only what is not right goes back, and its terms count anew from this call."""
    hora.fijar(local("2026-12-03 10:00"))
    callcenter.llamar_al_propietario(QUIEN)
    assert callcenter.frase().startswith(f"«Buenos días, ¿hablo con {QUIEN}?")
    callcenter.anotar("Gotera", "Conforme")
    callcenter.anotar("ventana", "Nueva inspección", "Sigue sin cerrar.")
    callcenter.elegir_hora("9 de diciembre", "09:00")
    callcenter.guardar_el_llamado()
    en_el_caso(callcenter, folio, "Inspección agendada")
    assert estados(folio) == ["INSPECCION_AGENDADA", "CONFORME", "NO_CORRESPONDE", "PENDIENTE"]
    asunto, cuerpo = ultimo_correo(CORREO)
    assert asunto == f"{folio}: visita de inspección, el miércoles 9 de diciembre, a las 09:00"
    assert "Hace falta otra visita." in cuerpo


def otra_vuelta(callcenter, telefono, folio):
    """Looked at and done again, and asked for a second time; the owner is content (G-06)."""
    hora.fijar(local("2026-12-09 09:05"))
    telefono.otra_persona("inspectora")
    telefono.abrir_visita()
    telefono.entrar_a_la_casa("09:00", "Ana Mora")
    telefono.diagnosticar(3, "Corresponde", "El marco cedió.")
    telefono.terminar()
    en_el_caso(callcenter, folio, "Diagnosticada", ("Ejecutar los trabajos", "viernes 8 de enero"))
    callcenter.agendar_con("Agendar trabajos", "Luis Aguayo Rain", "2026-12-16", "09:00")
    trabajar(telefono, "2026-12-16 09:05", "Rosa Mora", {3: "Se cambió el marco."})

    # The second call asks only for what was done again; with it the solicitud is closed.
    hora.fijar(local("2026-12-17 16:00"))
    callcenter.llamar_al_propietario(QUIEN)
    expect(callcenter.page.get_by_role("region", name=re.compile("Gotera"))).to_have_count(0)
    callcenter.anotar("ventana", "Conforme")
    callcenter.guardar_el_llamado()
    en_el_caso(callcenter, folio, "Cerrada")
    assert estados(folio) == ["CERRADA", "CONFORME", "NO_CORRESPONDE", "CONFORME"]
    assert relojes(folio) == [
        (codigo, vuelta, "CUMPLIDO")
        for vuelta in (1, 2)
        for codigo in ("inspeccion", "trabajos", "satisfaccion")
    ]


@pytest.mark.regla("G-02", "G-03", "G-04", "G-05", "G-06", "G-09", "G-10", "G-11", "G-13")
def test_de_la_llamada_a_la_conformidad(callcenter, telefono):
    folio = tomar_la_llamada(callcenter)
    en_el_caso(callcenter, folio, "Inspección agendada")
    assert relojes(folio) == [("inspeccion", 1, "CUMPLIDO")]
    asunto, cuerpo = ultimo_correo(CORREO)
    assert asunto == f"{folio}: visita de inspección, el miércoles 25 de noviembre, a las 09:45"
    assert "Va Daniela Cortés Millar." in cuerpo

    inspeccionar(telefono)
    ejecutar = "Ejecutar los trabajos"
    en_el_caso(callcenter, folio, "Diagnosticada", (ejecutar, "jueves 24 de diciembre"))
    assert estados(folio) == ["DIAGNOSTICADA", "CORRESPONDE", "NO_CORRESPONDE", "CORRESPONDE"]
    asunto, cuerpo = ultimo_correo(CORREO)
    assert asunto == f"{folio}: resultado de su visita de inspección"
    assert "a más tardar el jueves 24 de diciembre" in cuerpo
    assert "Rayas de uso. Motivo: Es desgaste por el uso." in cuerpo

    callcenter.agendar_con("Agendar trabajos", "Luis Aguayo Rain", "2026-12-02", "09:00")
    en_el_caso(callcenter, folio, "Trabajos agendados", (ejecutar, "jueves 24 de diciembre"))
    asunto, cuerpo = ultimo_correo(CORREO)
    assert asunto == f"{folio}: visita de trabajo, el miércoles 2 de diciembre, a las 09:00"
    assert "Durante los trabajos debe haber un representante suyo que los reciba." in cuerpo

    trabajar(telefono, "2026-12-02 09:05", "Ana Mora", {1: "Otro sifón.", 3: "Se cuadró la hoja."})
    llamado = "Llamado de satisfacción"
    en_el_caso(callcenter, folio, "Por llamar", (llamado, "lunes 7 de diciembre"))
    asunto, cuerpo = ultimo_correo(CORREO)
    assert asunto == f"{folio}: terminamos los trabajos"
    assert "los recibió Ana Mora" in cuerpo

    queda_disconforme_con_uno(callcenter, folio)
    otra_vuelta(callcenter, telefono, folio)
    assert ultimo_correo(CORREO)[0] == f"{folio}: solicitud cerrada con su conformidad"


@pytest.mark.regla("G-05", "G-06", "G-11")
def test_nuevos_trabajos_siguen_en_el_plazo_que_ya_corria(callcenter, telefono):
    llamada = llamada_de().hasta_por_llamar()
    folio = llamada.solicitud.folio
    hora.fijar(local("2026-12-03 10:00"))
    callcenter.entrar("callcenter")
    callcenter.llamar_al_propietario("Héctor Saldías")
    callcenter.anotar("Gotera", "Nuevos trabajos", "Volvió a gotear.")
    callcenter.anotar("Puerta", "Conforme")
    callcenter.elegir_hora("4 de diciembre", "09:00")
    callcenter.guardar_el_llamado()
    plazo = ("Ejecutar los trabajos", "jueves 24 de diciembre")
    en_el_caso(callcenter, folio, "Trabajos agendados", plazo)
    assert estados(folio) == ["TRABAJOS_AGENDADOS", "CORRESPONDE", "CONFORME"]
    trabajos = llamada.plazos("trabajos")
    assert [p.estado for p in trabajos] == ["CUMPLIDO", "CORRIENDO"]
    assert trabajos[0].vence_en == trabajos[1].vence_en

    visita = Solicitud.objects.get(folio=folio).ultima_visita()
    quien = visita.persona.username
    trabajar(telefono, "2026-12-04 09:05", "Ana Mora", {1: "Se selló de nuevo."}, quien)
    hora.fijar(local("2026-12-07 12:30"))
    callcenter.llamar_al_propietario("Héctor Saldías")
    callcenter.anotar("Gotera", "Conforme")
    callcenter.guardar_el_llamado()
    en_el_caso(callcenter, folio, "Cerrada")
    assert relojes(folio)[-2:] == [("trabajos", 2, "CUMPLIDO"), ("satisfaccion", 2, "CUMPLIDO")]
