"""Words of Icalma for people: what a verb is called and what is missing when a guard says no."""

from postventa.calendario.palabras import vence_en_palabras

ETIQUETAS = {
    "ticket": {
        "generar": "Enviar el requerimiento",
        "retener": "Enviar el requerimiento",
        "liberar": "Liberar el ticket retenido",
        "registrar_contacto": "Registrar contacto",
        "coordinar_inspeccion": "Coordinar inspección",
        "reprogramar_inspeccion": "Reprogramar inspección",
        "deshacer_inspeccion": "Volver a coordinar la inspección",
        "resolver_por_inasistencia": "Resolver por inasistencia",
        "inspeccionar": "Terminar la inspección",
        "coordinar_trabajo": "Coordinar visita de trabajo",
        "iniciar_trabajo": "Iniciar los trabajos",
        "deshacer_trabajo": "Volver a coordinar los trabajos",
        "coordinar_otra_visita": "Coordinar otra visita",
        "terminar_trabajos": "Terminar los trabajos",
        "firmar": "Firmar la conformidad",
        "rechazar_firma": "Registrar que no firma",
        "cerrar_sin_trabajos": "Cerrar sin trabajos",
        "anular": "Anular el ticket",
        "reabrir_por_consulta": "Reabrir por consulta acogida",
        "reprogramar_trabajo": "Reprogramar visita de trabajo",
    },
    "observacion": {
        "aprobar": "Aprobar",
        "rechazar": "Rechazar",
        "disputar": "Pedir revisión al Jefe",
        "acoger": "Acoger la consulta",
        "confirmar_rechazo": "Confirmar el rechazo",
        "aceptar_rechazo": "Aceptar el rechazo",
        "ejecutar": "Marcar ejecutada",
        "conformar": "Dar por conforme",
        "devolver": "Devolver a trabajos",
    },
    "visita": {
        "iniciar": "Iniciar visita",
        "realizar": "Terminar visita",
        "reprogramar": "Reprogramar visita",
        "cancelar": "Cancelar visita",
        "registrar_inasistencia_cliente": "No había nadie",
        "registrar_inasistencia_empresa": "No llegamos",
        "registrar_acceso_denegado": "Conserjería no autorizó",
    },
}

GUARDAS = {
    "tiene_observaciones": "Agrega al menos una observación antes de enviar.",
    "nadie_espera_firma": "Otro ticket de la vivienda todavía espera su firma.",
    "fue_contactado": "Antes registra el contacto con el propietario.",
    "visita_no_realizada": "La visita coordinada sigue vigente.",
    "no_es_segunda_inasistencia": "Es la segunda inasistencia seguida: el ticket se resuelve.",
    "dos_inasistencias_seguidas": "No hay dos inasistencias seguidas.",
    "visita_realizada": "La visita todavía no se realiza.",
    "todas_decididas": "Falta aprobar o rechazar observaciones.",
    "hay_aprobadas": "No hay observaciones aprobadas por ejecutar.",
    "visita_en_curso": "La visita de trabajo no ha empezado.",
    "trabajos_terminados": (
        "Quedan observaciones aprobadas sin ejecutar. Márcalas como ejecutadas o coordina otra "
        "visita."
    ),
    "todas_rechazadas": (
        "Solo cuando todas las observaciones queden rechazadas y el propietario lo acepte o venza "
        "su plazo para objetar."
    ),
    "hay_conforme_firmado": "Falta la firma de conformidad.",
    "sin_firma": "El propietario ya firmó esta acta: falta lo que resuelva el Jefe.",
    "hay_consulta_acogida": "No hay una consulta acogida por ejecutar.",
    "en_inspeccion": "Se decide durante la visita de inspección: iníciala primero.",
    "en_trabajo": "Se marca durante la visita de trabajo: iníciala primero.",
    "tiene_fundamento": "Un rechazo necesita una exclusión y su motivo.",
    "ticket_disputable": "Ya no es posible pedir la revisión de este rechazo.",
    "ticket_en_curso": "El ticket ya terminó: sus observaciones no cambian.",
    "hay_presencia": (
        "Nunca se entra sin el propietario o su reemplazo registrado: anota quién recibe."
    ),
    "acceso_en_orden": "Anota quiénes se identificaron y que conserjería autorizó el ingreso.",
    "tiene_evidencia": "Anota a qué hora llegaste.",
    "llego_a_la_hora": "La hora acordada todavía no llega.",
}


def objetable_hasta(visita) -> str:
    """`el martes 1 de diciembre`: until when an absence can be objected to; "" without a term."""
    if visita.objetable_hasta is None:
        return ""
    hasta = vence_en_palabras(visita.objetable_hasta, visita.expediente.sede.tz)
    return hasta.removesuffix(", hasta el final del día")
