"""The draft of an Icalma request: a list of observations (see `inmuebles.borrador`)."""

from postventa.expedientes.models import Borrador
from tickets.icalma.models import Observacion
from tickets.inmuebles.borrador import Borradores

BORRADORES = Borradores("icalma", "observaciones", "Cada observación", "Un requerimiento")
OBSERVACIONES = 60


def para_ingresar(borrador: Borrador) -> tuple[list[Observacion], dict[int, list[int]], list]:
    """What `ingresar` takes (the observations, unsaved, and the ids of the photos of each), and
    the photos that belong to none."""
    adjuntos = BORRADORES.adjuntos_de(borrador)
    observaciones, fotos = [], {}
    for posicion, o in enumerate(borrador.datos["observaciones"]):
        observaciones.append(Observacion(**o["nombres"], descripcion=o["descripcion"]))
        suyas = [adjuntos.pop(f).pk for f in o.get("fotos", []) if f in adjuntos]
        if suyas:
            fotos[posicion] = suyas
    return observaciones, fotos, list(adjuntos.values())
