"""The product's one clock. Nothing else reads the machine's time for a business purpose.

Where `settings.RELOJ_MOVIBLE` is on (tests, demo), an offset kept in the database moves it for
every process alike, and it keeps running from there. Elsewhere the database is never asked.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from .models import AjusteHora
from .zonas import a_epoca

# A century each way: further than any test needs, and no sum of dates can overflow.
DESFASE_MAXIMO = 100 * 366 * 86_400


class RelojFijo(ImproperlyConfigured):
    """Somebody tried to move a clock that this installation keeps fixed to the real time."""

    def __init__(self):
        super().__init__("El reloj de esta instalación no se puede mover (RELOJ_MOVIBLE).")


def ahora():
    """The product's time: aware, UTC, whole seconds."""
    if not settings.RELOJ_MOVIBLE:
        return _real()
    desfase = AjusteHora.objects.values_list("desfase", flat=True).first()
    return _real() + timedelta(seconds=desfase or 0)


def mover(segundos):
    """Push the clock ahead, or back when negative. ValueError beyond a century off."""
    _exigir_movible()
    with transaction.atomic():
        AjusteHora.objects.get_or_create(pk=1)
        ajuste = AjusteHora.objects.select_for_update().get(pk=1)
        _guardar(ajuste.desfase + int(segundos))
    return ahora()


def fijar(instante):
    """Make it that instant (aware) now; it keeps running from there."""
    _exigir_movible()
    _guardar(a_epoca(instante) - a_epoca(_real()))
    return ahora()


def normal():
    """Back to the real time."""
    _exigir_movible()
    AjusteHora.objects.all().delete()
    return ahora()


def _real():
    return datetime.now(UTC).replace(microsecond=0)


def _guardar(desfase):
    if abs(desfase) > DESFASE_MAXIMO:
        raise ValueError("El reloj no se mueve más de un siglo.")
    AjusteHora.objects.update_or_create(pk=1, defaults={"desfase": desfase})


def _exigir_movible():
    if not settings.RELOJ_MOVIBLE:
        raise RelojFijo
