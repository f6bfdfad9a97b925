"""The staff's door in a real browser: enrol, leave everywhere, come in with the code."""

import re

import pytest
from playwright.sync_api import expect

from tests.accesos.telefono import codigo
from tests.servicios.actores import CLAVE, Personal, cargar_demo, navegador
from tests.servicios.lector import Lector

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sitio(live_server, settings):
    cargar_demo(live_server.url, settings)
    return live_server.url


def escribir(page, campo, valor, boton):
    page.get_by_label(re.compile(campo)).fill(valor)
    page.get_by_role("button", name=boton).click()


@pytest.mark.parametrize("ancho", [390, 1280])
def test_se_activa_con_el_telefono_y_desde_entonces_se_pide(browser, sitio, ancho):
    with navegador(browser, sitio, ancho) as page:
        lector = Lector(page, sitio)
        Personal(page, sitio).entrar("supervisor", CLAVE)
        lector.ir("/consola/cuenta/")
        page.get_by_role("link", name="Activar el segundo paso").click()
        # The drawing is really there: a policy that refused it would leave it without size.
        assert page.locator(".qr").evaluate("i => i.complete && i.naturalWidth > 0")
        page.get_by_text("No puedo escanearla").click()
        lector.leer("activar")
        secreto = page.locator(".secreto").inner_text()
        escribir(page, "Código que muestra", codigo(secreto), "Activar")
        expect(page.locator(".respaldo li")).to_have_count(10)
        lector.leer("códigos")
        respaldo = page.locator(".respaldo code").first.inner_text()
        page.get_by_role("link", name="Ya los guardé").click()

        page.goto(f"{sitio}/consola/cuenta/")
        lector.leer("cuenta")
        page.get_by_role("button", name="Cerrar sesión en todos los equipos").click()
        expect(page.get_by_text("en todos los equipos")).to_be_visible()
        page.go_back()
        expect(page.get_by_label("Clave")).to_be_visible()

        page.get_by_label("Usuario").fill("supervisor")
        escribir(page, "Clave", CLAVE, "Entrar")
        lector.leer("segundo paso")
        escribir(page, "Código", "1", "Entrar")
        expect(page.get_by_role("heading", name="Falta corregir")).to_be_visible()
        lector.leer("segundo paso errado")
        escribir(page, "Código", respaldo, "Entrar")
        expect(page.locator("#user-tools")).to_be_visible()
        # The page that was open before leaving is back: it asked the server again.
        assert page.url == f"{sitio}/consola/cuenta/"
        assert lector.hallado == {}


def test_donde_se_exige_lo_primero_es_activarlo(browser, sitio, settings):
    settings.SEGUNDO_FACTOR_OBLIGATORIO = True
    with navegador(browser, sitio, 1280) as page:
        Personal(page, sitio).entrar("supervisor", CLAVE)
        expect(page.get_by_role("heading", name="Activar el segundo paso")).to_be_visible()
        page.get_by_role("link", name="Plazos").click()
        expect(page.get_by_role("heading", name="Activar el segundo paso")).to_be_visible()


def test_demasiados_intentos_y_el_acceso_de_otra_persona(browser, sitio):
    with navegador(browser, sitio) as page:
        lector = Lector(page, sitio)
        for _ in range(5):
            page.goto(f"{sitio}/consola/login/")
            page.get_by_label("Usuario").fill("jefe")
            escribir(page, "Clave", "no es", "Entrar")
        expect(page.get_by_role("heading", name="Espera 15 minutos")).to_be_visible()
        lector.leer("cerrada")
        Personal(page, sitio).entrar("administracion", CLAVE)
        lector.ir("/consola/accesos/alertaacceso/")
        expect(page.locator("#result_list").get_by_text("Marcela Valdés")).to_be_visible()
        page.goto(f"{sitio}/consola/personas/usuario/?q=jefe")
        page.get_by_role("link", name="jefe", exact=True).click()
        page.get_by_role("link", name="Acceso", exact=True).click()
        lector.leer("acceso de otra persona")
        page.get_by_role("button", name="Dejar que lo intente ahora").click()
        expect(page.get_by_text("puede volver a intentarlo ahora")).to_be_visible()
        assert lector.hallado == {}
