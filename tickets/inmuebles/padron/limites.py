"""What is too much, and how a whole file is refused."""

from postventa.tramitacion.errores import DatosInvalidos, Rechazo

BYTES = 10 * 1024 * 1024
FILAS = 20_000
# More rows than this, empty ones included, are not even looked at.
RENGLONES = 100_000
ANCHO = 60
LARGO_CELDA = 500
DE_TEXTO = (".csv", ".txt", ".tsv")
COMO_GUARDARLO = "Ábrelo en tu planilla y guárdalo como XLSX o como CSV."


class ArchivoEnorme(Rechazo):
    status = 413


class ArchivoIlegible(DatosInvalidos):
    """The whole file is refused; the sentence says what to do with it."""


def pesa_demasiado() -> str:
    return "El archivo pesa más de 10 MB. Divídelo, por ejemplo uno por proyecto."
