"""The outbox: the database is the queue of record; the broker is only a hint."""

from django.db import models
from django.db.models import Q


class EstadoAviso(models.TextChoices):
    EN_COLA = "EN_COLA", "En cola"
    EN_VUELO = "EN_VUELO", "Enviando"
    REINTENTO = "REINTENTO", "Reintentando"
    ENVIADO = "ENVIADO", "Enviado"
    FALLIDO = "FALLIDO", "Fallido"
    DESCARTADO = "DESCARTADO", "Descartado"


class Aviso(models.Model):
    """One message to one address. Rendered when sent, from the facts stored in `datos`."""

    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="+")
    expediente = models.ForeignKey(
        "expedientes.Expediente", models.PROTECT, null=True, blank=True, related_name="avisos"
    )
    tipo = models.CharField(max_length=40)
    # Same key, same message: a rerun of what queued it cannot queue it twice.
    clave = models.CharField(max_length=120, unique=True)
    nombre = models.CharField(max_length=120, blank=True)
    destino = models.EmailField(blank=True)
    datos = models.JSONField(default=dict)
    asunto = models.CharField(max_length=200, blank=True)
    estado = models.CharField(
        max_length=10, choices=EstadoAviso.choices, default=EstadoAviso.EN_COLA
    )
    intentos = models.PositiveSmallIntegerField(default=0)
    creado_en = models.DateTimeField()
    enviar_desde_en = models.DateTimeField()
    reclamado_en = models.DateTimeField(null=True, blank=True)
    enviado_en = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "correo"
        verbose_name_plural = "correos"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(estado__in=EstadoAviso.values), name="aviso_estado_valido"
            )
        ]
        indexes = [
            models.Index(
                fields=["enviar_desde_en"],
                condition=Q(estado__in=["EN_COLA", "REINTENTO", "EN_VUELO"]),
                name="aviso_por_enviar",
            )
        ]

    def __str__(self):
        return f"{self.tipo} ({self.get_estado_display()})"
