"""Signing on the glass, in the home: the owner or the replacement, before a member of staff."""

from postventa.personas.actores import Actor, roles_en
from postventa.personas.models import Rol, Usuario
from postventa.tramitacion.errores import DatosInvalidos, NoAutorizado
from tickets.icalma.models import Ticket

TESTIGOS = {Rol.SUPERVISOR, Rol.MAESTRO}


def firmante_de(ticket: Ticket, rol: str) -> Actor:
    """The owner, or the replacement registered for the last visit (I-14)."""
    if rol == Rol.PROPIETARIO:
        return Actor.de(ticket.cliente)
    visita = ticket.ultima_visita()
    if rol != Rol.REEMPLAZO or visita is None or not visita.reemplazo_documento:
        raise DatosInvalidos({"firmante": "Firma el propietario o su reemplazo registrado."})
    return Actor.reemplazo(visita.reemplazo_nombre, visita.reemplazo_documento)


def evidencia_ante(testigo: Usuario, ticket: Ticket, trazo: str) -> dict:
    """Evidence of a drawing (a path of `documentos.trazo.trazo_de`) made before `testigo`.

    No code is needed: the witness saw the person and their document, and answers for it.
    NoAutorizado unless the witness works this ticket.
    """
    if not roles_en(Actor.de(testigo), ticket.empresa_id, ticket.sede_id) & TESTIGOS:
        raise NoAutorizado("Solo el supervisor o un maestro puede ser testigo de la firma.")
    if not trazo:
        raise DatosInvalidos({"trazo": "Falta la firma dibujada."})
    return {"metodo": "dibujo", "trazo": trazo, "testigo": testigo}
