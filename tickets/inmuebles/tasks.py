"""Work on the padrón that is nobody's page. Safe to run twice, or late."""

from celery import shared_task

from postventa.calendario import hora
from tickets.inmuebles.padron import aplicacion, carga


@shared_task(name="inmuebles.aplicar_pedidas")
def aplicar_pedidas() -> int:
    """Go on with the loads that somebody asked to apply."""
    return aplicacion.aplicar_pedidas(hora.ahora())


@shared_task(name="inmuebles.olvidar_cargas")
def olvidar_cargas() -> int:
    """Forget the people of the spreadsheets that were uploaded some days ago."""
    return carga.olvidar_viejas(hora.ahora())
