"""What the calendar's event of a visit tells an owner of Ingevec."""

from postventa.visitas.models import Visita
from tickets.inmuebles import evento
from tickets.inmuebles.enlaces import caso_portal


def hechos(solicitud, visita: Visita, anulado: bool = False) -> dict:
    """Facts of the event, in the owner's words (see `inmuebles.evento`)."""
    quien = (
        "Debe haber un representante suyo que reciba los trabajos."
        if visita.tipo == Visita.Tipo.TRABAJO
        else "Debe haber alguien que nos reciba en la vivienda."
    )
    return evento.hechos(
        solicitud,
        visita,
        f"{solicitud.folio}. Va {visita.persona}. {quien}\n"
        f"Ver su solicitud: {caso_portal(solicitud)}",
        anulado,
    )
