"""Icalma's case in the owner's words ("tú"): states, what happened, what each term is for."""

from tickets.icalma.flujo import EstadoTicket as T

ESTADOS = {
    T.RETENIDO: ("pausa", "alerta", "En espera de tu firma anterior"),
    T.GENERADO: ("telefono", "info", "Te contactaremos"),
    T.INSPECCION_COORDINADA: ("calendario", "info", "Inspección coordinada"),
    T.INSPECCIONADO: ("ojo", "info", "Inspección realizada"),
    T.TRABAJO_COORDINADO: ("calendario", "info", "Trabajos coordinados"),
    T.EN_EJECUCION: ("llave", "info", "En trabajos"),
    T.POR_FIRMAR: ("firma", "alerta", "Espera tu firma"),
    T.CERRADO_CONFORME: ("visto", "ok", "Cerrado con tu conformidad"),
    T.RESUELTO_INASISTENCIA: ("equis", "mal", "Resuelto por inasistencia"),
    T.CERRADO_SIN_TRABAJOS: ("equis", "mal", "Cerrado sin trabajos"),
    T.ANULADO: ("equis", "mal", "Anulado"),
}


def _contacto(datos: dict) -> tuple:
    if "exito" not in datos:  # the details of an old act may have been erased
        return ("telefono", "info", "Contacto de {quien}")
    if datos["exito"]:
        return ("telefono", "ok", "Te contactó {quien}")
    return ("telefono", "alerta", "{quien} intentó contactarte, sin respuesta")


def _ingreso(datos: dict) -> tuple:
    if datos.get("continua"):
        return ("documento", "ok", f"Sigue a {datos['continua']}: el Jefe acogió tu objeción")
    return ("documento", "ok", "Enviaste tu requerimiento")


def _retenido(datos: dict) -> tuple:
    return ("pausa", "alerta", f"{_ingreso(datos)[2]}; espera otra firma")


def _firma(datos: dict) -> tuple:
    if "huella" in datos:
        return ("firma", "ok", "Firma de conformidad de {quien}")
    return ("visto", "ok", "Cerrado con la firma de conformidad")  # D-03: nobody signs here


def _objecion(datos: dict) -> tuple:
    if datos.get("nuevo"):
        return (
            "visto",
            "ok",
            f"El Jefe acogió tu objeción; lo pendiente sigue en {datos['nuevo']}",
        )
    if datos.get("acoge"):
        return ("visto", "ok", "El Jefe acogió tu objeción: esa visita no cuenta")
    return ("equis", "mal", "El Jefe confirmó la inasistencia")


HITOS = {
    ("ticket", "generar"): _ingreso,
    ("ticket", "retener"): _retenido,
    ("ticket", "denunciar_ingreso"): (
        "alerta",
        "alerta",
        "Desde tu correo avisaron que no lo enviaste",
    ),
    ("ticket", "responder_conformidad"): ("equis", "alerta", "Avisaste qué trabajos no están bien"),
    ("visita", "confirmar_visita"): ("visto", "ok", "Confirmaste la visita"),
    ("visita", "proponer_hora"): ("reloj", "info", "Propusiste otra hora para la visita"),
    ("visita", "nombrar_reemplazo"): ("persona", "info", "Se registró un reemplazo"),
    ("visita", "quitar_reemplazo"): ("persona", "info", "Se quitó el reemplazo: estarás tú"),
    ("visita", "objetar_inasistencia"): ("ojo", "info", "Objetaste la inasistencia ante el Jefe"),
    ("visita", "resolver_objecion"): _objecion,
    ("ticket", "liberar"): ("documento", "ok", "Tu requerimiento dejó de estar en espera"),
    ("ticket", "registrar_contacto"): _contacto,
    ("ticket", "coordinar_inspeccion"): ("calendario", "info", "Visita de inspección acordada"),
    ("ticket", "reprogramar_inspeccion"): ("calendario", "info", "Inspección cambiada de hora"),
    ("ticket", "deshacer_inspeccion"): ("calendario", "alerta", "Hay que acordar otra inspección"),
    ("ticket", "inspeccionar"): ("visto", "ok", "Inspección realizada"),
    ("ticket", "coordinar_trabajo"): ("calendario", "info", "Visita de trabajo acordada"),
    ("ticket", "reprogramar_trabajo"): ("calendario", "info", "Visita de trabajo cambiada de hora"),
    ("ticket", "deshacer_trabajo"): ("calendario", "alerta", "Hay que acordar otra visita"),
    ("ticket", "coordinar_otra_visita"): ("calendario", "info", "Otra visita de trabajo acordada"),
    ("ticket", "iniciar_trabajo"): ("llave", "info", "Empezaron los trabajos"),
    ("ticket", "terminar_trabajos"): ("visto", "ok", "Trabajos terminados"),
    ("ticket", "firmar"): _firma,
    ("ticket", "rechazar_firma"): ("equis", "alerta", "No se firmó; se acordó otra visita"),
    ("ticket", "cerrar_sin_trabajos"): ("equis", "mal", "Cerrado sin trabajos"),
    ("ticket", "anular"): ("equis", "mal", "Requerimiento anulado"),
    ("ticket", "reabrir_por_consulta"): ("ojo", "info", "Se agregaron trabajos por tu consulta"),
    ("ticket", "resolver_por_inasistencia"): (
        "equis",
        "mal",
        "Resuelto: dos visitas seguidas sin nadie en la vivienda",
    ),
    ("visita", "iniciar"): ("persona", "info", "Llegamos a la visita"),
    ("visita", "cancelar"): ("equis", "alerta", "Visita cancelada"),
    ("visita", "registrar_inasistencia_cliente"): (
        "alerta",
        "mal",
        "Fuimos a la visita y no había nadie",
    ),
    ("visita", "registrar_inasistencia_empresa"): (
        "alerta",
        "mal",
        "No llegamos a la visita; no cuenta como inasistencia tuya",
    ),
    ("visita", "registrar_acceso_denegado"): (
        "alerta",
        "alerta",
        "Conserjería no autorizó el ingreso; no cuenta como inasistencia tuya",
    ),
    ("observacion", "disputar"): ("ojo", "info", "Pediste la revisión de un rechazo al Jefe"),
    ("observacion", "acoger"): ("visto", "ok", "El Jefe acogió tu consulta"),
    ("observacion", "confirmar_rechazo"): ("equis", "mal", "El Jefe confirmó el rechazo"),
    ("observacion", "aceptar_rechazo"): ("visto", "info", "Rechazo aceptado"),
}

TERMINOS = {
    "contacto": "contactarte",
    "coordinar_trabajo": "coordinar los trabajos contigo",
    "consulta": "que el Jefe resuelva tu consulta",
    "resolver_objecion": "que el Jefe responda tu objeción",
    "objecion": "que pidas revisar un rechazo",
}
