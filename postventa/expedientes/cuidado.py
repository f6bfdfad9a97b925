"""Night work: anchors of the audit, and forgetting what ran out."""

import hashlib

from django.db import connection, transaction
from django.utils import timezone

from postventa.expedientes.models import Adjunto, Ancla, Borrador, Movimiento


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
    """Delete drafts that ran out, with their files; return how many. Safe to run again."""
    vencidos = Borrador.objects.filter(vence_en__lt=timezone.now())
    for adjunto in Adjunto.objects.filter(borrador__in=vencidos, expediente=None):
        adjunto.archivo.delete(save=False)
    return vencidos.delete()[0]
