"""What managers of visits look at."""

from postventa.expedientes.salas import Proporcion

VISITAS = Proporcion(
    "visitas",
    "Visitas realizadas",
    "visita",
    verbos=(
        "realizar",
        "registrar_inasistencia_cliente",
        "registrar_inasistencia_empresa",
        "registrar_acceso_denegado",
    ),
    bien=("realizar",),
    si="realizadas",
    no="sin realizar",
)
INASISTENCIAS = Proporcion(
    "inasistencias",
    "Visitas sin nadie en casa",
    "visita",
    verbos=("registrar_inasistencia_cliente",),
)
