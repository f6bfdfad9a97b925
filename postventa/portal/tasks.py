"""Night work of the customers' side."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from postventa.accesos.models import AlertaAcceso
from postventa.portal.models import Desafio

# What the privacy notice promises.
SE_GUARDAN = timedelta(days=30)


@shared_task(name="portal.purgar")
def purgar() -> int:
    """Forget codes and alerts of more than 30 days; return how many. Safe to run again."""
    antes = timezone.now() - SE_GUARDAN
    codigos, _ = Desafio.objects.filter(creado_en__lt=antes).delete()
    alertas, _ = AlertaAcceso.objects.filter(creado_en__lt=antes).delete()
    return codigos + alertas
