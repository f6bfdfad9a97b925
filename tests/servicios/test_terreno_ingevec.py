"""Ingevec's inspector in a home with a phone: the line is lost and nothing is, nor twice."""

import pytest
from playwright.sync_api import expect

from postventa.calendario import hora
from postventa.expedientes.models import Movimiento
from tests.servicios.actores import navegador
from tests.servicios.actores_ingevec import llamada_de
from tests.servicios.telefono import TelefonoEnTerreno
from tickets.ingevec.models import Solicitud

pytestmark = pytest.mark.django_db(transaction=True)

DIAGNOSTICOS = ("corresponder", "no_corresponder")


@pytest.fixture
def llamada(sitio):
    """A call about two things whose inspection is agreed, with the clock at its hour."""
    llamada = llamada_de()
    llamada.ingresar(cupo=llamada.cupo())
    hora.fijar(llamada.visita.inicia_en)
    return llamada


class Telefono(TelefonoEnTerreno):
    """The inspector's phone."""

    tipo, usuario, boton = "ingevec", "inspectora", "Guardar el diagnóstico"

    def quien_recibe(self):
        self.page.get_by_label("Quién recibe por el propietario").fill("Ana Mora")

    def diagnosticar(self, numero, decision, diagnostico, motivo=""):
        self.elegir(numero, decision)
        tarea = self.tarea(numero)
        tarea.get_by_label("Diagnóstico").fill(diagnostico)
        if motivo:
            tarea.get_by_label("Por qué no corresponde").fill(motivo)


@pytest.fixture
def telefono(sitio, browser):
    with navegador(browser, sitio) as page:
        yield Telefono(page, sitio)


@pytest.fixture
def adentro(telefono, llamada):
    telefono.ir_a_la_visita(llamada.visita)
    telefono.entrar_a_la_casa("09:00")
    return telefono


def requerimientos():
    return list(Solicitud.objects.get().requerimientos.all())


@pytest.mark.regla("G-09", "G-13")
def test_sin_linea_se_escribe_se_fotografia_y_se_guarda_una_vez(adentro):
    page = adentro.page
    adentro.sin_linea()
    adentro.diagnosticar(1, "Corresponde", "El sifón viene suelto.")
    adentro.fotografiar(1)
    adentro.fotografiar(1)  # another shot adds to the first
    expect(adentro.tarea(1).locator(".elegida")).to_have_count(2)
    adentro.guardar(1)
    adentro.espera_en_el_telefono(1)
    # The next one opens by itself, and waits its turn too.
    expect(adentro.tarea(2)).to_have_attribute("open", "")
    adentro.diagnosticar(2, "No corresponde", "Golpe en la hoja.", "Es un golpe del uso.")
    adentro.fotografiar(2)
    adentro.guardar(2)
    adentro.espera_en_el_telefono(2)
    assert not Movimiento.objects.filter(verbo__in=DIAGNOSTICOS).exists()

    adentro.con_linea()
    adentro.espera_avance("2 de 2 diagnosticados")
    expect(adentro.cola).to_be_hidden()
    uno, dos = requerimientos()
    assert [uno.estado, dos.estado] == ["CORRESPONDE", "NO_CORRESPONDE"]
    assert (uno.diagnostico, dos.motivo) == ("El sifón viene suelto.", "Es un golpe del uso.")
    assert (uno.fotos_personal.count(), dos.fotos_personal.count()) == (2, 1)
    assert Movimiento.objects.filter(verbo__in=DIAGNOSTICOS).count() == 2

    page.get_by_role("button", name="Terminar la inspección").click()
    expect(page.get_by_text("Visita terminada.")).to_be_visible()
    assert Solicitud.objects.get().estado == "DIAGNOSTICADA"


def test_lo_escrito_vuelve_al_recargar(adentro):
    page = adentro.page
    adentro.diagnosticar(1, "No corresponde", "Escrito de pie.", "Un motivo largo.")
    page.goto(adentro.url)
    tarea = adentro.tarea(1)
    expect(tarea.get_by_label("Diagnóstico")).to_have_value("Escrito de pie.")
    expect(tarea.get_by_label("Por qué no corresponde")).to_have_value("Un motivo largo.")
    expect(tarea.get_by_role("radio", name="No corresponde", exact=True)).to_be_checked()


CONSERVADAS = """new Promise((listo) => {
  indexedDB.open("terreno_fotos").onsuccess = ({ target: { result: base } }) => {
    const cuantas = base.objectStoreNames.length
      ? base.transaction("fotos").objectStore("fotos").count()
      : { set onsuccess(f) { this.result = 0; f(); } };
    cuantas.onsuccess = () => { base.close(); listo(cuantas.result); };
  };
})"""


def elegir_dos_fotos(adentro):
    adentro.fotografiar(1)
    adentro.fotografiar(1)
    conservada = adentro.tarea(1).locator("input[type=file]:not([data-sin-conservar])")
    expect(conservada).to_have_count(1)


def test_las_fotos_elegidas_vuelven_al_recargar_y_se_olvidan_al_enviarlas(adentro):
    page, elegidas = adentro.page, adentro.tarea(1).locator(".elegida")
    adentro.diagnosticar(1, "Corresponde", "El sifón viene suelto.")
    elegir_dos_fotos(adentro)
    page.goto(adentro.url)
    expect(elegidas).to_have_count(2)
    expect(adentro.tarea(1).locator("[data-cuantas]")).to_have_text("2 fotos, sin enviar todavía.")
    adentro.tarea(1).get_by_role("button", name="Quitar la foto 1").click()
    expect(elegidas).to_have_count(1)
    adentro.guardar(1)
    adentro.espera_avance("1 de 2 diagnosticados")
    assert requerimientos()[0].fotos_personal.count() == 1
    assert page.evaluate(CONSERVADAS) == 0


