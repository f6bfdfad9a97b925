"""The sweep of due clocks: claims what is due, never walks what is open.

Constant number of statements per batch. Warnings and breaches write no Movimiento; expiry verbs
go one by one through the door. Whom an alert is told to comes after, clocks unlocked.
"""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from postventa.calendario import hora
from postventa.expedientes.salas import sala_de, todas
from postventa.personas.actores import SISTEMA
from postventa.plazos.models import (
    ABIERTOS,
    AlertaPlazo,
    EstadoPlazo,
    Latido,
    Plazo,
)
from postventa.tramitacion import alertas, sonda
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.alertas import ADVERTENCIA, VENCIMIENTO
from postventa.tramitacion.errores import Rechazo

log = logging.getLogger(__name__)

LOTE, HUERFANOS = 1000, 100
# Of its sign of life.
NOMBRE = "plazos"
# An expiry verb that failed is tried again later, so that a poison case stops nobody.
REPOSO = timedelta(hours=1)
UN_SEGUNDO = timedelta(seconds=1)
LATIR = f'UPDATE "{Latido._meta.db_table}" SET visto_en = %s WHERE nombre = %s'  # noqa: S608


def barrer(ahora: datetime | None = None, nombre: str = NOMBRE) -> int:
    """Process everything due at `ahora`; return how many clocks changed. Running twice changes
    nothing: a clock leaves the index when it is done. `nombre` is whose sign of life it is."""
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    # Most ticks find nothing due: to write down that they looked is then all there is to do.
    if _nada_vence(ahora, nombre):
        return 0
    total = _todo(ahora)
    latir(nombre)
    return total


def _nada_vence(ahora, nombre=NOMBRE) -> bool:
    """True, and the sign of life written, if there is nothing to do; a source that cannot be
    asked keeps nobody waiting."""
    fuentes = [_debidos, alertas.pendientes]
    for sala in todas():
        fuentes += [sala.huerfanos.cuales] if sala.huerfanos else []
        fuentes += [sala.recordatorios.debidos] if sala.recordatorios else []
    mirar = partial(sonda.latir_si_nada, tuple(fuentes), ahora, nombre, timezone.now())
    return bool(_con_cuidado(mirar))


def _todo(ahora) -> int:
    total = 0
    while True:
        lote, por_verbo = _lote(ahora)
        for plazo in _con_caso(por_verbo):
            _sin_detenerse(lambda plazo=plazo: _vencer(plazo, ahora))
        total += lote
        if lote < LOTE:
            break
    _con_cuidado(lambda: alertas.avisar(ahora))
    for sala in todas():
        for par in _con_cuidado(lambda sala=sala: _huerfanos(sala, ahora)) or ():
            _sin_detenerse(lambda par=par: _por_la_puerta([par], ahora))
        if sala.recordatorios:
            _con_cuidado(lambda sala=sala: sala.recordatorios.encolar(ahora))
    return total


def _huerfanos(sala, ahora) -> list:
    if sala.huerfanos is None:
        return []
    casos = sala.huerfanos.cuales(ahora).order_by("pk")[:HUERFANOS]
    return [(caso, sala.huerfanos.verbo) for caso in casos]


@transaction.atomic
def _lote(ahora) -> tuple[int, list[int]]:
    """Claim and mark a batch; return how many clocks and those whose expiry is a verb.

    Nothing of it leaves the database: whom an alert is told to is worked out afterwards
    (`alertas.avisar`), with no clock locked.
    """
    lote = _reclamar(ahora)
    con_verbo = {(s.tipo, fila.codigo) for s in todas() for fila in s.al_vencer}
    advertir, vencer, por_verbo = [], [], []
    for pk, vence_en, *de_que in lote:
        if vence_en >= ahora:
            advertir.append(pk)
        elif tuple(de_que) in con_verbo:
            por_verbo.append(pk)
        else:
            vencer.append(pk)
    if advertir:
        _estos(advertir).update(
            estado=EstadoPlazo.ADVERTIDO,
            advertido_en=F("avisar_en"),
            proximo_en=F("vence_en") + UN_SEGUNDO,
        )
        _alertar(advertir, ADVERTENCIA, "avisar_en", ahora)
    if vencer:
        _estos(vencer).update(
            estado=EstadoPlazo.VENCIDO, vencido_en=F("vence_en") + UN_SEGUNDO, proximo_en=None
        )
        _alertar(vencer, VENCIMIENTO, "vencido_en", ahora)
    if por_verbo:
        _estos(por_verbo).update(proximo_en=ahora + REPOSO)
    return len(lote), por_verbo


def _debidos(ahora):
    debidos = Plazo.objects.filter(proximo_en__lte=ahora, estado__in=ABIERTOS)
    return debidos.order_by("proximo_en")


def _reclamar(ahora) -> list[tuple]:
    """(id, due instant, type of case, code) of the clocks due, locked."""
    return list(
        _debidos(ahora)
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .values_list("pk", "vence_en", "expediente__tipo", "codigo")[:LOTE]
    )


def _con_caso(pks: list[int]) -> list[Plazo]:
    return list(_estos(pks).select_related("expediente").order_by("vence_en")) if pks else []


def _estos(pks: list[int]):
    return Plazo.objects.filter(pk__in=pks)


def _alertar(pks: list[int], tipo: str, cuando: str, ahora: datetime) -> None:
    """One alert per clock and kind, by the database and inside it."""
    de = connection.ops.quote_name
    tabla, plazos = AlertaPlazo._meta.db_table, Plazo._meta.db_table
    instante = connection.ops.adapt_datetimefield_value(ahora)
    marcas = ", ".join(["%s"] * len(pks))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {de(tabla)} (plazo_id, tipo, ocurrida_en, por_avisar_en) "  # noqa: S608
            f"SELECT id, %s, {de(cuando)}, %s FROM {de(plazos)} WHERE id IN ({marcas}) "
            "ON CONFLICT DO NOTHING",
            [tipo, instante, *pks],
        )


def latir(nombre: str) -> None:
    """Write the sign of life of a process, in real time: alarms do not follow a moved clock."""
    ahora = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(LATIR, [connection.ops.adapt_datetimefield_value(ahora), nombre])
        ya_estaba = cursor.rowcount
    if not ya_estaba:
        Latido.objects.bulk_create([Latido(nombre=nombre, visto_en=ahora)], ignore_conflicts=True)


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
    _con_cuidado(transaction.atomic(hacer))


def _con_cuidado(hacer):
    """What it returns; None, and a line in the log, if it fails."""
    try:
        return hacer()
    except Rechazo as rechazo:
        log.warning("El barrido no pudo tramitar: %s", rechazo.mensaje)
    except Exception:
        log.exception("El barrido no pudo con un caso y sigue con los demás")
