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
TROZO = 64 * 1024
# Of the whole workbook, and within one row or one shared text.
ELEMENTOS, JUNTOS = 2_000_000, 100_000
ENORME = "La planilla es demasiado grande por dentro. Copia los datos en una planilla nueva."
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
            raise ArchivoIlegible(ENORME)
        if any(p.flag_bits & 1 for p in partes):
            raise ArchivoIlegible("La planilla tiene clave. Quítasela y súbela de nuevo.")
        nombres = {p.filename.lower() for p in partes}
        tipos = zip_.read("[Content_Types].xml").lower()
        if b"macroenabled" in tipos or any(n.endswith("vbaproject.bin") for n in nombres):
            raise ArchivoIlegible(f"No recibimos planillas con macros. {COMO_GUARDARLO}")
        elementos = 0
        for parte in partes:
            es_xml = parte.filename.lower().endswith((".xml", ".rels", ".vml"))
            with zip_.open(parte) as xml:
                elementos = _medir(xml, elementos, es_xml)


class _Medidor:
    """Counts the elements of a part as they go by: a few kilobytes of empty cells are gigabytes
    and minutes for whoever builds them."""

    def __init__(self, todos: int):
        self.todos, self.juntos, self.hondo, self.suelta = todos, 0, 0, 3

    def hay_dtd(self, *_):
        # Entities are declared in a DTD, and no spreadsheet program writes one.
        raise ArchivoIlegible(DANADO)

    def empieza(self, nombre, _):
        if not self.hondo and nombre.endswith("sst"):
            self.suelta = 2
        self.hondo += 1
        self.todos += 1
        self.juntos = 0 if self.hondo <= self.suelta else self.juntos + 1
        if self.todos > ELEMENTOS or self.juntos > JUNTOS:
            raise ArchivoIlegible(ENORME)

    def termina(self, _):
        self.hondo -= 1


def _medir(xml, elementos: int, es_xml: bool) -> int:
    """Elements so far, with those of this part; a part that is no XML has none."""
    medidor, lector = _Medidor(elementos), expat.ParserCreate()
    lector.StartDoctypeDeclHandler = medidor.hay_dtd
    lector.StartElementHandler, lector.EndElementHandler = medidor.empieza, medidor.termina
    try:
        while trozo := xml.read(TROZO):
            lector.Parse(trozo, False)
            if not es_xml and medidor.todos > elementos:
                raise ArchivoIlegible(DANADO)  # a name that hides what it is
        lector.Parse(b"", True)
    except expat.ExpatError:
        if es_xml or medidor.todos > elementos:
            raise ArchivoIlegible(DANADO) from None
    return medidor.todos


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
