"""Ingevec's people of the browser stories: who answers the telephone and who goes to the home."""

import re

from playwright.sync_api import expect

from postventa.personas.models import Rol, Usuario
from tests.ingevec.conftest import Llamada
from tests.servicios.actores import CLAVE, Personal
from tests.servicios.telefono import TelefonoEnTerreno
from tickets.ingevec.models import Pauta
from tickets.inmuebles.models import Propiedad, Unidad

EQUIPO = {
    Rol.CALL_CENTER: "callcenter",
    Rol.JEFE: "jefatura",
    Rol.INSPECTOR: "inspectora",
    Rol.MAESTRO: "cuadrilla",
}
JAIME = ("13.287.645-2", "jaime.riquelme@correo.example")
INSPECTORA, INSPECTOR = "daniela.cortes@ingevec.example", "oscar.pino@ingevec.example"


def llamada_de(nombre="Depto. 512"):
    """A home's way through the door, for what happens before a story starts."""
    unidad = Unidad.objects.get(nombre=nombre, proyecto__codigo="ingevec-demo")
    cliente = Propiedad.objects.get(unidad=unidad).cliente
    gente = {rol: Usuario.objects.get(username=u) for rol, u in EQUIPO.items()}
    return Llamada(unidad, cliente, gente, Pauta.objects.get(proyecto=unidad.proyecto_id))


class DeIngevec(Personal):
    lista = "ingevec/solicitud"

    def entrar(self, usuario, clave=CLAVE):
        super().entrar(usuario, clave)

    def otra_persona(self, usuario):
        """The same screen in other hands."""
        self.page.context.clear_cookies()
        self.entrar(usuario)

    def marcar(self, grupo, opcion):
        """Choose in a group of options, as a finger does: on its words."""
        grupo.locator("label").filter(has_text=re.compile(rf"^\s*{opcion}(\s|$)")).first.click()


class CallCenter(DeIngevec):
    """With somebody on the line."""

    def atender(self, que_dice):
        """The call comes in, and the home is found by what they say."""
        page = self.page
        page.goto(f"{self.sitio}/consola/")
        page.get_by_role("link", name="Nueva llamada").first.click()
        page.get_by_role("searchbox", name=re.compile("RUT, teléfono")).fill(que_dice)
        page.get_by_role("button", name="Buscar").first.click()
        expect(page.get_by_role("heading", name="¿Es una urgencia?")).to_be_visible()

    def sin_urgencia(self):
        self.page.get_by_role("button", name="No a las cuatro").click()

    def preguntar_urgencias(self, **respuestas):
        """`agua="si"`: what is answered to each question; the rest is no."""
        self.sin_urgencia()
        for cual, respuesta in respuestas.items():
            grupo = self.page.get_by_role("group", name=re.compile(cual))
            self.marcar(grupo, respuesta)

    def contar(self, *requerimientos):
        page = self.page
        for n, (recinto, que) in enumerate(requerimientos):
            if n:
                page.get_by_role("button", name="Agregar otro requerimiento").click()
            page.get_by_role("combobox", name="Recinto").nth(n).fill(recinto)
            page.get_by_role("textbox", name="Requerimiento").nth(n).fill(que)

    def elegir_hora(self, dia, hora):
        grupo = self.page.get_by_role("group", name=re.compile(dia))
        grupo.get_by_role("radio", name=re.compile(f"^{hora}")).first.check()

    def frase(self):
        """What the screen says to read out."""
        return " ".join(self.page.locator(".leer p").first.inner_text().split())

    def intentar_guardar(self):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=re.compile("^Guardar")).click()

    def guardar(self):
        """Saved; gives the number that is read out."""
        self.page.get_by_role("button", name=re.compile("^Guardar")).click()
        titulo = self.page.get_by_role("heading", level=1)
        expect(titulo).to_have_text(re.compile(r"^ING-"))
        return titulo.inner_text()

    def agendar(self, verbo, dia, hora, boton="Agendar y avisar"):
        """An hour of those that the case page offers."""
        self.elegir(verbo)
        horas = self.page.get_by_label("Día y hora")
        grupo = horas.locator("optgroup").filter(
            has=self.page.locator(f"xpath=self::*[starts-with(@label, '{dia}')]")
        )
        valor = grupo.locator("option").filter(has_text=re.compile(f"^{hora}")).first
        horas.select_option(valor.get_attribute("value"))
        self.hacer(boton)

    def agendar_con(self, verbo, quien, dia, desde, boton="Agendar y avisar"):
        """An hour agreed by hand, with somebody by name."""
        self.elegir(verbo)
        self.page.get_by_label("Día y hora").select_option(label="Otra: la escribo a mano")
        self.page.get_by_label("Otra hora: día").fill(dia)
        self.page.get_by_label("Otra hora: desde").fill(desde)
        self.page.get_by_label("Otra hora: quién va").select_option(label=quien)
        self.hacer(boton)

    def llamar_al_propietario(self, quien):
        """The next of the queue of satisfaction calls."""
        page = self.page
        page.goto(f"{self.sitio}/consola/")
        page.get_by_role("link", name="Llamados de satisfacción").first.click()
        page.get_by_role("row", name=re.compile(quien)).get_by_role("link", name="Llamar").click()
        expect(page.get_by_role("heading", name=quien, level=1)).to_be_visible()

    def anotar(self, que, resultado, por_que=""):
        """What the owner says of one requerimiento."""
        parte = self.page.get_by_role("region", name=re.compile(que))
        self.marcar(parte.get_by_role("group"), resultado)
        if por_que:
            parte.get_by_label("Qué no quedó bien").fill(por_que)

    def guardar_el_llamado(self):
        self.page.get_by_role("button", name="Guardar el llamado").click()
        expect(self.page.get_by_role("heading", name="Llamados de satisfacción")).to_be_visible()


