"""The visit's reminder: one mail to the owner the business day before, if it still stands.

How long before is a policy of the company (`recordatorio_visita`); without one nothing is sent.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch

from postventa.avisos import outbox
from postventa.calendario.habiles import restar
from postventa.calendario.palabras import fecha_en_palabras
from postventa.plazos.calculo import horario_del_lugar
from postventa.plazos.reloj import politica_vigente
from postventa.visitas.flujo import EstadoVisita
from postventa.visitas.models import Visita
from tickets.icalma import avisos
from tickets.icalma.models import Ticket

POLITICA = "recordatorio_visita"
LOTE = 200


def cuando(ticket: Ticket, inicia_en: datetime, ahora: datetime) -> datetime | None:
    """When to remind of a visit that is being agreed; None if it is nearer than that already."""
    try:
        politica = politica_vigente(ticket.empresa_id, POLITICA)
    except LookupError:
        return None
    horario = horario_del_lugar(ticket.sede)
    recordar = restar(horario, inicia_en, politica.cantidad, politica.unidad)
    return recordar if recordar > ahora else None


def recordar(ahora: datetime) -> None:
    """Queue the reminders due, each once; with none due, one indexed query."""
    while debidos(ahora).exists() and len(_lote(ahora)) == LOTE:
        pass


def debidos(ahora: datetime):
    """The visits whose reminder is to leave by then."""
    debidos = Visita.objects.filter(recordar_en__lte=ahora, expediente__tipo="icalma")
    return debidos.order_by("recordar_en")


@transaction.atomic
def _lote(ahora) -> list[int]:
    """The visits stay locked until their mails are in the outbox."""
    visitas = dict(
        debidos(ahora)
        .select_for_update(of=("self",), skip_locked=True, no_key=True)
        .values_list("pk", "expediente_id")[:LOTE]
    )
    if not visitas:
        return []
    # One that began meanwhile, or will not be held, is forgotten without a word.
    vivas = Visita.objects.filter(
        pk__in=visitas, estado=EstadoVisita.COORDINADA, inicia_en__gt=ahora
    ).select_related("persona")
    tickets = (
        Ticket.objects.filter(pk__in=visitas.values())
        .select_related("unidad", "cliente", "empresa", "sede__empresa")
        .prefetch_related(Prefetch("visitas", vivas))
    )
    outbox.encolar([_aviso(t, v, ahora) for t in tickets for v in t.visitas.all()])
    Visita.objects.filter(pk__in=visitas).update(recordar_en=None)
    return list(visitas)


def _aviso(ticket, visita, ahora):
    hechos = avisos.visita(ticket, {})
    hechos.pop("eventos", None)  # the event went with the mail that agreed it
    propuesta = visita.propuesta_inicia_en
    return outbox.nuevo(
        ticket.empresa_id,
        "icalma/recordatorio",
        f"recordatorio:{visita.pk}",
        (ticket.cliente.nombre, ticket.cliente.correo),
        {
            **hechos,
            "confirmada": visita.confirmada_en is not None,
            "propuesta": propuesta and fecha_en_palabras(propuesta, ticket.sede.tz),
        },
        ahora,
        expediente_id=ticket.pk,
    )
