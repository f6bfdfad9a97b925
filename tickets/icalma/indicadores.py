"""What Icalma's managers look at, beside its clocks."""

from postventa.expedientes.salas import Demora
from tickets.inmuebles.indicadores import INASISTENCIAS, VISITAS

INDICADORES = (
    VISITAS,
    INASISTENCIAS,
    Demora("contacto", "Tiempo hasta el contacto", "contacto"),
)