class EnLaVivienda(DeIngevec, TelefonoEnTerreno):
    """With the phone, at the home."""

    recibe = ""

    def abrir_visita(self):
        """The visit of the day that is not done yet."""
        page = self.page
        page.goto(f"{self.sitio}/consola/")
        page.get_by_role("link", name="Mis visitas").first.click()
        page.get_by_role("link", name="Abrir la visita").last.click()
        expect(page.locator(".terreno")).to_be_visible()

    def quien_recibe(self):
        self.page.get_by_label("Quién recibe por el propietario").fill(self.recibe)

    def entrar_a_la_casa(self, llegada, recibe):
        self.recibe = recibe
        super().entrar_a_la_casa(llegada)

    def exigir_quien_reciba(self):
        """Nobody receives: nobody enters, also with the conserjería's leave."""
        self.page.get_by_label("Sí, autoriza").check()
        self.page.get_by_label("Quién recibe por el propietario").fill("")
        self.page.get_by_role("button", name="Registrar el ingreso").click()
        expect(self.page.get_by_label("Quién recibe por el propietario")).to_have_attribute(
            "aria-invalid", "true"
        )

    def diagnosticar(self, numero, decision, diagnostico, motivo=""):
        tarea = self.tarea(numero)
        self.elegir(numero, decision)
        tarea.get_by_label(re.compile("^Diagnóstico")).fill(diagnostico)
        if motivo:
            tarea.get_by_label("Por qué no corresponde").fill(motivo)
        tarea.get_by_role("button", name="Guardar el diagnóstico").click()
        self.decidida(numero, decision)

    def ejecutar(self, numero, trabajo):
        tarea = self.tarea(numero)
        tarea.get_by_label("Trabajo realizado").fill(trabajo)
        tarea.get_by_role("button", name="Marcar ejecutado").click()
        self.decidida(numero, "Ejecutado")

    def decidida(self, numero, estado):
        fila = self.page.locator(".decidida").filter(has_text=re.compile(rf"^\s*{numero}[.]"))
        expect(fila).to_contain_text(estado)

    def terminar(self):
        self.page.get_by_role("button", name=re.compile("^Terminar")).click()
        expect(self.page.get_by_text("Visita terminada.")).to_be_visible()
