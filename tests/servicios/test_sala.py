"""COMTECO's hall in real browsers: a customer from the door to the desk, the television that calls
them and comes back after a cut, and nothing for axe to find on the way."""

import re

import pytest
from playwright.sync_api import expect

from comteco.recepcion import llaves
from comteco.recepcion.models import Atencion, Ficha, SalaDeEspera
from postventa.calendario import hora
from tests.servicios.actores import CLAVE, Personal, navegador
from tests.servicios.lector import PULGAR, Lector

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tele(sitio, browser):
    """The hall's television."""
    llave = llaves.dar(SalaDeEspera.objects.get(), hora.ahora())
    with navegador(browser, sitio, 1920) as page:
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.goto(f"{sitio}/comteco/sala/panel/{llave}/")
        yield page


def recibir(page, sitio, que="traslado"):
    """Reception, with the keyboard alone."""
    page.goto(f"{sitio}/consola/sala/")
    expect(page.get_by_role("searchbox", name="Qué busca el cliente")).to_be_focused()
    page.keyboard.type(que)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("Traslado de servicios")).press("Enter")
    page.get_by_label("Referencia de la consulta").fill("SF-2026-7")
    page.get_by_label("Cumple los requisitos y no tiene deuda").press("Space")
    page.get_by_role("button", name="Entregar la ficha").press("Enter")


@pytest.mark.regla("DSC-P8")
def test_de_la_puerta_al_meson_con_el_panel_a_la_vista(sitio, browser, consola, tele):
    page = consola.page
    Personal(page, sitio).entrar("informes", CLAVE)
    recibir(page, sitio)
    expect(page.locator(".sala-grande")).to_have_text("P-001")
    ficha = Ficha.objects.get()
    with navegador(browser, sitio) as telefono:
        telefono.goto(f"{sitio}/comteco/sala/ficha/{ficha.publico}/")
        expect(telefono.get_by_text("la siguiente ficha")).to_be_visible()
        with navegador(browser, sitio, 1280) as mesa:
            Personal(mesa, sitio).entrar("asesora", CLAVE)
            mesa.goto(f"{sitio}/consola/sala/meson/")
            mesa.get_by_role("button", name="Siguiente").press("Enter")
            expect(tele.locator(".panel-num")).to_have_text("P-001")
            expect(tele.locator(".panel-lugar")).to_contain_text("Mesón 12")
            expect(telefono.get_by_text("Pase ahora a")).to_be_visible(timeout=15_000)
            mesa.get_by_role("button", name="Llegó: atender").press("Enter")
            mesa.get_by_role("button", name=re.compile("^Terminar T")).press("Enter")
        expect(telefono.get_by_text("¿Quedó satisfecho")).to_be_visible(timeout=15_000)
        telefono.get_by_role("button", name="Sí").click()
        expect(telefono.get_by_text("Gracias por su respuesta")).to_be_visible()
    assert Ficha.objects.get().satisfecho is True


def test_panel_vuelve_solo_de_un_corte_y_suena_si_se_lo_piden(sitio, tele):
    expect(tele.get_by_text("Aún no se llama a nadie")).to_be_visible()
    tele.get_by_role("button", name="Activar el sonido").click()
    expect(tele.get_by_role("button", name="Activar el sonido")).to_be_hidden()
    tele.context.set_offline(True)
    expect(tele.get_by_text("Sin conexión")).to_be_visible(timeout=15_000)
    tele.context.set_offline(False)
    expect(tele.get_by_text("Sin conexión")).to_be_hidden(timeout=15_000)
    llaves.quitar(SalaDeEspera.objects.get())
    expect(tele.get_by_text("ya no vale")).to_be_visible(timeout=15_000)


def test_el_turno_empieza_y_termina_con_el_teclado(consola):
    page, sitio = consola.page, consola.sitio
    Personal(page, sitio).entrar("asesora", CLAVE)
    page.goto(f"{sitio}/consola/sala/meson/")
    page.get_by_role("link", name="Dejar o cambiar de mesón").press("Enter")
    page.get_by_role("button", name="Dejar Mesón 12").press("Enter")
    expect(page.get_by_text("Mesón 12 quedó libre.")).to_be_visible()
    page.goto(f"{sitio}/consola/sala/meson/")
    consola.leer("sin mesón")
    page.get_by_role("link", name="Elegir un mesón").press("Enter")
    page.get_by_role("button", name="Tomar Mesón 12").press("Enter")
    expect(page.get_by_role("button", name="Siguiente")).to_be_focused()


