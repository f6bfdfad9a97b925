"""Whose turn it is: each desk's queue, and "next" for two desks that press it at once."""

from datetime import date, datetime

from django.db import transaction

from comteco.recepcion.flujo import EN_MANO, EstadoFicha
from comteco.recepcion.models import Ficha, Meson
from postventa.calendario import hora
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto


def letras(meson: Meson) -> list[str]:
    return meson.prefijos.split()


def le_toca(meson: Meson, ficha: Ficha) -> bool:
    """The number is of the desk's unit and of a letter that it serves."""
    return ficha.unidad_id == meson.unidad_id and ficha.prefijo in letras(meson)


def en_mano(meson: Meson):
    """The number that a desk is calling or attending."""
    return Ficha.objects.filter(meson=meson, estado__in=EN_MANO)


def hay_meson(sede_id: int, unidad, prefijo: str) -> bool:
    """Somebody of that unit calls that letter in the hall: without it, no number is given."""
    mesones = Meson.objects.filter(sede_id=sede_id, unidad=unidad, es_activo=True)
    return any(prefijo in letras(m) for m in mesones)


def cola(meson: Meson, dia: date):
    """What waits for a desk, first come first served; yesterday's numbers wait for nobody."""
    return Ficha.objects.filter(
        sede_id=meson.sede_id,
        dia=dia,
        estado=EstadoFicha.EMITIDA,
        unidad_id=meson.unidad_id,
        prefijo__in=letras(meson),
    ).order_by("pk")


def delante(ficha: Ficha) -> int:
    """How many are called before it by its unit."""
    return Ficha.objects.filter(
        sede_id=ficha.sede_id,
        dia=ficha.dia,
        estado=EstadoFicha.EMITIDA,
        unidad_id=ficha.unidad_id,
        pk__lt=ficha.pk,
    ).count()


def siguiente(meson: Meson, por, *, ahora: datetime | None = None) -> Ficha | None:
    """Call the desk's next number; None if nobody waits for it.

    Whoever presses at the same instant skips the row that the other one holds and gets the next.
    Conflicto if the desk has a number in hand. Lock order: desk, number, case.
    """
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    with transaction.atomic():
        meson = Meson.objects.select_for_update(no_key=True).get(pk=meson.pk)
        if en_mano(meson).exists():
            raise Conflicto("Termina primero con la ficha que tienes.")
        dia = ahora.astimezone(meson.sede.tz).date()
        ficha = cola(meson, dia).select_for_update(skip_locked=True, no_key=True).first()
        if ficha is None:
            return None
        tramitar(ficha, "llamar", por, canal="meson", ahora=ahora, savepoint=False, meson=meson)
        return Ficha.objects.get(pk=ficha.pk)
