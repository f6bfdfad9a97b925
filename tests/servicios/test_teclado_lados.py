"""What an owner answers on the way, with the keyboard alone: a rejection, an hour, a stand-in."""

import re

import pytest
from playwright.sync_api import expect

from postventa.calendario import hora
from postventa.calendario.palabras import dia_en_palabras
from tests.servicios.actores import CAMILA, Propietaria, camino_de_camila, navegador
from tests.servicios.test_teclado_y_peso import Teclado
from tickets.icalma.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def abrir(sitio, browser):
    """Her case's page, as it stands then, and her keyboard."""
    with navegador(browser, sitio) as page:
        Propietaria(page, sitio, *CAMILA).entrar()

        def abre(camino):
            hora.fijar(camino.ahora)
            page.goto(f"{sitio}/icalma/caso/{camino.ticket.publico}/")
            return page, Teclado(page)

        yield abre


def test_portal_objetar_un_rechazo_solo_con_el_teclado(abrir):
    page, teclado = abrir(
        camino_de_camila().generar().contactar().coordinar_inspeccion().inspeccionar()
    )
    teclado.escribir(page.get_by_label(re.compile("Por qué no estás")), "Nunca la desarmé.")
    teclado.pulsar(page.get_by_role("button", name="Pedir revisión al Jefe"))
    expect(page.get_by_text("La revisa el Jefe")).to_be_visible()
    assert Ticket.objects.get().observaciones.get(estado="EN_CONSULTA").motivo_disputa == (
        "Nunca la desarmé."
    )


def test_portal_cambiar_la_hora_solo_con_el_teclado(abrir):
    camino = camino_de_camila().generar().contactar().coordinar_inspeccion()
    page, teclado = abrir(camino)
    teclado.pulsar(page.get_by_role("link", name="Cambiar la hora"))
    # The day of the visit is open; the next one opens with its heading, and its hours follow it.
    dia = page.locator("details.dia summary").nth(1)
    teclado.pulsar(dia)
    expect(page.locator("details.dia").nth(1)).to_have_attribute("open", "")
    elegida = page.locator("details.dia").nth(1).get_by_role("radio").first
    teclado.pulsar(elegida, "Space")
    expect(elegida).to_be_checked()
    teclado.pulsar(page.get_by_role("button", name="Cambiar a esta hora"))
    expect(page.get_by_role("heading", name=camino.ticket.folio)).to_be_visible()
    antes, ahora = Ticket.objects.get().visitas.order_by("pk")
    assert (antes.estado, ahora.estado) == ("REPROGRAMADA", "COORDINADA")
    assert dia_en_palabras(ahora.inicia_en.date()) == "miércoles 25 de noviembre"


def test_portal_nombrar_reemplazo_solo_con_el_teclado(abrir):
    camino = camino_de_camila().generar().contactar().coordinar_inspeccion().inspeccionar(())
    page, teclado = abrir(camino.coordinar_trabajo())
    teclado.pulsar(page.get_by_role("link", name="Nombrar reemplazo"))
    teclado.escribir(page.get_by_label("Nombre completo"), "Rosa Fuentealba Díaz")
    teclado.escribir(page.get_by_label("RUT"), "9.483.627-2")
    page.keyboard.press("Enter")
    # A wrong digit: the summary takes the focus, leads to the field, and the field says why.
    resumen = page.get_by_role("alert")
    expect(resumen).to_be_focused()
    rut = page.get_by_label("RUT")
    teclado.pulsar(resumen.get_by_role("link"))
    expect(rut).to_be_focused()
    error = page.locator(f"#{rut.get_attribute('aria-describedby').split()[-1]}")
    expect(error).to_contain_text("El dígito verificador no coincide.")
    page.keyboard.press("Control+A")
    page.keyboard.type("9.483.627-1")
    teclado.pulsar(page.get_by_role("button", name="Registrar reemplazo"))
    expect(page.get_by_text("Tu reemplazo:")).to_be_visible()
    assert Ticket.objects.get().ultima_visita().reemplazo_documento == "9483627-1"
