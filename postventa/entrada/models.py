"""Mails that arrive: drafts for staff to read, never acts (TM-17)."""

from django.db import models
from django.db.models import Q

from postventa.expedientes import pdfs


class EstadoEntrante(models.TextChoices):
    PENDIENTE = "PENDIENTE", "Por revisar"
    USADO = "USADO", "Ingresado"
    DESCARTADO = "DESCARTADO", "Descartado"


class CorreoEntrante(models.Model):
    """One mail to a company, as plain text, with what seems to be asked in it.

    Whoever signs it may be anybody: the From line proves nothing, and no mail changes a case.
    """

    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="+")
    # The same mail delivered twice is one row.
    clave = models.CharField(max_length=64)
    origen = models.CharField("origen", max_length=20)
    de = models.EmailField("de", blank=True)
    de_nombre = models.CharField("nombre", max_length=120, blank=True)
    para = models.EmailField("para", blank=True)
    asunto = models.CharField("asunto", max_length=200, blank=True)
    texto = models.TextField("texto", max_length=20_000, blank=True)
    recibido_en = models.DateTimeField("recibido")
    # What the receiving server says of SPF, DKIM and DMARC; shown, never believed by itself.
    autenticidad = models.CharField("autenticidad", max_length=200, blank=True)
    # The case that a reply belongs to, by its signed address; and whether another one wrote it.
    expediente = models.ForeignKey(
        "expedientes.Expediente", models.PROTECT, null=True, blank=True, related_name="+"
    )
    es_de_otro = models.BooleanField("lo escribe otra persona", default=False)
    cliente = models.ForeignKey(
        "personas.Cliente", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    propuesto = models.JSONField("datos propuestos", default=dict)
    # Files that were not let in, by name and size.
    sin_guardar = models.JSONField(default=list)
    estado = models.CharField(
        "estado", max_length=10, choices=EstadoEntrante.choices, default=EstadoEntrante.PENDIENTE
    )
    motivo = models.CharField("motivo", max_length=300, blank=True)
    tratado_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, blank=True, related_name="+"
    )
    tratado_en = models.DateTimeField("tratado", null=True, blank=True)

    class Meta:
        verbose_name = "correo recibido"
        verbose_name_plural = "correos recibidos"
        ordering = ["-recibido_en", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["empresa", "clave"], name="entrante_una_vez"),
            models.CheckConstraint(
                condition=Q(estado__in=EstadoEntrante.values), name="entrante_estado_valido"
            ),
        ]
        indexes = [
            models.Index(
                fields=["empresa", "recibido_en"],
                condition=Q(estado="PENDIENTE"),
                name="entrante_por_revisar",
            ),
            models.Index(fields=["empresa", "de", "recibido_en"], name="entrante_de_alguien"),
        ]

    def __str__(self):
        return self.asunto or "(sin asunto)"


class FotoEntrante(models.Model):
    """A file that came with a mail: made again at the same gate as any upload (TM-22)."""

    correo = models.ForeignKey(CorreoEntrante, models.CASCADE, related_name="fotos")
    nombre = models.CharField(max_length=120)
    archivo = models.FileField(upload_to="entrada/%Y/%m")
    bytes = models.PositiveIntegerField()

    class Meta:
        verbose_name = "foto recibida"
        verbose_name_plural = "fotos recibidas"

    @property
    def tipo(self) -> str:
        """As the gate stored it: a photo, or a PDF."""
        return pdfs.TIPO if self.archivo.name.endswith(".pdf") else "image/jpeg"
