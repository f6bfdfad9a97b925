"""The visit on a phone in a real browser: the line is lost and nothing that was typed is."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from postventa.calendario import hora
from postventa.documentos.models import Firma
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Cliente, Usuario
from postventa.tramitacion import demo
from tests.conftest import Camino, local
from tests.servicios.actores import navegador
from tests.servicios.telefono import TelefonoEnTerreno
from tickets.icalma.models import Ticket
from tickets.inmuebles.models import Propiedad

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sitio(live_server, settings):
    settings.SITE_URL = live_server.url
    call_command("cargar_base", verbosity=0)
    demo.cargar()
    hora.fijar(local("2026-11-23 10:15"))
    return live_server.url


@pytest.fixture
def camino(sitio):
    """A ticket of two observations whose inspection is agreed."""
    cliente = Cliente.objects.get(numero="16482937-5")
    unidad = Propiedad.objects.get(cliente=cliente).unidad
    supervisor, jefe = (Usuario.objects.get(username=u) for u in ("supervisor", "jefe"))
    return Camino(unidad, cliente, supervisor, jefe).generar().contactar().coordinar_inspeccion()


class Telefono(TelefonoEnTerreno):
    """The Supervisor's phone, in the home."""

    tipo, usuario, boton = "icalma", "supervisor", "Guardar la decisión"

    def quien_recibe(self):
        self.page.get_by_label(re.compile("propietario")).first.check()

    def decidir(self, numero, decision, exclusion="", motivo=""):
        self.elegir(numero, decision)
        tarea = self.tarea(numero)
        if exclusion:
            tarea.get_by_label("Exclusión en que se funda").select_option(exclusion)
        if motivo:
            tarea.get_by_label("Lo que leerá").fill(motivo)

    def dibujar(self):
        caja = self.page.locator("[data-pad]")
        caja.scroll_into_view_if_needed()
        donde = caja.bounding_box()
        raton = self.page.mouse
        raton.move(donde["x"] + 30, donde["y"] + 60)
        raton.down()
        for paso in range(1, 8):
            raton.move(donde["x"] + 30 + 30 * paso, donde["y"] + 60 + (40 if paso % 2 else -20))
        raton.up()


@pytest.fixture
def telefono(sitio, browser):
    with navegador(browser, sitio) as page:
        yield Telefono(page, sitio)


def test_sin_linea_las_decisiones_esperan_en_el_telefono_y_se_envian_solas(telefono, camino):
    hora.fijar(camino.visita.inicia_en)
    telefono.ir_a_la_visita(camino.visita)
    telefono.entrar_a_la_casa("10:00")

    telefono.sin_linea()
    telefono.decidir(1, "Aprobar")
    telefono.fotografiar(1)
    telefono.guardar(1)
    telefono.espera_en_el_telefono(1)
    # The next one opens by itself, and waits its turn too.
    expect(telefono.tarea(2)).to_have_attribute("open", "")
    telefono.decidir(2, "Rechazar", "E4", "El aireador está tapado con sarro.")
    telefono.guardar(2)
    telefono.espera_en_el_telefono(2)
    assert not Movimiento.objects.filter(verbo__in=["aprobar", "rechazar"]).exists()

    telefono.con_linea()
    telefono.espera_avance("2 de 2 decididas")
    expect(telefono.cola).to_be_hidden()
    primera, segunda = Ticket.objects.get().observaciones.all()
    assert [primera.estado, segunda.estado] == ["APROBADA", "RECHAZADA"]
    assert primera.fotos_personal.count() == 1
    assert segunda.fundamento == "El aireador está tapado con sarro."
    assert Movimiento.objects.filter(verbo__in=["aprobar", "rechazar"]).count() == 2