def test_quien_sale_de_la_consola_no_deja_fotos_en_el_telefono(adentro):
    page = adentro.page
    adentro.diagnosticar(1, "Corresponde", "El sifón viene suelto.")
    elegir_dos_fotos(adentro)
    assert page.evaluate(CONSERVADAS) == 1
    page.goto(f"{adentro.sitio}/consola/")
    page.locator("form[action$='/logout/'] button").first.evaluate("b => b.form.submit()")
    expect(page.get_by_role("heading", name="Saliste de la consola")).to_be_visible()
    page.wait_for_load_state()  # its script has asked for the deletion
    assert page.evaluate(CONSERVADAS) == 0


def test_respuesta_perdida_no_se_hace_dos_veces(adentro):
    """The post arrived and its answer did not: the retry gets the first one's result."""
    page, perdidas = adentro.page, []

    def perder(ruta):
        if not perdidas:
            perdidas.append(ruta.fetch().status)
            ruta.abort()
        else:
            ruta.continue_()

    page.route("**/diagnosticar-*/", perder)
    adentro.diagnosticar(1, "Corresponde", "El sifón viene suelto.")
    adentro.fotografiar(1)
    adentro.guardar(1)
    adentro.espera_en_el_telefono(1)
    page.evaluate("dispatchEvent(new Event('online'))")
    adentro.espera_avance("1 de 2 diagnosticados")
    assert perdidas == [200]
    assert requerimientos()[0].fotos_personal.count() == 1
    assert Movimiento.objects.filter(verbo="corresponder").count() == 1


def test_lo_que_falta_se_dice_en_su_campo(adentro):
    adentro.diagnosticar(1, "No corresponde", "Golpe en la hoja.")
    adentro.guardar(1)
    motivo = adentro.tarea(1).get_by_label("Por qué no corresponde")
    expect(motivo).to_be_focused()
    expect(motivo).to_have_attribute("aria-invalid", "true")
    expect(adentro.cola).to_be_hidden()
    motivo.fill("Es un golpe del uso.")
    adentro.guardar(1)
    adentro.espera_avance("1 de 2 diagnosticados")


def test_una_foto_que_el_servidor_no_toma_vuelve_a_su_campo(adentro):
    tarea = adentro.tarea(1)
    adentro.diagnosticar(1, "Corresponde", "El sifón viene suelto.")
    mala = {"name": "plano.jpg", "mimeType": "image/jpeg", "buffer": b"no es una foto"}
    entrada = tarea.locator("input[type=file]")
    entrada.set_input_files([mala])
    adentro.guardar(1)
    expect(entrada).to_be_focused()
    expect(entrada).to_have_accessible_description("«plano.jpg» no contiene una imagen JPG. Hace "
                                                   "falta la foto original.")  # fmt: skip
    expect(adentro.cola).to_contain_text("No se guardó el requerimiento 1")
    tarea.get_by_role("button", name="Quitar la foto 1").click()
    adentro.guardar(1)
    adentro.espera_avance("1 de 2 diagnosticados")
    assert requerimientos()[0].fotos_personal.count() == 0


def test_sin_javascript_la_visita_se_hace_con_formularios(sitio, browser, llamada):
    contexto = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="es-CL", java_script_enabled=False
    )
    telefono = Telefono(contexto.new_page(), sitio)
    telefono.ir_a_la_visita(llamada.visita)
    telefono.entrar_a_la_casa("09:00")
    telefono.diagnosticar(1, "Corresponde", "El sifón viene suelto.")
    telefono.fotografiar(1)
    telefono.guardar(1)
    telefono.espera_avance("1 de 2 diagnosticados")
    contexto.close()
    assert requerimientos()[0].fotos_personal.count() == 1


def test_la_pantalla_la_lee_cualquiera(consola, llamada):
    """Axe at both widths and in the dark: at the door, deciding, with a photo, refused, ended."""
    consola.page.set_viewport_size({"width": 390, "height": 860})
    telefono = Telefono(consola.page, consola.sitio)
    telefono.ir_a_la_visita(llamada.visita)
    consola.leer("por entrar")
    telefono.entrar_a_la_casa("09:00")
    consola.leer("diagnosticando")
    telefono.fotografiar(1)
    telefono.guardar(1)
    expect(telefono.tarea(1).locator("[data-estado]")).to_have_text("No se guardó")
    consola.leer("con lo que falta")
    telefono.sin_linea()
    telefono.diagnosticar(1, "Corresponde", "El sifón viene suelto.")
    telefono.guardar(1)
    telefono.espera_en_el_telefono(1)
    consola.leer("sin línea")
    telefono.con_linea()
    telefono.espera_avance("1 de 2 diagnosticados")
    telefono.diagnosticar(2, "No corresponde", "Golpe.", "Es del uso.")
    telefono.guardar(2)
    telefono.espera_avance("2 de 2 diagnosticados")
    consola.leer("por terminar")
    telefono.page.get_by_role("button", name="Terminar la inspección").click()
    expect(telefono.page.get_by_text("Visita terminada.")).to_be_visible()
    consola.leer("terminada")
