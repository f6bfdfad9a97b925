"""Letting a file in: checked, decoded, cleaned and written again under a name of ours (TM-22).

What is stored is never what was sent: of a photo only the pixels travel, as a new JPEG without
metadata; of a PDF, where one is taken, only what its pages draw.
"""

import errno
import hashlib
import io
import logging
import re
import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.db import transaction
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from postventa.expedientes import pdfs
from postventa.expedientes.models import Adjunto, Borrador, Expediente

register_heif_opener()
log = logging.getLogger(__name__)
# One photo is decoded at a time in each process, or a handful of them would take all its memory.
_turno = threading.Lock()

BYTES = 10 * 1024 * 1024
PIXELES = 50_000_000
# These are decoded whole before they can be made smaller, and a few kB may hold all that; no
# phone takes its photos in them.
PIXELES_SIN_REDUCIR = {"PNG": 25_000_000, "WEBP": 25_000_000}
LADO = 2560
CALIDAD = 85
LADO_MINIATURA, CALIDAD_MINIATURA = 320, 78
POR_OBSERVACION = 6
POR_TICKET = 20
# A body larger than this is answered 413 without being read.
BYTES_POR_ENVIO = (POR_OBSERVACION + 2) * BYTES

# Extension -> (what its first bytes must say, the only decoder that may open it).
FORMATOS = {
    "jpg": (("image/jpeg",), "JPEG"),
    "jpeg": (("image/jpeg",), "JPEG"),
    "png": (("image/png",), "PNG"),
    "webp": (("image/webp",), "WEBP"),
    "heic": (("image/heic", "image/heif"), "HEIF"),
    "heif": (("image/heic", "image/heif"), "HEIF"),
}
SIN_ESPACIO = (
    "No tenemos espacio para guardar la foto en este momento. Lo escrito quedó aquí: se puede "
    "probar de nuevo en unos minutos, o seguir sin la foto."
)
ACEPTA = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"
ACEPTA_CON_PDF = f"{ACEPTA},{pdfs.TIPO},.pdf"


EXTENSIONES = {"image/jpeg": ".jpg", pdfs.TIPO: ".pdf"}


@dataclass(frozen=True)
class Foto:
    """A file already checked and cleaned: the name it had, what to store and a small JPEG of it."""

    nombre: str
    contenido: bytes
    miniatura: bytes
    tipo: str = "image/jpeg"


def revisar(archivo, con_pdf: bool = False) -> Foto:
    """Decode and clean an upload, outside any transaction: a big photo takes a second.

    ValidationError, in Spanish, if it is not a photo (nor, `con_pdf`, a PDF) that we take.
    """
    nombre = limpiar_nombre(archivo.name)
    if con_pdf and _extension(nombre) == "pdf":
        _exigir_contenido(archivo, nombre, (pdfs.TIPO,))
        contenido, primera = pdfs.rehecho(archivo, nombre)
        return Foto(nombre, contenido, _en_pequeno(primera), pdfs.TIPO)
    contenido = _como_jpeg(archivo, nombre, " o PDF" if con_pdf else "")
    return Foto(nombre, contenido, _reducida(contenido))


def guardar(
    foto: Foto,
    *,
    ahora: datetime,
    expediente: Expediente | None = None,
    borrador: Borrador | None = None,
) -> Adjunto:
    """Store the file and its row. OSError if the disk failed: no partial file stays.

    Put the row in the list of `todo_o_nada` and the file goes too if the transaction fails.
    """
    adjunto = Adjunto(
        expediente=expediente,
        borrador=borrador,
        nombre=foto.nombre,
        tipo=foto.tipo,
        bytes=len(foto.contenido),
        sha256=hashlib.sha256(foto.contenido).hexdigest(),
        creado_en=ahora,
    )
    base = secrets.token_hex(16)
    try:
        adjunto.archivo.name = _escribir(
            "archivo", adjunto, f"{base}{EXTENSIONES[foto.tipo]}", foto.contenido
        )
        adjunto.miniatura.name = _escribir("miniatura", adjunto, f"{base}-m.jpg", foto.miniatura)
        adjunto.save()
    except BaseException:
        borrar_archivos([adjunto])
        raise
    return adjunto


def _escribir(campo: str, adjunto: Adjunto, nombre: str, contenido: bytes) -> str:
    """Store one file and return its name; a half-written one does not stay."""
    campo = Adjunto._meta.get_field(campo)
    ruta = campo.generate_filename(adjunto, nombre)
    try:
        return campo.storage.save(ruta, ContentFile(contenido))
    except BaseException:
        campo.storage.delete(ruta)
        raise


@contextmanager
def todo_o_nada() -> Iterator[list[Adjunto]]:
    """A transaction; the photos put in the list leave no file behind if it fails."""
    aceptados: list[Adjunto] = []
    try:
        with transaction.atomic():
            yield aceptados
    except BaseException:
        borrar_archivos(aceptados)
        raise


def borrar_archivos(adjuntos: Iterable[Adjunto]) -> None:
    """Remove files from the disk; one that refuses is left for the night's cleaning."""
    for adjunto in adjuntos:
        for archivo in (adjunto.archivo, adjunto.miniatura):
            try:
                if archivo:
                    archivo.storage.delete(archivo.name)
            except OSError:
                log.warning("No se pudo borrar un archivo sin dueño")


