"""Periodic work. Each task is thin and safe to run twice, or late."""

from celery import shared_task

from postventa.expedientes import cuidado
from postventa.tramitacion import barrido, olvido, recalculo_masivo


@shared_task(name="tramitacion.barrer_plazos")
def barrer_plazos() -> int:
    return barrido.barrer()


@shared_task(name="tramitacion.recalcular_plazos")
def recalcular_plazos() -> int:
    """Go on with the revisions that people asked for, also those a dead worker left."""
    return recalculo_masivo.barrer()


@shared_task(name="tramitacion.latido_beat")
def latido_beat() -> None:
    """Run by a worker because beat asked: proves that both are alive."""
    barrido.latir("beat")


@shared_task(name="expedientes.anclar")
def anclar() -> None:
    cuidado.anclar()


@shared_task(name="expedientes.purgar")
def purgar() -> int:
    """Forget drafts that ran out, and of ended cases what was only needed to do them."""
    return cuidado.purgar() + olvido.olvidar()
