"""Derived effects of Ingevec: what follows by itself, done by Sistema in the same transaction."""

from postventa.visitas.flujo import EstadoVisita as V
from tickets.ingevec.actos import CONFORME, INSPECCION
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import EstadoSolicitud as E
from tickets.ingevec.flujo import con_estado


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


def al_reagendar(solicitud, datos):
    nueva = solicitud.ultima_visita()
    for visita in solicitud.visitas.all():
        if visita.estado == V.COORDINADA and visita.pk != nueva.pk:
            yield visita, "reprogramar", {"motivo": datos.get("motivo", "")}


def al_iniciar_trabajos(solicitud, datos):
    """12.3: the coverage of an urgency that is mended at once."""
    cobertura = datos.get("cobertura") or {}
    for requerimiento in con_estado(solicitud, R.PENDIENTE):
        dicho = cobertura[str(requerimiento.pk)]
        if dicho.get("motivo"):
            yield requerimiento, "no_corresponder", dicho
        else:
            yield requerimiento, "corresponder", {"diagnostico": dicho["diagnostico"]}


def al_interrumpir(solicitud, datos):
    """The visit that fell short ends as held; the new one is already in its place."""
    for visita in solicitud.visitas.all():
        if visita.estado == V.EN_CURSO:
            yield visita, "realizar", {}


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
    for visita in solicitud.visitas.all():
        if visita.estado == V.COORDINADA:
            yield visita, "cancelar", {"motivo": "Solicitud anulada"}
        elif visita.estado == V.EN_CURSO:
            yield visita, "realizar", {}


CONSECUENCIAS = {
    ("visita", "iniciar"): al_iniciar,
    ("visita", "realizar"): al_realizar,
    ("solicitud", "reagendar_inspeccion"): al_reagendar,
    ("solicitud", "reagendar_trabajos"): al_reagendar,
    ("solicitud", "iniciar_trabajos"): al_iniciar_trabajos,
    ("solicitud", "interrumpir_trabajos"): al_interrumpir,
    ("solicitud", "registrar_conformidad"): al_quedar_conforme,
    ("solicitud", "volver_a_inspeccion"): al_volver,
    ("solicitud", "volver_a_trabajos"): al_volver,
    ("solicitud", "anular"): al_anular,
}
