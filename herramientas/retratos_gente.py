"""Who stands in front of which screen in the manual's pictures, and what each can do there."""

import re
from io import BytesIO

from procesos import RAIZ, Aviso

IMAGENES = RAIZ / "docs" / "manual" / "imagenes"
CELULAR, ESCRITORIO = (390, 844), (1280, 900)
# Every picture of the manual, the screen it is taken on and what stands on it;
# tests/operacion/test_manual.py holds this table and the pages together.
RETRATOS = {
    "propietario-inicio": (CELULAR, "¿Encontraste una falla en tu vivienda?"),
    "propietario-observaciones": (CELULAR, "Agregadas: 1"),
    "propietario-recibido": (CELULAR, "Te llamaremos para coordinar la inspección"),
    "propietario-visita": (CELULAR, "Debes estar tú"),
    "propietario-cambiar-hora": (CELULAR, "Horas libres de"),
    "propietario-rechazo": (CELULAR, "Responde por 1"),
    "propietario-firma": (CELULAR, "¿Estás conforme?"),
    "supervisor-contacto": (ESCRITORIO, "¿Hablaste con el propietario?"),
    "supervisor-hoy": (ESCRITORIO, "Visitas de hoy"),
    "terreno-ingreso": (CELULAR, "Conserjería y quién recibe"),
    "terreno-decidir": (CELULAR, "Exclusión en que se funda"),
    "terreno-sin-linea": (CELULAR, "Sin conexión"),
    "terreno-firma": (CELULAR, "Tu firma está dibujada."),
    "jefe-hoy": (ESCRITORIO, "Revisar un rechazo"),
    "jefe-consulta": (ESCRITORIO, "Acoger y aprobar"),
    "jefe-objecion": (ESCRITORIO, "Acoger: la inasistencia no cuenta"),
    "administrador-anio": (ESCRITORIO, "Feriados de 2027"),
    "administrador-mueve": (ESCRITORIO, "Aplicar las fechas nuevas"),
    "administrador-politica": (ESCRITORIO, "Qué cambia"),
    "administrador-calculadora": (ESCRITORIO, "Saltamos:"),
    "asistido-codigo": (ESCRITORIO, "Código que dicta el propietario"),
    "asistido-observaciones": (ESCRITORIO, "Código correcto"),
    "ingevec-llamada": (ESCRITORIO, "Su inspección queda para el"),
    "ingevec-guardada": (ESCRITORIO, "Su número de solicitud es"),
    "ingevec-llamado": (ESCRITORIO, "Si todo está conforme"),
    "ingevec-dia": (CELULAR, "Abrir la visita"),
    "ingevec-ingreso": (CELULAR, "Llegada y quién recibe"),
    "ingevec-diagnostico": (CELULAR, "¿Corresponde a garantía?"),
    "comteco-recepcion": (ESCRITORIO, "Persona jurídica"),
    "comteco-ficha": (ESCRITORIO, "Para seguirla en su teléfono"),
    "comteco-mesones": (ESCRITORIO, "Dejar"),
    "comteco-meson": (ESCRITORIO, "Volver a llamar"),
    "comteco-encuesta": (CELULAR, "¿Quedó satisfecho"),
    "comteco-indicador": (ESCRITORIO, "No respondieron"),
    "comteco-panel": (ESCRITORIO, "Pase ahora la ficha"),
}
# What only the demonstration has, or tells the real hour.
AJENOS = ".latido, .alarmas, .reloj-movido, #reloj, #datos, .menu-datos, aside.demo"
# Bring a part of the page to the top, below what stays fixed there.
SALTAR = """desde => {
  const parte = desde && document.querySelector(desde);
  const fijo = document.querySelector(".terreno-cab");
  const arriba = parte ? parte.getBoundingClientRect().top + scrollY : 0;
  scrollTo(0, arriba - (fijo ? fijo.offsetHeight : 0) - 16);
}"""
CLAVE = "postventa-demo"


def foto():
    """A wall with a crack, as a phone would take it."""
    from PIL import Image, ImageDraw

    imagen = Image.new("RGB", (800, 800), (222, 215, 203))
    grieta = [(430, 0), (410, 140), (455, 260), (420, 420), (470, 560), (430, 690), (450, 800)]
    ImageDraw.Draw(imagen).line(grieta, fill=(96, 88, 80), width=7, joint="curve")
    archivo = BytesIO()
    imagen.save(archivo, "JPEG", quality=85)
    return {"name": "grieta.jpg", "mimeType": "image/jpeg", "buffer": archivo.getvalue()}