def test_lo_escrito_vuelve_al_recargar_y_se_olvida_al_guardar(telefono, camino):
    hora.fijar(camino.visita.inicia_en)
    telefono.ir_a_la_visita(camino.visita)
    telefono.entrar_a_la_casa("10:00")
    page = telefono.page
    telefono.decidir(1, "Rechazar", "E3", "Un texto largo, escrito de pie.")

    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    page.goto(telefono.url)
    tarea = telefono.tarea(1)
    expect(tarea.get_by_label("Lo que leerá")).to_have_value("Un texto largo, escrito de pie.")
    expect(tarea.get_by_role("radio", name="Rechazar")).to_be_checked()
    telefono.guardar(1)
    expect(page.locator("#avance")).to_have_text("1 de 2 decididas")
    assert page.evaluate("Object.keys(localStorage).filter(c => c.includes('decidir'))") == []


def test_respuesta_perdida_no_se_hace_dos_veces(telefono, camino):
    """The post arrived and its answer did not: the retry gets the first one's result."""
    hora.fijar(camino.visita.inicia_en)
    telefono.ir_a_la_visita(camino.visita)
    telefono.entrar_a_la_casa("10:00")
    page, perdidas = telefono.page, []

    def perder(ruta):
        if not perdidas:
            perdidas.append(ruta.fetch().status)
            ruta.abort()
        else:
            ruta.continue_()

    page.route("**/decidir-*/", perder)
    telefono.decidir(1, "Aprobar")
    telefono.guardar(1)
    expect(page.locator("#cola")).to_contain_text("Sin conexión: 1 registro guardado")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#avance")).to_have_text("1 de 2 decididas")
    assert perdidas == [200]
    assert Movimiento.objects.filter(verbo="aprobar").count() == 1


def test_lo_que_falta_se_dice_en_el_telefono_antes_de_guardar(telefono, camino):
    hora.fijar(camino.visita.inicia_en)
    telefono.ir_a_la_visita(camino.visita)
    telefono.page.get_by_role("button", name="Registrar el ingreso").click()
    expect(telefono.page.get_by_label("Conserje", exact=True)).to_be_focused()
    telefono.entrar_a_la_casa("10:00")
    telefono.guardar(1)
    radio = telefono.tarea(1).get_by_role("radio", name="Aprobar")
    expect(radio).to_be_focused()
    expect(radio).to_have_attribute("aria-invalid", "true")
    expect(radio).to_have_accessible_description("Elige una opción: decisión.")
    expect(telefono.tarea(1).locator("[data-estado]")).to_have_text("No se guardó")
    expect(telefono.page.locator("#cola")).to_be_hidden()

    telefono.decidir(1, "Rechazar", "", "Sin exclusión todavía")
    expect(radio).not_to_have_attribute("aria-invalid", "true")
    telefono.guardar(1)
    expect(telefono.tarea(1).get_by_label("Exclusión en que se funda")).to_be_focused()
    telefono.decidir(1, "Rechazar", "E4")
    telefono.guardar(1)
    expect(telefono.page.locator("#avance")).to_have_text("1 de 2 decididas")


def test_rechazo_del_servidor_vuelve_a_su_campo_y_no_tapa_lo_guardado(telefono, camino):
    hora.fijar(camino.visita.inicia_en)
    telefono.ir_a_la_visita(camino.visita)
    telefono.entrar_a_la_casa("10:00")
    page, claves = telefono.page, []
    page.on("request", lambda p: claves.append(p.post_data) if p.method == "POST" else None)
    tarea, motivo = telefono.tarea(1), telefono.tarea(1).get_by_label("Exclusión en que se funda")
    telefono.decidir(1, "Rechazar", "", "Sin exclusión todavía")
    telefono.fotografiar(1)
    # The phone knew less than the server.
    page.evaluate("document.querySelectorAll('[data-exige]').forEach(e => delete e.dataset.exige)")
    telefono.guardar(1)
    for _ in ("at once", "after a reload"):
        expect(motivo).to_be_focused()
        expect(motivo).to_be_in_viewport()
        expect(motivo).to_have_attribute("aria-invalid", "true")
        expect(motivo).to_have_accessible_description(re.compile("Elige la exclusión en que se"))
        expect(tarea).to_have_attribute("open", "")
        expect(tarea.locator("[data-estado]")).to_have_text("No se guardó")
        expect(page.locator("#cola")).to_contain_text("No se guardó la observación 1")
        page.goto(telefono.url)
    expect(tarea.get_by_label("Lo que leerá")).to_have_value("Sin exclusión todavía")
    assert len(claves) == 1  # what was refused is not sent again by itself

    # Another one is saved meanwhile, and then the refused one, with its photo.
    telefono.tarea(2).locator("summary").first.click()
    telefono.decidir(2, "Aprobar")
    telefono.guardar(2)
    expect(page.locator("#avance")).to_have_text("1 de 2 decididas")
    expect(motivo).to_be_focused()
    telefono.decidir(1, "Rechazar", "E4")
    telefono.guardar(1)
    expect(page.locator("#avance")).to_have_text("2 de 2 decididas")
    expect(page.locator("#cola")).to_be_hidden()
    primera = Ticket.objects.get().observaciones.first()
    assert (primera.estado, primera.fotos_personal.count()) == ("RECHAZADA", 1)


