"""What the calendar's event of a visit tells an owner of Icalma."""

from postventa.visitas.models import Visita
from tickets.inmuebles import evento
from tickets.inmuebles.enlaces import caso_portal


def hechos(ticket, visita: Visita, anulado: bool = False) -> dict:
    """Facts of the event, in the owner's words (see `inmuebles.evento`)."""
    return evento.hechos(ticket, visita, _descripcion(ticket, visita), anulado)


def _descripcion(ticket, visita) -> str:
    quien = (
        "Debes estar tú o tu reemplazo registrado."
        if visita.tipo == Visita.Tipo.TRABAJO
        else "Debes estar tú: revisamos juntos cada observación."
    )
    return (
        f"{ticket.folio}. Va {visita.persona}. {quien} Dos visitas seguidas sin nadie dan por "
        f"resuelto el requerimiento.\nConfirmar o cambiar la hora: {caso_portal(ticket)}"
    )
