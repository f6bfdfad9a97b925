"""A revision of many clocks, asked for by one person and done in batches by a worker.

The row of the revision is the job: whoever works on a batch holds its lock and marks its lines in
the same transaction, so a worker that dies leaves nothing half done and the next one goes on. What
is most urgent moves first, before anybody is told of a date that no longer holds.
"""

import logging
import time
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from postventa.calendario import hora
from postventa.calendario.models import Calendario, Jornada
from postventa.calendario.palabras import contar
from postventa.expedientes.bitacora import canonico, sha256
from postventa.personas.actores import Actor, membresias_de
from postventa.personas.models import Rol
from postventa.plazos.models import Plazo
from postventa.tramitacion.errores import Conflicto
from postventa.tramitacion.models import (
    ACTIVOS,
    EstadoRecalculo,
    PlazoRecalculado,
    Recalculo,
)
from postventa.tramitacion.recalculo import LOTE, plazos_de, revisar_casos, revisiones

log = logging.getLogger(__name__)

Linea = PlazoRecalculado.Estado
# A pass ends well before Celery would end it; the next one goes on from there.
PASADA = 100
DE_UNA_VEZ = 1000
CAMBIO = (
    "El calendario o la jornada volvió a cambiar. Lo que faltaba no se movió: mira de nuevo qué "
    "plazos se mueven y aplícalo otra vez."
)
SIN_QUIEN = (
    "Quien pidió la revisión ya no administra las empresas de estos plazos. Lo que faltaba no se "
    "movió: si aún corresponde, pídela de nuevo."
)
YA_CORRE = (
    "Otra persona ya puso en marcha una revisión de este calendario o jornada. Espera a que "
    "termine y mira si aún queda algo por reintentar."
)


def huella() -> str:
    """Digest of every calendar and jornada as they are: another one means other dates."""
    return sha256(
        canonico(
            [
                sorted((pk, str(sello)) for pk, sello in modelo.objects.values_list("pk", "sello"))
                for modelo in (Calendario, Jornada)
            ]
        )
    )


def pedir(dato, por, motivo: str, vista: str, clave: UUID, ahora: datetime):
    """Leave a revision to be done; return it and whether it is new.

    `por` is already allowed to; `vista` is the `huella` of the list that was read. The same `clave`
    again, or another one while a revision of that datum is not over, returns the one there is.
    """
    campo = dato._meta.model_name
    if previo := _previo(campo, dato, clave):
        return previo, False
    nuevo = Recalculo(
        **{campo: dato},
        motivo=motivo,
        pedido_por=por,
        pedido_en=ahora,
        clave=clave,
        huella=vista,
    )
    try:
        with transaction.atomic():
            nuevo.save(force_insert=True)
    except IntegrityError:  # somebody else, a moment ahead
        return _previo(campo, dato, clave), False
    transaction.on_commit(dar_pista)
    return nuevo, True


def _previo(campo, dato, clave):
    iguales = Recalculo.objects.filter(clave=clave)
    activos = Recalculo.objects.filter(**{campo: dato}, estado__in=ACTIVOS)
    return iguales.first() or activos.first()


def reintentar(recalculo: Recalculo) -> bool:
    """Put the lines that failed back to be done; False if there is none.

    Conflicto while it, or another revision of its calendar or jornada, is not over.
    """
    try:
        with transaction.atomic():
            return _reponer(recalculo)
    except IntegrityError:  # another one of the same datum, a moment ahead
        raise Conflicto(YA_CORRE) from None


def _reponer(recalculo) -> bool:
    propio = Recalculo.objects.select_for_update(no_key=True).get(pk=recalculo.pk)
    if propio.es_activo or _previo(propio.dato._meta.model_name, propio.dato, None):
        raise Conflicto(YA_CORRE)
    repuestas = propio.lineas.filter(estado=Linea.FALLIDO).update(estado=Linea.PENDIENTE)
    if not repuestas:
        return False
    propio.estado, propio.error, propio.terminado_en = EstadoRecalculo.EN_CURSO, "", None
    propio.hechos = F("hechos") - repuestas
    propio.save(update_fields=["estado", "error", "terminado_en", "hechos"])
    transaction.on_commit(dar_pista)
    return True


def dar_pista() -> None:
    """Tell the broker that there is work. Only a hint: the sweep looks for it anyway."""
    if not settings.CELERY_PISTAS:
        return
    from postventa.tramitacion.tasks import recalcular_plazos

    try:
        recalcular_plazos.apply_async(retry=False, expires=60)
    except Exception as error:
        log.warning("El broker no aceptó la pista de la revisión: %s", type(error).__name__)


def barrer() -> int:
    """Go on with every revision that is not over; return how many batches were done."""
    hasta, lotes = time.monotonic() + PASADA, 0
    for pk in Recalculo.objects.filter(estado__in=ACTIVOS).order_by("pk").values_list("pk"):
        while time.monotonic() < hasta and avanzar(*pk):
            lotes += 1
    return lotes


