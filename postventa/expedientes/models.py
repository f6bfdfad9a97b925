"""The case, its append-only audit, its attachments and the draft that comes before it."""

import secrets
import uuid

from django.db import models
from django.db.models import Q


class Situacion(models.TextChoices):
    """What every company's case has in common, whatever its own states are called."""

    ABIERTO = "ABIERTO", "Abierto"
    RETENIDO = "RETENIDO", "Retenido"
    CERRADO = "CERRADO", "Cerrado"


def publico_nuevo():
    """Unguessable id for URLs: folios are sequential and never name a page (TM-36)."""
    return secrets.token_urlsafe(12)


class Expediente(models.Model):
    """Concrete parent of every case. The state lives in the child; the door copies `etapa`,
    `situacion` and `proximo_vence_en` here, so that a list reads one index."""

    tipo = models.CharField("tipo", max_length=30)
    publico = models.CharField(max_length=24, unique=True, default=publico_nuevo, editable=False)
    folio = models.CharField("folio", max_length=24)
    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="expedientes")
    sede = models.ForeignKey("empresas.Sede", models.PROTECT, related_name="expedientes")
    cliente = models.ForeignKey("personas.Cliente", models.PROTECT, related_name="expedientes")
    canal = models.CharField("canal", max_length=20)
    responsable = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, blank=True, related_name="expedientes"
    )
    etapa = models.CharField("etapa", max_length=30)
    situacion = models.CharField("situación", max_length=10, choices=Situacion.choices)
    proximo_vence_en = models.DateTimeField("próximo vencimiento", null=True, blank=True)
    creado_en = models.DateTimeField("creado")
    cerrado_en = models.DateTimeField("cerrado", null=True, blank=True)
    # One form, one case: the second identical post finds the first one's row (RF-11).
    nonce = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    cadena_largo = models.PositiveIntegerField(default=0, editable=False)
    cadena_cabeza = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "expediente"
        verbose_name_plural = "expedientes"
        constraints = [
            models.UniqueConstraint(fields=["empresa", "folio"], name="expediente_folio_unico"),
            models.CheckConstraint(
                condition=Q(situacion__in=Situacion.values), name="expediente_situacion_valida"
            ),
        ]
        indexes = [
            models.Index(
                fields=["empresa", "situacion", "proximo_vence_en", "id"],
                name="expediente_lista",
            ),
            models.Index(fields=["empresa", "-creado_en"], name="expediente_recientes"),
            # The order of the console's list, of a whole company and of one place: whoever opens
            # it reads its first rows and no others.
            models.Index(
                fields=["empresa", "proximo_vence_en", "-creado_en", "-id"],
                name="expediente_por_vencer",
            ),
            models.Index(
                fields=["sede", "proximo_vence_en", "-creado_en", "-id"],
                name="expediente_de_sede",
            ),
            # Of who works for several companies.
            models.Index(
                fields=["proximo_vence_en", "-creado_en", "-id"], name="expediente_de_todas"
            ),
            # What a person answers for: counted on the home, listed in the same order.
            models.Index(
                fields=["responsable", "situacion", "proximo_vence_en", "-creado_en", "-id"],
                name="expediente_responsable",
            ),
            # What the boards count of the open ones, without touching the table.
            models.Index(
                fields=["empresa", "tipo", "sede", "responsable", "creado_en"],
                condition=Q(situacion=Situacion.ABIERTO),
                name="expediente_abiertos",
            ),
        ]

    def __str__(self):
        return self.folio


class Movimiento(models.Model):
    """One act on a case. Append-only; the hash chains it to the previous one of its case.

    The hash covers ids, verb, states, instant and the digest of the salted payload, so that
    erasing a payload (MovimientoDetalle) leaves the chain whole.
    """

    expediente = models.ForeignKey(Expediente, models.PROTECT, related_name="movimientos")
    numero = models.PositiveIntegerField()
    objeto = models.CharField(max_length=20)
    objeto_id = models.BigIntegerField()
    verbo = models.CharField(max_length=40)
    antes = models.CharField(max_length=30, blank=True)
    despues = models.CharField(max_length=30, blank=True)
    clase_actor = models.CharField(max_length=12)
    por = models.ForeignKey("personas.Usuario", models.PROTECT, null=True, related_name="+")
    canal = models.CharField(max_length=20)
    ocurrido_en = models.DateTimeField()
    resumen = models.CharField(max_length=64)
    hash_previo = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "movimiento"
        verbose_name_plural = "movimientos"
        ordering = ["expediente_id", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["expediente", "numero"], name="movimiento_numero_unico")
        ]
        # What happened of one kind, for the boards.
        indexes = [models.Index(fields=["verbo", "ocurrido_en"], name="movimiento_de_verbo")]

    def __str__(self):
        return f"{self.expediente_id}/{self.numero} {self.verbo}"


