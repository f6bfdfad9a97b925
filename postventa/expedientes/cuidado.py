"""Night work: anchors of the audit, and forgetting what ran out."""

import hashlib
import logging
from datetime import timedelta

from django.core.files.storage import Storage
from django.db import connection, transaction
from django.utils import timezone

from postventa.calendario import hora
from postventa.expedientes import subidas
from postventa.expedientes.models import Adjunto, Ancla, Borrador, CambioReservado, Movimiento

log = logging.getLogger(__name__)
# A photo is stored a moment before its row is committed: younger files are not judged.
SUELTO_DESDE = timedelta(hours=1)
# What was searched for in a list that was taken out: long enough to ask about it.
RESERVA_SE_GUARDA = timedelta(days=90)


def huella_de_cadenas(hasta: int) -> tuple[int, str]:
    """Count and hash of every movement up to an id, in order of id: constant memory."""
    total, suma = 0, hashlib.sha256()
    for hash_ in (
        Movimiento.objects.filter(pk__lte=hasta)
        .order_by("pk")
        .values_list("hash", flat=True)
        .iterator()
    ):
        suma.update(hash_.encode())
        total += 1
    return total, suma.hexdigest()


def ultimo_asentado() -> int | None:
    """Id of the last movement below which no other can still appear; None if there is none.

    Ids are taken before the commit: without the lock, one that commits after the anchor with a
    lower id would look like a forgery. Writers wait for one read.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE expedientes_movimiento IN SHARE MODE")
        return Movimiento.objects.order_by("-pk").values_list("pk", flat=True).first()


def anclar() -> Ancla | None:
    """Take tonight's anchor; None if nothing was written since the last one."""
    ultimo = ultimo_asentado()
    previa = Ancla.objects.order_by("-pk").first()
    if ultimo is None or (previa and previa.hasta_movimiento == ultimo):
        return None
    cantidad, suma = huella_de_cadenas(ultimo)
    return Ancla.objects.create(
        tomada_en=timezone.now(), hasta_movimiento=ultimo, cantidad=cantidad, hash=suma
    )


def purgar() -> int:
    """Delete drafts that ran out, old reserved details, and files that no row names; return how
    many rows and files.

    Safe to run again. The rows go first and their files with the commit (INV-7).
    """
    with transaction.atomic():
        ahora = hora.ahora()
        vencidos = Borrador.objects.select_for_update().filter(vence_en__lt=ahora)
        ids = list(vencidos.values_list("pk", flat=True))
        suyos = Adjunto.objects.select_for_update().filter(borrador__in=ids, expediente=None)
        adjuntos = list(suyos)
        borradas = Borrador.objects.filter(pk__in=ids).delete()[0]
        transaction.on_commit(lambda: subidas.borrar_archivos(adjuntos))
        viejas = CambioReservado.objects.filter(cambio__ocurrido_en__lt=ahora - RESERVA_SE_GUARDA)
        borradas += viejas.delete()[0]
    return borradas + _barrer_sueltos()


def _barrer_sueltos() -> int:
    """Files that a process left behind when it died between the file and its row."""
    campo = Adjunto._meta.get_field("archivo")
    # A file's age is the machine's: the product's clock may be somewhere else.
    limite = timezone.now() - SUELTO_DESDE
    borrados = 0
    for carpeta in _meses(campo.storage):
        viejos = set(_archivos(campo.storage, carpeta, limite))
        for nombre in sorted(viejos - _nombrados(viejos)):
            try:
                campo.storage.delete(nombre)
                borrados += 1
            except OSError:
                log.warning("No se pudo borrar un archivo sin dueño")
    return borrados


def _meses(storage: Storage):
    """The folders of attachments, `adjuntos/2026/11`."""
    if not storage.exists("adjuntos"):
        return
    for anio in storage.listdir("adjuntos")[0]:
        for mes in storage.listdir(f"adjuntos/{anio}")[0]:
            yield f"adjuntos/{anio}/{mes}"


def _archivos(storage: Storage, carpeta: str, limite):
    """Files of a folder, not touched since."""
    for nombre in storage.listdir(carpeta)[1]:
        ruta = f"{carpeta}/{nombre}"
        if storage.get_modified_time(ruta) < limite:
            yield ruta


def _nombrados(rutas: set[str]) -> set[str]:
    """Those of the files that some row names, as photo or as thumbnail."""
    return {
        nombre
        for campo in ("archivo", "miniatura")
        for nombre in Adjunto.objects.filter(**{f"{campo}__in": rutas}).values_list(
            campo, flat=True
        )
    }
