"""CAPERA's room, put together: what the lower rooms know of it."""

from postventa.expedientes.models import Situacion
from postventa.expedientes.salas import Objeto, Sala
from reclamos import actos, actos_mejora, anotaciones, avisos, enlaces, permisos, plazos
from reclamos.consecuencias import CONSECUENCIAS
from reclamos.flujo import TERMINALES
from reclamos.indicadores import INDICADORES
from reclamos.models import Mejora, Reclamo
from reclamos.palabras import ETIQUETAS, GUARDAS
from reclamos.personas import AVISABLES, personas_de
from reclamos.portal import PORTAL


def situacion(reclamo) -> str:
    return Situacion.CERRADO if reclamo.estado in TERMINALES else Situacion.ABIERTO


SALA = Sala(
    tipo="capera",
    empresa="capera",
    nombre="CAPERA",
    objetos={
        "reclamo": Objeto(
            Reclamo,
            permisos.predicados(permisos.RECLAMO, permisos.roles_de),
            actos.RECLAMO,
            ETIQUETAS["reclamo"],
            GUARDAS,
            anotaciones.RECLAMO,
            relacionados=("recibida_por", "redactada_por", "visado_por"),
        ),
        "mejora": Objeto(
            Mejora,
            permisos.predicados(permisos.MEJORA, permisos.roles_en_mejora),
            actos_mejora.MEJORA,
            ETIQUETAS["mejora"],
            GUARDAS,
            anotaciones.MEJORA,
            padre="reclamo",
        ),
    },
    situacion=situacion,
    abre=plazos.ABRE,
    cierra=plazos.CIERRA,
    al_vencer=plazos.AL_VENCER,
    avisos=avisos.AVISOS,
    consecuencias=CONSECUENCIAS,
    personas=personas_de,
    avisables=AVISABLES,
    vedados=permisos.vedados,
    recordado=permisos.RECLAMANTE,
    recuerda={"conformidad": "capera/por_archivar"},
    portal=PORTAL,
    acepta_pdf=True,
    url_consola=enlaces.caso_consola,
    indicadores=INDICADORES,
)
