"""Periodic work of the console. Safe to run twice, or late."""

from datetime import timedelta

from celery import shared_task

from postventa.calendario import hora
from postventa.consola import contactos, guardados
from postventa.consola.models import Envio

# A phone that was off longer than this looks at its page again before sending.
ENVIOS_VIVEN = timedelta(days=7)


@shared_task(name="consola.barrer")
def barrer() -> int:
    """Apply the contact changes that had their day; forget old answers of the phones and old
    searches."""
    ahora = hora.ahora()
    Envio.objects.filter(creado_en__lt=ahora - ENVIOS_VIVEN).delete()
    guardados.olvidar(ahora)
    return contactos.aplicar(ahora)
