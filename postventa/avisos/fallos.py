"""The one way in which a message fails for good: refused when it is sent, or sent back later."""

import logging

from django.db import transaction
from django.db.models import QuerySet

from postventa.avisos import correo
from postventa.avisos.models import Aviso, EstadoAviso

log = logging.getLogger(__name__)


def fallar(fila: QuerySet, aviso: Aviso, texto: str, **campos) -> bool:
    """Mark `fila` (the message, if it is still where the caller saw it) and do what follows.

    What its room does about it is stored with it; the room's mistake does not hide the failure.
    False if it had moved: then nothing was done.
    """
    with transaction.atomic():
        if not fila.update(estado=EstadoAviso.FALLIDO, error=texto[:300], **campos):
            return False
        try:
            with transaction.atomic():
                correo.fallar(aviso)
        except Exception:
            log.exception("No se pudo hacer lo que sigue a un correo fallido")
    return True
