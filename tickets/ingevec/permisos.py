"""Who may fire each verb of Ingevec's machines (dominio 3.2 and 12.3, column "who")."""

from postventa.personas.models import Rol
from postventa.tramitacion.reasignar import REASIGNAN
from tickets.inmuebles.permisos import predicados, roles_de

# The head of the call centre holds the company's role of Jefe; the crew, that of Maestro.
C, J, I, M = Rol.CALL_CENTER, Rol.JEFE, Rol.INSPECTOR, Rol.MAESTRO  # noqa: E741
G, P, X = Rol.GERENTE, Rol.PROPIETARIO, Rol.SISTEMA

SOLICITUD = {
    "ingresar": {C, P},
    "agendar_inspeccion": {C, P},
    "reagendar_inspeccion": {C, P},
    "diagnosticar": {I, X},
    "cerrar_sin_garantia": {I, G},
    "agendar_trabajos": {C},
    "iniciar_trabajos": {M, I, X},
    "terminar_trabajos": {M, G, X},
    "registrar_conformidad": {C, P},
    "volver_a_inspeccion": {C},
    "volver_a_trabajos": {C},
    "atender_urgencia": {C, I, M},
    "responder_consulta": {C},
    "anular": {J},
    "reagendar_trabajos": {C},
    "interrumpir_trabajos": {C, I, M},
}
REQUERIMIENTO = {
    "corresponder": {I, X},
    "no_corresponder": {I, X},
    "ejecutar": {M, I},
    "conformar": {X},
    "disconformar": {X},
    "rehacer": {X},
    "reinspeccionar": {X},
}
VISITA = {
    "iniciar": {I, M},
    "realizar": {I, M, X},
    "reprogramar": {X},
    "cancelar": {C, X},
    "registrar_inasistencia_cliente": {I, M},
    "registrar_inasistencia_empresa": {C, I, M},
    "registrar_acceso_denegado": {I, M},
}
ANOTACIONES = {
    "registrar_intento": {C},
    "acusar_urgencia": {C, I, M},
    "enviar_de_nuevo": {C, I, M},
    "declarar_disconformidad": {P},
    "reasignar": set(REASIGNAN),
}
# Who can answer for a solicitud: whoever takes the call, and whoever goes to the home.
ATIENDEN = (C, J, I, M)


def de_visitas() -> dict:
    """The door's predicates over a visit: a maestro starts works, never an inspection."""
    permisos = predicados(VISITA, lambda v: v.expediente)

    def iniciar(actor, visita):
        roles = {I, M} if visita.tipo == visita.Tipo.TRABAJO else {I}
        # Who goes to an urgency may be anybody of those on duty.
        if visita.expediente.urgencia:
            roles = {I, M}
        return bool(roles & roles_de(actor, visita.expediente))

    return permisos | {"iniciar": iniciar}
