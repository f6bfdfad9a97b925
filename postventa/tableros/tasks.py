"""Periodic work. Safe to run twice, or late: a board counts for itself what is missing."""

from celery import shared_task

from postventa.calendario import hora
from postventa.tableros import sellos


@shared_task(name="tableros.sellar")
def sellar() -> int:
    return sellos.sellar_todas(hora.ahora())
