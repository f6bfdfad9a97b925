"""Writing what was previewed, unit by unit in batches of 500 rows, each its own transaction.

A batch that was written is written; whoever comes next goes on with the rest. Every batch is
planned again with its rows locked: a row that would do something else now is not written but
shown again.
"""

import logging
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from postventa.consola import cambios
from postventa.expedientes.bitacora import anotar_cambios
from postventa.personas.models import Cliente, Usuario
from postventa.tramitacion.errores import Conflicto
from tickets.inmuebles.models import CargaPadron, FilaPadron, Propiedad, Unidad
from tickets.inmuebles.padron.carga import como_fila, contar, proyectos_de
from tickets.inmuebles.padron.estado import Escritura, Estado
from tickets.inmuebles.padron.filas import FECHAS_DE_UNIDAD, Fila
from tickets.inmuebles.padron.plan import planear

log = logging.getLogger(__name__)
# What a request does itself; more than this is a worker's, and the page shows how far it is.
EN_LA_PAGINA = 1_000
# Seconds of one pass of a worker, all its loads together: well inside Celery's own limit, which
# would stop a load as if it had failed.
PASADA = 120
INTENTOS = 3
# How often a batch is planned again without the units that would now do something else.
RONDAS = 5
ABANDONO = timedelta(minutes=2)
# SQLite has one writer and no queue: without a pause nobody else would get to write.
RESPIRO_S = 0.2
CAMPOS = {
    Unidad: FECHAS_DE_UNIDAD,
    Cliente: ("nombre", "correo", "telefono"),
    Propiedad: ("desde", "hasta"),
}
POR_REVISAR = [
    "datos", "resultado", "cambios", "motivos", "avisos", "pide_contacto", "cliente", "lote",
    "cambio_desde_la_revision",
]  # fmt: skip
SIN_PERMISO = "El proyecto ya no está entre los tuyos."
YA_NO = "Esta carga cambió desde que la miraste. Revísala de nuevo antes de aplicarla."


def pedir(carga: CargaPadron, por: Usuario | None, version: int, ahora: datetime) -> CargaPadron:
    """Say that the rows as shown are to be applied. Conflicto if they are others by now."""
    with transaction.atomic():
        carga = CargaPadron.objects.select_for_update(no_key=True).get(pk=carga.pk)
        if carga.version != version or carga.olvidada_en:
            raise Conflicto(YA_NO)
        if carga.pedida_en:
            raise Conflicto("Esta carga ya se está aplicando.")
        contar(carga)
        if not carga.totales["por_escribir"]:
            raise Conflicto("Esta carga no tiene nada por aplicar.")
        carga.pedida_por, carga.pedida_en, carga.detenida_en = por, ahora, None
        carga.version += 1
        carga.save(update_fields=["pedida_por", "pedida_en", "detenida_en", "version"])
        carga.filas.filter(cambio_desde_la_revision=True, lote__isnull=False).update(
            cambio_desde_la_revision=False
        )
        contar(carga)
        transaction.on_commit(dar_pista if es_larga(carga) else lambda: None)
    return carga


def es_larga(carga: CargaPadron) -> bool:
    return carga.totales["por_aplicar"] > EN_LA_PAGINA


def dar_pista() -> None:
    """Tell the broker that there is work. Only a hint: beat looks every minute."""
    if not settings.CELERY_PISTAS:
        return
    from tickets.inmuebles.tasks import aplicar_pedidas

    try:
        aplicar_pedidas.apply_async(retry=False, expires=60)
    except Exception as error:
        log.warning("El broker no aceptó la pista de una carga: %s", type(error).__name__)


def pendientes(carga: CargaPadron):
    """What somebody saw and asked for, and is not written yet."""
    return carga.filas.filter(aplicada_en=None, lote__isnull=False, cambio_desde_la_revision=False)


def aplicar(carga: CargaPadron, ahora: datetime, segundos: float = PASADA) -> bool:
    """Write the batches that are left; False if there is more to do, or somebody else is at it.

    Safe to run again. A fault stops the load, says so on its page and is raised.
    """
    hasta, suya = time.monotonic() + segundos, CargaPadron.objects.filter(pk=carga.pk)
    if not _reclamar(suya):
        return False
    try:
        while _con_reintentos(carga, ahora):
            if time.monotonic() > hasta:
                return False
            if not connection.features.has_select_for_update:
                time.sleep(RESPIRO_S)
    except OperationalError as error:  # a busy database is no fault of the load
        log.warning("La carga %s espera a la base: %s", carga.pk, type(error).__name__)
        return False
    except Exception:
        suya.update(pedida_en=None, detenida_en=ahora)
        raise
    finally:
        suya.update(latido_en=None)
    return True


def _reclamar(suya) -> bool:
    """Take a load for this process, unless another one shows life."""
    ahora = timezone.now()
    libre = Q(latido_en=None) | Q(latido_en__lt=ahora - ABANDONO)
    return bool(suya.filter(libre).update(latido_en=ahora))


