"""Night work of the doors."""

from axes.models import AccessAttempt
from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from postventa.accesos.limites import SE_GUARDAN
from postventa.accesos.models import AlertaAcceso


@shared_task(name="accesos.purgar")
def purgar() -> int:
    """Forget alerts and attempts of more than 30 days, and ended sessions; return how many rows.

    Safe to run again.
    """
    ahora = timezone.now()
    alertas, _ = AlertaAcceso.objects.filter(creado_en__lt=ahora - SE_GUARDAN).delete()
    intentos, _ = AccessAttempt.objects.filter(attempt_time__lt=ahora - SE_GUARDAN).delete()
    sesiones, _ = Session.objects.filter(expire_date__lt=ahora).delete()
    return alertas + intentos + sesiones
