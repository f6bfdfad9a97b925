"""Messages of Ingevec's workflow: which verb tells whom what. Facts only, fixed when it happens."""

from postventa.expedientes.salas import AvisoDe
from postventa.personas.models import Rol
from tickets.ingevec import evento
from tickets.ingevec.anotaciones import intentos_de
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import con_estado
from tickets.ingevec.models import Requerimiento, Solicitud
from tickets.ingevec.personas import de_turno, personas_de
from tickets.inmuebles import avisos as inmuebles


def _de_la_solicitud(objeto):
    """The solicitud itself, or the one that a requerimiento or a visit belongs to."""
    if isinstance(objeto, Solicitud):
        return objeto
    return objeto.solicitud if isinstance(objeto, Requerimiento) else objeto.expediente


def cliente(objeto, datos):
    solicitud = _de_la_solicitud(objeto)
    return [(solicitud.cliente.nombre, solicitud.cliente.correo)]


def con_rol(rol):
    def para(objeto, datos):
        solicitud = _de_la_solicitud(objeto)
        return personas_de([solicitud]).get(solicitud.pk, {}).get(rol, [])

    return para


def guardia(solicitud, datos):
    """Who is on duty; with nobody, the call centre: an urgency never goes untold."""
    return de_turno(solicitud, solicitud.llamada_en) or con_rol(Rol.CALL_CENTER)(solicitud, datos)


def ingreso(solicitud, datos):
    """No free text of the submitter travels in a confirmation (TM-05)."""
    return {
        **inmuebles.del_caso(solicitud),
        **inmuebles.del_plazo(solicitud, "inspeccion"),
        "consulta": solicitud.es_consulta,
        "urgente": solicitud.es_urgente,
        "cantidad": len(solicitud.por_ingresar),
    }


def urgencia(solicitud, datos):
    """For who is on duty: where, what and whom to call, without opening anything."""
    return {
        **inmuebles.del_caso(solicitud),
        "que": solicitud.get_urgencia_display(),
        "descripcion": "; ".join(r.descripcion for r in solicitud.por_ingresar)[:600],
        "llamante": solicitud.llamante,
        "telefonos": solicitud.telefonos,
        **{f"plazo_{k}": v for k, v in inmuebles.del_plazo(solicitud, "urgencia").items()},
    }


def visita(solicitud, datos):
    return {
        **inmuebles.del_caso(solicitud),
        **inmuebles.de_la_visita(solicitud, solicitud.ultima_visita(), evento.hechos),
    }


def otra_hora(solicitud, datos):
    return {**visita(solicitud, datos), "cambio": True}


def otra_visita(solicitud, datos):
    return {**visita(solicitud, datos), "otra": True}


def no_realizada(v, datos):
    return {**inmuebles.del_caso(v.expediente), **inmuebles.de_la_no_realizada(v)}


def cancelada(v, datos):
    return {
        **no_realizada(v, datos),
        "motivo": v.motivo,
        "eventos": [evento.hechos(v.expediente, v)],
    }


def diagnostico(solicitud, datos):
    return {
        **inmuebles.del_caso(solicitud),
        "corresponden": [_hechos(r) for r in con_estado(solicitud, R.CORRESPONDE)],
        "no_corresponden": [_hechos(r) for r in con_estado(solicitud, R.NO_CORRESPONDE)],
        "trabajos": inmuebles.del_plazo(solicitud, "trabajos"),
    }


def _hechos(requerimiento):
    return {
        "que": str(requerimiento),
        "diagnostico": requerimiento.diagnostico,
        "motivo": requerimiento.motivo,
        "trabajo": requerimiento.trabajo,
    }


def ejecutada(solicitud, datos):
    return {
        **inmuebles.del_caso(solicitud),
        "trabajos": [_hechos(r) for r in con_estado(solicitud, R.EJECUTADO)],
        "recibe": solicitud.ultima_visita().recibe_nombre,
    }


