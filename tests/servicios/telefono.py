"""Somebody of the staff in a home with a phone, whatever the company: the on-site screen's page."""

import re

from playwright.sync_api import expect

from tests.servicios.actores import CLAVE, Personal, foto


class TelefonoEnTerreno(Personal):
    """A company's own says who it is, who receives and what is decided."""

    tipo = usuario = boton = ""

    def ir_a_la_visita(self, visita):
        self.entrar(self.usuario, CLAVE)
        self.url = f"{self.sitio}/consola/{self.tipo}/visita/{visita.pk}/terreno/"
        self.page.goto(self.url)

    def quien_recibe(self):
        raise NotImplementedError

    def entrar_a_la_casa(self, llegada):
        page = self.page
        page.get_by_label("A qué hora llegaste").first.fill(llegada)
        page.get_by_label("Conserje", exact=True).fill("Luis Pino")
        page.get_by_label("Sí, autoriza").check()
        self.quien_recibe()
        page.get_by_role("button", name="Registrar el ingreso").click()
        expect(page.get_by_text(f"llegada {llegada}")).to_be_visible()

    def tarea(self, numero):
        return self.page.locator("details.tarea").filter(has_text=re.compile(rf"^\s*{numero}[.]"))

    def elegir(self, numero, decision):
        dice = re.compile(rf"^\s*{decision}\s*$")
        self.tarea(numero).locator("label.decision").filter(has_text=dice).click()

    def fotografiar(self, numero):
        """One more shot of the camera."""
        self.tarea(numero).locator("input[type=file]").set_input_files([foto()])

    def guardar(self, numero):
        self.tarea(numero).get_by_role("button", name=self.boton).click()

    def sin_linea(self):
        self.page.context.set_offline(True)

    def con_linea(self):
        self.page.context.set_offline(False)

    def espera_en_el_telefono(self, cuantos):
        que = (
            f"{cuantos} registros guardados en este teléfono; se enviarán solos."
            if cuantos > 1
            else "1 registro guardado en este teléfono; se enviará solo."
        )
        expect(self.cola).to_have_text(f"Sin conexión: {que}")

    def espera_avance(self, texto):
        # What a line just come back refuses is sent again with the next turn of the queue.
        expect(self.page.locator("#avance")).to_have_text(texto, timeout=45_000)

    @property
    def cola(self):
        return self.page.locator("#cola")