class Persona:
    """Somebody with a browser of their own; `retratar` takes one of the declared pictures."""

    def __init__(self, chromium, sitio, pantalla):
        ancho, alto = pantalla
        contexto = chromium.new_context(
            viewport={"width": ancho, "height": alto},
            locale="es-CL",
            timezone_id="America/Santiago",
            device_scale_factor=2 if pantalla == CELULAR else 1,
            reduced_motion="reduce",
        )
        self.page, self.sitio, self.pantalla = contexto.new_page(), sitio, pantalla
        self.page.set_default_timeout(10_000)

    def ir(self, camino):
        self.page.goto(self.sitio + camino)

    def pulsar(self, palabras):
        self.page.get_by_role("button", name=palabras, exact=True).first.click()

    def abrir(self, palabras):
        self.page.get_by_role("link", name=palabras).first.click()

    def escribir(self, etiqueta, texto):
        self.page.get_by_label(re.compile(f"^{etiqueta}")).first.fill(texto)

    def marcar(self, etiqueta):
        self.page.get_by_label(re.compile(etiqueta)).first.check()

    def retratar(self, nombre, desde=None):
        """The screen as it stands, from the top or with `desde` (a selector) near it."""
        pantalla, texto = RETRATOS[nombre]
        if pantalla != self.pantalla:
            raise Aviso(f"{nombre} is declared on another screen")
        page = self.page
        page.get_by_text(texto).first.wait_for()
        page.wait_for_load_state("networkidle")
        page.evaluate(
            "s => document.querySelectorAll(s).forEach(e => e.style.display = 'none')", AJENOS
        )
        page.evaluate("document.activeElement?.blur()")
        page.evaluate(SALTAR, desde)
        page.screenshot(path=IMAGENES / f"{nombre}.png", animations="disabled", caret="hide")

    def dibujar(self):
        """A signature on the glass."""
        caja = self.page.locator("[data-pad]")
        caja.scroll_into_view_if_needed()
        donde, raton = caja.bounding_box(), self.page.mouse
        raton.move(donde["x"] + 40, donde["y"] + 80)
        raton.down()
        for n, alto in enumerate((25, 95, 30, 100, 45, 85, 60, 70, 75), 1):
            raton.move(donde["x"] + 40 + 26 * n, donde["y"] + alto, steps=4)
        raton.up()


class Propietaria(Persona):
    """The owner, on a phone."""

    def codigo(self):
        """The six digits of the last mail with a code, read in the demo's mails."""
        from postventa.avisos.tasks import barrer as enviar

        enviar()
        correos = self.page.context.new_page()
        correos.goto(f"{self.sitio}/demo/correos/")
        correos.get_by_role("link", name=re.compile("^Código")).first.click()
        texto = correos.locator(".correo-texto").inner_text()
        correos.close()
        return "".join(re.search(r"^ +(\d{3}) (\d{3})$", texto, re.M).groups())

    def identificarse(self, rut):
        self.page.get_by_label("Proyecto").select_option(index=1)
        self.escribir("RUT", rut)
        self.pulsar("Pedir el código")
        self.escribir("Código", self.codigo())
        self.pulsar("Entrar con el código")

    def observar(self, recinto, lugar, item, descripcion, con_foto=False):
        page = self.page
        page.get_by_role("radio", name=recinto, exact=True).check()
        page.get_by_label(re.compile("En qué lugar")).select_option(label=lugar)
        page.get_by_label(re.compile("elemento falla")).select_option(label=item)
        page.get_by_label(re.compile("Descríbelo")).fill(descripcion)
        if con_foto:
            page.locator("input[type=file]").set_input_files([foto()])
            page.locator(".foto img").wait_for()
            page.get_by_text("Subiendo fotos").wait_for(state="hidden")

    def mi_caso(self):
        self.ir("/icalma/mis-requerimientos/")
        self.page.locator(".lista-casos a").first.click()


class Personal(Persona):
    """Somebody of the staff, at the console or with the phone in the home."""

    def entrar(self, usuario):
        self.ir("/consola/")
        self.escribir("Usuario", usuario)
        self.escribir("Clave", CLAVE)
        self.pulsar("Entrar")

    def caso(self, folio, verbo=""):
        self.ir(f"/consola/icalma/ticket/?q={folio}")
        self.page.get_by_role("link", name=folio).first.click()
        if verbo:
            self.page.get_by_role("link", name=verbo, exact=True).first.click()

    def coordinar(self, dia, desde, hasta):
        for etiqueta, valor in (("Día", dia), ("Desde", desde), ("Hasta", hasta)):
            self.escribir(etiqueta, valor)

    def abrir_visita(self):
        self.ir("/consola/")
        self.page.get_by_role("link", name="Abrir la visita").first.click()

    def ingresar(self, llegada):
        self.escribir("A qué hora llegaste", llegada)
        self.page.get_by_label("Conserje", exact=True).fill("Luis Pino")
        self.marcar("^Sí, autoriza")
        self.marcar("propietario$")

    def tarea(self, numero):
        return self.page.locator("details.tarea").filter(has_text=re.compile(rf"^\s*{numero}[.]"))

    def decidir(self, numero, decision):
        self.tarea(numero).locator("label.decision", has_text=decision).click()

    def guardar(self, numero, boton="Guardar la decisión"):
        self.tarea(numero).get_by_role("button", name=boton).click()
