"""Alerts that wait for the same person leave as one digest per company (dominio 1.3).

A message with a `grupo` never leaves by itself: it is released here, alone or in a digest, once
its place is open. Until then nobody claims it, so that what came together leaves together.
"""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from postventa.avisos import outbox
from postventa.avisos.models import Aviso, EstadoAviso


def puede_salir(ahora: datetime) -> Q:
    """What may leave at that instant of the product's clock, whatever the real time is."""
    return Q(no_antes_en__isnull=True) | Q(no_antes_en__lte=ahora)


@transaction.atomic
def agrupar(ahora: datetime) -> int:
    """Release what waits to leave with others; return how many digests were made.

    A constant number of statements. Safe to run any number of times, also at once: the second
    waits for the first and finds nothing left (skipping locked rows would split a digest in two).
    """
    listos = list(
        Aviso.objects.select_for_update(of=("self",), no_key=True)
        .filter(puede_salir(ahora), ~Q(grupo=""), estado=EstadoAviso.EN_COLA)
        .order_by("pk")
    )
    if not listos:
        return 0
    por_persona = defaultdict(list)
    for aviso in listos:
        por_persona[aviso.empresa_id, aviso.destino, aviso.grupo].append(aviso)
    salidas = [_salida(suyos, ahora) for suyos in por_persona.values()]
    resumenes = [salida for salida in salidas if salida.pk is None]
    Aviso.objects.bulk_create(resumenes)
    for suyos, salida in zip(por_persona.values(), salidas, strict=True):
        for aviso in suyos:
            aviso.grupo = ""
            if aviso is not salida:
                aviso.resumen, aviso.estado = salida, EstadoAviso.AGRUPADO
    Aviso.objects.bulk_update(listos, ["grupo", "estado", "resumen"])
    return len(resumenes)


@transaction.atomic
def retirar(caso, destinos: list[str], motivo: str) -> None:
    """Take out what waits to tell those addresses of a case, also from the digests it went in."""
    suyos = Aviso.objects.select_for_update(of=("self",), no_key=True).filter(
        destino__in=destinos, estado__in=[EstadoAviso.EN_COLA, EstadoAviso.REINTENTO]
    )
    retirado = {"estado": EstadoAviso.DESCARTADO, "error": motivo, "grupo": ""}
    suyos.filter(expediente=caso).update(**retirado)
    for resumen in suyos.filter(pk__in=_en_resumenes(caso).values("resumen")):
        fuera = set(
            _en_resumenes(caso).filter(resumen=resumen).values_list("datos__sobre", flat=True)
        )
        alertas = [a for a in resumen.datos["alertas"] if a.get("sobre") not in fuera]
        if not alertas:
            resumen.estado, resumen.error = EstadoAviso.DESCARTADO, motivo
        resumen.datos = {**resumen.datos, "alertas": alertas}
        resumen.save(update_fields=["datos", "estado", "error"])


def _en_resumenes(caso):
    return Aviso.objects.filter(expediente=caso, resumen__isnull=False)


def _salida(suyos: list[Aviso], ahora: datetime) -> Aviso:
    """The message that one person gets: the only one, or a new digest of those."""
    # Of one thing only the latest word is told: its breach, no longer that it comes near.
    vigentes = list({a.datos.get("sobre", a.pk): a for a in suyos}.values())
    if len(vigentes) == 1:
        return vigentes[0]
    primero = vigentes[0]
    return outbox.nuevo(
        primero.empresa_id,
        primero.grupo,
        # A message is in one digest ever, so there is one digest that begins with it.
        f"resumen:{primero.pk}",
        (primero.nombre, primero.destino),
        {"alertas": [{**a.datos, "tipo": a.tipo} for a in vigentes]},
        ahora,
    )
