"""Documents of a case, fixed before anybody signs them, and their signatures."""

import json

from django.db import models


class Documento(models.Model):
    """A document as canonical JSON and its SHA-256: what is signed is exactly this text."""

    expediente = models.ForeignKey(
        "expedientes.Expediente", models.PROTECT, related_name="documentos"
    )
    tipo = models.CharField(max_length=30)
    ordinal = models.PositiveIntegerField(default=1)
    canonico = models.TextField()
    sha256 = models.CharField(max_length=64)
    creado_en = models.DateTimeField()

    class Meta:
        verbose_name = "documento"
        verbose_name_plural = "documentos"
        constraints = [
            models.UniqueConstraint(
                fields=["expediente", "tipo", "ordinal"], name="documento_ordinal_unico"
            )
        ]

    def __str__(self):
        return f"{self.tipo} {self.ordinal} de {self.expediente_id}"

    @property
    def titulo(self):
        """What the document calls itself."""
        return json.loads(self.canonico).get("documento", self.tipo)


class Firma(models.Model):
    """Simple electronic signature (Ley 19.799 art. 3) and the evidence of it."""

    class Metodo(models.TextChoices):
        CODIGO = "codigo", "Nombre escrito y código de un solo uso"
        DIBUJO = "dibujo", "Firma dibujada"

    documento = models.OneToOneField(Documento, models.PROTECT, related_name="firma")
    rol = models.CharField(max_length=20)
    nombre = models.CharField(max_length=120)
    numero_documento = models.CharField(max_length=20)
    metodo = models.CharField(max_length=10, choices=Metodo.choices)
    firmado_en = models.DateTimeField()
    direccion_ip = models.GenericIPAddressField(null=True, blank=True)
    navegador = models.CharField(max_length=200, blank=True)
    # Drawn by hand: an SVG path of moves and lines on the sheet of `trazo.py`.
    trazo = models.TextField(blank=True)
    testigo = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "firma"
        verbose_name_plural = "firmas"

    @property
    def como(self) -> str:
        """How it was made, in words: from afar a drawing also took a code."""
        if self.metodo == self.Metodo.DIBUJO and self.testigo_id is None:
            return "Firma dibujada y código de un solo uso"
        return self.get_metodo_display()
