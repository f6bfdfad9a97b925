"""Messages of Icalma's workflow: which verb tells whom what. Facts only, fixed when it happens."""

from postventa.calendario.palabras import fecha_en_palabras
from postventa.expedientes.salas import AvisoDe
from postventa.personas.models import Rol
from postventa.visitas.flujo import EstadoVisita as V
from tickets.icalma import enlaces, evento
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.models import Observacion, Ticket
from tickets.icalma.palabras import objetable_hasta
from tickets.icalma.personas import personas_de
from tickets.inmuebles import avisos as inmuebles


def _del_ticket(objeto):
    """The ticket itself, or the one that an observation or a visit belongs to."""
    if isinstance(objeto, Ticket):
        return objeto
    return objeto.ticket if isinstance(objeto, Observacion) else objeto.expediente


def cliente(objeto, datos):
    ticket = _del_ticket(objeto)
    return [(ticket.cliente.nombre, ticket.cliente.correo)]


def con_rol(rol):
    def para(objeto, datos):
        ticket = _del_ticket(objeto)
        return personas_de([ticket]).get(ticket.pk, {}).get(rol, [])

    return para


def _base(ticket):
    return {**inmuebles.del_caso(ticket), "asistido": ticket.canal == "asistido"}


def ingreso(ticket, datos):
    responsable = ticket.responsable
    return {
        **_base(ticket),
        **inmuebles.del_plazo(ticket, "contacto"),
        # No free text of the submitter travels in a confirmation (TM-05): only catalogue words
        # chosen by staff, and how many.
        "cantidad": len(ticket.por_ingresar) or ticket.observaciones.count(),
        "supervisor": str(responsable) if responsable else "",
        "propietario": ticket.cliente.nombre,
        "telefono_propietario": ticket.cliente.telefono,
        "url_no_fui_yo": enlaces.no_fui_yo(ticket),
    }


def no_fui_yo(ticket, datos):
    return {
        **_base(ticket),
        "propietario": ticket.cliente.nombre,
        "telefono_propietario": ticket.cliente.telefono,
    }


def retenido(ticket, datos):
    bloquea = ticket.bloqueado_por
    return {
        **_base(ticket),
        "bloquea": bloquea.folio,
        "es_suyo": bloquea.cliente_id == ticket.cliente_id,
        "url_firma_bloquea": enlaces.firma_portal(bloquea),
    }


def visita(ticket, datos):
    v = ticket.ultima_visita()
    return {
        **_base(ticket),
        **inmuebles.de_la_visita(ticket, v, evento.hechos),
        "es_tu_supervisor": v.persona_id == ticket.responsable_id,
        "reemplazo": v.reemplazo_nombre,
    }


def visita_movida(ticket, datos):
    return {**visita(ticket, datos), "cambio": True}


def otra_visita(ticket, datos):
    return {**visita(ticket, datos), "otra": True}


def no_realizada(v, datos):
    ticket = v.expediente
    return {
        **_base(ticket),
        **inmuebles.de_la_no_realizada(v),
        "tipo": v.tipo,
        "llegada": v.llegada_en and fecha_en_palabras(v.llegada_en, ticket.sede.tz),
        # D-14: one objection per ticket; the mail says so only while it can be made.
        "objetable": not any(otra.objetada_en for otra in ticket.visitas.all()),
        "objetable_hasta": objetable_hasta(v),
    }


def cancelada(v, datos):
    return {
        **no_realizada(v, datos),
        "motivo": v.motivo,
        "eventos": [evento.hechos(v.expediente, v)],
    }


def movida_por_propietario(ticket, datos):
    """The staff's mail when the owner takes another free hour: what it was and what it is."""
    hechos = visita(ticket, datos)
    nueva = ticket.ultima_visita()
    antes = next((v for v in ticket.visitas.all() if v.estado == V.COORDINADA and v != nueva), None)
    return {
        **hechos,
        "eventos": [],
        "antes": antes and fecha_en_palabras(antes.inicia_en, ticket.sede.tz),
        "propietario": ticket.cliente.nombre,
        "telefono_propietario": ticket.cliente.telefono,
    }


