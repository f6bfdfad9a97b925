"""Letting a PDF in: what is kept is what its pages draw, written again by our compiler (0056)."""

import io
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from django.core.exceptions import ValidationError
from PIL import Image

from postventa.expedientes import rehacer_pdf

TIPO = "application/pdf"
PAGINAS = 40
# Besides the seconds of processor that it gives itself: nobody waits more for a file.
ESPERA_S = 30
# One at a time in each process, like the photos.
_turno = threading.Lock()
POR_QUE = {
    rehacer_pdf.CON_CLAVE: "«{nombre}» pide una clave para abrirse. Hace falta una copia sin "
    "clave.",
    rehacer_pdf.LARGO: "«{nombre}» tiene más de {paginas} páginas. Hay que enviar solo las que "
    "hacen falta.",
}
DANADO = (
    "No pudimos leer «{nombre}»: está incompleto o dañado. Hace falta otro, o sus páginas en foto."
)


def rehecho(archivo, nombre: str) -> tuple[bytes, Image.Image]:
    """The PDF to store and its first page; ValidationError, in Spanish, says what to do."""
    with _turno, tempfile.TemporaryDirectory(prefix="postventa-pdf-") as donde:
        carpeta = Path(donde)
        archivo.seek(0)
        (carpeta / "entra.pdf").write_bytes(archivo.read())
        codigo = _en_otro_proceso(carpeta)
        if codigo:
            texto = POR_QUE.get(codigo, DANADO).format(nombre=nombre, paginas=PAGINAS)
            raise ValidationError(texto, code="pdf")
        primera = Image.open(io.BytesIO((carpeta / "primera.png").read_bytes()), formats=["PNG"])
        return (carpeta / "sale.pdf").read_bytes(), primera.convert("RGB")


def _en_otro_proceso(carpeta: Path) -> int:
    """Exit code; it is given no environment, no input and nothing to say."""
    orden = [sys.executable, "-I", rehacer_pdf.__file__, str(carpeta), str(PAGINAS)]
    try:
        return subprocess.run(  # noqa: S603
            orden,
            env={},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=ESPERA_S,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return rehacer_pdf.ILEGIBLE