def cierre(solicitud, datos):
    return {
        **inmuebles.del_caso(solicitud),
        "motivo": solicitud.motivo_anulacion,
        "respuesta": solicitud.respuesta,
        "no_corresponden": [_hechos(r) for r in con_estado(solicitud, R.NO_CORRESPONDE)],
    }


def disconformidad(solicitud, datos):
    return {
        **inmuebles.del_caso(solicitud),
        "motivo": datos["motivo"],
        "llamante": solicitud.llamante,
        "telefonos": solicitud.telefonos,
    }


def _sin_hora(solicitud, datos):
    """Who chose an hour in the same call is told of it in that mail, which names the number."""
    return not datos.get("con_hora") and not solicitud.es_consulta


def _es_consulta(solicitud, datos):
    return solicitud.es_consulta


def _es_urgente(solicitud, datos):
    return solicitud.es_urgente


def _ultimo_intento(solicitud, datos):
    """D-09: after the tries of the policy the owner is asked by mail, once."""
    return solicitud.intentos == intentos_de(solicitud.empresa_id)


def _sigue_abierta(v, datos):
    """A cancelled visit of an annulled solicitud is told by the solicitud's own mail."""
    return v.expediente.estado != "ANULADA"


AVISOS = (
    AvisoDe("ingevec/ingreso", "solicitud", "ingresar", cliente, ingreso, _sin_hora),
    AvisoDe("ingevec/ingreso", "solicitud", "ingresar", cliente, ingreso, _es_consulta),
    AvisoDe("ingevec/urgencia", "solicitud", "ingresar", guardia, urgencia, _es_urgente),
    AvisoDe("ingevec/visita", "solicitud", "agendar_inspeccion", cliente, visita),
    AvisoDe("ingevec/visita", "solicitud", "reagendar_inspeccion", cliente, otra_hora),
    AvisoDe("ingevec/visita", "solicitud", "atender_urgencia", cliente, visita),
    AvisoDe("ingevec/visita", "solicitud", "enviar_de_nuevo", cliente, otra_visita),
    AvisoDe("ingevec/diagnostico", "solicitud", "diagnosticar", cliente, diagnostico),
    AvisoDe("ingevec/sin_garantia", "solicitud", "cerrar_sin_garantia", cliente, cierre),
    AvisoDe("ingevec/visita", "solicitud", "agendar_trabajos", cliente, visita),
    AvisoDe("ingevec/visita", "solicitud", "reagendar_trabajos", cliente, otra_hora),
    AvisoDe("ingevec/visita", "solicitud", "interrumpir_trabajos", cliente, otra_visita),
    AvisoDe("ingevec/ejecutada", "solicitud", "terminar_trabajos", cliente, ejecutada),
    AvisoDe(
        "ingevec/llamado", "solicitud", "registrar_intento", cliente, ejecutada, _ultimo_intento
    ),
    AvisoDe(
        "ingevec/disconforme",
        "solicitud",
        "declarar_disconformidad",
        con_rol(Rol.CALL_CENTER),
        disconformidad,
        en_horario=True,
    ),
    AvisoDe("ingevec/cerrada", "solicitud", "registrar_conformidad", cliente, cierre),
    AvisoDe("ingevec/visita", "solicitud", "volver_a_inspeccion", cliente, otra_visita),
    AvisoDe("ingevec/visita", "solicitud", "volver_a_trabajos", cliente, otra_visita),
    AvisoDe("ingevec/respuesta", "solicitud", "responder_consulta", cliente, cierre),
    AvisoDe("ingevec/anulada", "solicitud", "anular", cliente, cierre),
    AvisoDe("ingevec/cancelada", "visita", "cancelar", cliente, cancelada, _sigue_abierta),
    *(
        AvisoDe("ingevec/no_realizada", "visita", verbo, cliente, no_realizada)
        for verbo in (
            "registrar_inasistencia_cliente",
            "registrar_inasistencia_empresa",
            "registrar_acceso_denegado",
        )
    ),
)
