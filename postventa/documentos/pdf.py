"""A document as PDF: a template of ours, data of anybody, the same bytes every time.

Data goes in as JSON and templates show it as text; nothing typed by a person is ever parsed as
markup. The compiler sees one folder, its own fonts and no network (TM-27).
"""

from datetime import datetime

import typst
from django.conf import settings

from postventa.expedientes.bitacora import canonico

RAIZ = settings.BASE_DIR / "templates" / "documentos"
# To be kept (PDF/A-3, which lets the hashed text travel inside) and to be read aloud (PDF/UA).
NORMAS = ["a-3a", "ua-1"]


class ErrorDocumento(Exception):
    """A document could not be composed: a missing template or datum, or a fault of the template."""


def componer(plantilla: str, datos: dict) -> bytes:
    """Return the PDF of `templates/documentos/<plantilla>.typ` with `datos`.

    `datos["fecha"]` (an ISO instant) dates the file: the same data gives the same bytes.
    ErrorDocumento if the template does not exist, the date is missing or it does not compile.
    """
    archivo = RAIZ / f"{plantilla}.typ"
    if archivo.parent != RAIZ or not archivo.is_file():
        raise ErrorDocumento(f"No existe la plantilla de documento {plantilla!r}.")
    try:
        fecha = datetime.fromisoformat(datos["fecha"])
    except (KeyError, TypeError, ValueError) as error:
        raise ErrorDocumento(f"El documento {plantilla!r} no dice de qué fecha es.") from error
    try:
        return typst.compile(
            str(archivo),
            root=str(RAIZ),
            format="pdf",
            ignore_system_fonts=True,
            # Where packages would be looked up, were one ever imported: a folder without any.
            package_path=str(RAIZ),
            package_cache_path=str(RAIZ),
            sys_inputs={"datos": canonico(datos)},
            pdf_standards=NORMAS,
            timestamp=int(fecha.timestamp()),
        )
    except typst.TypstError as error:
        raise ErrorDocumento(f"No se pudo componer el documento {plantilla!r}: {error}") from error
