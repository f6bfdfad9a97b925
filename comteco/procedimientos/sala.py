"""COMTECO's procedures, put together: what the lower rooms know of them."""

from comteco.procedimientos import actos, anotaciones, avisos, enlaces, permisos, plazos
from comteco.procedimientos.consecuencias import CONSECUENCIAS
from comteco.procedimientos.models import Tramite
from comteco.procedimientos.palabras import ETIQUETAS, GUARDAS
from comteco.procedimientos.personas import AVISABLES, personas_de
from comteco.procedimientos.suspensiones import bloquear
from comteco.procedimientos.tablero import INDICADORES
from postventa.expedientes.models import Situacion
from postventa.expedientes.salas import Objeto, Sala
from postventa.personas.models import Rol


def situacion(tramite) -> str:
    return Situacion.CERRADO if tramite.es_final else Situacion.ABIERTO


SALA = Sala(
    tipo="comteco_tramite",
    empresa="comteco",
    nombre="Post venta",
    objetos={
        "tramite": Objeto(
            Tramite,
            permisos.PERMISOS,
            actos.TRAMITE,
            ETIQUETAS,
            GUARDAS,
            anotaciones.TRAMITE,
            relacionados=("autorizado_por", "suspension"),
        )
    },
    situacion=situacion,
    abre=plazos.ABRE,
    cierra=plazos.CIERRA,
    al_vencer=plazos.AL_VENCER,
    avisos=avisos.AVISOS,
    consecuencias=CONSECUENCIAS,
    bloquear=bloquear,
    personas=personas_de,
    avisables=AVISABLES,
    atienden=(Rol.ASESOR,),
    indicadores=INDICADORES,
    url_consola=enlaces.caso_consola,
)
