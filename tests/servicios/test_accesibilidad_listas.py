"""The lists of the console in a real browser: nothing for axe to find, from filter to hand-over."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from postventa.calendario import hora
from tests.conftest import local, observaciones
from tests.servicios.actores import CLAVE, Personal, camino_de_camila
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_consola_listas_con_filtros_y_reparto(consola):
    """Saved filters, export, the box of each row, and the hand-over from choosing to doing."""
    page, camino = consola.page, camino_de_camila()
    camino.generar()
    ingresar_otro(camino)
    hora.fijar(local("2026-11-25 11:00"))
    Personal(page, consola.sitio).entrar("jefe", CLAVE)
    consola.leer("hoy, con relojes")
    consola.ir("/consola/buscar/?q=Arrayanes", "buscar, dos")
    consola.ir("/consola/icalma/ticket/?estado=GENERADO", "casos filtrados")
    page.get_by_text("Guardar este filtro").click()
    consola.leer("guardar un filtro")
    page.get_by_label("Nombre", exact=True).fill("Recién llegados")
    page.get_by_label("Quién lo ve").select_option(index=1)
    consola.enviar("Guardar", "con un filtro guardado")
    for menu in ("Quitar un filtro guardado", "Exportar"):
        page.get_by_text(menu).click()
        consola.leer(menu)
    page.get_by_label("Elegir los de esta página").check()
    expect(page.locator('input[name="caso"]:checked')).to_have_count(2)
    consola.enviar("Reasignar los elegidos", "reasignar elegidos")
    consola.enviar("Ver qué cambiará", "reasignar con errores")
    page.get_by_label("A quién").select_option(label="Marcela Valdés Ortúzar")
    page.get_by_label("Motivo").fill("Vacaciones")
    consola.enviar("Ver qué cambiará", "reasignar, antes")
    consola.enviar("Reasignar 2 casos", "reasignados")
    consola.ir("/consola/reasignar/", "reasignar un proyecto")
    consola.enviar("Ver sus casos", "reasignar un proyecto, sus casos")
    assert set(Ticket.objects.values_list("responsable__username", flat=True)) == {"jefe"}
    for ruta in ("icalma/ticket", "plazos/plazo", "personas/cliente", "avisos/aviso"):
        consola.ir(f"/consola/{ruta}/", ruta)


def ingresar_otro(camino):
    """A second ticket of the same home."""
    ingresar(camino.unidad, camino.cliente, observaciones(1), nonce=uuid4(), ahora=camino.ahora)


def test_consola_tablero(consola):
    """The board, from its filters to the list behind a figure and a file."""
    page, camino = consola.page, camino_de_camila()
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    ingresar_otro(camino)
    hora.fijar(local("2026-12-03 11:00"))
    Personal(page, consola.sitio).entrar("jefe", CLAVE)
    consola.ir("/consola/tablero/", "tablero")
    page.get_by_label("Período").select_option("13")
    consola.enviar("Aplicar", "tablero, trece semanas")
    assert "semanas=13" in page.url
    with page.expect_download() as bajada:
        page.get_by_role("button", name="Cumplimiento por plazo en CSV").click()
    assert bajada.value.suggested_filename.startswith("tablero-plazos-")
    page.get_by_role("link", name="1, a tiempo: Contactar al propietario").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    consola.leer("plazos de una cifra")
    consola.ir("/consola/expedientes/movimiento/?hecho=icalma.visitas:si", "actos de una cifra")
