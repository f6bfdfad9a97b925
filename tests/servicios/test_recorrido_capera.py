"""CAPERA's complainant in a real browser: from the Libro de Reclamaciones to the answer, and what
each does with it."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from postventa.calendario import hora
from postventa.empresas.models import Empresa, Sede
from postventa.personas.models import Cliente, Rol
from postventa.tramitacion.tasks import barrer_plazos
from reclamos.models import Reclamo
from tests.reclamos.conftest import Caso, persona
from tests.servicios.actores import codigo_de, correos_de, foto, ultimo_correo

pytestmark = pytest.mark.django_db(transaction=True)

MARISOL = "marisol.vilela@correo.pe"
TEXTOS = {
    "nombre": "Marisol Vilela Ruiz",
    "numero": "41234567",
    "domicilio": "Jr. Tacna 123, Piura",
    "telefono": "+51 969 333 444",
    "correo": MARISOL,
    "servicio": "Lote 14 de la manzana C",
    "motivo": "El lote no es el del contrato",
    "hechos": "Al medirlo faltan 12 metros.",
    "ocurrio_el": "2026-11-20",
    "lugar": "Urbanización Los Algarrobos",
    "pedido": "Que me entreguen el lote completo.",
}


@pytest.fixture
def personal(sitio):
    """Whoever does the rest of the procedure, through the door, and where."""
    empresa = Empresa.objects.get(codigo="capera")
    sede, _ = Sede.objects.get_or_create(
        empresa=empresa, codigo="caseta-de-prueba", defaults={"nombre": "Caseta de prueba"}
    )
    plantel = SimpleNamespace(
        legal=persona("legal-de-prueba", empresa, Rol.LEGAL),
        jefa_obra=persona("jefa-de-prueba", empresa, Rol.TRABAJADOR),
    )
    return Caso(sede, None, plantel)


def escribir(page, sede):
    page.locator("#sede").select_option(label=str(sede))
    for campo, texto in TEXTOS.items():
        page.locator(f"#{campo}").fill(texto)
    page.get_by_label("Producto").check()
    page.get_by_label("Reclamo", exact=True).check()
    page.locator("input[type=file]").set_input_files([foto()])


def presentar(portal, personal):
    """From the front page to both numbers."""
    page = portal.page
    portal.ir("/capera/", "inicio")
    page.get_by_role("link", name="Libro de Reclamaciones").click()
    portal.leer("libro")
    portal.enviar("Presentar mi hoja", "libro con errores")
    escribir(page, personal.sede)
    portal.enviar("Presentar mi hoja", "enviado")
    personal.reclamo = reclamo = Reclamo.objects.get(cliente__numero="41234567")
    personal.cliente = reclamo.cliente
    expect(page.get_by_text(reclamo.codigo)).to_be_visible()
    expect(page.get_by_text(f"N° {reclamo.hoja_numero}", exact=True)).to_be_visible()
    asunto, cuerpo = ultimo_correo(MARISOL)
    assert asunto == f"Hoja de reclamación N° {reclamo.hoja_numero}: recibimos su reclamo"
    assert reclamo.codigo in cuerpo
    page.get_by_role("link", name="Ver e imprimir mi hoja").click()
    portal.leer("hoja")
    expect(page.get_by_text("Al medirlo faltan 12 metros.")).to_be_visible()


def contestar(personal):
    """The staff's part, each step an hour later."""
    personal.ahora = hora.ahora()
    personal.numerar().pasar(hours=1).admitir().pasar(hours=1)
    personal.tramitar("analizar", personal.plantel.jefa_obra).cumplir().pasar(hours=1).responder()
    hora.fijar(personal.ahora)


def enlace_del_correo():
    con_enlace = [m for m in correos_de(MARISOL) if "respuesta a su reclamo" in m.subject]
    return re.search(r"https?://\S+/capera/reclamo/\S+/", con_enlace[-1].body).group()


@pytest.mark.regla("C-13", "C-03", "C-10")
def test_del_libro_a_la_conformidad_por_el_enlace_del_correo(portal, personal):
    page = portal.page
    presentar(portal, personal)
    contestar(personal)
    page.context.clear_cookies()
    page.goto(enlace_del_correo())
    portal.leer("el enlace, sin código")
    portal.enviar("Enviarme el código", "el código pedido")
    page.get_by_label(re.compile("Código")).fill(codigo_de(MARISOL))
    portal.enviar("Abrir con el código", "la respuesta")
    expect(page.get_by_text("se rectifica.")).to_be_visible()
    portal.enviar("Enviar mi respuesta", "sin elegir")
    page.get_by_label("Estoy conforme", exact=True).check()
    portal.enviar("Enviar mi respuesta", "conforme")
    expect(page.get_by_text("Nos dijo que está conforme.")).to_be_visible()
    assert personal.releer().estado == "CONFORME"


@pytest.mark.regla("C-13", "C-14")
def test_del_libro_al_archivo_por_silencio(portal, personal):
    page = portal.page
    presentar(portal, personal)
    contestar(personal)
    hora.fijar(personal.ahora + timedelta(days=11))
    barrer_plazos()
    assert personal.releer().estado == "ARCHIVADA"
    assert personal.reclamo.cierre.desde == "SILENCIO"
    assert personal.reclamo.movimientos.latest("numero").clase_actor == "sistema"
    # Its owner, whose mail staff have on file since, reads it among their own.
    Cliente.objects.filter(pk=personal.cliente.pk).update(correo=MARISOL)
    page.context.clear_cookies()
    portal.ir("/capera/mis-requerimientos/", "acceso")
    page.get_by_label("Número de documento").fill("41234567")
    portal.enviar("Pedir el código", "código")
    page.get_by_label(re.compile("Código")).fill(codigo_de(MARISOL))
    portal.enviar("Entrar con el código", "mis reclamos")
    page.get_by_role("link", name=re.compile(personal.reclamo.codigo)).click()
    portal.leer("caso cerrado")
    expect(page.get_by_text("Cerrado", exact=True)).to_be_visible()
    expect(page.get_by_text("se rectifica.")).to_be_visible()


def test_sin_guiones_tambien_se_presenta(sitio, browser, personal):
    contexto = browser.new_context(
        viewport={"width": 390, "height": 860}, locale="es-PE", java_script_enabled=False
    )
    page = contexto.new_page()
    page.goto(f"{sitio}/capera/libro-de-reclamaciones/")
    escribir(page, personal.sede)
    page.get_by_role("button", name="Presentar mi hoja").click()
    expect(page.get_by_text("Recibimos su reclamo")).to_be_visible()
    contexto.close()
    assert Reclamo.objects.get(cliente__numero="41234567").adjuntos.count() == 1
