"""Proof that somebody reads the address on file: a challenge whose code is stored nowhere."""

import uuid

from django.db import models
from django.db.models import Q


class Proposito(models.TextChoices):
    ACCESO = "acceso", "Acceso"
    FIRMA = "firma", "Firma"
    # Dictated over the telephone to the member of staff who types the request (D-05).
    ASISTIDO = "asistido", "Ingreso asistido"
    # One case alone, opened from the link of its mail.
    CASO = "caso", "Un caso"
    # Nothing: it counts what is sent without coming in.
    ENVIO = "envio", "Envío sin acceso"


class Desafio(models.Model):
    """One code that was asked for. Who asked without owning anything gets a row like any other.

    Document, browser and network are kept as keyed hashes: enough to count and to compare, not
    to read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    empresa = models.ForeignKey("empresas.Empresa", models.CASCADE, related_name="+")
    sede = models.ForeignKey("empresas.Sede", models.CASCADE, related_name="+")
    # Null: a decoy, which no code opens.
    cliente = models.ForeignKey("personas.Cliente", models.CASCADE, null=True, related_name="+")
    proposito = models.CharField(max_length=10, choices=Proposito.choices)
    # What exactly it proves: the public id of the ticket to be signed.
    referencia = models.CharField(max_length=40, blank=True)
    navegador = models.CharField(max_length=64)
    documento = models.CharField(max_length=64)
    red = models.CharField(max_length=64)
    creado_en = models.DateTimeField()
    vence_en = models.DateTimeField()
    intentos = models.PositiveSmallIntegerField(default=0)
    usado_en = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "código de acceso"
        verbose_name_plural = "códigos de acceso"
        constraints = [
            models.CheckConstraint(
                condition=Q(proposito__in=Proposito.values), name="desafio_proposito_valido"
            )
        ]
        indexes = [
            models.Index(fields=["documento", "creado_en"], name="desafio_por_documento"),
            models.Index(fields=["red", "creado_en"], name="desafio_por_red"),
            models.Index(fields=["empresa", "creado_en"], name="desafio_por_empresa"),
        ]

    def __str__(self):
        return f"{self.get_proposito_display()} {self.creado_en:%Y-%m-%d %H:%M}"
