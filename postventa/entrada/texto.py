"""From whatever a mail carries to plain text of a sane size (TM-19, TM-24)."""

import re
from html.parser import HTMLParser

CARACTERES = 20_000
# What is parsed as HTML at all: a mail that says something says it before this.
HTML = 200_000
_DE_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_BLOQUES = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "blockquote", "table"}
_OCULTOS = {"script", "style", "head", "title", "template"}
_CITA = re.compile(
    r"^(>|-{2,}\s*(mensaje original|original message)|(el|on)\s.{6,120}(escribi[oó]|wrote):\s*$"
    r"|de:\s.+@)",
    re.IGNORECASE,
)


class _Extractor(HTMLParser):
    """Text between tags, a line for each block; what a browser does not show is not read."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.partes, self.ocultos = [], 0

    def handle_starttag(self, etiqueta, atributos):
        if etiqueta in _OCULTOS:
            self.ocultos += 1
        elif etiqueta in _BLOQUES:
            self.partes.append("\n")

    def handle_endtag(self, etiqueta):
        if etiqueta in _OCULTOS:
            self.ocultos = max(0, self.ocultos - 1)
        elif etiqueta in _BLOQUES:
            self.partes.append("\n")

    def handle_data(self, datos):
        if not self.ocultos:
            self.partes.append(datos)


def de_html(html: str) -> str:
    """The text of an HTML mail; no tag, script or link target of it survives."""
    extractor = _Extractor()
    extractor.feed(html[:HTML])
    return limpio("".join(extractor.partes))


def limpio(texto: str) -> str:
    """Printable text without control or direction marks, blank runs shortened, cut to size."""
    texto = _DE_CONTROL.sub("", texto.replace("\r\n", "\n").replace("\r", "\n"))
    texto = "\n".join(linea.strip() for linea in texto[: CARACTERES * 2].split("\n"))
    return re.sub(r"\n{3,}", "\n\n", texto).strip()[:CARACTERES]


def en_una_linea(texto: str, largo: int) -> str:
    """The same on one line."""
    return " ".join(limpio(texto or "").split())[:largo]


def sin_citas(texto: str) -> str:
    """What this mail says, without the earlier ones that it quotes."""
    lineas = []
    for linea in texto.split("\n"):
        if _CITA.match(linea.strip()):
            break
        lineas.append(linea)
    return "\n".join(lineas).strip()
