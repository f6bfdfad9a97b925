"""COMTECO's post-sale request, what is written of it on its way, its requirements and tariffs."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from comteco.procedimientos.flujo import FlujoTramite
from comteco.procedimientos.flujos.base import P, Procedimiento
from comteco.procedimientos.opciones import (
    CambioDePlan,
    ComoPaga,
    Concepto,
    EstadoDano,
    Persona,
    Pide,
    ReclamoPrevio,
    Servicio,
    Sistema,
    Via,
)
from postventa.expedientes.models import Expediente


def en_bolivianos(monto: Decimal) -> str:
    """`Bs 146,28`."""
    return f"Bs {monto:,.2f}".translate(str.maketrans(",.", ".,"))


class Tramite(FlujoTramite, Expediente):
    """One request of procedures A to J. A branch of the graph is taken by a fact of this record."""

    procedimiento = models.CharField(
        "procedimiento", max_length=1, choices=Procedimiento.choices, db_index=True
    )
    producto = models.CharField("número de producto", max_length=20)
    servicio = models.CharField("servicio", max_length=12, choices=Servicio.choices)
    persona = models.CharField("persona", max_length=10, choices=Persona.choices)
    es_tercero = models.BooleanField("tramita un tercero", default=False)
    tercero = models.CharField("tramitador", max_length=120, blank=True)
    tercero_documento = models.CharField("cédula del tramitador", max_length=20, blank=True)
    # --- what every procedure writes
    cumple_requisitos = models.BooleanField("cumple requisitos", null=True, blank=True)
    pedido = models.TextField("lo solicitado", max_length=2000, blank=True)
    paga_ahora = models.BooleanField("cancela ahora", null=True, blank=True)
    importe = models.DecimalField(
        "importe por cobrar", max_digits=10, decimal_places=2, null=True, blank=True
    )
    firmado_por = models.CharField("firmó", max_length=120, blank=True)
    firmado_en = models.DateTimeField("firmado", null=True, blank=True)
    motivo_anulacion = models.TextField("por qué se anuló", max_length=1000, blank=True)
    # --- B
    cambio = models.CharField(
        "qué cambia del plan", max_length=10, choices=CambioDePlan.choices, blank=True
    )
    # --- C
    es_factible = models.BooleanField("tiene factibilidad técnica", null=True, blank=True)
    cambia_tecnologia = models.BooleanField("con cambio de tecnología", null=True, blank=True)
    direccion = models.CharField("dirección", max_length=200, blank=True)
    barrio = models.CharField("barrio", max_length=80, blank=True)
    trasladado_en = models.DateTimeField("trasladado", null=True, blank=True)
    # --- D
    pide = models.CharField("pide", max_length=10, choices=Pide.choices, blank=True)
    es_primera_vez = models.BooleanField("primera vez en el año", null=True, blank=True)
    autorizado_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, blank=True, related_name="+"
    )
    motivo_autorizacion = models.TextField("por qué se autorizó", max_length=1000, blank=True)
    desde_el = models.DateField("inicio de la suspensión", null=True, blank=True)
    hasta_el = models.DateField("reconexión", null=True, blank=True)
    habilitado_en = models.DateTimeField("habilitado", null=True, blank=True)
    reconectado_en = models.DateTimeField("reconectado", null=True, blank=True)
    # Of a reconnection: the suspension that it ends.
    suspension = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reconexiones"
    )
    # --- E and F
    estado_dano = models.CharField(
        "estado del daño", max_length=12, choices=EstadoDano.choices, blank=True
    )
    telefono = models.CharField("teléfono de referencia", max_length=40, blank=True)
    es_nplay = models.BooleanField("es Nplay", null=True, blank=True)
    reparado_en = models.DateTimeField("solucionado", null=True, blank=True)
    reclamo_previo = models.CharField(
        "reclamo anterior", max_length=10, choices=ReclamoPrevio.choices, blank=True
    )
    resolucion = models.TextField("resolución", max_length=2000, blank=True)
    esta_satisfecho = models.BooleanField("cliente satisfecho", null=True, blank=True)
    numero_odeco = models.CharField("formulario ODECO", max_length=40, blank=True)
    respuesta = models.TextField("respuesta escrita", max_length=2000, blank=True)
    respondido_en = models.DateTimeField("reclamo respondido", null=True, blank=True)
    # --- G: months asked for, `2026-10`
    meses = models.JSONField("meses", default=list, blank=True)
    como_paga = models.CharField("cómo paga", max_length=10, choices=ComoPaga.choices, blank=True)

    class Meta:
        verbose_name = "trámite"
        verbose_name_plural = "trámites"
        constraints = [
            models.CheckConstraint(
                condition=Q(estado__in=[p for p in P.values if p]), name="tramite_paso_valido"
            ),
            models.CheckConstraint(
                condition=Q(procedimiento__in=Procedimiento.values), name="tramite_procedimiento"
            ),
            models.CheckConstraint(
                condition=Q(desde_el__isnull=True) | Q(hasta_el__gt=F("desde_el")),
                name="tramite_suspension_con_fin",
            ),
            # Only the holder is given the detail of calls.
            models.CheckConstraint(
                condition=~Q(procedimiento="G", es_tercero=True), name="tramite_detalle_al_titular"
            ),
        ]
        indexes = [models.Index(fields=["producto", "desde_el"], name="tramite_suspensiones")]

    @property
    def solicitante(self) -> str:
        """Who stands at the counter and signs."""
        return self.tercero if self.es_tercero else self.cliente.nombre

    @property
    def importe_en_palabras(self) -> str:
        return "" if self.importe is None else en_bolivianos(self.importe)


class DeTramite(models.Model):
    """Something written of a trámite: who and when, in the order in which it was."""

    por = models.ForeignKey("personas.Usuario", models.PROTECT, null=True, related_name="+")
    en = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["pk"]


class Requisito(models.Model):
    """A row of an annex, in force between two dates. It is ended and written anew, not edited."""

    class Quien(models.TextChoices):
        AMBOS = "", "Titular o tercero"
        TITULAR = "titular", "Solo el titular"
        TERCERO = "tercero", "Solo un tercero"

    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="+")
    procedimiento = models.CharField("procedimiento", max_length=1, choices=Procedimiento.choices)
    anexo = models.PositiveSmallIntegerField("anexo", null=True, blank=True)
    # Empty: of every kind.
    persona = models.CharField("persona", max_length=10, choices=Persona.choices, blank=True)
    quien = models.CharField("quién tramita", max_length=10, choices=Quien.choices, blank=True)
    pide = models.CharField("pide", max_length=10, choices=Pide.choices, blank=True)
    servicio = models.CharField("servicio", max_length=12, choices=Servicio.choices, blank=True)
    orden = models.PositiveSmallIntegerField("orden", default=0)
    texto = models.CharField("requisito", max_length=300)
    es_lectura = models.BooleanField(
        "lectura", default=False, help_text="El documento calla: así se leyó."
    )
    desde_el = models.DateField("desde")
    hasta_el = models.DateField("hasta", null=True, blank=True)
    fuente = models.CharField("fuente", max_length=120, blank=True)

    class Meta:
        verbose_name = "requisito"
        verbose_name_plural = "requisitos"
        ordering = ["procedimiento", "orden", "pk"]

    def __str__(self):
        return self.texto

    def clean(self):
        if self.desde_el and self.hasta_el and self.hasta_el < self.desde_el:
            raise ValidationError({"hasta_el": "Escribe una fecha desde la de inicio."})


class RequisitoVisto(DeTramite):
    """A requirement looked at: met or missing, as it was worded that day."""

    tramite = models.ForeignKey(Tramite, models.PROTECT, related_name="requisitos")
    requisito = models.ForeignKey(Requisito, models.PROTECT, related_name="+")
    texto = models.CharField(max_length=300)
    cumple = models.BooleanField()

    class Meta(DeTramite.Meta):
        constraints = [
            models.UniqueConstraint(fields=["tramite", "requisito"], name="requisito_visto_una_vez")
        ]


class Tarifa(models.Model):
    """What a concept costs between two dates. A new price is another row."""

    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="+")
    concepto = models.CharField("concepto", max_length=20, choices=Concepto.choices)
    servicio = models.CharField("servicio", max_length=12, choices=Servicio.choices, blank=True)
    monto = models.DecimalField(
        "monto (Bs)", max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    desde_el = models.DateField("desde")
    hasta_el = models.DateField("hasta", null=True, blank=True)
    fuente = models.CharField("fuente", max_length=120, blank=True)

    class Meta:
        verbose_name = "tarifa"
        verbose_name_plural = "tarifas"
        ordering = ["concepto", "servicio", "-desde_el"]
        constraints = [
            models.UniqueConstraint(
                fields=["empresa", "concepto", "servicio", "desde_el"], name="tarifa_una_por_dia"
            ),
            models.CheckConstraint(condition=Q(monto__gte=0), name="tarifa_no_negativa"),
        ]

    def __str__(self):
        return f"{self.get_concepto_display()} {self.get_servicio_display()}".strip()

    def clean(self):
        if self.desde_el and self.hasta_el and self.hasta_el < self.desde_el:
            raise ValidationError({"hasta_el": "Escribe una fecha desde la de inicio."})

    @property
    def en_palabras(self) -> str:
        return en_bolivianos(self.monto)


class Cobro(DeTramite):
    """What the customer pays for a trámite, by the till or on the recurring bill."""

    tramite = models.ForeignKey(Tramite, models.PROTECT, related_name="cobros")
    concepto = models.CharField(max_length=20, choices=Concepto.choices)
    monto = models.DecimalField(max_digits=10, decimal_places=2)
    via = models.CharField(max_length=10, choices=Via.choices)
    # Of the receipt of the till, or of the invoice that goes on the bill.
    numero = models.CharField("comprobante", max_length=40, blank=True)

    class Meta(DeTramite.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(monto__gt=0), name="cobro_positivo"),
            models.CheckConstraint(
                condition=~Q(via="caja", numero=""), name="cobro_de_caja_con_comprobante"
            ),
        ]

    @property
    def en_palabras(self) -> str:
        return en_bolivianos(self.monto)


class Confirmacion(DeTramite):
    """What one of the company's systems answered to a step."""

    tramite = models.ForeignKey(Tramite, models.PROTECT, related_name="confirmaciones")
    sistema = models.CharField(max_length=10, choices=Sistema.choices)
    paso = models.CharField(max_length=5)
    que = models.CharField(max_length=120)
    # Empty: the step only looks at that system.
    referencia = models.CharField("número de referencia", max_length=40, blank=True)