def abrir(adjunto: Adjunto, en_pequeno: bool = False):
    """(open file, its type): small, if it is asked for and there is one. FileNotFoundError."""
    if en_pequeno and adjunto.miniatura:
        return adjunto.miniatura.open("rb"), "image/jpeg"
    return adjunto.archivo.open("rb"), adjunto.tipo


def sin_espacio(error: OSError) -> bool:
    """The disk, or its quota, is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def limpiar_nombre(nombre: str) -> str:
    """The name that the customer's file had, fit to be shown: no path, no control characters."""
    nombre = re.split(r"[\\/]", str(nombre or ""))[-1]
    nombre = " ".join("".join(c if c.isprintable() else " " for c in nombre).split())
    return nombre[-120:] or "foto"


def _extension(nombre: str) -> str:
    return PurePath(nombre).suffix.lower().removeprefix(".")


def _exigir_contenido(archivo, nombre: str, tipos: tuple[str, ...]) -> None:
    """Not too heavy, and its first bytes say what its name says."""
    if archivo.size > BYTES:
        raise ValidationError(pesa_demasiado(nombre), code="peso")
    archivo.seek(0)
    if filetype.guess_mime(archivo.read(261)) not in tipos:
        que, cual = f"una imagen {_extension(nombre).upper()}", "la foto"
        if tipos == (pdfs.TIPO,):
            que, cual = "un PDF", "el archivo"
        raise ValidationError(
            f"«{nombre}» no contiene {que}. Hace falta {cual} original.", code="contenido"
        )
    archivo.seek(0)


def _como_jpeg(archivo, nombre: str, o_que: str = "") -> bytes:
    if _extension(nombre) not in FORMATOS:
        formatos = f"JPG, PNG, WEBP{',' if o_que else ' o'} HEIC{o_que}"
        que = "un archivo" if o_que else "una foto"
        raise ValidationError(
            f"«{nombre}» no es {que} que podamos recibir. Recibimos {formatos}.", code="formato"
        )
    tipos, decodificador = FORMATOS[_extension(nombre)]
    _exigir_contenido(archivo, nombre, tipos)
    maximo = PIXELES_SIN_REDUCIR.get(decodificador, PIXELES)
    try:
        with _turno, Image.open(archivo, formats=[decodificador]) as imagen:
            if imagen.width * imagen.height > maximo:
                raise Image.DecompressionBombError
            return _limpiar(imagen)
    except Image.DecompressionBombError:
        raise ValidationError(
            f"«{nombre}» tiene demasiados píxeles (máximo {maximo // 1_000_000} megapíxeles). "
            "Hay que tomarla con menos resolución.",
            code="pixeles",
        ) from None
    except Exception as error:  # a decoder fed with anything may raise anything
        raise ValidationError(
            f"No pudimos leer «{nombre}»: la imagen está incompleta o dañada. Hace falta otra.",
            code="danada",
        ) from error


def pesa_demasiado(nombre: str) -> str:
    return f"«{nombre}» pesa más de 10 MB. Hace falta una más liviana."


def _limpiar(imagen: Image.Image) -> bytes:
    """Upright, at most 2560 px a side, on white, and with the pixels as the only content."""
    imagen.thumbnail((LADO, LADO))
    derecha = ImageOps.exif_transpose(imagen).convert("RGBA")
    limpia = Image.new("RGB", derecha.size, "white")
    limpia.paste(derecha, mask=derecha.getchannel("A"))
    salida = io.BytesIO()
    limpia.save(salida, "JPEG", quality=CALIDAD, optimize=True, progressive=True)
    return salida.getvalue()


def _reducida(contenido: bytes) -> bytes:
    """The clean photo again, small: what a list shows."""
    with Image.open(io.BytesIO(contenido), formats=["JPEG"]) as imagen:
        return _en_pequeno(imagen)


def _en_pequeno(imagen: Image.Image) -> bytes:
    imagen.thumbnail((LADO_MINIATURA, LADO_MINIATURA))
    salida = io.BytesIO()
    imagen.save(salida, "JPEG", quality=CALIDAD_MINIATURA, optimize=True)
    return salida.getvalue()


class ManejadorDeFotos(TemporaryFileUploadHandler):
    """Drops a file that is too big, or that the disk cannot take, and lets the rest of the form
    arrive: what was typed is not lost. `request.fotos_rechazadas` says why, by name."""

    def __init__(self, request=None):
        super().__init__(request)
        self.request.fotos_rechazadas = []
        self.recibido = 0

    def new_file(self, *args, **kwargs):
        self.recibido = 0
        # The previous file is complete and the parser's: a refusal of this one must not close it.
        self.__dict__.pop("file", None)
        with self._sin_perder_el_resto():
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        self.recibido += len(raw_data)
        if self.recibido > BYTES:
            self.request.fotos_rechazadas.append(pesa_demasiado(limpiar_nombre(self.file_name)))
            raise SkipFile
        with self._sin_perder_el_resto():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        try:
            return super().file_complete(file_size)
        except OSError as error:  # the last buffer is written only now
            self._anotar(error)
            return None

    @contextmanager
    def _sin_perder_el_resto(self):
        try:
            yield
        except OSError as error:
            self._anotar(error)
            raise SkipFile from error

    def _anotar(self, error):
        self.request.disco_lleno = sin_espacio(error)
        self.request.fotos_rechazadas.append(SIN_ESPACIO)
