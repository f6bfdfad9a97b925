"""What CAPERA's managers look at, beside its clocks."""

from postventa.expedientes.salas import Proporcion

INDICADORES = (
    Proporcion(
        "admisibilidad",
        "Admisibilidad",
        "reclamo",
        verbos=("admitir", "declarar_inadmisible"),
        bien=("admitir",),
        si="admitidas",
        no="inadmisibles",
    ),
    Proporcion(
        "sin_prorroga",
        "Respuestas sin prórroga",
        "reclamo",
        verbos=("responder",),
        sin=("prorrogar",),
        si="sin prórroga",
        no="con prórroga",
    ),
    Proporcion("prorrogas", "Prórrogas", "reclamo", verbos=("prorrogar",)),
)