def aplicar_pedidas(ahora: datetime) -> int:
    """Go on with the loads that somebody asked for, while the pass lasts; return how many ended."""
    hasta, terminadas = time.monotonic() + PASADA, 0
    for carga in CargaPadron.objects.filter(pedida_en__isnull=False).order_by("pedida_en")[:20]:
        queda = hasta - time.monotonic()
        if queda < 0:
            break
        try:
            terminadas += aplicar(carga, ahora, queda)
        except Exception as error:
            # Never its text: a database says in it the values that it refused.
            log.error("La carga %s se detuvo: %s", carga.pk, type(error).__name__)
    return terminadas


def _con_reintentos(carga, ahora) -> bool:
    for intento in range(INTENTOS):
        try:
            return _lote(carga, ahora)
        except IntegrityError:  # somebody made the same unit or person meanwhile: read again
            if intento == INTENTOS - 1:
                raise
    return False


@transaction.atomic
def _lote(carga: CargaPadron, ahora: datetime) -> bool:
    """One batch; False when there was none left."""
    carga = CargaPadron.objects.select_for_update(no_key=True, of=("self",)).get(pk=carga.pk)
    if carga.pedida_en is None:
        return False
    if carga.pidio_quien_ya_no_esta:
        CargaPadron.objects.filter(pk=carga.pk).update(pedida_en=None, detenida_en=ahora)
        return False
    lote = pendientes(carga).order_by("lote").values_list("lote", flat=True).first()
    if lote is None:
        _terminar(carga, ahora)
        return False
    guardadas = list(pendientes(carga).filter(lote=lote).order_by("numero"))
    estado, distintas = _separar(carga, guardadas)
    _escribir(estado, carga, ahora)
    fuera = {g.pk for g in distintas}
    hechas = [g.pk for g in guardadas if g.pk not in fuera]
    carga.filas.filter(pk__in=hechas).update(aplicada_en=ahora)
    CargaPadron.objects.filter(pk=carga.pk).update(latido_en=timezone.now())
    if distintas:
        _mostrar_de_nuevo(estado, distintas)
    return True


def _separar(carga, guardadas) -> tuple[Estado, list[FilaPadron]]:
    """The state with what was previewed done in memory, and the rows that would do another thing.

    A unit that left takes with it the people that it brought, so the rest is planned again; after
    `RONDAS` of that nothing of the batch is written, and all of it is shown anew.
    """
    proyectos = {p.pk: p for p in proyectos_de(carga.pedida_por, carga.empresa)}
    quedan = [(g, Fila.recuperar(g.datos)) for g in guardadas]
    distintas: list[FilaPadron] = []
    for _ in range(RONDAS):
        filas = [f for _, f in quedan]
        estado = Estado(carga.empresa, proyectos).cargar(filas, con_llave=True)
        resultados = planear(estado, _con_permiso(estado, filas))
        otras = {
            r.fila.de_unidad
            for (g, _), r in zip(quedan, resultados, strict=True)
            if (g.resultado, g.cambios) != (str(r.cual), r.cambios)
        }
        if not otras:
            return estado, distintas
        distintas += [g for g, f in quedan if f.de_unidad in otras]
        quedan = [(g, f) for g, f in quedan if f.de_unidad not in otras]
    return Estado(carga.empresa, proyectos), guardadas


def _con_permiso(estado, filas):
    return [(f, [] if f.proyecto_id in estado.proyectos else [SIN_PERMISO]) for f in filas]


def _mostrar_de_nuevo(estado: Estado, distintas: list[FilaPadron]) -> None:
    """Preview again the rows that were left out, upon what was just written."""
    filas = [Fila.recuperar(g.datos) for g in distintas]
    estado = Estado(estado.empresa, estado.proyectos).cargar(filas)
    for g, r in zip(distintas, planear(estado, _con_permiso(estado, filas)), strict=True):
        como_fila(g, r)
        g.cambio_desde_la_revision = True
        g.lote = None if r.motivos else g.lote
    FilaPadron.objects.bulk_update(distintas, POR_REVISAR)


def _escribir(estado: Estado, carga: CargaPadron, ahora: datetime) -> None:
    """Everything of the batch in a constant number of statements, and each row in the audit."""
    nuevos = {id(e.objeto): e.objeto for e in estado.escrituras if e.accion == "crear"}
    tocados = {id(e.objeto): e.objeto for e in estado.escrituras if id(e.objeto) not in nuevos}
    for modelo, campos in CAMPOS.items():
        modelo.objects.bulk_create([o for o in nuevos.values() if type(o) is modelo])
        modelo.objects.bulk_update([o for o in tocados.values() if type(o) is modelo], campos)
    anotar_cambios(
        carga.empresa, [_hecho(e, carga) for e in estado.escrituras], carga.pedida_por, ahora
    )


def _hecho(e: Escritura, carga: CargaPadron):
    return e.objeto, e.accion, {**cambios.de_valores(e.campos), "carga": ["", str(carga)]}


def _terminar(carga: CargaPadron, ahora: datetime) -> None:
    carga.aplicada_en, carga.pedida_en = ahora, None
    carga.version += 1
    carga.save(update_fields=["aplicada_en", "pedida_en", "version"])
    contar(carga)
    detalle = {"archivo": ["", carga.archivo]}
    detalle |= {c: ["", carga.totales[c]] for c in ("aplicadas", "cambiaron", "rechazada")}
    anotar_cambios(carga.empresa, [(carga, "aplicar", detalle)], carga.pedida_por, ahora)
