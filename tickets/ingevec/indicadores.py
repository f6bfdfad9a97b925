"""What Ingevec's managers look at, beside its clocks."""

from postventa.expedientes.salas import Demora, Proporcion
from tickets.inmuebles.indicadores import INASISTENCIAS, VISITAS

# A closing is at the first go if the satisfaction call never sent anybody back.
A_LA_PRIMERA = Proporcion(
    "a_la_primera",
    "Solución a la primera",
    "solicitud",
    verbos=("registrar_conformidad",),
    sin=("volver_a_inspeccion", "volver_a_trabajos"),
    si="a la primera",
    no="con retrabajo",
)
RETRABAJOS = Proporcion(
    "retrabajos",
    "Retrabajos pedidos en el llamado",
    "solicitud",
    verbos=("volver_a_inspeccion", "volver_a_trabajos"),
)
INDICADORES = (
    A_LA_PRIMERA,
    RETRABAJOS,
    VISITAS,
    INASISTENCIAS,
    Demora("contacto", "Primer contacto de una urgencia", "urgencia"),
    Demora("agendar", "De la llamada a la inspección agendada", "inspeccion"),
)