def test_recepcion_y_mesones_sin_nada_para_axe(consola):
    page, sitio = consola.page, consola.sitio
    Personal(page, sitio).entrar("informes", CLAVE)
    consola.ir("/consola/sala/", "recepción")
    consola.ir("/consola/sala/?q=zanahoria", "nada coincide")
    page.get_by_role("link", name="mira la tabla entera").click()
    page.get_by_role("link", name=re.compile("Traslado de servicios")).click()
    consola.leer("trámite elegido")
    consola.enviar("Entregar la ficha", "trámite con errores")
    consola.ir("/consola/sala/?q=cartera", "personas y unidades")
    page.get_by_role("link", name=re.compile("Lidia Ficticia")).click()
    consola.leer("visita")
    consola.enviar("Dar la credencial", "visita con errores")
    page.get_by_label("Entrega de correspondencia").check()
    page.get_by_label("Mostró su documento").check()
    page.get_by_label("Credencial que se le da").fill("V-07")
    consola.enviar("Dar la credencial", "credencial dada")
    consola.ir("/consola/sala/", "recepción con credencial afuera")
    for _ in range(2):
        recibir(page, sitio)
    consola.leer("ficha entregada")
    atencion = Atencion.objects.latest("pk")
    consola.ir(f"/consola/sala/imprimir/{atencion.pk}/", "ficha en papel")
    consola.ir("/consola/recepcion/atencion/", "lista")
    consola.ir(f"/consola/recepcion/atencion/{atencion.pk}/change/", "caso")
    consola.ir(f"/consola/recepcion/atencion/{atencion.pk}/change/?ver=historial", "historial")


def test_mesa_supervision_y_administracion_sin_nada_para_axe(consola, sitio, browser):
    with navegador(browser, sitio, 1280) as informes:
        Personal(informes, sitio).entrar("informes", CLAVE)
        for _ in range(2):
            recibir(informes, sitio)
    page = consola.page
    Personal(page, sitio).entrar("jefa_plataforma", CLAVE)
    consola.ir("/consola/sala/meson/", "mesón libre")
    consola.enviar("Siguiente", "ficha llamada")
    consola.enviar("Llegó: atender", "en atención")
    consola.enviar(re.compile("^Terminar T"), "por encuestar")
    consola.enviar("Sí", "encuestada")
    consola.ir("/consola/sala/mesones/", "mesones")
    consola.ir("/consola/sala/indicador/", "indicador")
    page.get_by_role("row", name=re.compile("^Segundo semestre de 2026")).get_by_role(
        "link", name="1"
    ).last.click()
    consola.leer("fichas de una cifra")
    with navegador(browser, sitio, 1280) as administra:
        Personal(administra, sitio).entrar("administracion_comteco", CLAVE)
        otra = Lector(administra, sitio)
        otra.ir("/consola/sala/panel/", "panel sin dirección")
        otra.enviar("Dar una dirección", "panel con dirección")
        for modelo in ("destino", "unidad", "funcionario", "meson", "saladeespera"):
            otra.ir(f"/consola/recepcion/{modelo}/", modelo)
            with administra.expect_navigation():
                administra.locator("#result_list tbody a").first.click()
            otra.leer(f"un {modelo}")
        assert otra.hallado == {}


def test_lo_publico_sin_nada_para_axe(consola, sitio, browser, tele):
    Personal(consola.page, sitio).entrar("informes", CLAVE)
    recibir(consola.page, sitio)
    publico = Ficha.objects.get().publico
    with navegador(browser, sitio) as telefono:
        lector = Lector(telefono, sitio, PULGAR)
        lector.ir(f"/comteco/sala/ficha/{publico}/", "ficha en espera")
        Ficha.objects.update(estado="ATENDIDA")
        lector.ir(f"/comteco/sala/ficha/{publico}/", "encuesta")
        assert lector.hallado == {}
    televisor = Lector(tele, sitio)
    televisor.leer("panel")
    assert televisor.hallado == {}
