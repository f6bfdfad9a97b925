"""Submitting a request: which verb it is, and its ticket."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, Subquery

from postventa.calendario import hora
from postventa.expedientes.folios import folio_de
from postventa.personas.actores import Actor
from postventa.personas.models import Cliente, Usuario
from postventa.plazos.reloj import vigentes
from postventa.sentencias import Lectura, Valor
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import DatosInvalidos, NoAutorizado
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.models import Mirada, Observacion, Ticket
from tickets.inmuebles.models import Propiedad, Unidad

# What a submission reads of its home, in the statement that locks it: the place and its people.
# The company is the customer's; hours of its own, which few places have, are read when needed.
DE_LA_UNIDAD = ("proyecto__supervisor", "proyecto__jefe")


def ingresar(
    unidad: Unidad,
    cliente: Cliente,
    observaciones: list[Observacion],
    *,
    nonce: UUID,
    fotos: dict[int, list[str]] | None = None,
    borrador: int | None = None,
    canal: str = "web",
    ahora: datetime | None = None,
    por: Actor | None = None,
    continua: Ticket | None = None,
    asistido_por: Usuario | None = None,
    savepoint: bool = True,
) -> Ticket:
    """Turn a draft into a ticket, in one transaction (I-T01, I-T02).

    Of `unidad` only the id is used. `fotos` maps the position of an observation to the public
    ids of its photos, of the draft of id `borrador`. The same `nonce` twice returns the first
    ticket. `por` is who sends it, if not the owner; `continua`, the ended ticket that this one
    goes on with; `asistido_por`, the member of staff who typed what the owner said (D-05).
    NoAutorizado if the customer does not own the unit today, or its project takes no more. Without
    a `savepoint`, a refusal undoes the caller's transaction.
    """
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    with transaction.atomic(savepoint=savepoint):
        # The unit first: a signature of another ticket of it waits for us, or we for it (I-15).
        pk, unidad = unidad.pk, _LA_UNIDAD.una(unidad=unidad.pk)
        if unidad is None:
            raise Unidad.DoesNotExist(pk)
        if unidad.proyecto.empresa_id == cliente.empresa_id:
            unidad.proyecto.empresa = cliente.empresa
        mirada = _mirar(unidad, cliente, nonce, ahora)
        if mirada.repetido:
            return Ticket.objects.get(pk=mirada.repetido)
        _exigir_recibible(unidad.proyecto, observaciones, continua)
        ticket = _nuevo(unidad, ahora, cliente=cliente, canal=canal, nonce=nonce, continua=continua)
        ticket.por_ingresar, ticket.mirada, ticket.del_borrador = observaciones, mirada, borrador
        ticket.politica_en_mano = mirada.politica
        datos = {}
        if mirada.bloquea:
            datos["bloqueado_por"] = Ticket.objects.get(pk=mirada.bloquea)
        if continua:
            datos["continua"] = continua.folio
        if asistido_por:
            datos |= {"asistido_por": str(asistido_por), "asistente": asistido_por}
        tramitar(
            ticket,
            "retener" if mirada.bloquea else "generar",
            por or cliente,
            canal=canal,
            ahora=ahora,
            savepoint=False,
            fotos=fotos or {},
            **datos,
        )
        ticket.mirada = ticket.politica_en_mano = None
        return ticket


def _exigir_recibible(proyecto, observaciones, continua) -> None:
    # What an ended ticket left undone goes on, also where no new ones are taken.
    if continua is None and not proyecto.es_activa:
        raise NoAutorizado("Ese proyecto ya no recibe requerimientos por aquí.")
    if not observaciones:
        raise DatosInvalidos("Agrega al menos una observación antes de enviar.")


def _mirar(unidad: Unidad, cliente: Cliente, nonce: UUID, ahora: datetime) -> Mirada:
    """How the home stands: one read, and after the lock, so that nothing in it can be old."""
    hoy = ahora.astimezone(unidad.proyecto.tz).date()
    empresa_id = unidad.proyecto.empresa_id
    politica = _COMO_ESTA.una(
        unidad=unidad.pk,
        cliente=cliente.pk,
        nonce=nonce,
        hoy=hoy,
        empresa=empresa_id,
        codigo="contacto",
    )
    if politica is None:
        raise LookupError("La empresa no tiene una política vigente 'contacto'")
    es_propietario = politica.es_propietario and empresa_id == cliente.empresa_id
    return Mirada(es_propietario, politica.repetido, politica.bloquea, politica)


def _la_unidad():
    suya = Unidad.objects.filter(pk=Valor("unidad", models.BigIntegerField()))
    return suya.select_for_update(no_key=True, of=("self",)).select_related(*DE_LA_UNIDAD)


def _como_esta():
    cliente, unidad = (Valor(que, models.BigIntegerField()) for que in ("cliente", "unidad"))
    suyas = Propiedad.objects.vigentes(Valor("hoy", models.DateField()))
    suyos = Ticket.objects.filter(unidad_id=unidad).order_by("pk").values("pk")
    de_este = suyos.filter(nonce=Valor("nonce", models.UUIDField()), cliente_id=cliente)
    # Beside the policy of its first clock, which the door would read next.
    return vigentes().annotate(
        es_propietario=Exists(suyas.filter(unidad_id=unidad, cliente_id=cliente)),
        repetido=Subquery(de_este[:1]),
        bloquea=Subquery(suyos.filter(estado=T.POR_FIRMAR, firmado_en__isnull=True)[:1]),
    )


_LA_UNIDAD, _COMO_ESTA = Lectura(_la_unidad), Lectura(_como_esta)


def _nuevo(unidad, ahora, **campos) -> Ticket:
    proyecto = unidad.proyecto
    return Ticket(
        tipo="icalma",
        folio=folio_de(proyecto.empresa, ahora.astimezone(proyecto.tz).year),
        empresa=proyecto.empresa,
        sede=proyecto,
        responsable=proyecto.supervisor,
        unidad=unidad,
        **campos,
    )