def avanzar(pk: int) -> bool:
    """Do the next batch of a revision; True if there may be more.

    False too while another worker has it in hand.
    """
    try:
        return _lote(pk, _juntos)
    except Exception:
        log.exception("Un caso hizo fallar su lote: se revisan uno a uno")
    return _lote(pk, _uno_a_uno)


@transaction.atomic
def _lote(pk, revisar) -> bool:
    job = (
        Recalculo.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
        .filter(pk=pk, estado__in=ACTIVOS)
        .select_related("calendario", "jornada", "pedido_por")
        .first()
    )
    if job is None:
        return False
    if job.huella != huella():
        return _terminar(job, EstadoRecalculo.DETENIDO, CAMBIO)
    if job.estado == EstadoRecalculo.PENDIENTE:
        return _preparar(job)
    lineas = _siguientes(job)
    if not lineas:
        return _concluir(job)
    if not _sigue_a_cargo(job.pedido_por, lineas):
        return _terminar(job, EstadoRecalculo.DETENIDO, SIN_QUIEN)
    movidos, fallidos = revisar(job, lineas)
    _anotar(job, lineas, movidos, fallidos)
    return True


def _preparar(job) -> bool:
    """Write down, once, every clock that moves."""
    mueven = (
        PlazoRecalculado(
            recalculo=job,
            plazo_id=r.plazo.pk,
            expediente_id=r.plazo.expediente_id,
            antes=r.antes,
            despues=r.despues,
        )
        for r in revisiones(Plazo.objects.filter(plazos_de(job.dato)))
    )
    total = 0
    # As they are read: a hundred thousand of them never stand in memory together.
    while lineas := list(islice(mueven, DE_UNA_VEZ)):
        PlazoRecalculado.objects.bulk_create(lineas)
        total += len(lineas)
    job.total, job.estado = total, EstadoRecalculo.EN_CURSO
    job.save(update_fields=["total", "estado"])
    return True


def _siguientes(job) -> list[PlazoRecalculado]:
    """The lines of the next cases, the most urgent ahead; a case is never cut in two."""
    pendientes = job.lineas.filter(estado=Linea.PENDIENTE)
    primeros = pendientes.order_by("antes", "pk").values_list("expediente_id", flat=True)[:LOTE]
    propias = pendientes.filter(expediente_id__in=list(primeros))
    return list(propias.annotate(empresa_id=F("expediente__empresa_id")))


def _sigue_a_cargo(quien, lineas) -> bool:
    """Whoever asked still administers, whole, the companies of these clocks: a batch may come
    long after the asking."""
    if not quien.is_active or not quien.is_staff:
        return False
    propias = {
        m.empresa_id
        for m in membresias_de(quien)
        if m.rol == Rol.ADMINISTRADOR and m.sede_id is None
    }
    return quien.is_superuser or {linea.empresa_id for linea in lineas} <= propias


def _juntos(job, lineas, casos=None) -> tuple[set[int], set[int]]:
    """Revise in one go; return the clocks that moved and those that could not."""
    movidos = revisar_casos(
        casos or {linea.expediente_id for linea in lineas},
        Actor.de(job.pedido_por),
        job.motivo,
        hora.ahora(),
        solo={linea.plazo_id for linea in lineas},
    )
    return {m.plazo_id for m in movidos}, set()


def _uno_a_uno(job, lineas) -> tuple[set[int], set[int]]:
    """The same, each case alone: one that fails is left aside and stops nobody."""
    movidos, fallidos = set(), set()
    for caso in sorted({linea.expediente_id for linea in lineas}):
        try:
            movidos |= _juntos(job, lineas, {caso})[0]
        except Exception:
            log.exception("No se pudieron mover los plazos del caso %s", caso)
            fallidos |= {linea.plazo_id for linea in lineas if linea.expediente_id == caso}
    return movidos, fallidos


def _anotar(job, lineas, movidos, fallidos) -> None:
    grupos = {Linea.MOVIDO: [], Linea.FALLIDO: [], Linea.IGUAL: []}
    for linea in lineas:
        estado = (
            Linea.MOVIDO
            if linea.plazo_id in movidos
            else Linea.FALLIDO
            if linea.plazo_id in fallidos
            else Linea.IGUAL  # met, cancelled or already told as late, meanwhile
        )
        grupos[estado].append(linea.pk)
    for estado, pks in grupos.items():
        if pks:
            PlazoRecalculado.objects.filter(pk__in=pks).update(estado=estado)
    job.hechos = F("hechos") + len(lineas)
    job.save(update_fields=["hechos"])


def _concluir(job) -> bool:
    fallidos = job.lineas.filter(estado=Linea.FALLIDO).count()
    if fallidos:
        cuantos = contar(fallidos, "plazo no se pudo mover", "plazos no se pudieron mover")
        return _terminar(job, EstadoRecalculo.DETENIDO, f"{cuantos}. Los demás quedaron movidos.")
    return _terminar(job, EstadoRecalculo.TERMINADO)


def _terminar(job, estado, error="") -> bool:
    job.estado, job.error, job.terminado_en = estado, error, hora.ahora()
    job.save(update_fields=["estado", "error", "terminado_en"])
    return False
