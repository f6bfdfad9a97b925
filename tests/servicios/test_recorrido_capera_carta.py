"""A letter, from the counter to the closed register, at the console in a real browser: each person
of the procedure does their own, and Gerencia visas the answer before its letter leaves."""

import re
from contextlib import ExitStack
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from postventa.calendario import hora
from postventa.tramitacion.tasks import barrer_plazos
from reclamos.models import Reclamo
from tests.documentos.leer import texto
from tests.servicios.actores import CLAVE, Personal, navegador
from tests.servicios.lector import Lector

pytestmark = pytest.mark.django_db(transaction=True)

DE = {
    "empleado": "trabajador",
    "legal": "legal",
    "responsable": "responsable_capera",
    "gerencia": "gerencia_capera",
}
ESCRITO = {
    "nombre": "Teodoro Panta Yarlequé",
    "numero": "40817263",
    "telefono": "+51 969 555 123",
    "domicilio": "Jr. Callao 455, Piura",
    "motivo": "El cerco invade mi lote",
    "hechos": "El cerco de la obra entra dos metros en mi lote desde octubre.",
    "ocurrio_el": "2026-11-09",
    "lugar": "Los Algarrobos, manzana D",
    "pedido": "Que retiren el cerco.",
}
DEBERES = ("analizar", "verificar", "escuchar")
CIERRE = ("acciones", "resultados", "conclusiones", "lecciones", "propuestas")


class DeCapera(Personal):
    lista = "reclamos/reclamo"

    def __init__(self, page, sitio):
        super().__init__(page, sitio)
        self.lector = Lector(page, sitio)

    def escribir(self, **textos):
        for campo, valor in textos.items():
            self.page.locator(f"#formulario [name={campo}]").fill(valor)

    def marcar(self, campo, valor):
        self.page.locator(f"#formulario [name={campo}]").select_option(valor)

    def esperan(self, titulo):
        """Their home asks for it, and leads to it."""
        self.page.goto(f"{self.sitio}/consola/")
        fila = self.page.get_by_role("listitem").filter(has_text=titulo).first
        fila.get_by_role("link").first.click()


@pytest.fixture
def oficina(sitio, browser):
    """One browser for each, all of them already in."""
    with ExitStack() as abiertos:
        gente = {}
        for parte, usuario in DE.items():
            page = abiertos.enter_context(navegador(browser, sitio, 1280))
            gente[parte] = DeCapera(page, sitio)
            gente[parte].entrar(usuario, CLAVE)
        yield gente
    assert [g.lector.hallado for g in gente.values() if g.lector.hallado] == []


def recibir(empleado):
    page = empleado.page
    page.goto(f"{empleado.sitio}/consola/capera/recepcion/nueva/")
    for campo, valor in ESCRITO.items():
        page.locator(f"[name={campo}]").fill(valor)
    page.locator("[name=canal][value=carta]").check()
    page.locator("[name=clase][value=RECLAMO]").check()
    page.locator("[name=sede]").select_option(index=1)
    page.get_by_role("button", name="Guardar y formalizar").click()
    # A consumer's sheet says what was contracted: asked, with all that was written kept.
    expect(page.get_by_text("Elige si es un producto o un servicio.").first).to_be_visible()
    empleado.lector.leer("recepción con errores")
    expect(page.locator("[name=hechos]")).to_have_value(ESCRITO["hechos"])
    page.locator("[name=bien]").select_option("producto")
    page.get_by_role("button", name="Guardar y formalizar").click()
    expect(page).to_have_url(re.compile("/recepcion/lista/"))
    reclamo = Reclamo.objects.get(cliente__numero="40817263")
    assert (reclamo.estado, reclamo.canal, reclamo.bien) == ("FORMALIZADA", "carta", "producto")
    return reclamo.codigo


def ingresar(legal, codigo):
    legal.abrir(codigo)
    legal.elegir("Dar N° de Ingreso")
    legal.hacer("Dar N° de Ingreso")
    legal.elegir("Informar el ingreso")
    legal.marcar("medio", "telefono")
    legal.hacer("Anotar que se informó")
    legal.elegir("Admitir y derivar")
    legal.marcar("responsable", label_de("responsable"))
    legal.escribir(area="Obras")
    legal.hacer("Admitir y derivar")
    return Reclamo.objects.get(folio=codigo).numero_ingreso


def label_de(parte):
    from postventa.personas.models import Usuario

    return str(Usuario.objects.get(username=DE[parte]).pk)


