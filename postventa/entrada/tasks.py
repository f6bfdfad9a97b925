from celery import shared_task

from postventa.calendario import hora
from postventa.entrada import tratar


@shared_task(name="entrada.olvidar")
def olvidar():
    """Once a night: mails that were treated long ago keep only that they came."""
    return tratar.olvidar(hora.ahora())
