"""Derived effects of Ingevec: what follows by itself, done by Sistema in the same transaction."""

from tickets.ingevec.actos import CONFORME, INSPECCION
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import EstadoSolicitud as E
from tickets.ingevec.flujo import con_estado
from tickets.inmuebles.consecuencias import (
    dejar_la_anterior,
    terminar_la_de_hoy,
    terminar_las_visitas,
)


def al_iniciar(visita, datos):
    """Who receives the works lets them begin; the inspection of a home leads nothing yet."""
    solicitud = visita.expediente
    if solicitud.estado == E.TRABAJOS_AGENDADOS:
        yield solicitud, "iniciar_trabajos", {}


def al_realizar(visita, datos):
    """A held visit carries its solicitud on: everything diagnosed, or everything executed."""
    solicitud = visita.expediente
    if solicitud.estado in (E.INSPECCION_AGENDADA, E.ATENCION_INMEDIATA):
        yield solicitud, "diagnosticar", {}
    elif solicitud.estado == E.EN_EJECUCION:
        yield solicitud, "terminar_trabajos", {}


def al_iniciar_trabajos(solicitud, datos):
    """12.3: the coverage of an urgency that is mended at once."""
    cobertura = datos.get("cobertura") or {}
    for requerimiento in con_estado(solicitud, R.PENDIENTE):
        dicho = cobertura[str(requerimiento.pk)]
        if dicho.get("motivo"):
            yield requerimiento, "no_corresponder", dicho
        else:
            yield requerimiento, "corresponder", {"diagnostico": dicho["diagnostico"]}


def al_quedar_conforme(solicitud, datos):
    for requerimiento in con_estado(solicitud, R.EJECUTADO):
        yield requerimiento, "conformar", {}


def al_volver(solicitud, datos):
    """G-05: only what is not right goes back, each by the way that was said."""
    for requerimiento in con_estado(solicitud, R.EJECUTADO):
        dicho = datos["resultados"][str(requerimiento.pk)]
        if dicho["resultado"] == CONFORME:
            yield requerimiento, "conformar", {}
            continue
        yield requerimiento, "disconformar", {"motivo": dicho["motivo"]}
        otra = "reinspeccionar" if dicho["resultado"] == INSPECCION else "rehacer"
        yield requerimiento, otra, {}


def al_anular(solicitud, datos):
    return terminar_las_visitas(solicitud, "Solicitud anulada")


CONSECUENCIAS = {
    ("visita", "iniciar"): al_iniciar,
    ("visita", "realizar"): al_realizar,
    ("solicitud", "reagendar_inspeccion"): dejar_la_anterior,
    ("solicitud", "reagendar_trabajos"): dejar_la_anterior,
    ("solicitud", "iniciar_trabajos"): al_iniciar_trabajos,
    ("solicitud", "interrumpir_trabajos"): terminar_la_de_hoy,
    ("solicitud", "registrar_conformidad"): al_quedar_conforme,
    ("solicitud", "volver_a_inspeccion"): al_volver,
    ("solicitud", "volver_a_trabajos"): al_volver,
    ("solicitud", "anular"): al_anular,
}
