"""What is noted on a solicitud without moving it: calls nobody answered, an urgency taken in hand.

Each goes through the door (`tramitacion.acciones.anotar`) and stays in the audit like any verb.
"""

from datetime import datetime

from postventa.expedientes.salas import Anotacion
from postventa.plazos.calculo import horario_del_lugar
from postventa.plazos.reloj import politica_vigente
from postventa.tramitacion.errores import exigir
from postventa.tramitacion.reasignar import NOTA, REASIGNAR
from postventa.visitas.flujo import EstadoVisita as V
from tickets.ingevec import actos_visita, permisos
from tickets.ingevec.flujo import EstadoSolicitud as E


def no_se_llama(solicitud, ahora: datetime) -> str:
    if solicitud.estado != E.POR_LLAMAR:
        return "Esta solicitud no espera el llamado de satisfacción."
    return ""


def registrar_intento(solicitud, tramite, actor, datos):
    """D-09: nobody answered; it is tried again another business day, and never closes by itself."""
    solicitud.intentos += 1
    horario = horario_del_lugar(solicitud.sede)
    hoy = tramite.ahora.astimezone(horario.zona).date()
    solicitud.intentar_desde_el = horario.sumar_habiles(hoy, 1)
    datos["intento"] = solicitud.intentos


def intentos_de(empresa_id: int) -> int:
    """How many calls are tried before the owner is asked by mail (policy `satisfaccion`)."""
    return politica_vigente(empresa_id, "satisfaccion").cantidad


def no_espera_acuse(solicitud, ahora: datetime) -> str:
    if not solicitud.es_urgente or solicitud.estado not in (E.INGRESADA, E.ATENCION_INMEDIATA):
        return "Esta solicitud no es una urgencia por atender."
    return "Ya tiene acuse de recibo." if solicitud.acusada_en else ""


def acusar_urgencia(solicitud, tramite, actor, datos):
    solicitud.acusada_en = tramite.ahora


def no_se_envia_de_nuevo(solicitud, ahora: datetime) -> str:
    if solicitud.estado != E.ATENCION_INMEDIATA:
        return "Esta solicitud no está en atención inmediata."
    visita = solicitud.ultima_visita()
    if visita is not None and visita.estado in (V.COORDINADA, V.EN_CURSO):
        return "Ya hay alguien en camino o en la vivienda."
    return ""


def enviar_de_nuevo(solicitud, tramite, actor, datos):
    """The visit to an urgency came to nothing: somebody goes again, and the state stays."""
    actos_visita.preparar_urgencia(solicitud, tramite, actor, datos)
    actos_visita.crear_atencion(solicitud, tramite, actor, datos)


def declarar_disconformidad(solicitud, tramite, actor, datos):
    """What the owner answers to the mail: the call centre agrees the way that follows (G-05)."""
    datos["motivo"] = exigir(datos, "motivo", "Cuente qué no quedó bien.")[:1000]
    solicitud.intentar_desde_el = None


SOLICITUD = {
    que: Anotacion(
        etiqueta,
        permisos.predicados(permisos.ANOTACIONES, lambda s: s)[que],
        escribir,
        impide,
    )
    for que, etiqueta, escribir, impide in (
        ("registrar_intento", "No contestó", registrar_intento, no_se_llama),
        ("acusar_urgencia", "Acusar recibo de la urgencia", acusar_urgencia, no_espera_acuse),
        ("enviar_de_nuevo", "Enviar de nuevo", enviar_de_nuevo, no_se_envia_de_nuevo),
        (
            "declarar_disconformidad",
            "Decir qué no quedó bien",
            declarar_disconformidad,
            no_se_llama,
        ),
        (REASIGNAR, NOTA.etiqueta, NOTA.escribir, NOTA.impide),
    )
}
