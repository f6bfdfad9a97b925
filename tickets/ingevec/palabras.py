"""Words of Ingevec for people: what a verb is called and what is missing when a guard says no."""

ETIQUETAS = {
    "solicitud": {
        "ingresar": "Ingresar la solicitud",
        "agendar_inspeccion": "Agendar inspección",
        "reagendar_inspeccion": "Reagendar inspección",
        "diagnosticar": "Terminar el diagnóstico",
        "cerrar_sin_garantia": "Cerrar sin garantía",
        "agendar_trabajos": "Agendar trabajos",
        "reagendar_trabajos": "Reagendar trabajos",
        "iniciar_trabajos": "Iniciar los trabajos",
        "interrumpir_trabajos": "Agendar otra visita de trabajo",
        "terminar_trabajos": "Terminar los trabajos",
        "registrar_conformidad": "Registrar conformidad",
        "volver_a_inspeccion": "Agendar otra inspección",
        "volver_a_trabajos": "Agendar nuevos trabajos",
        "atender_urgencia": "Atender la urgencia",
        "responder_consulta": "Responder la consulta",
        "anular": "Anular la solicitud",
    },
    "requerimiento": {
        "corresponder": "Corresponde a garantía",
        "no_corresponder": "No corresponde",
        "ejecutar": "Marcar ejecutado",
        "conformar": "Dar por conforme",
        "disconformar": "Anotar disconformidad",
        "rehacer": "Devolver a trabajos",
        "reinspeccionar": "Devolver a inspección",
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
    "tiene_los_datos": "Faltan datos: proyecto, departamento, requerimiento y números de contacto.",
    "es_requerimiento": "Una consulta se responde, no se inspecciona.",
    "es_consulta": "Solo una consulta se cierra con su respuesta.",
    "es_urgente": "Esta solicitud no es una urgencia.",
    "no_es_urgente": "Una urgencia se atiende de inmediato: no se agenda.",
    "visita_realizada": "La visita todavía no se realiza.",
    "todos_diagnosticados": "Falta diagnosticar requerimientos.",
    "nada_por_ejecutar": "Hay requerimientos que corresponden a garantía.",
    "hay_por_ejecutar": "No quedan requerimientos por ejecutar.",
    "recibe_un_representante": (
        "Anota primero, al iniciar la visita, quién recibe los trabajos por el propietario."
    ),
    "trabajos_ejecutados": (
        "Quedan requerimientos sin ejecutar. Márcalos como ejecutados o agenda otra visita."
    ),
    "visita_por_reagendar": "La visita agendada ya se realizó o está en curso.",
    "en_visita_de_diagnostico": "Se diagnostica durante la visita: iníciala primero.",
    "tiene_diagnostico": "Falta el diagnóstico.",
    "dice_por_que": "Falta explicar por qué no corresponde.",
    "en_ejecucion": "Se marca durante la visita de trabajo: iníciala primero.",
    "hay_presencia": "Anota quién los recibe en la vivienda por el propietario.",
    "acceso_en_orden": "Anota quiénes se identificaron y que conserjería autorizó el ingreso.",
    "tiene_evidencia": "Anota a qué hora llegaste.",
    "llego_a_la_hora": "La hora acordada todavía no llega.",
}

# What keeps people safe until somebody comes, by kind of urgency. The gravest is first and, of
# several, it alone is said: what is done for one may be what another forbids.
CUIDADOS = {
    "gas": "Cierre ahora la llave del gas, abra las ventanas, no encienda luces y salga de "
    "la vivienda.",
    "luz": "Baje ahora el interruptor general y no toque la instalación.",
    "agua": "Cierre ahora la llave de paso del agua si puede hacerlo.",
    "otra": "No se acerque a lo que está dañado.",
}