def inspeccion(ticket, datos):
    observaciones = list(ticket.observaciones.all())
    return {
        **_base(ticket),
        "aprobadas": sum(o.estado == O.APROBADA for o in observaciones),
        "rechazadas": [
            {"que": str(o), "exclusion": o.get_exclusion_display(), "motivo": o.fundamento}
            for o in observaciones
            if o.estado == O.RECHAZADA
        ],
        "trabajos": inmuebles.del_plazo(ticket, "coordinar_trabajo"),
        "objecion": inmuebles.del_plazo(ticket, "objecion"),
    }


def de_observacion(observacion, datos):
    ticket = observacion.ticket
    return {
        **_base(ticket),
        "que": str(observacion),
        "exclusion": observacion.get_exclusion_display(),
        "resolucion": observacion.resolucion,
        "trabajos": inmuebles.del_plazo(ticket, "coordinar_trabajo"),
        "consulta": inmuebles.del_plazo(ticket, "consulta"),
        "motivo": observacion.motivo_disputa,
    }


def propuesta(v, datos):
    """A Supervisor reads the hour that suits, and what it would replace."""
    ticket = v.expediente
    return {
        **_base(ticket),
        "nombre_visita": v.get_tipo_display().lower(),
        "cuando": fecha_en_palabras(v.inicia_en, ticket.sede.tz),
        "propuesta": fecha_en_palabras(v.propuesta_inicia_en, ticket.sede.tz),
        "nota": v.propuesta_nota,
        "propietario": ticket.cliente.nombre,
        "telefono_propietario": ticket.cliente.telefono,
    }


def no_conforme(ticket, datos):
    return {
        **_base(ticket),
        "trabajos": [
            {"que": str(o), "motivo": o.reparo} for o in ticket.observaciones.all() if o.reparo
        ],
        "propietario": ticket.cliente.nombre,
        "telefono_propietario": ticket.cliente.telefono,
    }


def objecion(v, datos):
    return {
        **no_realizada(v, datos),
        "respuesta": inmuebles.del_plazo(v.expediente, "resolver_objecion"),
        "motivo": v.motivo_objecion,
        "acogida": v.objecion_acogida,
        "resolucion": v.resolucion_objecion,
        "resuelto": v.expediente.estado == T.RESUELTO_INASISTENCIA,
        "nuevo": datos.get("nuevo", ""),
    }


def resuelto(ticket, datos):
    return {**_base(ticket), **no_realizada(ticket.ultima_visita(), datos)}


def cierre(ticket, datos):
    return {
        **_base(ticket),
        "motivo": ticket.motivo_anulacion,
        "rechazadas": [
            {"que": str(o), "exclusion": o.get_exclusion_display(), "motivo": o.fundamento}
            for o in ticket.observaciones.all()
            if o.exclusion
        ],
    }


def firma(ticket, datos):
    acta = ticket.documentos.filter(tipo="conformidad").order_by("-ordinal").first()
    return {
        **_base(ticket),
        "url_firma": enlaces.firma_portal(ticket),
        "huella": acta.sha256 if acta else "",
    }


def _cerrado(ticket, datos):
    return ticket.estado == T.CERRADO_CONFORME


def _parcial(ticket, datos):
    return ticket.estado == T.POR_FIRMAR


def _primera(v, datos):
    return v.expediente.inasistencias_seguidas < 2


def _sigue_abierto(v, datos):
    """A cancelled visit of an annulled ticket is told by the ticket's own mail."""
    return v.expediente.estado != T.ANULADO


def _del_propietario(ticket, datos):
    """Who did the act that is being told, by its entry in the audit."""
    acto = ticket.movimientos.filter(numero=ticket.cadena_largo)
    return acto.filter(clase_actor="cliente").exists()


def quienes_van(ticket, datos):
    """The Supervisor, and whoever makes the visit if it is somebody else."""
    v = ticket.ultima_visita()
    return [*con_rol(Rol.SUPERVISOR)(ticket, datos), (str(v.persona), v.persona.email)]


