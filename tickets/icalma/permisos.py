"""Who may fire each verb of Icalma's machines (dominio 2.3-2.5, column "who")."""

from collections.abc import Callable

from postventa.expedientes.models import Movimiento
from postventa.personas.actores import Actor
from postventa.personas.models import Rol
from postventa.tramitacion.reasignar import REASIGNAN
from tickets.inmuebles import permisos as inmuebles

P, S, J, R, X = Rol.PROPIETARIO, Rol.SUPERVISOR, Rol.JEFE, Rol.REEMPLAZO, Rol.SISTEMA
M = Rol.MAESTRO

TICKET = {
    # Sistema: an objection that was upheld goes on as a new ticket (D-14).
    "generar": {P, X},
    "retener": {P, X},
    "liberar": {X},
    "registrar_contacto": {S},
    "coordinar_inspeccion": {S},
    "reprogramar_inspeccion": {S, P},
    "deshacer_inspeccion": {S, X},
    "resolver_por_inasistencia": {X},
    "inspeccionar": {S, X},
    "coordinar_trabajo": {S},
    "iniciar_trabajo": {S, M, X},
    "deshacer_trabajo": {S, X},
    "coordinar_otra_visita": {S},
    "terminar_trabajos": {S, X},
    "firmar": {P, R, X},
    "rechazar_firma": {S},
    "cerrar_sin_trabajos": {S, J},
    "anular": {J},
    "reabrir_por_consulta": {X},
    "reprogramar_trabajo": {S, P},
}
OBSERVACION = {
    "aprobar": {S},
    "rechazar": {S},
    "disputar": {P},
    "acoger": {J},
    "confirmar_rechazo": {J},
    "aceptar_rechazo": {P, X},
    "ejecutar": {S},
    "conformar": {X},
    "devolver": {X},
}
VISITA = {
    "iniciar": {S, M},
    "realizar": {S, X},
    "reprogramar": {X},
    "cancelar": {S, X},
    "registrar_inasistencia_cliente": {S},
    "registrar_inasistencia_empresa": {S},
    "registrar_acceso_denegado": {S},
}
ANOTACIONES = {
    "confirmar_visita": {P},
    "proponer_hora": {P},
    "nombrar_reemplazo": {P, S},
    "quitar_reemplazo": {P, S},
    "objetar_inasistencia": {P},
    "resolver_objecion": {J},
    "responder_conformidad": {P},
    # Whoever holds the link of the mail to the owner: it proves the mailbox, not the person.
    "denunciar_ingreso": {X},
    "reasignar": set(REASIGNAN),
}
# Who can answer for a ticket: its verbs ask for these roles.
ATIENDEN = (S, J)
# TM-15, TM-16: nobody reviews what they did themselves: their rejection, the absence they recorded.
NO_LO_PROPIO = {
    "acoger": "rechazar",
    "confirmar_rechazo": "rechazar",
    "resolver_objecion": "registrar_inasistencia_cliente",
}


def roles_de(actor: Actor, ticket) -> frozenset[str]:
    """Parts that `actor` plays in a ticket. The replacement's follows from the visit itself."""
    if actor.clase == "reemplazo":
        return frozenset({R}) if _es_reemplazo(actor, ticket) else frozenset()
    return inmuebles.roles_de(actor, ticket)


def _es_reemplazo(actor, ticket) -> bool:
    """The replacement signs only what they received (I-14): that visit's, by document."""
    visita = None if ticket._state.adding else ticket.ultima_visita()
    return bool(
        visita
        and visita.recibe_rol == R
        and actor.documento
        and visita.reemplazo_documento == actor.documento
    )


def no_es_lo_propio(actor: Actor, parte, nombre: str, verbo: str) -> bool:
    """True unless the audit says that `actor` did `verbo` on that part of a ticket."""
    propios = Movimiento.objects.filter(
        expediente_id=parte.ticket_id if nombre == "observacion" else parte.expediente_id,
        objeto=nombre,
        objeto_id=parte.pk,
        verbo=verbo,
        por=actor.usuario,
    )
    return not propios.exists()


def revisa_otro(permiso, nombre: str, revisado: str) -> Callable:
    """Add to a predicate over a part that who did `revisado` on it is somebody else."""
    return lambda actor, parte: (
        permiso(actor, parte) and no_es_lo_propio(actor, parte, nombre, revisado)
    )


def predicados(tabla: dict, caso_de: Callable) -> dict:
    """Turn a table verb -> roles into the door's predicates."""
    return inmuebles.predicados(tabla, caso_de, roles_de)


def de_visitas() -> dict:
    """The door's predicates over a visit: a maestro starts works, never an inspection (I-08)."""
    permisos = predicados(VISITA, lambda v: v.expediente)

    def iniciar(actor, visita):
        roles = {S, M} if visita.tipo == visita.Tipo.TRABAJO else {S}
        return bool(roles & roles_de(actor, visita.expediente))

    return permisos | {"iniciar": iniciar}


def de_observaciones() -> dict:
    """The door's predicates over an observation."""
    permisos = predicados(OBSERVACION, lambda o: o.ticket)
    return permisos | {
        verbo: revisa_otro(permisos[verbo], "observacion", revisado)
        for verbo, revisado in NO_LO_PROPIO.items()
        if verbo in permisos
    }


def anota(que: str, caso_de) -> Callable:
    """The door's predicate over an annotation of a ticket or of a visit."""
    permiso = predicados(ANOTACIONES, caso_de)[que]
    revisado = NO_LO_PROPIO.get(que)
    return revisa_otro(permiso, "visita", revisado) if revisado else permiso
