"""What COMTECO's managers look at, beside the clocks (004:362-365, D-10)."""

from postventa.expedientes.salas import DePlazo, Umbral

INDICADORES = (
    DePlazo("oportunidad", "Oportunidad", "oportunidad", Umbral(95, "Aceptado", "Observado")),
)
