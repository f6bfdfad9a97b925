"""Submitting a request: which verb it is, and its ticket."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from postventa.calendario import hora
from postventa.expedientes.folios import folio_de
from postventa.personas.actores import Actor
from postventa.personas.models import Cliente, Usuario
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import DatosInvalidos
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.models import Observacion, Ticket
from tickets.inmuebles.models import Proyecto, Unidad


def ingresar(
    unidad: Unidad,
    cliente: Cliente,
    observaciones: list[Observacion],
    *,
    nonce: UUID,
    fotos: dict[int, list[int]] | None = None,
    canal: str = "web",
    ahora: datetime | None = None,
    por: Actor | None = None,
    continua: Ticket | None = None,
    asistido_por: Usuario | None = None,
) -> Ticket:
    """Turn a draft into a ticket, in one transaction (I-T01, I-T02).

    `fotos` maps the position of an observation to ids of its attachments. The same `nonce` twice
    returns the first ticket. `por` is who sends it, if not the owner; `continua`, the ended ticket
    that this one goes on with; `asistido_por`, the member of staff who typed what the owner said
    (D-05). NoAutorizado if the customer does not own the unit today.
    """
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    with transaction.atomic():
        # The unit first: a signature of another ticket of it waits for us, or we for it (I-15).
        unidad = (
            Unidad.objects.select_for_update(no_key=True, of=("self",))
            .select_related("proyecto")
            .get(pk=unidad.pk)
        )
        # One read for both questions: was this very form sent before, and what parks this one?
        de_la_unidad = Ticket.objects.filter(unidad=unidad).filter(
            Q(nonce=nonce, cliente=cliente) | Q(estado=T.POR_FIRMAR, firmado_en__isnull=True)
        )
        previos = list(de_la_unidad.order_by("pk"))
        repetido = next((t for t in previos if t.nonce == nonce), None)
        if repetido:
            return repetido
        proyecto = _proyecto(unidad)
        if not observaciones:
            raise DatosInvalidos("Agrega al menos una observación antes de enviar.")
        bloquea = next(iter(previos), None)
        ticket = _nuevo(
            unidad, proyecto, ahora, cliente=cliente, canal=canal, nonce=nonce, continua=continua
        )
        ticket.por_ingresar = observaciones
        datos = {"bloqueado_por": bloquea} if bloquea else {}
        if continua:
            datos["continua"] = continua.folio
        if asistido_por:
            datos |= {"asistido_por": str(asistido_por), "asistente": asistido_por}
        return tramitar(
            ticket,
            "retener" if bloquea else "generar",
            por or cliente,
            canal=canal,
            ahora=ahora,
            fotos=fotos or {},
            **datos,
        )


def _nuevo(unidad, proyecto, ahora, **campos) -> Ticket:
    return Ticket(
        tipo="icalma",
        folio=folio_de(proyecto.empresa, ahora.astimezone(proyecto.tz).year),
        empresa=proyecto.empresa,
        sede=proyecto,
        responsable=proyecto.supervisor,
        unidad=unidad,
        **campos,
    )


def _proyecto(unidad) -> Proyecto:
    return Proyecto.objects.select_related(
        "empresa__calendario",
        "empresa__jornada",
        "calendario_propio",
        "jornada_propia",
        "supervisor",
    ).get(pk=unidad.proyecto_id)
