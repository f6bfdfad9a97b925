"""Icalma in a real browser, told as its document tells it."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.tramitacion import demo
from postventa.tramitacion.barrido import barrer as barrer_plazos
from tests.conftest import local
from tests.servicios.actores import Personal, Propietaria, correos_de
from tickets.icalma.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)

CAMILA = ("16.482.937-5", "camila.rojas@correo.example")
SUPERVISOR, JEFE = "rodrigo.sepulveda@icalma.example", "marcela.valdes@icalma.example"
OBSERVACIONES = [
    ("Living comedor", "Muro", "Grieta", "Grieta de piso a cielo, desde el invierno.", True),
    ("Cocina", "Lavaplatos", "Grifería", "La llave gotea toda la noche.", False),
]


@pytest.fixture
def sitio(live_server, settings):
    """The demo, on a Monday morning, served to a real browser that asks nobody else anything."""
    settings.SITE_URL = live_server.url
    call_command("cargar_base", verbosity=0)
    demo.cargar()
    hora.fijar(local("2026-11-23 10:15"))
    return live_server.url


@pytest.fixture
def propietaria(sitio, browser):
    contexto = browser.new_context(viewport={"width": 390, "height": 844}, locale="es-CL")
    yield Propietaria(solo_del_sitio(contexto, sitio), sitio, *CAMILA)
    contexto.close()


@pytest.fixture
def personal(sitio, browser):
    contexto = browser.new_context(viewport={"width": 1280, "height": 900}, locale="es-CL")
    yield Personal(solo_del_sitio(contexto, sitio), sitio)
    contexto.close()


def solo_del_sitio(contexto, sitio):
    """A page that fails the test on a request to any other host or a script error."""
    page = contexto.new_page()
    page.set_default_timeout(10_000)
    page.on("request", lambda p: _exigir(p.url.startswith((sitio, "data:", "blob:")), p.url))
    page.on("pageerror", lambda error: _exigir(False, str(error)))
    page.on("console", lambda m: _exigir("Content Security Policy" not in m.text, m.text))
    return page


def _exigir(condicion, que):
    assert condicion, que


def contactar_y_coordinar(personal, folio):
    """The Supervisor makes contact within 48 business hours and coordinates the inspection."""
    hora.fijar(local("2026-11-23 15:00"))
    personal.entrar("supervisor", "postventa-demo")
    personal.abrir(folio)
    personal.elegir("Registrar contacto")
    personal.page.get_by_label("Sí, contestó").check()
    personal.hacer("Registrar contacto")
    personal.elegir("Coordinar inspección")
    personal.escribir_horario("2026-11-24", "10:00", "10:45")
    personal.hacer("Coordinar y avisar")


def inspeccionar(personal, folio):
    """With the owner, in the home: one approved, one rejected by legal warranty."""
    hora.fijar(local("2026-11-24 10:00"))
    personal.abrir(folio)
    personal.elegir("Iniciar visita")
    personal.page.get_by_label(re.compile("propietario")).first.check()
    personal.hacer("Iniciar visita")
    personal.aprobar(1)
    personal.rechazar(2, "E4", "El aireador está tapado con sarro; limpiarlo es mantención.")
    hora.fijar(local("2026-11-24 10:45"))
    personal.elegir("Terminar la inspección")
    personal.hacer("Terminar visita")


def hacer_los_trabajos(personal, folio):
    """Coordinated within 72 hours; workers identify at the conserjería; somebody is there."""
    personal.abrir(folio)
    personal.elegir("Coordinar visita de trabajo")
    personal.escribir_horario("2026-11-26", "09:30", "13:00")
    personal.page.get_by_label("Maestros").fill("Óscar Vidal, Nelson Catrileo")
    personal.hacer("Coordinar y avisar")
    hora.fijar(local("2026-11-26 09:30"))
    personal.abrir(folio)
    personal.elegir("Iniciar visita")
    personal.page.get_by_label(re.compile("propietario")).first.check()
    personal.page.get_by_label("Quiénes se identificaron").fill("Óscar Vidal, cédula")
    personal.page.get_by_label("Conserje", exact=True).fill("Luis Pino")
    personal.page.get_by_label("Sí, autoriza").check()
    personal.hacer("Iniciar visita")
    personal.ejecutar(1, "Se selló la grieta y se pintó el muro.")
    hora.fijar(local("2026-11-26 12:30"))
    personal.elegir("Terminar los trabajos")
    personal.hacer("Terminar visita")


@pytest.mark.regla("I-01", "I-02", "I-03", "I-04", "I-06", "I-08", "I-09", "I-14", "I-21")
def test_del_rut_a_la_firma(propietaria, personal):
    folio = propietaria.ingresar_requerimiento(OBSERVACIONES)
    expect(propietaria.page.locator(".promesa")).to_contain_text(
        "a más tardar el miércoles 25 de noviembre, a las 10:15"
    )
    # The ticket reaches the Supervisor and the client by mail.
    assert folio in correos_de(propietaria.correo)[-1].subject
    assert folio in correos_de(SUPERVISOR)[-1].subject
    ticket = Ticket.objects.get(folio=folio)
    assert [o.fotos.count() for o in ticket.observaciones.all()] == [1, 0]

    contactar_y_coordinar(personal, folio)
    assert personal.estado() == "Inspección coordinada"
    assert "martes 24 de noviembre" in correos_de(propietaria.correo)[-1].body

    inspeccionar(personal, folio)
    assert personal.estado() == "Inspeccionado"
    diagnostico = correos_de(propietaria.correo)[-1].body
    assert "Mantenimiento indebido o falta de éste" in diagnostico
    assert "sarro" in diagnostico

    # The owner reads it, and accepts the rejection.
    propietaria.abrir(folio)
    expect(propietaria.page.get_by_text("sarro").first).to_be_visible()
    propietaria.page.get_by_role("button", name=re.compile("Acepto")).click()

    hacer_los_trabajos(personal, folio)
    assert personal.estado() == "Por firmar"

    # With the signature the ticket ends.
    propietaria.firmar(folio, "Camila Rojas Fuentealba")
    expect(propietaria.page.locator(".pildora").first).to_contain_text("Cerrado")
    assert folio in correos_de(propietaria.correo)[-1].subject
    personal.abrir(folio)
    assert personal.estado() == "Cerrado conforme"
    assert [p.estado for p in ticket.plazos.order_by("pk")] == ["CUMPLIDO"] * 3


@pytest.mark.regla("I-07")
def test_nadie_contacta_y_se_enteran_supervisor_y_jefe(propietaria, personal):
    folio = propietaria.ingresar_requerimiento(OBSERVACIONES[:1])
    correos_de(SUPERVISOR)

    # A day before it runs out, the Supervisor is warned.
    hora.fijar(local("2026-11-24 10:30"))
    barrer_plazos()
    aviso = correos_de(SUPERVISOR)[-1]
    assert folio in aviso.subject
    assert correos_de(JEFE) == []

    # It runs out: Supervisor and chief are told, once.
    hora.fijar(local("2026-11-25 10:30"))
    barrer_plazos()
    barrer_plazos()
    assert folio in correos_de(JEFE)[-1].subject
    assert Aviso.objects.filter(tipo="plazo_vencimiento").count() == 2

    # The console shows it red from the present instant.
    personal.entrar("jefe", "postventa-demo")
    expect(personal.page.get_by_role("link", name=re.compile("Vencidos"))).to_contain_text("1")
    personal.abrir(folio)
    expect(personal.page.locator(".plazo[data-reloj=mal]")).to_be_visible()

    # A late contact is shown as late for ever.
    hora.fijar(local("2026-11-25 12:00"))
    personal.page.context.clear_cookies()
    personal.entrar("supervisor", "postventa-demo")
    personal.abrir(folio)
    personal.elegir("Registrar contacto")
    personal.page.get_by_label("Sí, contestó").check()
    personal.hacer("Registrar contacto")
    plazo = Ticket.objects.get(folio=folio).plazos.get()
    assert plazo.estado == "CUMPLIDO_TARDE"
    assert plazo.vencido_en == plazo.vence_en + timedelta(seconds=1)
