"""Night work of the customers' side."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from postventa.portal.models import Desafio

# What the privacy notice promises.
SE_GUARDAN = timedelta(days=30)


@shared_task(name="portal.purgar")
def purgar() -> int:
    """Forget codes of more than 30 days; return how many. Safe to run again."""
    codigos, _ = Desafio.objects.filter(creado_en__lt=timezone.now() - SE_GUARDAN).delete()
    return codigos
