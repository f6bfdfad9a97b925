"""Icalma's room, put together: what the lower rooms know of it."""

from django.db.models import Exists, OuterRef

from postventa.expedientes.models import Situacion
from postventa.expedientes.salas import Huerfanos, Objeto, Recordatorios, Sala
from postventa.visitas.models import Visita
from tickets.icalma import actos, anotaciones, avisos, enlaces, permisos, plazos, recordatorios
from tickets.icalma.consecuencias import CONSECUENCIAS
from tickets.icalma.flujo import TERMINALES
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.indicadores import INDICADORES
from tickets.icalma.models import Observacion, Ticket
from tickets.icalma.palabras import ETIQUETAS, GUARDAS
from tickets.icalma.personas import AVISABLES, personas_y_gerencia
from tickets.icalma.portal import PORTAL
from tickets.inmuebles.models import Unidad

# Acts that may end what parks other tickets of the unit, or make a ticket: the unit is locked
# first, as a submission does (`ingreso`), so that a signature and a submission cannot miss each
# other (I-15).
CIERRAN_LA_UNIDAD = {
    ("ticket", "generar"),
    ("ticket", "retener"),
    ("ticket", "firmar"),
    ("ticket", "rechazar_firma"),
    ("ticket", "anular"),
    ("ticket", "liberar"),
    ("ticket", "terminar_trabajos"),
    ("visita", "realizar"),
    ("visita", "resolver_objecion"),
    ("observacion", "acoger"),
    ("observacion", "confirmar_rechazo"),
}


def situacion(ticket) -> str:
    if ticket.estado in TERMINALES:
        return Situacion.CERRADO
    return Situacion.RETENIDO if ticket.estado == T.RETENIDO else Situacion.ABIERTO


def bloquear(nombre, objeto, verbo) -> None:
    """Lock the unit before the case, where the verb can move other tickets of it."""
    if (nombre, verbo) not in CIERRAN_LA_UNIDAD:
        return
    if nombre == "ticket" and objeto._state.adding and objeto.mirada is not None:
        return  # `ingresar` holds it
    unidad_id = objeto.unidad_id if nombre == "ticket" else _unidad_de_parte(nombre, objeto)
    Unidad.objects.select_for_update(no_key=True).only("pk").get(pk=unidad_id)


def _unidad_de_parte(nombre, objeto) -> int:
    ticket_id = objeto.ticket_id if nombre == "observacion" else objeto.expediente_id
    return Ticket.objects.values_list("unidad_id", flat=True).get(pk=ticket_id)


def huerfanos(_ahora):
    """Parked tickets whose unit has no unsigned one any more (12.2): the sweep releases them."""
    # Asked unit by unit, on its index: the sweep must not read every ticket each minute.
    bloquea = Ticket.objects.filter(
        unidad=OuterRef("unidad"), estado=T.POR_FIRMAR, firmado_en__isnull=True
    )
    return Ticket.objects.filter(~Exists(bloquea), estado=T.RETENIDO)


SALA = Sala(
    tipo="icalma",
    empresa="icalma",
    nombre="Icalma",
    objetos={
        "ticket": Objeto(
            Ticket,
            permisos.predicados(permisos.TICKET, lambda ticket: ticket),
            actos.TICKET,
            ETIQUETAS["ticket"],
            GUARDAS,
            anotaciones.TICKET,
            relacionados=("unidad", "bloqueado_por"),
        ),
        "observacion": Objeto(
            Observacion,
            permisos.de_observaciones(),
            actos.OBSERVACION,
            ETIQUETAS["observacion"],
            GUARDAS,
            padre="ticket",
        ),
        "visita": Objeto(
            Visita,
            permisos.de_visitas(),
            actos.VISITA,
            ETIQUETAS["visita"],
            GUARDAS,
            anotaciones.VISITA,
            padre="expediente",
        ),
    },
    situacion=situacion,
    abre=plazos.ABRE,
    cierra=plazos.CIERRA,
    al_vencer=plazos.AL_VENCER,
    avisos=avisos.AVISOS,
    consecuencias=CONSECUENCIAS,
    bloquear=bloquear,
    personas=personas_y_gerencia,
    avisables=AVISABLES,
    portal=PORTAL,
    url_consola=enlaces.caso_consola,
    atienden=permisos.ATIENDEN,
    huerfanos=Huerfanos(huerfanos, "liberar"),
    recordatorios=Recordatorios(recordatorios.debidos, recordatorios.recordar),
    indicadores=INDICADORES,
)
