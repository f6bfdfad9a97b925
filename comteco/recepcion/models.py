"""The hall's rows: where things are, what is routed where, who is received, with which number."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from comteco.recepcion.flujo import (
    EN_MANO,
    EstadoAtencion,
    EstadoFicha,
    FlujoAtencion,
    FlujoFicha,
)
from postventa.expedientes.models import Expediente, publico_nuevo

PREFIJO = RegexValidator(r"^[A-Z]{1,2}$", "Usa una o dos letras mayúsculas.")


class Unidad(models.Model):
    """A unit of the company and where it is: what reception locates and routes to."""

    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="+")
    codigo = models.SlugField("código", max_length=40)
    nombre = models.CharField("nombre", max_length=120)
    ubicacion = models.CharField("ubicación", max_length=160, blank=True)
    es_activa = models.BooleanField("activa", default=True)

    class Meta:
        verbose_name = "unidad"
        verbose_name_plural = "unidades"
        ordering = ["nombre"]
        constraints = [
            models.UniqueConstraint(fields=["empresa", "codigo"], name="unidad_de_sala_codigo")
        ]

    def __str__(self):
        return self.nombre


class Funcionario(models.Model):
    """Somebody whom a visitor may ask for (activity 3); not an account of this site."""

    unidad = models.ForeignKey(
        Unidad, models.PROTECT, related_name="funcionarios", verbose_name="unidad"
    )
    nombre = models.CharField("nombre", max_length=120)
    cargo = models.CharField("cargo", max_length=120, blank=True)
    ubicacion = models.CharField(
        "ubicación", max_length=160, blank=True, help_text="Vacía: la de su unidad."
    )
    es_activo = models.BooleanField("activo", default=True)

    class Meta:
        verbose_name = "funcionario"
        verbose_name_plural = "funcionarios"
        ordering = ["nombre"]

    def __str__(self):
        return self.nombre


class Destino(models.Model):
    """A row of the routing table (activity 5), in force between two days. An edit is a new row."""

    class Grupo(models.TextChoices):
        VENTA = "A", "Venta"
        POSTVENTA = "B", "Post venta"
        BAJA = "C", "Retiro o baja"

    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="+")
    codigo = models.SlugField("código", max_length=40)
    grupo = models.CharField("grupo", max_length=1, choices=Grupo.choices)
    pedido = models.CharField("si el cliente busca", max_length=200)
    palabras = models.CharField(
        "otras palabras", max_length=200, blank=True, help_text="Con que también se pide."
    )
    unidad = models.ForeignKey(Unidad, models.PROTECT, related_name="+", verbose_name="va a")
    lugar = models.CharField("mesón o lugar", max_length=80, blank=True)
    prefijo = models.CharField(
        "letra de la ficha",
        max_length=2,
        blank=True,
        validators=[PREFIJO],
        help_text="Vacía: se direcciona sin ficha.",
    )
    requisitos = models.TextField("requisitos, persona natural", max_length=2000, blank=True)
    requisitos_juridica = models.TextField(
        "requisitos, persona jurídica", max_length=2000, blank=True
    )
    fuente = models.CharField("de dónde sale", max_length=200, blank=True)
    vigente_desde = models.DateField("vigente desde")
    vigente_hasta = models.DateField("vigente hasta", null=True, blank=True)

    class Meta:
        verbose_name = "destino"
        verbose_name_plural = "tabla de direccionamiento"
        ordering = ["grupo", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["empresa", "codigo"],
                condition=Q(vigente_hasta__isnull=True),
                name="destino_vigente_unico",
            )
        ]

    def __str__(self):
        return self.pedido


class SalaDeEspera(models.Model):
    """What a place's hall decides: how often to call, and the key of its panel (only its hash)."""

    sede = models.OneToOneField(
        "empresas.Sede", models.PROTECT, related_name="sala_de_espera", verbose_name="sede"
    )
    llamadas_para_ausente = models.PositiveSmallIntegerField(
        "llamadas antes de darla por ausente",
        default=3,
        validators=[MinValueValidator(1)],
        help_text="Supuesto: el procedimiento no lo dice.",
    )
    llave_huella = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    llave_dada_en = models.DateTimeField("llave del panel", null=True, editable=False)

    class Meta:
        verbose_name = "sala de espera"
        verbose_name_plural = "salas de espera"

    def __str__(self):
        return f"Sala de {self.sede}"


class Meson(models.Model):
    """A desk: which numbers it calls and who sits there."""

    sede = models.ForeignKey("empresas.Sede", models.PROTECT, related_name="mesones")
    codigo = models.CharField("mesón", max_length=30, help_text="Como lo dice el panel: Mesón 19.")
    unidad = models.ForeignKey(Unidad, models.PROTECT, related_name="+", verbose_name="unidad")
    prefijos = models.CharField(
        "letras que atiende",
        max_length=20,
        validators=[RegexValidator(r"^[A-Z]{1,2}( [A-Z]{1,2})*$", "Letras y espacios: V P R.")],
    )
    atiende = models.OneToOneField(
        "personas.Usuario",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meson",
        verbose_name="atiende",
    )
    es_activo = models.BooleanField("activo", default=True)

    class Meta:
        verbose_name = "mesón"
        verbose_name_plural = "mesones"
        ordering = ["sede_id", "codigo"]
        constraints = [models.UniqueConstraint(fields=["sede", "codigo"], name="meson_codigo")]

    def __str__(self):
        return self.codigo

    def clean(self):
        if self.unidad_id and self.sede_id and self.unidad.empresa_id != self.sede.empresa_id:
            raise ValidationError({"unidad": "Es de otra empresa."})

    @property
    def empresa_id(self):
        return self.sede.empresa_id


