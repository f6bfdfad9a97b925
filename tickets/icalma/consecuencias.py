"""Derived effects of Icalma: what follows by itself, done by Sistema in the same transaction."""

from postventa.visitas.flujo import EstadoVisita as V
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.flujo import con_estado
from tickets.icalma.models import Ticket
from tickets.inmuebles.consecuencias import (
    dejar_la_anterior,
    terminar_la_de_hoy,
    terminar_las_visitas,
)


def liberar_retenidos(ticket, datos):
    """I-15, I-T03: a parked ticket goes on when no unsigned one of the unit remains (12.2)."""
    de_la_unidad = Ticket.objects.filter(unidad_id=ticket.unidad_id)
    if de_la_unidad.filter(estado=T.POR_FIRMAR, firmado_en__isnull=True).exists():
        return
    for retenido in de_la_unidad.filter(estado=T.RETENIDO).order_by("pk"):
        yield retenido, "liberar", {}


def al_firmar(ticket, datos):
    if ticket.estado == T.CERRADO_CONFORME:
        for observacion in con_estado(ticket, O.EJECUTADA):
            yield observacion, "conformar", {}
        for observacion in con_estado(ticket, O.RECHAZADA):
            yield observacion, "aceptar_rechazo", {}
    yield from liberar_retenidos(ticket, datos)


def al_realizar(visita, datos):
    """A held visit carries its ticket on: everything decided, or everything done."""
    ticket = visita.expediente
    if ticket.estado == T.INSPECCION_COORDINADA:
        yield ticket, "inspeccionar", {}
    elif ticket.estado == T.EN_EJECUCION:
        yield ticket, "terminar_trabajos", {}


def al_iniciar(visita, datos):
    ticket = visita.expediente
    if ticket.estado == T.TRABAJO_COORDINADO:
        yield ticket, "iniciar_trabajo", {}


def al_no_realizarse(visita, datos):
    """I-T07, I-T08, I-T12, I-T13: back to coordinate again, or the end at the second absence."""
    ticket = visita.expediente
    if ticket.inasistencias_seguidas >= 2 and visita.estado == V.INASISTENCIA_CLIENTE:
        yield ticket, "resolver_por_inasistencia", {}
    elif ticket.estado == T.INSPECCION_COORDINADA:
        yield ticket, "deshacer_inspeccion", {}
    elif ticket.estado == T.TRABAJO_COORDINADO:
        yield ticket, "deshacer_trabajo", {}


def al_rechazar_firma(ticket, datos):
    motivos = {int(pk): motivo for pk, motivo in datos["motivos"].items()}
    for observacion in con_estado(ticket, O.EJECUTADA):
        if observacion.pk in motivos:
            yield observacion, "devolver", {"motivo": motivos[observacion.pk]}
    yield from liberar_retenidos(ticket, datos)


def al_anular(ticket, datos):
    yield from terminar_las_visitas(ticket, "Ticket anulado")
    yield from liberar_retenidos(ticket, datos)


def al_acoger(observacion, datos):
    if observacion.ticket.estado == T.POR_FIRMAR:
        yield observacion.ticket, "reabrir_por_consulta", {}


def al_reabrir(ticket, datos):
    yield from liberar_retenidos(ticket, datos)


def al_confirmar_rechazo(observacion, datos):
    """D-03: the partial signature that was waiting closes the ticket."""
    ticket = observacion.ticket
    if (
        ticket.estado == T.POR_FIRMAR
        and ticket.firmado_en
        and not con_estado(ticket, O.EN_CONSULTA)
    ):
        yield ticket, "firmar", {}


CONSECUENCIAS = {
    ("ticket", "firmar"): al_firmar,
    ("ticket", "rechazar_firma"): al_rechazar_firma,
    ("ticket", "anular"): al_anular,
    ("ticket", "reabrir_por_consulta"): al_reabrir,
    ("ticket", "coordinar_otra_visita"): terminar_la_de_hoy,
    ("ticket", "reprogramar_inspeccion"): dejar_la_anterior,
    ("ticket", "reprogramar_trabajo"): dejar_la_anterior,
    ("visita", "realizar"): al_realizar,
    ("visita", "iniciar"): al_iniciar,
    ("visita", "cancelar"): al_no_realizarse,
    ("visita", "registrar_inasistencia_cliente"): al_no_realizarse,
    ("visita", "registrar_inasistencia_empresa"): al_no_realizarse,
    ("visita", "registrar_acceso_denegado"): al_no_realizarse,
    ("observacion", "acoger"): al_acoger,
    ("observacion", "confirmar_rechazo"): al_confirmar_rechazo,
}
