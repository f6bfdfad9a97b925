"""The people of the browser stories: what each of them does, told in their own words."""

import re
from contextlib import contextmanager
from io import BytesIO

from django.core import mail
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import expect

from postventa.avisos.tasks import barrer
from postventa.calendario import hora
from postventa.personas.models import Cliente, Usuario
from postventa.tramitacion import demo
from tests.conftest import LUNES, Camino
from tickets.inmuebles.models import Propiedad

expect.set_options(timeout=10_000)

CAMILA = ("16.482.937-5", "camila.rojas@correo.example")
CLAVE = "postventa-demo"


def cargar_demo(sitio, settings):
    """The demo, on a Monday morning, at that address."""
    settings.SITE_URL = sitio
    call_command("cargar_base", verbosity=0)
    demo.cargar()
    hora.fijar(LUNES)


def camino_de_camila():
    """Her home's way through the door, for what happens before a story starts."""
    cliente = Cliente.objects.get(numero="16482937-5")
    unidad = Propiedad.objects.get(cliente=cliente).unidad
    return Camino(unidad, cliente, *(Usuario.objects.get(username=u) for u in EQUIPO))


EQUIPO = ("supervisor", "jefe")


@contextmanager
def navegador(browser, sitio, ancho=390):
    """Somebody's browser. At its end: no script failed, the content policy refused nothing and
    nobody but the site was asked anything."""
    contexto = browser.new_context(
        viewport={"width": ancho, "height": 860}, locale="es-CL", color_scheme="light"
    )
    page, fallas = contexto.new_page(), []
    page.set_default_timeout(10_000)
    propias = (sitio, "data:", "blob:")
    contexto.on("request", lambda p: p.url.startswith(propias) or fallas.append(p.url))
    contexto.on("weberror", lambda error: fallas.append(str(error.error)))
    contexto.on("console", lambda m: "Content Security Policy" in m.text and fallas.append(m.text))
    yield page
    contexto.close()
    assert not fallas, fallas


def foto():
    """A photo as a phone takes it."""
    archivo = BytesIO()
    Image.new("RGB", (800, 600), (180, 170, 150)).save(archivo, "JPEG")
    return {"name": "muro.jpg", "mimeType": "image/jpeg", "buffer": archivo.getvalue()}


def correos_de(direccion):
    """Mails that reached an address, oldest first, after the postman passed."""
    barrer()
    return [m for m in mail.outbox if direccion in m.to[0]]


def ultimo_correo(direccion):
    """Subject and body of the last mail, on one line each."""
    correo = correos_de(direccion)[-1]
    return correo.subject, " ".join(correo.body.split())


def codigo_de(direccion):
    """The six digits of the last mail with a code."""
    con_codigo = [m for m in correos_de(direccion) if "ódigo" in m.subject]
    return "".join(re.search(r"^ +(\d{3}) (\d{3})$", con_codigo[-1].body, re.M).groups())


class Propietaria:
    """The owner, on a phone."""

    def __init__(self, page, sitio, rut, correo):
        self.page, self.sitio, self.rut, self.correo = page, sitio, rut, correo

    def entrar(self):
        page = self.page
        page.goto(f"{self.sitio}/icalma/")
        page.get_by_role("link", name="Ver mis requerimientos").click()
        self._identificarse()

    def ingresar_requerimiento(self, observaciones, titulo="Recibimos tu requerimiento"):
        """`observaciones`: (recinto, lugar, ítem, descripción, con foto); gives the number."""
        page = self.page
        page.goto(f"{self.sitio}/icalma/")
        page.get_by_role("link", name="Crear un requerimiento").first.click()
        self._identificarse()
        for n, (recinto, lugar, item, descripcion, con_foto) in enumerate(observaciones, 1):
            page.get_by_role("radio", name=recinto, exact=True).check()
            page.get_by_label(re.compile("En qué lugar")).select_option(label=lugar)
            page.get_by_label(re.compile("elemento falla")).select_option(label=item)
            page.get_by_label(re.compile("Descríbelo")).fill(descripcion)
            if con_foto:
                page.locator("input[type=file]").set_input_files([foto()])
                expect(page.locator(".foto img")).to_have_count(1)
            page.get_by_role("button", name="Agregar esta observación").click()
            expect(page.get_by_role("heading", name=f"Agregadas: {n}")).to_be_visible()
        page.get_by_role("button", name="Revisar y enviar").click()
        expect(page.get_by_role("heading", name="¿Miraste todos los recintos?")).to_be_visible()
        page.get_by_role("button", name="Enviar requerimiento").click()
        expect(page.get_by_role("heading", name=titulo)).to_be_visible()
        return page.locator(".numero").inner_text()

    def _identificarse(self):
        page = self.page
        page.get_by_label("Proyecto").select_option(index=1)
        page.get_by_label(re.compile("RUT")).fill(self.rut)
        page.get_by_role("button", name="Pedir el código").click()
        expect(page.get_by_label(re.compile("Código"))).to_be_visible()
        page.get_by_label(re.compile("Código")).fill(codigo_de(self.correo))
        page.get_by_role("button", name="Entrar con el código").click()
        expect(page).not_to_have_url(re.compile("codigo"))

    def abrir(self, folio):
        self.page.goto(f"{self.sitio}/icalma/mis-requerimientos/")
        self.page.get_by_role("link", name=re.compile(folio)).first.click()
        expect(self.page.get_by_role("heading", name=folio)).to_be_visible()

    def firmar(self, folio, nombre):
        self.abrir(folio)
        self.page.get_by_role("link", name=re.compile("[Ff]irmar")).first.click()
        self.firmar_el_acta(nombre)

    def firmar_el_acta(self, nombre):
        page = self.page
        page.get_by_role("button", name="Enviarme el código").click()
        page.get_by_role("textbox", name="Código").fill(codigo_de(self.correo))
        page.get_by_label(re.compile("nombre completo")).fill(nombre)
        page.get_by_label(re.compile("Leí el acta")).check()
        page.get_by_role("button", name="Firmar y cerrar el ticket").click()

    def pedir_revision(self, folio, motivo):
        """Does not accept the rejection that the page asks about."""
        self.abrir(folio)
        self.page.get_by_label(re.compile("Por qué no estás de acuerdo")).fill(motivo)
        self.page.get_by_role("button", name="Pedir revisión al Jefe").click()
        expect(self.page.get_by_text("La revisa el Jefe")).to_be_visible()

    def nombrar_reemplazo(self, folio, nombre, rut):
        page = self.page
        self.abrir(folio)
        page.get_by_role("link", name="Nombrar reemplazo").click()
        page.get_by_label("Nombre").fill(nombre)
        page.get_by_label("RUT").fill(rut)
        page.get_by_role("button", name="Registrar reemplazo").click()
        expect(page.get_by_text("Tu reemplazo:")).to_be_visible()

    def objetar(self, folio, motivo):
        page = self.page
        self.abrir(folio)
        page.get_by_role("link", name="Objetar la inasistencia").click()
        page.locator("textarea").fill(motivo)
        page.get_by_role("button", name="Enviar al Jefe de Postventa").click()
        expect(page.get_by_text("revisa tu objeción")).to_be_visible()


