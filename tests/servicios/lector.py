"""Reads a page as those do who do not look at it as we do: axe, both widths, the dark, a thumb."""

from axe_playwright_python.sync_playwright import Axe

ANCHOS = (390, 1280)
# A thumb's target on the customers' side; on the staff's, axe asks for 24 px or room around.
PULGAR, RATON = 44, 0
AXE = Axe()
# Not to fetch the style sheets a second time, which the content policy refuses to a script.
OPCIONES = {
    "resultTypes": ["violations"],
    "preload": False,
    "rules": {"target-size": {"enabled": True}},
}
# What another width may spoil, and the dark.
DE_MEDIDA = ["target-size", "scrollable-region-focusable"]
DE_COLOR = ["color-contrast"]
# The transitions under way, and no longer than any of ours takes: of a page that is not being
# painted, none would ever end.
ASENTADOS = """() => Promise.race([
  Promise.allSettled(document.getAnimations().map(a => a.finished)),
  new Promise(listo => setTimeout(listo, 1000)),
])"""
MEDIDAS = """minimo => {
  const faltas = [];
  const todos = sel => [...document.querySelectorAll(sel)];
  const de = e =>
    `${e.tagName.toLowerCase()} ${e.id || e.name || e.textContent.trim().slice(0, 40)}`;
  const seVe = e => {
    const caja = e.getBoundingClientRect();
    return caja.width > 1 && caja.height > 1 && getComputedStyle(e).visibility !== "hidden";
  };
  const ancho = document.documentElement.scrollWidth;
  if (ancho > innerWidth) faltas.push(`mide ${ancho} px de ancho`);
  for (const nombre of ["aria-describedby", "aria-labelledby"])
    for (const e of todos(`[${nombre}]`))
      for (const id of e.getAttribute(nombre).split(" "))
        if (!document.getElementById(id)) faltas.push(`${de(e)}: no existe ${id}`);
  const dicha = "[aria-describedby*=error], [aria-describedby*=falla]";
  for (const e of todos("[aria-invalid=true]"))
    if (!e.closest(dicha)) faltas.push(`${de(e)}: sin su error`);
  // A link within a text is as high as its line.
  const controles = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const e of minimo ? todos(controles) : []) {
    if (e.ariaHidden || !seVe(e) || getComputedStyle(e).display === "inline") continue;
    const marca = /checkbox|radio/.test(e.type) && e.closest("label");
    const alto = Math.round((marca || e).getBoundingClientRect().height);
    if (alto < minimo) faltas.push(`${de(e)}: mide ${alto} px de alto`);
  }
  return faltas;
}"""


class Lector:
    """Keeps what is found on each page under a name; nothing found leaves `hallado` empty."""

    def __init__(self, page, sitio, minimo=RATON):
        self.page, self.sitio, self.minimo = page, sitio, minimo
        self.hallado, self.leidas = {}, []

    def ir(self, camino, nombre=None, status=(200, 404, 409)):
        respuesta = self.page.goto(self.sitio + camino)
        assert respuesta.status in status, (camino, respuesta.status)
        self.leer(nombre or camino)

    def leer(self, nombre):
        self.leidas.append(nombre)
        tamano = self.page.viewport_size
        self._anotar(nombre, self._axe())
        for ancho in ANCHOS:
            self.page.set_viewport_size({"width": ancho, "height": tamano["height"]})
            faltas = self.page.evaluate(MEDIDAS, self.minimo)
            otras = self._axe(DE_MEDIDA) if ancho != tamano["width"] else []
            self._anotar(f"{nombre}, a {ancho} px", faltas + otras)
        self.page.set_viewport_size(tamano)
        self.page.emulate_media(color_scheme="dark")
        self._anotar(f"{nombre}, de noche", self._axe(DE_COLOR))
        self.page.emulate_media(color_scheme="light")

    def enviar(self, boton, nombre):
        """Press a button that brings the page back, and read it."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=boton).first.click()
        self.leer(nombre)

    def _axe(self, reglas=None):
        # A colour on its way to another is neither of the two.
        self.page.evaluate(ASENTADOS)
        opciones = {**OPCIONES, "runOnly": reglas} if reglas else OPCIONES
        faltas = AXE.run(self.page, options=opciones).response["violations"]
        return [(f["id"], f["impact"], [" ".join(n["target"]) for n in f["nodes"]]) for f in faltas]

    def _anotar(self, nombre, faltas):
        if faltas:
            self.hallado[nombre] = faltas
