"""Ingevec's room, put together: what the lower rooms know of it."""

from postventa.expedientes.models import Situacion
from postventa.expedientes.salas import Objeto, Sala
from postventa.visitas.models import Visita
from tickets.ingevec import actos, anotaciones, avisos, enlaces, permisos, plazos
from tickets.ingevec.consecuencias import CONSECUENCIAS
from tickets.ingevec.flujo import TERMINALES
from tickets.ingevec.indicadores import INDICADORES
from tickets.ingevec.models import Requerimiento, Solicitud
from tickets.ingevec.palabras import ETIQUETAS, GUARDAS
from tickets.ingevec.personas import ROLES, personas_de
from tickets.ingevec.portal import PORTAL


def situacion(solicitud) -> str:
    return Situacion.CERRADO if solicitud.estado in TERMINALES else Situacion.ABIERTO


SALA = Sala(
    tipo="ingevec",
    empresa="ingevec",
    nombre="Ingevec",
    objetos={
        "solicitud": Objeto(
            Solicitud,
            permisos.predicados(permisos.SOLICITUD, lambda solicitud: solicitud),
            actos.SOLICITUD,
            ETIQUETAS["solicitud"],
            GUARDAS,
            anotaciones.SOLICITUD,
            relacionados=("unidad",),
        ),
        "requerimiento": Objeto(
            Requerimiento,
            permisos.predicados(permisos.REQUERIMIENTO, lambda r: r.solicitud),
            actos.REQUERIMIENTO,
            ETIQUETAS["requerimiento"],
            GUARDAS,
            padre="solicitud",
        ),
        "visita": Objeto(
            Visita,
            permisos.de_visitas(),
            actos.VISITA,
            ETIQUETAS["visita"],
            GUARDAS,
            padre="expediente",
        ),
    },
    situacion=situacion,
    abre=plazos.ABRE,
    cierra=plazos.CIERRA,
    avisos=avisos.AVISOS,
    consecuencias=CONSECUENCIAS,
    personas=personas_de,
    avisables=ROLES,
    portal=PORTAL,
    url_consola=enlaces.caso_consola,
    atienden=permisos.ATIENDEN,
    indicadores=INDICADORES,
)
