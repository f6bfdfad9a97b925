"""Icalma's ticket and its observations."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from postventa.expedientes.models import Expediente
from postventa.plazos.models import PoliticaPlazo
from postventa.visitas.models import ConVisitas
from tickets.icalma.flujo import EstadoObservacion, EstadoTicket, FlujoObservacion, FlujoTicket
from tickets.inmuebles.models import ClaseElemento


class Exclusion(models.TextChoices):
    """Exclusion catalogue, in the document's own words (000:75-82; preamble 000:73)."""

    E1 = (
        "E1",
        "Observaciones no indicadas en el acta de la recepción de la vivienda que pudieran "
        "haberse producido con posterioridad a la entrega del inmueble.",
    )
    E2 = "E2", "Desgaste por uso normal de la vivienda."
    E3 = "E3", "Uso inadecuado."
    E4 = "E4", "Mantenimiento indebido o falta de éste (VER MANTENCIÓN PROGRAMADA)."
    E5 = "E5", "Accidentes propios o causados por terceros que dañen la vivienda."
    E6 = "E6", "Adecuaciones o Modificaciones en la vivienda."
    E7 = (
        "E7",
        "Empleo de materiales o productos no autorizados por el fabricante, proveedor o "
        "contravención a las instrucciones indicadas en el manual de uso de la vivienda, de los "
        "servicios técnicos autorizados, o falta del adecuado cuidado que como usuario del "
        "inmueble debe procurar.",
    )
    E8 = "E8", "Fuera del plazo establecido por Ley General de Urbanismo y Construcciones."


@dataclass(frozen=True)
class Mirada:
    """What was read of a home under its lock, in the transaction that makes a ticket of it."""

    es_propietario: bool
    # Ids of tickets: the one that this very form made, the one whose signature parks a new one.
    repetido: int | None
    bloquea: int | None
    # Of the clock that a new one opens.
    politica: PoliticaPlazo


class Ticket(FlujoTicket, ConVisitas, Expediente):
    """A request of one owner for one unit."""

    unidad = models.ForeignKey("inmuebles.Unidad", models.PROTECT, related_name="tickets")
    generado_en = models.DateTimeField(null=True, blank=True)
    contactado_en = models.DateTimeField(null=True, blank=True)
    inspeccionado_en = models.DateTimeField(null=True, blank=True)
    terminado_en = models.DateTimeField(null=True, blank=True)
    firmado_en = models.DateTimeField(null=True, blank=True)
    inasistencias_seguidas = models.PositiveSmallIntegerField(default=0)
    bloqueado_por = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="retenidos"
    )
    # A ticket that ended by an absence which did not count goes on as another (D-14).
    continua = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="continuado_por"
    )
    # When the owner said which works are not right; the reasons stand on each observation.
    reparos_en = models.DateTimeField("no conforme", null=True, blank=True)
    # The owner's mailbox says that they did not send it (TM-03): the Jefe looks into it.
    denunciado_en = models.DateTimeField("desconocido por el propietario", null=True, blank=True)
    motivo_anulacion = models.CharField(max_length=300, blank=True)

    # Observations of a ticket that is being born: not stored yet, judged by the law.
    por_ingresar = ()
    # Only while it is being born: the unit is locked and this is how it stands.
    mirada: Mirada | None = None
    # The id of the draft whose photos it takes.
    del_borrador: int | None = None

    class Meta:
        verbose_name = "ticket"
        verbose_name_plural = "tickets"
        constraints = [
            models.CheckConstraint(
                condition=Q(estado__in=[t for t in EstadoTicket.values if t]),
                name="ticket_estado_valido",
            )
        ]
        indexes = [
            models.Index(fields=["unidad", "estado"], name="ticket_de_unidad"),
            models.Index(fields=["unidad"], condition=Q(estado="RETENIDO"), name="ticket_retenido"),
        ]


class Observacion(FlujoObservacion):
    """One thing that fails: where, what and its own way to an end. Frozen with the ticket."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="observaciones")
    numero = models.PositiveSmallIntegerField()
    recinto = models.CharField("recinto", max_length=60)
    lugar = models.CharField("lugar", max_length=60)
    item = models.CharField("ítem", max_length=60)
    clase = models.CharField(
        "clase de elemento",
        max_length=15,
        choices=ClaseElemento.choices,
        default=ClaseElemento.OTRO,
    )
    descripcion = models.TextField("descripción", max_length=4000, blank=True)
    fotos = models.ManyToManyField("expedientes.Adjunto", blank=True, related_name="observaciones")
    # What staff photographed in the home: basis of a decision, proof of a work.
    fotos_personal = models.ManyToManyField("expedientes.Adjunto", blank=True, related_name="+")
    visitas = models.ManyToManyField("visitas.Visita", blank=True, related_name="observaciones")
    exclusion = models.CharField(max_length=2, choices=Exclusion.choices, blank=True)
    fundamento = models.TextField(max_length=1000, blank=True)
    motivo_disputa = models.TextField(max_length=1000, blank=True)
    resolucion = models.TextField(max_length=1000, blank=True)
    trabajo = models.TextField("trabajo realizado", max_length=1000, blank=True)
    # What the owner finds wrong in the work; it becomes `motivo_devolucion` if it goes back.
    reparo = models.TextField(max_length=1000, blank=True)
    motivo_devolucion = models.TextField(max_length=1000, blank=True)
    # The 72-hour clock that covers it, and the review clock of its dispute.
    plazo_trabajo = models.ForeignKey(
        "plazos.Plazo", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    plazo_consulta = models.ForeignKey(
        "plazos.Plazo", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "observación"
        verbose_name_plural = "observaciones"
        ordering = ["ticket_id", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "numero"], name="observacion_numero_unico"),
            models.CheckConstraint(
                condition=Q(estado__in=EstadoObservacion.values),
                name="observacion_estado_valido",
            ),
            models.CheckConstraint(
                condition=~Q(recinto="") & ~Q(lugar="") & ~Q(item=""),
                name="observacion_con_recinto_lugar_item",
            ),
        ]

    def __str__(self):
        return f"{self.item} · {self.lugar} · {self.recinto}"

    @property
    def es_acogida(self) -> bool:
        """The Jefe upheld the owner's dispute: what the Supervisor had decided no longer stands."""
        acogidas = (
            EstadoObservacion.APROBADA,
            EstadoObservacion.EJECUTADA,
            EstadoObservacion.CONFORME,
        )
        return bool(self.resolucion) and self.estado in acogidas