class Personal:
    """Somebody of the staff, at the console."""

    lista = "icalma/ticket"

    def __init__(self, page, sitio):
        self.page, self.sitio = page, sitio

    def entrar(self, usuario, clave):
        page = self.page
        page.goto(f"{self.sitio}/consola/")
        page.get_by_label("Usuario").fill(usuario)
        page.get_by_label("Clave").fill(clave)
        page.get_by_role("button", name="Entrar").click()
        expect(page.locator("#user-tools")).to_be_visible()

    def abrir(self, folio):
        self.page.goto(f"{self.sitio}/consola/{self.lista}/?q={folio}")
        self.page.get_by_role("link", name=folio).first.click()
        expect(self.page.get_by_role("heading", name=folio)).to_be_visible()

    def elegir(self, verbo):
        """Open the form of a verb of the case."""
        self.page.get_by_role("link", name=verbo, exact=True).first.click()

    def hacer(self, boton):
        self.page.get_by_role("button", name=boton, exact=True).click()
        self._hecho()

    def escribir_horario(self, dia, desde, hasta):
        self.page.get_by_label("Día").fill(dia)
        self.page.get_by_label("Desde").fill(desde)
        self.page.get_by_label("Hasta").fill(hasta)

    def aprobar(self, numero):
        formulario = self._formulario_de(numero, "Aprobar")
        formulario.get_by_role("button", name="Aprobar").click()
        self._hecho()

    def rechazar(self, numero, exclusion, motivo):
        formulario = self._formulario_de(numero, "Rechazar")
        formulario.get_by_label(re.compile(f"^{exclusion}[.]")).check()
        formulario.get_by_label("Lo que leerá el propietario").fill(motivo)
        formulario.get_by_role("button", name="Rechazar").click()
        self._hecho()

    def ejecutar(self, numero, trabajo):
        formulario = self._formulario_de(numero, "Marcar ejecutada")
        formulario.get_by_label("Trabajo realizado").fill(trabajo)
        formulario.get_by_role("button", name="Marcar ejecutada").click()
        self._hecho()

    def resolver_revision(self, numero, verbo, boton, motivo):
        """The Jefe decides a disputed rejection."""
        formulario = self._formulario_de(numero, verbo)
        formulario.get_by_label("Motivo").fill(motivo)
        formulario.get_by_role("button", name=boton).click()
        self._hecho()

    def registrar_que_no_habia_nadie(self, llegada, conserje):
        self.elegir("No había nadie")
        self.page.get_by_label("A qué hora llegaste").fill(llegada)
        self.page.get_by_label("Quién te recibió en conserjería").fill(conserje)
        self.hacer("Registrar que no había nadie")

    def coordinar_trabajo(self, dia, desde="09:30", hasta="13:00"):
        self.elegir("Coordinar visita de trabajo")
        self.escribir_horario(dia, desde, hasta)
        self.page.get_by_label("Maestros").fill("Óscar Vidal, Nelson Catrileo")
        self.hacer("Coordinar y avisar")

    def _formulario_de(self, numero, verbo):
        """The form of a verb inside the card of one observation, opened."""
        caja = (
            self.page.locator(".observacion")
            .nth(numero - 1)
            .locator("details")
            .filter(has=self.page.locator("summary", has_text=verbo))
        )
        caja.locator("summary").click()
        return caja

    def _hecho(self):
        expect(self.page.locator(".messagelist").first).to_be_visible()

    def relojes(self):
        """The clocks at the head of the case page, as they are read."""
        caja = self.page.get_by_role("region", name="Plazos", exact=True)
        return [" ".join(t.split()) for t in caja.locator(".plazo, li").all_inner_texts()]

    def estado(self):
        return self.page.locator(".pildora").first.inner_text().strip()
