"""Who sits at which desk: taken at the start of a shift, left at its end, by oneself."""

from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Q

from comteco.recepcion.models import Meson
from comteco.recepcion.turnos import en_mano
from postventa.personas.models import Usuario
from postventa.tramitacion.errores import Conflicto


class Cambio(NamedTuple):
    """Who sat at a desk and who sits there now, for the audit."""

    meson: Meson
    antes: Usuario | None
    ahora: Usuario | None


def tomar(meson: Meson, persona: Usuario) -> list[Cambio]:
    """Sit at a free desk, leaving one's former one. Conflicto if somebody was first."""
    try:
        return _tomar(meson, persona)
    except IntegrityError:
        # The same person took another desk at the same instant, from another window.
        raise Conflicto("Ya tomaste otro mesón. Mira de nuevo la lista.") from None


@transaction.atomic
def _tomar(meson, persona) -> list[Cambio]:
    filas = Meson.objects.select_for_update(of=("self",)).select_related("sede__empresa", "atiende")
    filas = list(filas.filter(Q(pk=meson.pk) | Q(atiende=persona)).order_by("pk"))
    este = next(m for m in filas if m.pk == meson.pk)
    if este.atiende_id == persona.pk:
        return []
    if not este.es_activo or este.atiende_id is not None:
        raise Conflicto(f"{este} ya no está libre: elige otro.")
    dejados = [_poner(m, None) for m in filas if m.pk != este.pk and _exigir_vacio(m)]
    return [*dejados, _poner(este, persona)]


@transaction.atomic
def dejar(meson: Meson, persona: Usuario) -> list[Cambio]:
    """Get up from one's desk, with no number in hand."""
    este = _bloquear(meson)
    if este.atiende_id != persona.pk:
        raise Conflicto(f"En {este} ya no atiendes tú.")
    _exigir_vacio(este)
    return [_poner(este, None)]


@transaction.atomic
def liberar(meson: Meson) -> list[Cambio]:
    """Free the desk of who went away; a number in hand stays for who sits there next."""
    este = _bloquear(meson)
    return [_poner(este, None)] if este.atiende_id else []


def _bloquear(meson) -> Meson:
    filas = Meson.objects.select_for_update(of=("self",)).select_related("sede__empresa", "atiende")
    return filas.get(pk=meson.pk)


def _exigir_vacio(meson) -> bool:
    if ficha := en_mano(meson).first():
        raise Conflicto(f"Termina primero con la ficha {ficha} que tienes en {meson}.")
    return True


def _poner(meson, persona) -> Cambio:
    cambio = Cambio(meson, meson.atiende, persona)
    meson.atiende = persona
    meson.save(update_fields=["atiende"])
    return cambio
