"""Checks the audit against itself and against what is stored.

Reads in batches of cases, each in one snapshot, so that memory stays flat and a busy portal gives
no false alarms.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

from django.db import connection, transaction

from postventa.expedientes import bitacora
from postventa.expedientes.models import Ancla, CambioMaestro, Correlativo, Expediente, Movimiento
from postventa.expedientes.salas import Sala, sala_de

LOTE = 200


@dataclass
class Cuenta:
    """How much was checked."""

    casos: int = 0
    movimientos: int = 0
    cambios: int = 0
    anclas: int = 0


def verificar(cuenta: Cuenta) -> Iterator[str]:
    """Yield every difference in words, naming the row; fill in `cuenta` on the way."""
    yield from verificar_casos(cuenta)
    yield from verificar_cambios(cuenta)
    yield from verificar_anclas(cuenta)


@contextmanager
def instantanea():
    """Everything read inside belongs to one moment, also while others write."""
    anidada = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not anidada:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


# --- cases


def verificar_casos(cuenta: Cuenta) -> Iterator[str]:
    """Chains of the cases, and the state that each object has according to them."""
    ultimo = 0
    while True:
        with instantanea():
            casos = list(Expediente.objects.filter(pk__gt=ultimo).order_by("pk")[:LOTE])
            fallas = list(_verificar_lote(casos, cuenta))
        yield from fallas
        if len(casos) < LOTE:
            return
        ultimo = casos[-1].pk


def _verificar_lote(casos, cuenta) -> Iterator[str]:
    movimientos = defaultdict(list)
    for m in (
        Movimiento.objects.filter(expediente__in=casos)
        .select_related("detalle")
        .order_by("expediente_id", "numero")
    ):
        movimientos[m.expediente_id].append(m)
    por_tipo = defaultdict(list)
    for caso in casos:
        por_tipo[caso.tipo].append(caso)
        cuenta.casos += 1
        cuenta.movimientos += len(movimientos[caso.pk])
        yield from bitacora.fallas_de_cadena(movimientos[caso.pk], caso)
    for tipo, suyos in por_tipo.items():
        try:
            sala = sala_de(tipo)
        except LookupError as error:
            yield f"{suyos[0].folio}: {error}"
            continue
        yield from _verificar_estados(sala, suyos, movimientos)


def _verificar_estados(sala: Sala, casos, movimientos) -> Iterator[str]:
    """TM-14: what the rows say now is what replaying the movements gives."""
    guardados = _estados_guardados(sala, casos)
    inicial = {n: o.modelo._meta.get_field("estado").default for n, o in sala.objetos.items()}
    for caso in casos:
        segun, sueltos = bitacora.estado_segun_bitacora(movimientos[caso.pk], inicial)
        for m in sueltos:
            yield f"{caso.folio}: el movimiento {m.numero} ({m.verbo}) no parte de donde estaba"
        for (nombre, pk), estado in guardados.pop(caso.pk, {}).items():
            esperado = segun.pop((nombre, pk), inicial[nombre])
            if estado != esperado:
                yield (
                    f"{caso.folio}: {nombre} {pk} está en «{estado}» y según su bitácora está "
                    f"en «{esperado}»"
                )
        for nombre, pk in segun:
            yield f"{caso.folio}: {nombre} {pk} tiene movimientos y ya no existe"


def _estados_guardados(sala, casos) -> dict[int, dict]:
    """{case id: {(machine, id): state}} in one query per machine."""
    guardados = defaultdict(dict)
    for nombre, ficha in sala.objetos.items():
        if not ficha.padre:
            for caso in ficha.modelo.objects.filter(pk__in=[c.pk for c in casos]):
                guardados[caso.pk][nombre, caso.pk] = _estado_copiado(sala, caso)
            continue
        de = f"{ficha.padre}_id"
        for pk, padre, estado in ficha.modelo.objects.filter(
            **{f"{de}__in": [c.pk for c in casos]}
        ).values_list("pk", de, "estado"):
            guardados[padre][nombre, pk] = estado
    return guardados


def _estado_copiado(sala, caso) -> str:
    """The case's state; the copies that lists read must agree with it."""
    if caso.etapa == caso.estado and caso.situacion == sala.situacion(caso):
        return caso.estado
    return f"{caso.estado} (copia: {caso.etapa}, {caso.situacion})"


# --- master data


def verificar_cambios(cuenta: Cuenta) -> Iterator[str]:
    """The companies' chains of edits, up to where their counters say they reach."""
    ultimos = dict(
        Correlativo.objects.filter(serie__startswith="cambios:").values_list("serie", "ultimo")
    )
    with instantanea():
        filas = (
            CambioMaestro.objects.select_related("reserva")
            .order_by("empresa_id", "numero")
            .iterator()
        )
        for empresa_id, suyos in groupby(filas, key=lambda c: c.empresa_id):
            ultimo = ultimos.pop(bitacora.serie_de_cambios(empresa_id), 0)
            nombre = f"Cambios de la empresa {empresa_id}" if empresa_id else "Cambios comunes"
            yield from bitacora.fallas_de_cambios(_contar(suyos, cuenta), ultimo, nombre)
    for serie, ultimo in ultimos.items():
        yield f"{serie}: faltan los {ultimo} cambios"


def _contar(cambios, cuenta):
    for cambio in cambios:
        cuenta.cambios += 1
        yield cambio


# --- anchors


def verificar_anclas(cuenta: Cuenta) -> Iterator[str]:
    """Each night's fingerprint against the movements that it covered, in one pass."""
    anclas = list(Ancla.objects.order_by("hasta_movimiento", "pk"))
    cuenta.anclas = len(anclas)
    if not anclas:
        return
    total, suma, pendientes = 0, hashlib.sha256(), iter(anclas)
    ancla = next(pendientes)
    filas = Movimiento.objects.filter(pk__lte=anclas[-1].hasta_movimiento).order_by("pk")
    for pk, hash_ in filas.values_list("pk", "hash").iterator():
        while pk > ancla.hasta_movimiento:
            yield from _falla_de_ancla(ancla, total, suma)
            ancla = next(pendientes)
        suma.update(hash_.encode())
        total += 1
    for resto in (ancla, *pendientes):
        yield from _falla_de_ancla(resto, total, suma)


def _falla_de_ancla(ancla, total, suma) -> Iterator[str]:
    if (ancla.cantidad, ancla.hash) != (total, suma.hexdigest()):
        yield (
            f"Ancla {ancla.pk} ({ancla.tomada_en:%Y-%m-%d}): los movimientos hasta el "
            f"{ancla.hasta_movimiento} no son los de esa noche"
        )