def test_lo_ya_enviado_con_otras_palabras_muestra_lo_que_el_servidor_tiene(telefono, camino):
    """A key that was answered with success is a success, whatever the phone holds."""
    hora.fijar(camino.visita.inicia_en)
    telefono.ir_a_la_visita(camino.visita)
    telefono.entrar_a_la_casa("10:00")
    page = telefono.page

    def antes_con_otras_palabras(ruta):
        primero = ruta.request.post_data_buffer.replace(b"Dicho despues", b"Dicho antes..")
        assert ruta.fetch(post_data=primero).status == 200
        ruta.continue_()

    page.route("**/decidir-*/", antes_con_otras_palabras)
    telefono.decidir(1, "Aprobar", "", "Dicho despues")
    telefono.guardar(1)
    expect(page.locator("#avance")).to_have_text("1 de 2 decididas")
    expect(page.get_by_text("Eso ya se había guardado antes.")).to_be_visible()
    expect(page.get_by_text("Dicho antes..")).to_be_visible()
    expect(page.locator("#cola")).to_be_hidden()


@pytest.mark.regla("I-14", "I-21")
def test_trabajos_y_firma_en_el_vidrio(telefono, camino):
    camino.inspeccionar().coordinar_trabajo()
    hora.fijar(camino.visita.inicia_en)
    telefono.ir_a_la_visita(camino.visita)
    telefono.entrar_a_la_casa("09:30")
    page = telefono.page
    telefono.tarea(1).get_by_label("Trabajo realizado").fill("Se selló la grieta y se pintó.")
    telefono.tarea(1).get_by_role("button", name="Marcar ejecutada").click()
    hora.fijar(camino.visita.inicia_en + timedelta(hours=3))
    page.get_by_role("button", name="Terminar y pasar a la firma").click()

    expect(page.get_by_text("Se selló la grieta y se pintó.").first).to_be_visible()
    expect(page.get_by_text("Huella del acta")).to_be_visible()
    telefono.dibujar()
    page.get_by_label("Quien firma leyó el acta").check()
    # A reload in between keeps the drawing too.
    page.goto(telefono.url)
    expect(page.locator("[data-pad-estado]")).to_have_text("Tu firma está dibujada.")
    page.get_by_role("button", name="Firmar la conformidad").click()
    expect(page.get_by_text("El acta está firmada.")).to_be_visible()
    firma = Firma.objects.get()
    assert (firma.metodo, firma.rol, firma.testigo.username) == (
        "dibujo",
        "propietario",
        "supervisor",
    )
    assert Ticket.objects.get().estado == "CERRADO_CONFORME"


def test_sin_javascript_la_visita_se_hace_con_formularios(sitio, browser, camino):
    hora.fijar(camino.visita.inicia_en)
    contexto = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="es-CL", java_script_enabled=False
    )
    telefono = Telefono(contexto.new_page(), sitio)
    telefono.ir_a_la_visita(camino.visita)
    telefono.entrar_a_la_casa("10:00")
    telefono.decidir(1, "Aprobar")
    telefono.guardar(1)
    expect(telefono.page.locator("#avance")).to_have_text("1 de 2 decididas")
    contexto.close()
