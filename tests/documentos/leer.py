"""What somebody with only the PDF can read in it."""

import io
import re

from pypdf import PdfReader


def abrir(pdf):
    return PdfReader(io.BytesIO(pdf))


def texto(pdf):
    """The words of every page, one space between them."""
    paginas = " ".join(pagina.extract_text() for pagina in abrir(pdf).pages)
    return re.sub(r"\s+", " ", paginas.replace("\u200b", ""))


def adjuntos(pdf):
    return {nombre: contenido[0] for nombre, contenido in abrir(pdf).attachments.items()}
