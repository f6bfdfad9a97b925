"""The sweep of due clocks: claims what is due, never walks what is open.

Constant number of statements per batch. Warnings and breaches write no Movimiento; expiry verbs
go one by one through the door.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from postventa.calendario import hora
from postventa.empresas.models import Sede
from postventa.expedientes.salas import sala_de, todas
from postventa.personas.actores import SISTEMA
from postventa.plazos.models import (
    ABIERTOS,
    AlertaPlazo,
    EstadoPlazo,
    Latido,
    Plazo,
    PoliticaPlazo,
)
from postventa.tramitacion import alertas
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.alertas import ADVERTENCIA, VENCIMIENTO
from postventa.tramitacion.errores import Rechazo

log = logging.getLogger(__name__)

LOTE = 1000
# An expiry verb that failed is tried again later, so that a poison case stops nobody.
REPOSO = timedelta(hours=1)
UN_SEGUNDO = timedelta(seconds=1)
DE_LA_SEDE = (
    "empresa__calendario",
    "empresa__jornada",
    "calendario_propio",
    "jornada_propia",
)


def barrer(ahora: datetime | None = None) -> int:
    """Process everything due at `ahora`; return how many clocks changed. Running twice changes
    nothing: a clock leaves the index when it is done."""
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    total = 0
    while True:
        lote, por_verbo = _lote(ahora)
        for plazo in por_verbo:
            _sin_detenerse(lambda plazo=plazo: _vencer(plazo, ahora))
        total += lote
        if lote < LOTE:
            break
    for sala in todas():
        huerfanos = []
        _sin_detenerse(lambda sala=sala, lista=huerfanos: lista.extend(sala.huerfanos()))
        for par in huerfanos:
            _sin_detenerse(lambda par=par: _por_la_puerta([par], ahora))
        if sala.recordar:
            _sin_detenerse(lambda sala=sala: sala.recordar(ahora))
    latir("plazos")
    return total


def _lote(ahora) -> tuple[int, list[Plazo]]:
    """Claim and mark a batch; return how many clocks and those whose expiry is a verb."""
    try:
        return _reclamar_y_marcar(ahora)
    except Exception:
        log.exception("Un plazo hizo fallar su lote: se aparta y los demás siguen")
        _apartar(ahora)
    return _reclamar_y_marcar(ahora)


@transaction.atomic
def _reclamar_y_marcar(ahora) -> tuple[int, list[Plazo]]:
    lote = _reclamar(ahora)
    return len(lote), _marcar(lote, ahora)


@transaction.atomic
def _apartar(ahora) -> None:
    """Try each clock of the batch alone, undone; those that fail rest for a while."""
    for plazo in _reclamar(ahora):
        try:
            with transaction.atomic():
                _marcar([plazo], ahora)
                transaction.set_rollback(True)
        except Exception:
            log.exception("No se pudo avisar del plazo %s", plazo.pk)
            Plazo.objects.filter(pk=plazo.pk).update(proximo_en=ahora + REPOSO)


def latir(nombre: str) -> None:
    """Write the sign of life of a process, in real time: alarms do not follow a moved clock."""
    Latido.objects.bulk_create(
        [Latido(nombre=nombre, visto_en=timezone.now())],
        update_conflicts=True,
        unique_fields=["nombre"],
        update_fields=["visto_en"],
    )


def _reclamar(ahora) -> list[Plazo]:
    lote = list(
        Plazo.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
        .filter(proximo_en__lte=ahora, estado__in=ABIERTOS)
        .select_related("expediente")
        .order_by("proximo_en")[:LOTE]
    )
    if lote:
        _completar(lote)
    return lote


def _completar(lote) -> None:
    """Policy and place of each clock: a batch shares a few of them, so each is read once."""
    politicas = PoliticaPlazo.objects.in_bulk({p.politica_id for p in lote})
    sedes = Sede.objects.select_related(*DE_LA_SEDE).in_bulk({p.expediente.sede_id for p in lote})
    for plazo in lote:
        plazo.politica = politicas[plazo.politica_id]
        plazo.expediente.sede = sedes[plazo.expediente.sede_id]


def _marcar(lote, ahora) -> list[Plazo]:
    """Warn, breach and tell; return the clocks whose expiry is a verb of the room."""
    advertir, vencer, por_verbo = [], [], []
    for plazo in lote:
        if plazo.vence_en >= ahora:
            advertir.append(plazo)
        elif _tiene_verbo(plazo):
            por_verbo.append(plazo)
        else:
            vencer.append(plazo)
    _de(advertir).update(
        estado=EstadoPlazo.ADVERTIDO,
        advertido_en=F("avisar_en"),
        proximo_en=F("vence_en") + UN_SEGUNDO,
    )
    _de(vencer).update(
        estado=EstadoPlazo.VENCIDO, vencido_en=F("vence_en") + UN_SEGUNDO, proximo_en=None
    )
    _de(por_verbo).update(proximo_en=ahora + REPOSO)
    _alertar(advertir, vencer, ahora)
    return por_verbo


def _de(plazos):
    return Plazo.objects.filter(pk__in=[p.pk for p in plazos])


def _tiene_verbo(plazo) -> bool:
    return any(f.codigo == plazo.codigo for f in sala_de(plazo.expediente.tipo).al_vencer)


def _alertar(advertir, vencer, ahora) -> None:
    """One alert per clock and kind, by the database; then whom it is told to."""
    if not advertir and not vencer:
        return
    AlertaPlazo.objects.bulk_create(
        [AlertaPlazo(plazo=p, tipo=ADVERTENCIA, ocurrida_en=p.avisar_en) for p in advertir]
        + [
            AlertaPlazo(plazo=p, tipo=VENCIMIENTO, ocurrida_en=p.vence_en + UN_SEGUNDO)
            for p in vencer
        ],
        ignore_conflicts=True,
    )
    alertas.encolar(
        [(p, ADVERTENCIA) for p in advertir] + [(p, VENCIMIENTO) for p in vencer], ahora
    )


def _vencer(plazo, ahora) -> None:
    """Let the room's expiry verbs through the door."""
    sala = sala_de(plazo.expediente.tipo)
    fila = next(f for f in sala.al_vencer if f.codigo == plazo.codigo)
    _por_la_puerta(fila.verbos(plazo), ahora)


def _por_la_puerta(verbos, ahora) -> None:
    for objeto, verbo in verbos:
        tramitar(objeto, verbo, SISTEMA, canal="sistema", ahora=ahora)


def _sin_detenerse(hacer) -> None:
    """Do it whole or not at all; a failure is logged, and stops nobody else."""
    try:
        with transaction.atomic():
            hacer()
    except Rechazo as rechazo:
        log.warning("El barrido no pudo tramitar: %s", rechazo.mensaje)
    except Exception:
        log.exception("El barrido no pudo con un caso y sigue con los demás")
