"""Ingevec's case in the owner's words ("usted"): states, what happened, what each term is for."""

from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import EstadoSolicitud as E

ESTADOS = {
    E.INGRESADA: ("telefono", "info", "Recibida"),
    E.INSPECCION_AGENDADA: ("calendario", "info", "Inspección agendada"),
    E.ATENCION_INMEDIATA: ("alerta", "alerta", "Atención inmediata"),
    E.DIAGNOSTICADA: ("ojo", "info", "Inspección realizada"),
    E.TRABAJOS_AGENDADOS: ("calendario", "info", "Trabajos agendados"),
    E.EN_EJECUCION: ("llave", "info", "En trabajos"),
    E.POR_LLAMAR: ("persona", "alerta", "Espera su conformidad"),
    E.CERRADA: ("visto", "ok", "Cerrada con su conformidad"),
    E.CERRADA_SIN_GARANTIA: ("equis", "mal", "Cerrada: no corresponde a garantía"),
    E.RESPONDIDA: ("visto", "ok", "Respondida"),
    E.ANULADA: ("equis", "mal", "Anulada"),
}
# State of a requerimiento: icon, tone, word.
REQUERIMIENTOS = {
    R.PENDIENTE: ("reloj", "info", "Por revisar"),
    R.CORRESPONDE: ("visto", "ok", "Corresponde a garantía"),
    R.NO_CORRESPONDE: ("equis", "mal", "No corresponde"),
    R.EJECUTADO: ("llave", "info", "Trabajo hecho"),
    R.DISCONFORME: ("alerta", "alerta", "No quedó conforme"),
    R.CONFORME: ("visto", "ok", "Conforme"),
}


def _ingreso(datos: dict) -> tuple:
    if datos.get("sin_hora"):
        return ("documento", "ok", "Recibimos su solicitud; falta agendar la inspección")
    return ("documento", "ok", "Recibimos su solicitud")


HITOS = {
    ("solicitud", "ingresar"): _ingreso,
    ("solicitud", "agendar_inspeccion"): ("calendario", "info", "Inspección agendada"),
    ("solicitud", "reagendar_inspeccion"): ("calendario", "info", "Inspección cambiada de hora"),
    ("solicitud", "acusar_urgencia"): ("persona", "info", "{quien} tomó su urgencia"),
    ("solicitud", "atender_urgencia"): ("llave", "info", "Enviamos a alguien por su urgencia"),
    ("solicitud", "enviar_de_nuevo"): ("llave", "info", "Enviamos a alguien de nuevo"),
    ("solicitud", "diagnosticar"): ("ojo", "ok", "Inspección realizada, con su diagnóstico"),
    ("solicitud", "cerrar_sin_garantia"): ("equis", "mal", "Cerrada: no corresponde a garantía"),
    ("solicitud", "agendar_trabajos"): ("calendario", "info", "Trabajos agendados"),
    ("solicitud", "reagendar_trabajos"): ("calendario", "info", "Trabajos cambiados de hora"),
    ("solicitud", "interrumpir_trabajos"): ("calendario", "info", "Hace falta otra visita"),
    ("solicitud", "iniciar_trabajos"): ("llave", "info", "Empezaron los trabajos"),
    ("solicitud", "terminar_trabajos"): ("visto", "ok", "Trabajos terminados"),
    ("solicitud", "registrar_intento"): (
        "telefono",
        "alerta",
        "Le llamamos y no pudimos hablar con usted",
    ),
    ("solicitud", "declarar_disconformidad"): (
        "alerta",
        "alerta",
        "Avisó que no quedó conforme",
    ),
    ("solicitud", "registrar_conformidad"): ("visto", "ok", "Quedó conforme: solicitud cerrada"),
    ("solicitud", "volver_a_inspeccion"): ("calendario", "info", "Otra inspección agendada"),
    ("solicitud", "volver_a_trabajos"): ("calendario", "info", "Nuevos trabajos agendados"),
    ("solicitud", "responder_consulta"): ("visto", "ok", "Respondimos su consulta"),
    ("solicitud", "anular"): ("equis", "mal", "Solicitud anulada"),
    ("visita", "iniciar"): ("persona", "info", "Llegamos a la visita"),
    ("visita", "cancelar"): ("equis", "alerta", "Visita cancelada"),
    ("visita", "registrar_inasistencia_cliente"): (
        "alerta",
        "alerta",
        "Fuimos a la visita y no había nadie",
    ),
    ("visita", "registrar_inasistencia_empresa"): ("alerta", "mal", "No llegamos a la visita"),
    ("visita", "registrar_acceso_denegado"): (
        "alerta",
        "alerta",
        "Conserjería no autorizó el ingreso",
    ),
}

TERMINOS = {
    "inspeccion": "agendar su inspección",
    "urgencia": "comunicarnos con usted",
    "trabajos": "ejecutar los trabajos",
    "satisfaccion": "preguntarle si quedó conforme",
}