class MovimientoDetalle(models.Model):
    """Personal data of an act: what was typed and who the person was. Erasable."""

    movimiento = models.OneToOneField(
        Movimiento, models.CASCADE, primary_key=True, related_name="detalle"
    )
    sal = models.CharField(max_length=32)
    nombre_actor = models.CharField(max_length=120)
    datos = models.JSONField(default=dict)


# Where the detail of an edit keeps the digest of what can be erased.
RESERVADO = "reservado"


class CambioMaestro(models.Model):
    """An edit of calendars, policies, roles or other master data: one chain per company."""

    empresa = models.ForeignKey(
        "empresas.Empresa", models.PROTECT, null=True, related_name="cambios"
    )
    numero = models.PositiveIntegerField()
    modelo = models.CharField(max_length=60)
    objeto_id = models.CharField(max_length=40)
    accion = models.CharField(max_length=12)
    por = models.ForeignKey("personas.Usuario", models.PROTECT, null=True, related_name="+")
    ocurrido_en = models.DateTimeField()
    sal = models.CharField(max_length=32)
    detalle = models.JSONField(default=dict)
    resumen = models.CharField(max_length=64)
    hash_previo = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "cambio de datos maestros"
        verbose_name_plural = "cambios de datos maestros"
        ordering = ["empresa_id", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["empresa", "numero"], name="cambio_numero_unico"),
            # Two constraints: "nulls not distinct" exists only on PostgreSQL.
            models.UniqueConstraint(
                fields=["numero"],
                condition=Q(empresa__isnull=True),
                name="cambio_comun_numero_unico",
            ),
        ]

    @property
    def a_la_vista(self) -> dict:
        """Field to `[antes, despues]`; what was kept apart, in its own words while it lives."""
        if RESERVADO not in self.detalle:
            return self.detalle
        llano = {campo: par for campo, par in self.detalle.items() if campo != RESERVADO}
        reserva = getattr(self, "reserva", None)
        aparte = reserva.datos if reserva else {"lo que se buscó": "se borró al pasar su plazo"}
        return {**llano, **{campo: ["", valor] for campo, valor in aparte.items()}}


class CambioReservado(models.Model):
    """What an edit holds of persons who are not of the staff. Erasable: the chain keeps its digest,
    under `RESERVADO` of the edit's detail."""

    cambio = models.OneToOneField(
        CambioMaestro, models.CASCADE, primary_key=True, related_name="reserva"
    )
    sal = models.CharField(max_length=32)
    datos = models.JSONField(default=dict)

    class Meta:
        verbose_name = "detalle reservado de un cambio"
        verbose_name_plural = "detalles reservados de los cambios"


class Ancla(models.Model):
    """Nightly fingerprint of every chain head: a chain rewritten whole no longer matches it."""

    tomada_en = models.DateTimeField()
    hasta_movimiento = models.BigIntegerField()
    cantidad = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "ancla"
        verbose_name_plural = "anclas"


class Correlativo(models.Model):
    """Counter of a series of numbers, taken with one locked UPDATE: no gaps, no repeats."""

    serie = models.CharField(max_length=60, primary_key=True)
    ultimo = models.PositiveIntegerField(default=0)


class Borrador(models.Model):
    """What a customer types before sending: lives here seven days, whatever the browser does."""

    empresa = models.ForeignKey("empresas.Empresa", models.CASCADE)
    cliente = models.ForeignKey("personas.Cliente", models.CASCADE)
    tipo = models.CharField(max_length=30)
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    datos = models.JSONField(default=dict)
    creado_en = models.DateTimeField()
    vence_en = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "borrador"
        verbose_name_plural = "borradores"


class Adjunto(models.Model):
    """A file that was let in: re-encoded, without location, under a generated name."""

    publico = models.CharField(max_length=24, unique=True, default=publico_nuevo)
    expediente = models.ForeignKey(
        Expediente, models.PROTECT, null=True, blank=True, related_name="adjuntos"
    )
    borrador = models.ForeignKey(
        Borrador, models.CASCADE, null=True, blank=True, related_name="adjuntos"
    )
    archivo = models.FileField(upload_to="adjuntos/%Y/%m/")
    miniatura = models.FileField(upload_to="adjuntos/%Y/%m/", blank=True)
    nombre = models.CharField("nombre original", max_length=120)
    tipo = models.CharField(max_length=40)
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    creado_en = models.DateTimeField()

    class Meta:
        verbose_name = "adjunto"
        verbose_name_plural = "adjuntos"
        constraints = [
            models.CheckConstraint(
                condition=Q(expediente__isnull=False) | Q(borrador__isnull=False),
                name="adjunto_con_duenio",
            )
        ]
