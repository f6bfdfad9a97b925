"""A list as a file: the same rows in the same order, only the columns that the list shows.

Every cell is plain: one that a spreadsheet would run as a formula gets an apostrophe (TM-28).
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.http import FileResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from postventa.consola.alcances import alcance_de
from postventa.empresas.models import Empresa
from postventa.expedientes.bitacora import anotar_cambio
from postventa.personas.models import Rol, Usuario

EXPORTAN = (Rol.SUPERVISOR, Rol.JEFE, Rol.GERENTE, Rol.LEGAL, Rol.ADMINISTRADOR)
LIMITE = 10_000
TROZO = 500
DETENIDA = "La exportación se detuvo: tu cuenta ya no está activa o tus sesiones se cerraron."
# What a spreadsheet may take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
# What XML cannot carry, and no person typed.
ILEGALES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Columna(NamedTuple):
    """A column of the file; `valor(fila)` is text, a number or an instant on its place's wall."""

    titulo: str
    valor: Callable[[Any], Any]


class Archivo(NamedTuple):
    """Another file of a list's rows, under the name of its button. `preparar(consulta)` leaves
    those that belong in it, read with what its columns ask for."""

    nombre: str
    columnas: tuple[Columna, ...]
    preparar: Callable[[QuerySet], QuerySet]


def en_su_muro(instante: datetime | None, zona) -> datetime | None:
    """An instant as the clock on the wall of its place shows it: spreadsheets know no zones."""
    return instante and instante.astimezone(zona).replace(tzinfo=None)


def segura(texto: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{texto}" if texto.startswith(FORMULA) else texto


def llano(valor):
    """A value that no spreadsheet takes for a formula."""
    if valor is None:
        return ""
    if isinstance(valor, datetime | int | float):
        return valor
    return segura(ILEGALES.sub(" ", str(valor)))


def filas(columnas: Iterable[Columna], consulta: QuerySet, usuario: Usuario) -> Iterator[list]:
    """Heading and rows, read piece by piece; none goes on to who may not come in any more."""
    columnas = list(columnas)
    yield [c.titulo for c in columnas]
    for n, objeto in enumerate(consulta[:LIMITE].iterator(chunk_size=TROZO)):
        if n and n % TROZO == 0 and not _sigue(usuario):
            yield [DETENIDA]
            return
        yield [llano(c.valor(objeto)) for c in columnas]


def _sigue(usuario: Usuario) -> bool:
    """False once what ends the sessions of that person has happened (TM-31)."""
    vigentes = Usuario.objects.filter(is_active=True, version_sesiones=usuario.version_sesiones)
    return vigentes.filter(pk=usuario.pk).exists()


class _Eco:
    def write(self, texto):
        return texto


def en_csv(columnas, consulta: QuerySet, nombre: str, usuario: Usuario) -> StreamingHttpResponse:
    """Semicolons and a byte order mark: what a spreadsheet in Spanish opens with a double click."""
    escritor = csv.writer(_Eco(), delimiter=";")

    def lineas():
        yield "\ufeff"
        for fila in filas(columnas, consulta, usuario):
            yield escritor.writerow(
                [f"{v:%Y-%m-%d %H:%M}" if isinstance(v, datetime) else v for v in fila]
            )

    respuesta = StreamingHttpResponse(lineas(), content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}.csv"'
    return respuesta


def en_xlsx(columnas, consulta: QuerySet, nombre: str, usuario: Usuario) -> FileResponse:
    """A workbook of one sheet, written row by row to a file and sent from there."""
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet(nombre[:31])
    hoja.freeze_panes = "A2"
    todas = filas(columnas, consulta, usuario)
    titulos = next(todas)
    for n, titulo in enumerate(titulos):
        hoja.column_dimensions[get_column_letter(n + 1)].width = max(14, len(titulo) + 2)
    hoja.append([_titulo(hoja, t) for t in titulos])
    for fila in todas:
        hoja.append(fila)
    archivo = TemporaryFile()  # noqa: SIM115 -- the response closes it
    libro.save(archivo)
    archivo.seek(0)
    return FileResponse(archivo, as_attachment=True, filename=f"{nombre}.xlsx", content_type=XLSX)


def _titulo(hoja, texto):
    celda = WriteOnlyCell(hoja, texto)
    celda.font = Font(bold=True)
    return celda


FORMATOS = {"csv": en_csv, "xlsx": en_xlsx}


def dejar_escrito(
    consulta: QuerySet, usuario, ahora: datetime, detalle: dict, buscado: str = ""
) -> int:
    """Write on the chain of each company whose rows leave who took them and how many; the total.

    What was searched for may name a customer: it stays where it can be erased.
    """
    reservado = {"lo que se buscó": buscado} if buscado else None
    empresa = alcance_de(consulta.model).empresa
    cuentas = dict(consulta.order_by().values_list(empresa).annotate(n=Count("pk", distinct=True)))
    empresas = Empresa.objects.in_bulk(cuentas)
    for pk, cuantas in sorted(cuentas.items()):
        cambio = {**detalle, "filas": cuantas}
        cambio = {campo: ["", valor] for campo, valor in cambio.items()}
        anotar_cambio(empresas[pk], usuario, "exportar", usuario, ahora, cambio, reservado)
    return sum(cuentas.values())
