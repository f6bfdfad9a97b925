"""What staff do with a mail that arrived: it is used once, or left aside with a reason."""

from datetime import datetime, timedelta

from django.db import transaction

from postventa.entrada.models import CorreoEntrante, EstadoEntrante, FotoEntrante
from postventa.expedientes.models import Expediente

# An assumption: what was read and answered is kept this long, then only that it came.
SE_GUARDA = timedelta(days=90)


class YaTratado(Exception):
    """Somebody else used it or left it aside meanwhile."""


def usar(correo: CorreoEntrante, expediente: Expediente, por, ahora: datetime) -> None:
    """Tie a mail to the case that was made of it, in the caller's transaction; YaTratado."""
    _cambiar(correo, por, ahora, estado=EstadoEntrante.USADO, expediente=expediente)


def descartar(correo: CorreoEntrante, por, motivo: str, ahora: datetime) -> None:
    """Leave a mail aside, with the reason; YaTratado."""
    _cambiar(correo, por, ahora, estado=EstadoEntrante.DESCARTADO, motivo=motivo[:300])


def _cambiar(correo, por, ahora, **campos) -> None:
    pendiente = CorreoEntrante.objects.filter(pk=correo.pk, estado=EstadoEntrante.PENDIENTE)
    if not pendiente.update(tratado_por=por, tratado_en=ahora, **campos):
        raise YaTratado


@transaction.atomic
def olvidar(ahora: datetime) -> int:
    """Erase the words, photos and names of mails treated long ago; return how many.

    Safe to run again: what was erased is not found any more.
    """
    viejos = CorreoEntrante.objects.exclude(estado=EstadoEntrante.PENDIENTE).filter(
        recibido_en__lt=ahora - SE_GUARDA
    )
    con_algo = viejos.exclude(texto="", de="", de_nombre="", asunto="")
    fotos = list(FotoEntrante.objects.filter(correo__in=viejos))
    FotoEntrante.objects.filter(pk__in=[f.pk for f in fotos]).delete()
    borrados = con_algo.update(
        texto="", de="", de_nombre="", asunto="", propuesto={}, sin_guardar=[], autenticidad=""
    )
    transaction.on_commit(lambda: [f.archivo.storage.delete(f.archivo.name) for f in fotos])
    return borrados