def redactar(responsable, codigo, numero):
    responsable.abrir(codigo)
    responsable.elegir("Empezar el análisis")
    responsable.hacer("Empezar el análisis")
    for deber in DEBERES:
        responsable.elegir("Anotar un paso del análisis")
        responsable.page.locator(f"#formulario [name=deber][value={deber}]").check()
        responsable.escribir(nota="Se midió el cerco con el plano.")
        responsable.hacer("Anotar")
    # What came by letter has no other way out than the visado.
    expect(responsable.page.get_by_role("link", name="Enviar la respuesta")).to_have_count(0)
    responsable.elegir("Pedir el visado")
    respuesta = f"En relación con su N° de Ingreso {numero}: retiramos el cerco el lunes."
    responsable.escribir(conclusiones="El cerco invade 1,8 metros.", respuesta=respuesta)
    responsable.marcar("medio", "carta")
    responsable.hacer("Pedir el visado")
    assert responsable.estado() == "Por visar"


def visar_y_enviar(gerencia, responsable, codigo):
    gerencia.abrir(codigo)
    gerencia.elegir("Visar la respuesta")
    gerencia.lector.leer("por visar")
    gerencia.hacer("Visar la respuesta")
    assert gerencia.estado() == "Visada, por enviar"
    responsable.abrir(codigo)
    responsable.elegir("Enviar la respuesta")
    responsable.hacer("Enviar la respuesta")
    assert responsable.estado() == "Respondida, carta por despachar"


def despachar(legal, codigo, numero, gerente):
    """The letter's PDF in hand, legal takes it to the post on the day after."""
    legal.esperan("Cartas por despachar: 1")
    legal.lector.leer("cartas por despachar")
    legal.page.get_by_role("link", name=codigo).click()
    assert any("Plazo legal" in r for r in legal.relojes()), legal.relojes()
    legal.page.get_by_role("link", name=re.compile("^Documentos")).click()
    with legal.page.expect_download() as bajada:
        legal.page.locator("a[href*=respuesta]").first.click()
    carta = texto(bajada.value.path().read_bytes())
    for dicho in (numero, ESCRITO["nombre"], "retiramos el cerco el lunes", gerente):
        assert dicho in carta
    hora.fijar(hora.ahora() + timedelta(days=1))
    legal.abrir(codigo)
    legal.elegir("Anotar el despacho de la carta")
    legal.lector.leer("despacho")
    legal.marcar("via", "courier")
    legal.escribir(cargo="Guía 0071-2219")
    legal.hacer("Anotar el despacho")
    assert legal.estado() == "Respondida"
    expect(legal.page.get_by_text("Guía 0071-2219").first).to_be_visible()
    assert not any("Plazo legal" in r and "Vence" in r for r in legal.relojes())
    plazos = dict(Reclamo.objects.get(folio=codigo).plazos.values_list("codigo", "estado"))
    assert (plazos["respuesta"], plazos["plazo_legal"], plazos["conformidad"]) == (
        "CUMPLIDO", "CUMPLIDO", "CORRIENDO",
    )  # fmt: skip


def conforme(legal, codigo):
    legal.abrir(codigo)
    legal.elegir("Registrar conformidad")
    legal.marcar("medio", "carta")
    legal.hacer("Registrar su conformidad")
    legal.elegir("Cerrar y archivar")
    legal.escribir(**{campo: f"{campo} del cerco" for campo in CIERRE})
    legal.hacer("Cerrar y archivar")


def disconforme(legal, codigo):
    """On the tenth day; and then nothing new comes."""
    hora.fijar(hora.ahora() + timedelta(days=10))
    legal.abrir(codigo)
    legal.elegir("Registrar disconformidad")
    legal.marcar("medio", "telefono")
    legal.escribir(motivo="El cerco sigue allí.")
    legal.hacer("Registrar su disconformidad")
    hora.fijar(hora.ahora() + timedelta(days=11))
    barrer_plazos()


@pytest.mark.regla("C-11", "C-09", "C-10", "C-13", "C-14")
@pytest.mark.parametrize(
    ("termina", "como"), [(conforme, "Conforme"), (disconforme, "Disconforme")]
)
def test_de_la_carta_en_el_mostrador_al_registro_de_cerrados(oficina, termina, como):
    legal, responsable, gerencia = (oficina[p] for p in ("legal", "responsable", "gerencia"))
    codigo = recibir(oficina["empleado"])
    numero = ingresar(legal, codigo)
    redactar(responsable, codigo, numero)
    visar_y_enviar(gerencia, responsable, codigo)
    despachar(legal, codigo, numero, "Carmen Seminario Arrese")
    termina(legal, codigo)
    legal.page.goto(f"{legal.sitio}/consola/reclamos/cierre/?q={codigo}")
    legal.lector.leer("registro de cerrados")
    fila = legal.page.get_by_role("row").filter(has_text=codigo)
    expect(fila).to_contain_text(como)
    reclamo = Reclamo.objects.get(folio=codigo)
    assert reclamo.estado == "ARCHIVADA"
    fila = reclamo.respuestas.get()
    assert (fila.visada_por.username, fila.por.username, fila.despachada_por.username) == (
        "gerencia_capera", "responsable_capera", "legal",
    )  # fmt: skip
