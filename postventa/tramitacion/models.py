"""A revision of running clocks that somebody asked for: the database is the job of record."""

import uuid

from django.db import models
from django.db.models import Q


class EstadoRecalculo(models.TextChoices):
    PENDIENTE = "PENDIENTE", "En espera"
    EN_CURSO = "EN_CURSO", "En curso"
    TERMINADO = "TERMINADO", "Terminada"
    DETENIDO = "DETENIDO", "Detenida"


ACTIVOS = (EstadoRecalculo.PENDIENTE, EstadoRecalculo.EN_CURSO)


class Recalculo(models.Model):
    """One revision of what a calendar or a jornada moved: who, why, how far it is.

    A worker goes through it in batches; killed, run again or run twice, each clock moves once.
    """

    calendario = models.ForeignKey(
        "calendario.Calendario", models.PROTECT, null=True, related_name="+"
    )
    jornada = models.ForeignKey("calendario.Jornada", models.PROTECT, null=True, related_name="+")
    motivo = models.CharField("motivo", max_length=300)
    pedido_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, related_name="+", verbose_name="quién"
    )
    pedido_en = models.DateTimeField("pedida")
    # One form, one job: the same post again finds this row.
    clave = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # State of every calendar when the list was seen: what is applied is what was read.
    huella = models.CharField(max_length=64)
    estado = models.CharField(
        "estado",
        max_length=10,
        choices=EstadoRecalculo.choices,
        default=EstadoRecalculo.PENDIENTE,
    )
    total = models.PositiveIntegerField("plazos", default=0)
    hechos = models.PositiveIntegerField("hechos", default=0)
    error = models.CharField("error", max_length=300, blank=True)
    terminado_en = models.DateTimeField("terminada", null=True)

    class Meta:
        verbose_name = "revisión de plazos"
        verbose_name_plural = "revisiones de plazos"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(calendario__isnull=False, jornada__isnull=True)
                | Q(calendario__isnull=True, jornada__isnull=False),
                name="recalculo_de_un_dato",
            ),
            models.CheckConstraint(
                condition=Q(estado__in=EstadoRecalculo.values), name="recalculo_estado_valido"
            ),
            models.UniqueConstraint(
                fields=["calendario"],
                condition=Q(estado__in=ACTIVOS),
                name="recalculo_uno_por_calendario",
            ),
            models.UniqueConstraint(
                fields=["jornada"],
                condition=Q(estado__in=ACTIVOS),
                name="recalculo_uno_por_jornada",
            ),
        ]

    def __str__(self):
        return f"Revisión n.º {self.pk}: {self.dato}"

    @property
    def dato(self):
        """The calendar or jornada that changed."""
        return self.calendario or self.jornada

    @property
    def es_activo(self):
        return self.estado in ACTIVOS


class PlazoRecalculado(models.Model):
    """One clock of a revision, with its date before and after."""

    class Estado(models.TextChoices):
        PENDIENTE = "PENDIENTE", "Pendiente"
        MOVIDO = "MOVIDO", "Movido"
        IGUAL = "IGUAL", "Sin cambio"
        FALLIDO = "FALLIDO", "No se pudo"

    recalculo = models.ForeignKey(Recalculo, models.CASCADE, related_name="lineas")
    plazo = models.ForeignKey("plazos.Plazo", models.PROTECT, related_name="+")
    expediente = models.ForeignKey("expedientes.Expediente", models.PROTECT, related_name="+")
    antes = models.DateTimeField()
    despues = models.DateTimeField()
    estado = models.CharField(max_length=10, choices=Estado.choices, default=Estado.PENDIENTE)

    class Meta:
        verbose_name = "plazo de una revisión"
        verbose_name_plural = "plazos de una revisión"
        constraints = [
            models.UniqueConstraint(fields=["recalculo", "plazo"], name="recalculo_plazo_unico"),
        ]
        indexes = [
            models.Index(fields=["recalculo", "estado", "antes"], name="recalculo_por_hacer"),
        ]
