"""Clocks of Icalma's workflow: what opens them, what meets them, what expiry does."""

from postventa.expedientes.salas import Abre, AlVencer, Cierra
from postventa.visitas.models import Visita
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.flujo import con_estado, fue_contactado, hay_aprobadas
from tickets.icalma.models import Observacion


def _termino_por_inasistencia(ticket):
    return ticket.estado == T.RESUELTO_INASISTENCIA


def _hay_rechazadas(ticket):
    return bool(con_estado(ticket, O.RECHAZADA))


def _cubrir(ticket, plazo):
    """The 72 hours cover the observations approved at that inspection."""
    ticket.observaciones.filter(estado=O.APROBADA).update(plazo_trabajo=plazo)


def _cubrir_acogida(observacion, plazo):
    Observacion.objects.filter(pk=observacion.pk).update(plazo_trabajo=plazo)


def _en_revision(observacion, plazo):
    Observacion.objects.filter(pk=observacion.pk).update(plazo_consulta=plazo)


def _coordinados(ticket, abiertos):
    """Clocks none of whose approved observations still waits for a visit (12.2).

    One whose visit fell through had its visit: the term is not run again (I-T12).
    """
    servidas = set(
        ticket.observaciones.filter(visitas__tipo=Visita.Tipo.TRABAJO).values_list("pk", flat=True)
    )
    pendientes = {
        o.plazo_trabajo_id for o in con_estado(ticket, O.APROBADA) if o.pk not in servidas
    }
    return [p for p in abiertos if p.pk not in pendientes]


def _coordinada(observacion, abiertos):
    return _coordinados(observacion.ticket, abiertos)


def _su_revision(observacion, abiertos):
    return [p for p in abiertos if p.pk == observacion.plazo_consulta_id]


def _sin_rechazadas(observacion, abiertos):
    return [] if _hay_rechazadas(observacion.ticket) else abiertos


def _rechazadas_del_caso(plazo):
    rechazadas = Observacion.objects.filter(ticket_id=plazo.expediente_id, estado=O.RECHAZADA)
    return [(o, "aceptar_rechazo") for o in rechazadas]


ABRE = (
    Abre("contacto", "ticket", "generar"),
    Abre("contacto", "ticket", "liberar"),
    Abre("coordinar_trabajo", "ticket", "inspeccionar", hay_aprobadas, _cubrir),
    Abre("objecion", "ticket", "inspeccionar", _hay_rechazadas),
    Abre("consulta", "observacion", "disputar", al_abrir=_en_revision),
    Abre("coordinar_trabajo", "observacion", "acoger", al_abrir=_cubrir_acogida),
    # D-09, D-14: the Jefe's answer has its term also when the ticket ended by absence.
    Abre("resolver_objecion", "visita", "objetar_inasistencia", sigue=_termino_por_inasistencia),
)
CIERRA = (
    Cierra(
        "contacto",
        "ticket",
        "registrar_contacto",
        lambda ticket, abiertos: abiertos if fue_contactado(ticket) else [],
    ),
    Cierra("coordinar_trabajo", "ticket", "coordinar_trabajo", _coordinados),
    Cierra("coordinar_trabajo", "ticket", "coordinar_otra_visita", _coordinados),
    Cierra("coordinar_trabajo", "ticket", "reprogramar_trabajo", _coordinados),
    Cierra("coordinar_trabajo", "ticket", "rechazar_firma", _coordinados),
    # Upheld while the works went on, and done in that same visit.
    Cierra("coordinar_trabajo", "observacion", "ejecutar", _coordinada),
    Cierra("consulta", "observacion", "acoger", _su_revision),
    Cierra("consulta", "observacion", "confirmar_rechazo", _su_revision),
    Cierra("resolver_objecion", "visita", "resolver_objecion"),
    Cierra("objecion", "observacion", "disputar", _sin_rechazadas, hasta_vencer=True),
    Cierra("objecion", "observacion", "aceptar_rechazo", _sin_rechazadas, hasta_vencer=True),
)
# The owner's silence accepts the rejection (12.2): the end of that term is nobody's breach.
AL_VENCER = (AlVencer("objecion", _rechazadas_del_caso),)
