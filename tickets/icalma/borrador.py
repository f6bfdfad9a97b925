"""The draft of an Icalma request: a list of observations (see `inmuebles.borrador`)."""

from postventa.expedientes.models import Borrador
from tickets.icalma.models import Observacion
from tickets.inmuebles.borrador import Borradores

BORRADORES = Borradores("icalma", "observaciones", "Cada observación", "Un requerimiento")
OBSERVACIONES = 60


def para_ingresar(borrador: Borrador) -> tuple[list[Observacion], dict[int, list[str]]]:
    """What `ingresar` takes: observations, unsaved, and the public ids of the photos of each."""
    agregadas = borrador.datos["observaciones"]
    observaciones = [Observacion(**o["nombres"], descripcion=o["descripcion"]) for o in agregadas]
    return observaciones, {n: o["fotos"] for n, o in enumerate(agregadas) if o.get("fotos")}
