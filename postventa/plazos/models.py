"""Deadlines: policies as data and one row per running clock."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from postventa.calendario.habiles import Unidad, revisar
from postventa.calendario.palabras import cantidad_en_palabras
from postventa.personas.models import Rol

UNIDADES = [
    (Unidad.HORAS_HABILES, "Horas hábiles (24 por día hábil)"),
    (Unidad.HORAS_OFICINA, "Horas de oficina"),
    (Unidad.HORAS_CORRIDAS, "Horas corridas"),
    (Unidad.DIAS_HABILES, "Días hábiles"),
    (Unidad.DIAS_CALENDARIO, "Días calendario"),
    (Unidad.MESES, "Meses"),
]

# Staff roles, and the people that a procedure names and a case points at.
ROLES_QUE_SE_AVISAN = {
    *(r.value for r in (Rol.SUPERVISOR, Rol.JEFE, Rol.CALL_CENTER, Rol.GERENTE)),
    *(r.value for r in (Rol.ADMINISTRADOR, Rol.INSPECTOR, Rol.MAESTRO, Rol.LEGAL, Rol.ASESOR)),
    "responsable",
    "reclamante",
}


class PoliticaPlazo(models.Model):
    """A term of a procedure. Edited by adding a version; open clocks keep the one they had."""

    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="politicas")
    codigo = models.SlugField("código", max_length=30)
    version = models.PositiveIntegerField("versión", default=1)
    es_vigente = models.BooleanField("vigente", default=True)
    nombre = models.CharField("nombre", max_length=80)
    cantidad = models.PositiveIntegerField(
        "cantidad", validators=[MinValueValidator(1), MaxValueValidator(10_000)]
    )
    unidad = models.CharField("unidad", max_length=20, choices=UNIDADES)
    rueda_a_apertura = models.BooleanField(
        "si cae fuera de horario, pasa a la próxima apertura", default=False
    )
    es_estricto = models.BooleanField(
        "estricto", default=False, help_text="«Menos de»: cumplir justo al vencer es tarde."
    )
    jornada = models.ForeignKey(
        "calendario.Jornada", models.PROTECT, null=True, blank=True, related_name="+"
    )
    limite_cantidad = models.PositiveIntegerField(
        "límite",
        null=True,
        blank=True,
        help_text="Segundo término, en la misma unidad, que el documento nombra.",
    )
    aviso_cantidad = models.PositiveIntegerField("avisar antes", null=True, blank=True)
    aviso_unidad = models.CharField(
        "unidad del aviso",
        max_length=20,
        choices=UNIDADES,
        blank=True,
        default=Unidad.DIAS_HABILES,
    )
    avisa_a = models.CharField("advertencia a", max_length=120, blank=True)
    escala_a = models.CharField("vencimiento a", max_length=120, blank=True)
    es_inmediata = models.BooleanField(
        "avisa a toda hora",
        default=False,
        help_text="Sus avisos salen también de noche y en feriados, cada uno por su cuenta.",
    )
    es_supuesto = models.BooleanField(
        "supuesto", default=False, help_text="El documento no da la cifra."
    )
    fuente = models.CharField("fuente", max_length=200, blank=True)

    class Meta:
        verbose_name = "política de plazo"
        verbose_name_plural = "políticas de plazo"
        ordering = ["empresa", "codigo", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["empresa", "codigo", "version"], name="politica_version_unica"
            ),
            models.UniqueConstraint(
                fields=["empresa", "codigo"],
                condition=Q(es_vigente=True),
                name="politica_una_vigente",
            ),
        ]

    def __str__(self):
        return f"{self.nombre} ({cantidad_en_palabras(self.cantidad, Unidad(self.unidad))})"

    def clean(self):
        """Refuse here what would fail later, in front of whoever opens a clock with it."""
        errores = {}
        for campo, unidad in (
            ("cantidad", self.unidad),
            ("limite_cantidad", self.unidad),
            ("aviso_cantidad", self.aviso_unidad or self.unidad),
        ):
            cantidad = getattr(self, campo)
            if cantidad is None or not unidad:
                continue
            try:
                revisar(cantidad, Unidad(unidad))
            except ValueError as error:
                errores[campo] = str(error)
        for campo in ("avisa_a", "escala_a"):
            ajenas = set(getattr(self, campo).split()) - ROLES_QUE_SE_AVISAN
            if ajenas:
                errores[campo] = (
                    f"No existe el rol {', '.join(sorted(ajenas))}. Escribe uno o varios de: "
                    f"{', '.join(sorted(ROLES_QUE_SE_AVISAN))}."
                )
        if errores:
            raise ValidationError(errores)

    @property
    def roles_de_aviso(self):
        return self.avisa_a.split()

    @property
    def roles_de_vencimiento(self):
        return self.escala_a.split()


class EstadoPlazo(models.TextChoices):
    CORRIENDO = "CORRIENDO", "Corriendo"
    ADVERTIDO = "ADVERTIDO", "Advertido"
    VENCIDO = "VENCIDO", "Vencido"
    CUMPLIDO = "CUMPLIDO", "Cumplido"
    CUMPLIDO_TARDE = "CUMPLIDO_TARDE", "Cumplido tarde"
    CANCELADO = "CANCELADO", "Cancelado"


ABIERTOS = (EstadoPlazo.CORRIENDO, EstadoPlazo.ADVERTIDO, EstadoPlazo.VENCIDO)


class PlazoQuerySet(models.QuerySet):
    def abiertos(self):
        return self.filter(estado__in=ABIERTOS)

    def vencidos(self, ahora):
        """Late by now, whatever the scheduler has done (compared in whole seconds, R10)."""
        return self.abiertos().filter(vence_en__lt=ahora.replace(microsecond=0))


class Plazo(models.Model):
    """One clock of a case. `vence_en` is the last second still on time (R9, R10)."""

    expediente = models.ForeignKey("expedientes.Expediente", models.PROTECT, related_name="plazos")
    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="+")
    politica = models.ForeignKey(PoliticaPlazo, models.PROTECT, related_name="+")
    codigo = models.CharField(max_length=30)
    ordinal = models.PositiveIntegerField(default=1)
    estado = models.CharField(max_length=15, choices=EstadoPlazo.choices)
    inicia_en = models.DateTimeField()
    inicio_efectivo_en = models.DateTimeField()
    vence_en = models.DateTimeField()
    limite_en = models.DateTimeField(null=True, blank=True)
    avisar_en = models.DateTimeField(null=True, blank=True)
    # The one instant the sweep looks at: the warning, then the second after the due one, then
    # nothing. Null once nothing more can happen by itself.
    proximo_en = models.DateTimeField(null=True, blank=True)
    advertido_en = models.DateTimeField(null=True, blank=True)
    vencido_en = models.DateTimeField(null=True, blank=True)
    detenido_en = models.DateTimeField(null=True, blank=True)
    detenido_por = models.CharField(max_length=120, blank=True)
    # Its date was promised to somebody (an extension): no calendar or policy moves it.
    es_pactado = models.BooleanField(default=False, db_default=False)
    version_calendario = models.CharField(max_length=160, blank=True)
    explicacion = models.TextField(blank=True)

    objects = PlazoQuerySet.as_manager()

    class Meta:
        verbose_name = "plazo"
        verbose_name_plural = "plazos"
        ordering = ["vence_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["expediente", "codigo", "ordinal"], name="plazo_ordinal_unico"
            ),
            models.CheckConstraint(
                condition=Q(estado__in=EstadoPlazo.values), name="plazo_estado_valido"
            ),
            models.CheckConstraint(
                condition=Q(detenido_en__isnull=True) | Q(detenido_en__gte=F("inicia_en")),
                name="plazo_no_termina_antes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["proximo_en"],
                condition=Q(proximo_en__isnull=False),
                name="plazo_por_barrer",
            ),
            models.Index(fields=["empresa", "estado", "vence_en"], name="plazo_tablero"),
            # The console's list, of those that run and of all: its first rows and no others.
            models.Index(
                fields=["empresa", "vence_en", "id"],
                condition=Q(estado__in=ABIERTOS),
                name="plazo_por_vencer",
            ),
            models.Index(fields=["empresa", "vence_en", "id"], name="plazo_de_todos"),
            # The figures of the home, clock by clock, without touching the table.
            models.Index(
                fields=["empresa", "codigo", "vence_en", "avisar_en"],
                condition=Q(estado__in=ABIERTOS),
                name="plazo_por_reloj",
            ),
        ]

    def __str__(self):
        return f"{self.codigo} de {self.expediente_id}"


class AlertaPlazo(models.Model):
    """A warning or a breach that was told: exactly one per clock and kind, by the database."""

    class Tipo(models.TextChoices):
        ADVERTENCIA = "advertencia", "Advertencia"
        VENCIMIENTO = "vencimiento", "Vencimiento"

    plazo = models.ForeignKey(Plazo, models.CASCADE, related_name="alertas")
    tipo = models.CharField(max_length=12, choices=Tipo.choices)
    ocurrida_en = models.DateTimeField()
    # From when it is to be told; null once its messages are in the outbox.
    por_avisar_en = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "alerta de plazo"
        verbose_name_plural = "alertas de plazo"
        constraints = [
            models.UniqueConstraint(fields=["plazo", "tipo"], name="alerta_una_por_tipo")
        ]
        indexes = [
            models.Index(
                fields=["por_avisar_en"],
                condition=Q(por_avisar_en__isnull=False),
                name="alerta_por_avisar",
            )
        ]


class SemanaTocada(models.Model):
    """Something changed of a week that was over: the boards count it anew (see `semanas`)."""

    empresa = models.ForeignKey("empresas.Empresa", models.CASCADE, related_name="+")
    # An instant of that week; on which wall it is read is up to who counts.
    de_en = models.DateTimeField()

    class Meta:
        verbose_name = "semana por recontar"
        verbose_name_plural = "semanas por recontar"


class Latido(models.Model):
    """Last sign of life of a periodic process (`beat`, `worker`)."""

    nombre = models.CharField(max_length=20, primary_key=True)
    visto_en = models.DateTimeField()