# An agenda that changed is told at any hour: the visit may be before the next opening.
MOVIDA = (quienes_van, movida_por_propietario, _del_propietario)
AVISOS = (
    AvisoDe("icalma/ingreso", "ticket", "generar", cliente, ingreso),
    AvisoDe(
        "icalma/ingreso_supervisor",
        "ticket",
        "generar",
        con_rol(Rol.SUPERVISOR),
        ingreso,
        en_horario=True,
    ),
    AvisoDe("icalma/retenido", "ticket", "retener", cliente, retenido),
    AvisoDe("icalma/ingreso", "ticket", "liberar", cliente, ingreso),
    AvisoDe(
        "icalma/ingreso_supervisor",
        "ticket",
        "liberar",
        con_rol(Rol.SUPERVISOR),
        ingreso,
        en_horario=True,
    ),
    AvisoDe("icalma/visita", "ticket", "coordinar_inspeccion", cliente, visita),
    AvisoDe("icalma/visita", "ticket", "reprogramar_inspeccion", cliente, visita_movida),
    AvisoDe("icalma/movida", "ticket", "reprogramar_inspeccion", *MOVIDA),
    AvisoDe("icalma/movida", "ticket", "reprogramar_trabajo", *MOVIDA),
    AvisoDe("icalma/cancelada", "visita", "cancelar", cliente, cancelada, _sigue_abierto),
    AvisoDe("icalma/inspeccion", "ticket", "inspeccionar", cliente, inspeccion),
    AvisoDe("icalma/visita", "ticket", "coordinar_trabajo", cliente, visita),
    AvisoDe("icalma/visita", "ticket", "reprogramar_trabajo", cliente, visita_movida),
    AvisoDe("icalma/visita", "ticket", "coordinar_otra_visita", cliente, otra_visita),
    AvisoDe("icalma/visita", "ticket", "rechazar_firma", cliente, otra_visita),
    AvisoDe("icalma/por_firmar", "ticket", "terminar_trabajos", cliente, firma),
    AvisoDe("icalma/cerrado", "ticket", "firmar", cliente, firma, _cerrado),
    AvisoDe("icalma/firma_parcial", "ticket", "firmar", cliente, firma, _parcial),
    AvisoDe("icalma/sin_trabajos", "ticket", "cerrar_sin_trabajos", cliente, cierre),
    AvisoDe("icalma/anulado", "ticket", "anular", cliente, cierre),
    AvisoDe("icalma/resuelto", "ticket", "resolver_por_inasistencia", cliente, resuelto),
    AvisoDe(
        "icalma/inasistencia",
        "visita",
        "registrar_inasistencia_cliente",
        cliente,
        no_realizada,
        _primera,
    ),
    AvisoDe(
        "icalma/no_realizada", "visita", "registrar_inasistencia_empresa", cliente, no_realizada
    ),
    AvisoDe("icalma/no_realizada", "visita", "registrar_acceso_denegado", cliente, no_realizada),
    AvisoDe(
        "icalma/propuesta",
        "visita",
        "proponer_hora",
        con_rol(Rol.SUPERVISOR),
        propuesta,
        en_horario=True,
    ),
    AvisoDe(
        "icalma/objecion_jefe",
        "visita",
        "objetar_inasistencia",
        con_rol(Rol.JEFE),
        objecion,
        en_horario=True,
    ),
    AvisoDe("icalma/objecion_resuelta", "visita", "resolver_objecion", cliente, objecion),
    AvisoDe(
        "icalma/no_conforme",
        "ticket",
        "responder_conformidad",
        con_rol(Rol.SUPERVISOR),
        no_conforme,
        en_horario=True,
    ),
    AvisoDe(
        "icalma/no_fui_yo",
        "ticket",
        "denunciar_ingreso",
        con_rol(Rol.JEFE),
        no_fui_yo,
        en_horario=True,
    ),
    AvisoDe(
        "icalma/consulta_jefe",
        "observacion",
        "disputar",
        con_rol(Rol.JEFE),
        de_observacion,
        en_horario=True,
    ),
    AvisoDe("icalma/acogida", "observacion", "acoger", cliente, de_observacion),
    AvisoDe(
        "icalma/rechazo_confirmado", "observacion", "confirmar_rechazo", cliente, de_observacion
    ),
)
