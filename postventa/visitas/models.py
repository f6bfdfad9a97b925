"""A visit to a customer's place and the quarter hours it takes from somebody's day."""

from django.db import models
from django.db.models import F, Q

from postventa.visitas.flujo import EstadoVisita, FlujoVisita


class ConVisitas:
    """Mixin of a case that is visited."""

    def ultima_visita(self):
        """The visit agreed last; None if there was none. Reads the prefetched rows if any."""
        return max(self.visitas.all(), key=lambda v: v.pk, default=None)


class Visita(FlujoVisita):
    """One agreed occasion: inspection or works."""

    class Tipo(models.TextChoices):
        INSPECCION = "INSPECCION", "Visita de inspección"
        TRABAJO = "TRABAJO", "Visita de trabajo"

    expediente = models.ForeignKey("expedientes.Expediente", models.PROTECT, related_name="visitas")
    tipo = models.CharField("tipo", max_length=12, choices=Tipo.choices)
    inicia_en = models.DateTimeField("empieza")
    termina_en = models.DateTimeField("termina")
    persona = models.ForeignKey("personas.Usuario", models.PROTECT, related_name="visitas")
    maestros = models.CharField("maestros", max_length=200, blank=True)
    # I-12: the works last what they last; the owner is told the estimate.
    termino_estimado_el = models.DateField("término estimado", null=True, blank=True)
    reemplazo_nombre = models.CharField("reemplazo", max_length=120, blank=True)
    reemplazo_documento = models.CharField("RUT del reemplazo", max_length=20, blank=True)
    reemplazo_telefono = models.CharField("teléfono del reemplazo", max_length=30, blank=True)
    reemplazo_registrado_en = models.DateTimeField(null=True, blank=True)
    # What the customer answers to the agreed hour: that they will be there, or another one.
    confirmada_en = models.DateTimeField("confirmada", null=True, blank=True)
    propuesta_inicia_en = models.DateTimeField("hora propuesta", null=True, blank=True)
    propuesta_nota = models.CharField("nota de la propuesta", max_length=300, blank=True)
    propuesta_en = models.DateTimeField(null=True, blank=True)
    # When to remind the customer: the sweep looks for it and empties it. Null: never, or done.
    recordar_en = models.DateTimeField("recordar", null=True, blank=True)
    recibe_rol = models.CharField("recibe", max_length=20, blank=True)
    # Who received for the owner, where the procedure asks for any representative (G-13).
    recibe_nombre = models.CharField("representante", max_length=120, blank=True)
    exige_conserjeria = models.BooleanField(default=True)
    conserjeria_autoriza = models.BooleanField("conserjería autoriza", null=True, blank=True)
    conserje = models.CharField("conserje", max_length=120, blank=True)
    personal_identificado = models.CharField("personal identificado", max_length=300, blank=True)
    llegada_en = models.DateTimeField("llegada", null=True, blank=True)
    cerrada_en = models.DateTimeField("cerrada", null=True, blank=True)
    motivo = models.CharField("motivo", max_length=300, blank=True)
    # The customer's objection to a recorded absence, until when it can be made (null: no term),
    # and what the chief resolved.
    objetable_hasta = models.DateTimeField("objetable hasta", null=True, blank=True)
    objetada_en = models.DateTimeField("objetada", null=True, blank=True)
    motivo_objecion = models.TextField("objeción", max_length=1000, blank=True)
    objecion_acogida = models.BooleanField("objeción acogida", null=True, blank=True)
    resolucion_objecion = models.TextField("resolución", max_length=1000, blank=True)

    class Meta:
        verbose_name = "visita"
        verbose_name_plural = "visitas"
        ordering = ["inicia_en"]
        constraints = [
            models.CheckConstraint(
                condition=Q(estado__in=EstadoVisita.values),
                name="visita_estado_valido",
            ),
            models.CheckConstraint(
                condition=Q(termina_en__gt=F("inicia_en")), name="visita_dura_algo"
            ),
        ]
        indexes = [
            models.Index(fields=["persona", "estado", "inicia_en"], name="visita_agenda"),
            # The order of the console's list, and what happens on a day.
            models.Index(fields=["inicia_en", "id"], name="visita_por_hora"),
            models.Index(
                fields=["recordar_en"],
                condition=Q(recordar_en__isnull=False),
                name="visita_por_recordar",
            ),
        ]

    @property
    def cuenta_como_inasistencia(self) -> bool:
        """Nobody was there, and no objection to it was upheld (D-14)."""
        return self.estado == EstadoVisita.INASISTENCIA_CLIENTE and not self.objecion_acogida

    def __str__(self):
        return f"{self.get_tipo_display()} {self.inicia_en:%Y-%m-%d %H:%M}"


class Ocupacion(models.Model):
    """A quarter hour of a person, taken by a visit. The unique row is what stops two visits at
    once, on both databases (INV-4)."""

    persona = models.ForeignKey("personas.Usuario", models.CASCADE, related_name="+")
    bloque_en = models.DateTimeField()
    visita = models.ForeignKey(Visita, models.CASCADE, related_name="ocupaciones")

    class Meta:
        verbose_name = "ocupación"
        verbose_name_plural = "ocupaciones"
        constraints = [
            models.UniqueConstraint(fields=["persona", "bloque_en"], name="ocupacion_unica")
        ]


class LlaveDeAgenda(models.Model):
    """The key of a person's own feed of visits: whoever holds its address reads places and hours.

    Only its digest is stored: a copy of the database opens nobody's diary.
    """

    persona = models.OneToOneField(
        "personas.Usuario", models.CASCADE, primary_key=True, related_name="+"
    )
    huella = models.CharField(max_length=64, unique=True)
    creada_en = models.DateTimeField()

    class Meta:
        verbose_name = "llave de agenda"
        verbose_name_plural = "llaves de agenda"
