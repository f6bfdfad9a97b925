"""The owner's portal with the keyboard alone, and what its first pages weigh."""

import re

import pytest
from playwright.sync_api import expect

from postventa.calendario import hora
from tests.servicios.actores import (
    CAMILA,
    Propietaria,
    camino_de_camila,
    cargar_demo,
    codigo_de,
    navegador,
)
from tickets.icalma.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)

PESO_MAXIMO = 60 * 1024


@pytest.fixture
def sitio(live_server, settings):
    cargar_demo(live_server.url, settings)
    return live_server.url


class Teclado:
    """Somebody without a mouse: reaches each control with Tab and sees where the focus is."""

    def __init__(self, page):
        self.page = page

    def ir_a(self, control, tope=80):
        for _ in range(tope):
            if control.evaluate("e => e === document.activeElement"):
                assert self._se_ve(control), control
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {control}")

    def _se_ve(self, control):
        """The outline of the focus, on the control or on what stands for it beside it."""
        return control.evaluate(
            "e => [e, e.nextElementSibling, e.parentElement].some("
            "x => x && getComputedStyle(x).outlineStyle !== 'none')"
        )

    def escribir(self, control, texto):
        self.ir_a(control)
        self.page.keyboard.type(texto)

    def elegir(self, lista, texto):
        """In a list, by its first letters."""
        self.escribir(lista, texto)
        expect(lista.locator("option:checked")).to_have_text(re.compile(f"^{texto}"))

    def pulsar(self, control, tecla="Enter"):
        self.ir_a(control)
        self.page.keyboard.press(tecla)


def test_portal_ingresar_un_requerimiento_solo_con_el_teclado(sitio, browser):
    with navegador(browser, sitio) as page:
        teclado = Teclado(page)
        page.goto(f"{sitio}/icalma/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Ir al contenido")).to_be_focused()
        page.keyboard.press("Enter")
        teclado.pulsar(page.get_by_role("link", name="Crear un requerimiento").first)
        teclado.elegir(page.get_by_label("Proyecto"), "Condominio")
        teclado.escribir(page.get_by_label(re.compile("RUT")), CAMILA[0])
        page.keyboard.press("Enter")
        campo = page.get_by_label(re.compile("Código"))
        expect(campo).to_be_visible()
        teclado.escribir(campo, codigo_de(CAMILA[1]))
        page.keyboard.press("Enter")

        recinto = page.get_by_role("radio", name="Living comedor", exact=True)
        teclado.pulsar(recinto, "Space")
        expect(recinto).to_be_checked()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name="Cocina", exact=True)).to_be_checked()
        teclado.elegir(page.get_by_label(re.compile("En qué lugar")), "Lavaplatos")
        teclado.elegir(page.get_by_label(re.compile("elemento falla")), "Grifería")
        teclado.escribir(page.get_by_label(re.compile("Descríbelo")), "La llave gotea.")
        teclado.pulsar(page.get_by_role("button", name="Agregar esta observación"), "Space")
        expect(page.get_by_role("heading", name="Agregadas: 1")).to_be_visible()
        teclado.pulsar(page.get_by_role("button", name="Revisar y enviar"))
        teclado.pulsar(page.get_by_role("button", name="Enviar requerimiento"))
        expect(page.get_by_role("heading", name="Recibimos tu requerimiento")).to_be_visible()
    ticket = Ticket.objects.get()
    assert [(o.recinto, o.item, o.descripcion) for o in ticket.observaciones.all()] == [
        ("Cocina", "Grifería", "La llave gotea.")
    ]


def test_portal_firmar_solo_con_el_teclado(sitio, browser):
    camino = camino_de_camila().hasta_por_firmar(1, ())
    hora.fijar(camino.ahora)
    with navegador(browser, sitio) as page:
        propietaria, teclado = Propietaria(page, sitio, *CAMILA), Teclado(page)
        propietaria.entrar()
        page.goto(f"{sitio}/icalma/mis-requerimientos/")
        teclado.pulsar(page.get_by_role("link", name=re.compile(camino.ticket.folio)))
        teclado.pulsar(page.get_by_role("link", name="Revisar y firmar"))
        teclado.pulsar(page.get_by_role("button", name="Enviarme el código"))
        codigo = page.get_by_role("textbox", name="Código")
        expect(codigo).to_be_visible()
        teclado.escribir(
            page.get_by_label(re.compile("nombre completo")), "Camila Rojas Fuentealba"
        )
        teclado.escribir(codigo, codigo_de(CAMILA[1]))
        # Enter signs, as the form says: it never asks for another code, which would kill this one.
        page.keyboard.press("Enter")
        falta = page.get_by_role("alert").get_by_role("link", name="Marca que leíste el acta")
        teclado.pulsar(falta)
        teclado.pulsar(page.get_by_label(re.compile("Leí el acta")), "Space")
        teclado.pulsar(page.get_by_role("button", name="Firmar y cerrar el ticket"))
        expect(page.locator(".pildora").first).to_contain_text("Cerrado")
    assert Ticket.objects.get().estado == "CERRADO_CONFORME"


def test_portal_cada_pagina_pesa_poco(sitio, browser):
    """With nothing kept and nothing compressed, as the first visit of a poor connection."""
    pesos = {}

    def pesar(nombre, camino):
        with navegador(browser, sitio) as page:
            page.context.add_cookies(cookies)
            bajado = []
            page.on("response", lambda r: bajado.append(len(r.body())))
            page.goto(sitio + camino, wait_until="networkidle")
            pesos[nombre] = sum(bajado)

    cookies = []
    pesar("portada", "/icalma/")
    pesar("acceso", "/icalma/acceso/")
    with navegador(browser, sitio) as page:
        Propietaria(page, sitio, *CAMILA).entrar()
        page.goto(f"{sitio}/icalma/requerimiento/")
        intake = page.url.removeprefix(sitio)
        cookies = page.context.cookies()
    pesar("requerimiento", intake)
    camino = camino_de_camila().generar(3).contactar().coordinar_inspeccion()
    hora.fijar(camino.ahora)
    caso = f"/icalma/caso/{camino.ticket.publico}/"
    pesar("cambiar la hora", f"{caso}visita/{camino.visita.pk}/hora/")
    camino.inspeccionar().coordinar_trabajo().iniciar_trabajo().ejecutar().terminar()
    hora.fijar(camino.ahora)
    pesar("mis requerimientos", "/icalma/mis-requerimientos/")
    pesar("caso", caso)
    pesar("firma", f"{caso}firma/")
    assert {n: p for n, p in pesos.items() if p > PESO_MAXIMO} == {}
    assert len(pesos) == 7
