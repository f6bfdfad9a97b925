"""An XLSX is a zip of XML that somebody sent us: looked at from outside before it is opened."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from xml.parsers import expat

from openpyxl import load_workbook

from tickets.inmuebles.padron.limites import ANCHO, COMO_GUARDARLO, RENGLONES, ArchivoIlegible

PARTES = 500
DESCOMPRIMIDO = 64 * 1024 * 1024
PROLOGO = 64 * 1024
DANADO = f"No pudimos leer la planilla: está dañada o incompleta. {COMO_GUARDARLO}"


def renglones_de_libro(contenido: bytes) -> Iterator[list[str]]:
    """Rows of the first sheet, as text. ArchivoIlegible for anything that is not a plain XLSX."""
    try:
        revisar_zip(contenido)
        libro = load_workbook(
            io.BytesIO(contenido), read_only=True, data_only=True, keep_links=False
        )
        try:
            if not libro.worksheets:
                raise ArchivoIlegible("La planilla no tiene hojas con datos.")
            hoja = libro.worksheets[0]
            # What the file says of its own size is not to be trusted.
            hoja.reset_dimensions()
            for fila in hoja.iter_rows(max_row=RENGLONES + 1, max_col=ANCHO + 1, values_only=True):
                yield _sin_cola([_texto(v) for v in fila])
        finally:
            libro.close()
    except ArchivoIlegible:
        raise
    except Exception as error:  # a parser fed with anything may raise anything
        raise ArchivoIlegible(DANADO) from error


def revisar_zip(contenido: bytes) -> None:
    """Refuse bombs, macros, locked files and XML with a DTD, before any of it is parsed."""
    with zipfile.ZipFile(io.BytesIO(contenido)) as zip_:
        partes = zip_.infolist()
        if len(partes) > PARTES or sum(p.file_size for p in partes) > DESCOMPRIMIDO:
            raise ArchivoIlegible(
                "La planilla es demasiado grande por dentro. Copia los datos en una planilla nueva."
            )
        if any(p.flag_bits & 1 for p in partes):
            raise ArchivoIlegible("La planilla tiene clave. Quítasela y súbela de nuevo.")
        nombres = {p.filename.lower() for p in partes}
        tipos = zip_.read("[Content_Types].xml").lower()
        if b"macroenabled" in tipos or any(n.endswith("vbaproject.bin") for n in nombres):
            raise ArchivoIlegible(f"No recibimos planillas con macros. {COMO_GUARDARLO}")
        for parte in partes:
            if parte.filename.lower().endswith((".xml", ".rels", ".vml")):
                with zip_.open(parte) as xml:
                    _sin_dtd(xml)


class _Empieza(Exception):
    """The root element was reached: no DTD can come any more."""


def _sin_dtd(xml) -> None:
    """A DTD is what entities are declared in, and no spreadsheet program writes one."""

    def hay_dtd(*_):
        raise ArchivoIlegible(DANADO)

    def empieza(*_):
        raise _Empieza

    lector = expat.ParserCreate()
    lector.StartDoctypeDeclHandler, lector.StartElementHandler = hay_dtd, empieza
    try:
        lector.Parse(xml.read(PROLOGO), False)
    except _Empieza:
        return
    raise ArchivoIlegible(DANADO)


def _sin_cola(celdas: list[str]) -> list[str]:
    while celdas and not celdas[-1]:
        celdas.pop()
    return celdas


def _texto(valor) -> str:
    if valor is None:
        return ""
    if isinstance(valor, datetime):
        return valor.date().isoformat()
    if isinstance(valor, date):
        return valor.isoformat()
    if isinstance(valor, float) and valor.is_integer():
        return str(int(valor))
    return str(valor)
