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
    AGRUPADO = "AGRUPADO", "En un resumen"


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
    # Real time: the next try.
    enviar_desde_en = models.DateTimeField()
    # Product time: an alert to staff waits for the next opening of its place. Null: at once.
    no_antes_en = models.DateTimeField("sale desde", null=True, blank=True)
    # Kind of the digest in which it leaves if others wait for the same person; "" leaves alone.
    grupo = models.CharField(max_length=40, blank=True)
    resumen = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="va")
    reclamado_en = models.DateTimeField(null=True, blank=True)
    enviado_en = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    # What the provider calls it, if one sends it: by this it tells that it came back.
    id_de_envio = models.CharField(max_length=200, blank=True)

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
            ),
            models.Index(
                fields=["no_antes_en"],
                condition=Q(estado="EN_COLA") & ~Q(grupo=""),
                name="aviso_por_agrupar",
            ),
            models.Index(
                fields=["id_de_envio"], condition=~Q(id_de_envio=""), name="aviso_de_proveedor"
            ),
        ]

    def __str__(self):
        return f"{self.asunto or self.tipo} ({self.get_estado_display()})"
