"""A file as a table of text: forgiving about its shape, strict about its size and its kind."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from tickets.inmuebles.padron.columnas import COLUMNAS, columna_de, es_motivo
from tickets.inmuebles.padron.libro import renglones_de_libro
from tickets.inmuebles.padron.limites import (
    ANCHO,
    BYTES,
    COMO_GUARDARLO,
    DE_TEXTO,
    FILAS,
    LARGO_CELDA,
    RENGLONES,
    ArchivoEnorme,
    ArchivoIlegible,
    pesa_demasiado,
)


@dataclass(frozen=True)
class Tabla:
    """`filas`: (number in the file, field -> text). `sobran`: headings that nobody reads."""

    filas: list[tuple[int, dict[str, str]]]
    sobran: list[str]


def leer(nombre: str, contenido: bytes) -> Tabla:
    """Read a CSV or XLSX, never touching the disk. ArchivoEnorme or ArchivoIlegible if refused."""
    if len(contenido) > BYTES:
        raise ArchivoEnorme(pesa_demasiado())
    if not contenido:
        raise ArchivoIlegible("El archivo está vacío.")
    extension = PurePath(nombre).suffix.lower()
    if extension == ".xlsx":
        return _tabla(renglones_de_libro(contenido))
    if extension in DE_TEXTO:
        return _tabla(renglones_de_texto(contenido))
    if extension in (".xlsm", ".xlsb", ".xltm"):
        raise ArchivoIlegible(f"No recibimos planillas con macros. {COMO_GUARDARLO}")
    raise ArchivoIlegible(f"Solo leemos archivos XLSX y CSV. {COMO_GUARDARLO}")


def renglones_de_texto(contenido: bytes) -> Iterable[list[str]]:
    """Rows of a CSV, whichever its separator and its encoding."""
    texto = _decodificar(contenido)
    if "\0" in texto:
        raise ArchivoIlegible(f"El archivo no es un CSV. {COMO_GUARDARLO}")
    texto = re.sub(r"\Asep=(.)\r?\n", "", texto)
    lector = csv.reader(io.StringIO(texto, newline=""), delimiter=_separador(texto))
    try:
        yield from lector
    except csv.Error:
        raise ArchivoIlegible(
            f"No pudimos leer el CSV cerca de la línea {lector.line_num}. Revisa sus comillas."
        ) from None


def _decodificar(contenido: bytes) -> str:
    if contenido.startswith((b"\xff\xfe", b"\xfe\xff")):
        codigos = ["utf-16"]
    else:
        codigos = ["utf-8-sig", "cp1252", "latin-1"]
    for codigo in codigos:
        try:
            return contenido.decode(codigo)
        except UnicodeDecodeError:
            continue
    raise ArchivoIlegible(f"No reconocemos las letras de este archivo. {COMO_GUARDARLO}")


def _separador(texto: str) -> str:
    """The one that appears most in the first line with text, outside quotes."""
    primera = next((linea for linea in texto.splitlines() if linea.strip()), "")
    fuera = re.sub(r'"[^"]*"', "", primera)
    return max(";,\t", key=fuera.count)


def _tabla(renglones: Iterable[list[str]]) -> Tabla:
    claves, sobran, filas = None, [], []
    for numero, renglon in enumerate(renglones, 1):
        if numero > RENGLONES:
            raise ArchivoIlegible(
                "La hoja tiene demasiadas filas, aunque estén vacías. Bórralas y guárdala de nuevo."
            )
        celdas = [celda.strip() for celda in renglon]
        if not any(celdas):
            continue
        if claves is None:
            claves, sobran = _encabezado(celdas)
        elif len(filas) == FILAS:
            raise ArchivoEnorme("El archivo tiene más de 20.000 filas. Divídelo en varios.")
        else:
            filas.append((numero, _fila(claves, celdas)))
    if claves is None:
        raise ArchivoIlegible("El archivo está vacío.")
    if not filas:
        raise ArchivoIlegible("El archivo solo tiene el encabezado. Agrega una fila por dueño.")
    return Tabla(filas, sobran)


def _fila(claves: list[str | None], celdas: list[str]) -> dict[str, str]:
    fila = {c: t[: LARGO_CELDA + 1] for c, t in zip(claves, celdas, strict=False) if c and t}
    if any(celdas[len(claves) :]):
        fila["_sobra"] = "sí"
    return fila


def _encabezado(celdas: list[str]) -> tuple[list[str | None], list[str]]:
    if len(celdas) > ANCHO:
        raise ArchivoIlegible("La planilla tiene más de 60 columnas. Deja las de la plantilla.")
    claves = [columna_de(c) for c in celdas]
    titulos = {c.clave: c.titulo for c in COLUMNAS}
    for clave in titulos:
        if claves.count(clave) > 1:
            raise ArchivoIlegible(
                f"Hay dos columnas para «{titulos[clave]}». Deja una sola en el encabezado."
            )
    faltan = [c.titulo for c in COLUMNAS if c.es_obligatoria and c.clave not in claves]
    if faltan:
        raise ArchivoIlegible(
            f"Falta la columna {' y la columna '.join(f'«{f}»' for f in faltan)}. La primera fila "
            "debe tener los nombres de las columnas, como en la plantilla."
        )
    sobran = [c[:60] for c, k in zip(celdas, claves, strict=True) if c and not k]
    return claves, [c for c in sobran if not es_motivo(c)]
