"""Tables that go out: every cell is text, and none of them is a formula (TM-28)."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from postventa.consola.exportar import FORMULA, ILEGALES, segura

TIPOS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sin_comilla(texto: str) -> str:
    """What `segura` was given: so that a list of ours can be mended and come back."""
    return texto[1:] if texto.startswith("'") and texto[1:].startswith(FORMULA) else texto


def escribir(formato: str, hojas: Iterable[tuple[str, Iterable[Sequence[str]]]]) -> bytes:
    """Titled sheets of rows, the first row being the heading. A CSV holds only the first one."""
    return {"csv": _csv, "xlsx": _xlsx}[formato](hojas)


def _csv(hojas) -> bytes:
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, delimiter=";")
    _, filas = next(iter(hojas))
    escritor.writerows([segura(celda) for celda in fila] for fila in filas)
    # With the mark, spreadsheet programs read the accents as they are.
    return salida.getvalue().encode("utf-8-sig")


def _xlsx(hojas) -> bytes:
    libro = Workbook(write_only=True)
    for titulo, filas in hojas:
        hoja = libro.create_sheet(titulo)
        hoja.freeze_panes = "A2"
        for letra in "ABCDEFGHIJKLM":
            hoja.column_dimensions[letra].width = 22
        for numero, fila in enumerate(filas):
            hoja.append([_celda(hoja, texto, numero == 0) for texto in fila])
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _celda(hoja, texto: str, es_titulo: bool) -> WriteOnlyCell:
    celda = WriteOnlyCell(hoja, ILEGALES.sub(" ", segura(texto)))
    # As text, so that the program does not turn a RUT or a date into something else.
    celda.number_format = "@"
    if es_titulo:
        celda.font = Font(bold=True)
    return celda