class Tanteo(models.Model):
    """Addresses of the hall that do not exist, asked for by one network in one hour."""

    huella = models.CharField(max_length=64)
    hora = models.DateTimeField()
    cuantas = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "tanteo de direcciones"
        verbose_name_plural = "tanteos de direcciones"
        constraints = [models.UniqueConstraint(fields=["huella", "hora"], name="tanteo_unico")]

    def __str__(self):
        return f"{self.hora:%Y-%m-%d %H} {self.cuantas}"


class Atencion(FlujoAtencion, Expediente):
    """One person received in the hall, from the welcome to where the procedure leaves them."""

    class Finalidad(models.TextChoices):
        """003:72, what a visitor goes in for."""

        ENTREVISTA = "entrevista", "Entrevista con un funcionario"
        SECTOR = "sector", "Visita a un sector"
        CORRESPONDENCIA = "correspondencia", "Entrega de correspondencia"

    destino = models.ForeignKey(Destino, models.PROTECT, null=True, related_name="+")
    tema = models.CharField("sobre qué", max_length=200, blank=True)
    dio_folleto = models.BooleanField("folleto entregado", default=False)
    # --- activities 3 and 4
    lugar = models.CharField("a quién o dónde va", max_length=280, blank=True)
    finalidad = models.CharField("para qué", max_length=20, choices=Finalidad.choices, blank=True)
    pidio_documento = models.BooleanField("documento solicitado", default=False)
    credencial = models.CharField("credencial", max_length=20, blank=True)
    credencial_dada_en = models.DateTimeField(null=True)
    credencial_devuelta_en = models.DateTimeField(null=True)
    # --- activities 6 and 7: what the operator saw in Smartflex
    referencia = models.CharField("referencia de Smartflex", max_length=40, blank=True)
    cumple_requisitos = models.BooleanField("cumple los requisitos", default=False)
    tiene_deuda = models.BooleanField("tiene deuda", default=False)
    pendientes = models.CharField("lo que falta", max_length=600, blank=True)
    verificada_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "atención"
        verbose_name_plural = "atenciones de la sala"
        constraints = [
            models.CheckConstraint(
                condition=Q(estado__in=[e for e in EstadoAtencion.values if e]),
                name="atencion_estado_valido",
            )
        ]
        indexes = [
            models.Index(
                fields=["credencial_dada_en"],
                condition=Q(credencial_dada_en__isnull=False, credencial_devuelta_en__isnull=True),
                name="atencion_credencial_fuera",
            )
        ]


class Ficha(FlujoFicha):
    """A number to wait with. It names nobody: panel and page show it with a desk, no more."""

    atencion = models.ForeignKey(Atencion, models.PROTECT, related_name="fichas")
    sede = models.ForeignKey("empresas.Sede", models.PROTECT, related_name="+")
    unidad = models.ForeignKey(Unidad, models.PROTECT, related_name="+")
    prefijo = models.CharField(max_length=2)
    dia = models.DateField()
    numero = models.PositiveIntegerField()
    publico = models.CharField(max_length=24, unique=True, default=publico_nuevo, editable=False)
    viene_de = models.OneToOneField("self", models.PROTECT, null=True, related_name="sigue_en")
    deriva_a = models.ForeignKey(Unidad, models.PROTECT, null=True, related_name="+")
    meson = models.ForeignKey(Meson, models.PROTECT, null=True, related_name="fichas")
    llamadas = models.PositiveSmallIntegerField(default=0)
    emitida_en = models.DateTimeField()
    llamada_en = models.DateTimeField(null=True)
    atendida_desde = models.DateTimeField(null=True)
    terminada_en = models.DateTimeField(null=True)
    # The survey, once: null until it is answered.
    satisfecho = models.BooleanField(null=True)
    encuestada_en = models.DateTimeField(null=True)
    # Who wrote the answer down at the desk; null when the carrier answered by themselves.
    encuestada_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "ficha de atención"
        verbose_name_plural = "fichas de atención"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(estado__in=[e for e in EstadoFicha.values if e]),
                name="ficha_estado_valido",
            ),
            models.UniqueConstraint(
                fields=["sede", "dia", "prefijo", "numero"], name="ficha_numero_unico"
            ),
            models.UniqueConstraint(
                fields=["meson"], condition=Q(estado__in=EN_MANO), name="ficha_una_por_meson"
            ),
        ]
        indexes = [
            models.Index(fields=["sede", "dia", "estado", "unidad", "id"], name="ficha_cola"),
            models.Index(fields=["sede", "dia", "-llamada_en"], name="ficha_panel"),
        ]

    def __str__(self):
        return self.codigo

    @property
    def codigo(self) -> str:
        """As it is printed and called: `P-047`."""
        return f"{self.prefijo}-{self.numero:03d}"
