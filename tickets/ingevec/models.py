"""Ingevec's solicitud, its requerimientos and how each project receives visits."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from postventa.calendario.models import DIAS
from postventa.expedientes.models import Expediente
from postventa.visitas.models import ConVisitas
from tickets.ingevec.flujo import (
    EstadoRequerimiento,
    EstadoSolicitud,
    FlujoRequerimiento,
    FlujoSolicitud,
)
from tickets.inmuebles.models import ClaseElemento


class Canal(models.TextChoices):
    """G-01: where requests come in."""

    FIJO = "fijo", "Línea 800 (red fija)"
    CELULAR = "celular", "Celular"
    CORREO = "correo", "Correo"
    WEB = "web", "Web"


class Urgencia(models.TextChoices):
    """G-15: what the document names as urgent; the rest is somebody's judgement (G-14)."""

    AGUA = "agua", "Filtración de agua potable (rotura de cañerías)"
    GAS = "gas", "Fuga de gas en red no visible"
    LUZ = "luz", "Falta de energía eléctrica por problemas de la instalación"
    OTRA = "otra", "Otra que compromete la habitabilidad"


class Excepcion(models.TextChoices):
    """R7: what is taken, said and audited, when no valid date serves."""

    OTRO_DIA = "otro_dia", "Otro día de la semana, dentro de los 5 días hábiles"
    FUERA_DE_PLAZO = "fuera_de_plazo", "El próximo día del proyecto, con acuerdo del propietario"


class Relacion(models.TextChoices):
    PROPIETARIO = "propietario", "Propietario"
    ARRENDATARIO = "arrendatario", "Arrendatario"
    ADMINISTRACION = "administracion", "Administración del edificio"
    OTRO = "otro", "Otra persona"


class Pauta(models.Model):
    """How a project receives visits: its weekday (G-08), its two hour sets and how long one lasts.

    The document gives the weekday and the hours; the lengths, and how many hours an owner may
    hold at once by themselves, are assumptions, edited here.
    """

    proyecto = models.OneToOneField("inmuebles.Proyecto", models.CASCADE, related_name="pauta")
    dia = models.PositiveSmallIntegerField(
        "día de la semana", choices=DIAS[:5], help_text="El día de inspecciones del proyecto."
    )
    jornada_inspeccion = models.ForeignKey(
        "calendario.Jornada", models.PROTECT, related_name="+", verbose_name="horas de inspección"
    )
    jornada_trabajo = models.ForeignKey(
        "calendario.Jornada", models.PROTECT, related_name="+", verbose_name="horas de trabajos"
    )
    minutos_inspeccion = models.PositiveSmallIntegerField(
        "minutos de una inspección",
        default=45,
        validators=[MinValueValidator(15), MaxValueValidator(240)],
    )
    minutos_trabajo = models.PositiveSmallIntegerField(
        "minutos de una visita de trabajo",
        default=180,
        validators=[MinValueValidator(15), MaxValueValidator(240)],
    )

    horas_por_propietario = models.PositiveSmallIntegerField(
        "inspecciones que un propietario puede tener reservadas",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="Por la web y a la vez. El call center agenda sin tope.",
    )

    class Meta:
        verbose_name = "pauta de visitas"
        verbose_name_plural = "pautas de visitas"
        constraints = [models.CheckConstraint(condition=Q(dia__lte=4), name="pauta_dia_de_semana")]

    def __str__(self):
        return f"{self.proyecto}: {self.get_dia_display().lower()}"

    @property
    def dura_inspeccion(self) -> timedelta:
        return timedelta(minutes=self.minutos_inspeccion)

    @property
    def dura_trabajo(self) -> timedelta:
        return timedelta(minutes=self.minutos_trabajo)


class Inspector(models.Model):
    """Who visits the homes of a project, and how many visits a day at most."""

    pauta = models.ForeignKey(Pauta, models.CASCADE, related_name="inspectores")
    usuario = models.ForeignKey("personas.Usuario", models.PROTECT, related_name="+")
    cupos_por_dia = models.PositiveSmallIntegerField(
        "visitas por día", default=8, validators=[MinValueValidator(1), MaxValueValidator(40)]
    )

    class Meta:
        verbose_name = "inspector"
        verbose_name_plural = "inspectores"
        constraints = [
            models.UniqueConstraint(
                fields=["pauta", "usuario"],
                name="inspector_unico",
                violation_error_message="Ese inspector ya está en el proyecto.",
            )
        ]

    def __str__(self):
        return str(self.usuario)


class Turno(models.Model):
    """Who is on duty for urgencies, from when to when; of one project, or of the whole company."""

    empresa = models.ForeignKey("empresas.Empresa", models.CASCADE, related_name="+")
    sede = models.ForeignKey(
        "empresas.Sede",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="proyecto",
        help_text="Vacío: todos los proyectos.",
    )
    persona = models.ForeignKey("personas.Usuario", models.PROTECT, related_name="+")
    desde_en = models.DateTimeField("desde")
    hasta_en = models.DateTimeField("hasta")

    class Meta:
        verbose_name = "turno de urgencias"
        verbose_name_plural = "turnos de urgencias"
        ordering = ["-desde_en"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hasta_en__gt=F("desde_en")),
                name="turno_en_orden",
                violation_error_message="El turno debe terminar después de empezar.",
            )
        ]

    def __str__(self):
        return f"{self.persona}, {self.desde_en:%d-%m-%Y}"

    def clean(self):
        if self.sede_id and self.empresa_id and self.sede.empresa_id != self.empresa_id:
            raise ValidationError({"sede": "Es de otra empresa. Elige uno de la misma."})


class Solicitud(FlujoSolicitud, ConVisitas, Expediente):
    """A call, a mail or a web request about one home: requerimientos, or a consulta."""

    class Clase(models.TextChoices):
        REQUERIMIENTO = "REQUERIMIENTO", "Requerimiento"
        CONSULTA = "CONSULTA", "Consulta"

    unidad = models.ForeignKey("inmuebles.Unidad", models.PROTECT, related_name="solicitudes")
    clase = models.CharField("tipo", max_length=15, choices=Clase.choices)
    # Who called, which need not be the owner, and how to call back (G-02).
    llamante = models.CharField("quién llama", max_length=120)
    relacion = models.CharField(
        "relación", max_length=15, choices=Relacion.choices, default=Relacion.PROPIETARIO
    )
    telefonos = models.CharField("números de contacto", max_length=120)
    recibida_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, blank=True, related_name="+"
    )
    consulta = models.TextField("consulta", max_length=4000, blank=True)
    respuesta = models.TextField("respuesta", max_length=4000, blank=True)
    urgencia = models.CharField(
        "urgencia", max_length=6, choices=Urgencia.choices, blank=True, default=""
    )
    # The call from which the five days of an inspection are counted (R7, G-T03).
    llamada_en = models.DateTimeField("llamada", null=True, blank=True)
    # Why there is no hour yet, or why it is not one of the term's (audited with its act).
    excepcion = models.CharField(
        "excepción", max_length=15, choices=Excepcion.choices, blank=True, default=""
    )
    motivo_excepcion = models.CharField("motivo de la excepción", max_length=300, blank=True)
    acusada_en = models.DateTimeField("acuse de la urgencia", null=True, blank=True)
    atendida_en = models.DateTimeField("primer contacto de la urgencia", null=True, blank=True)
    inspeccionada_en = models.DateTimeField("inspeccionada", null=True, blank=True)
    ejecutada_en = models.DateTimeField("ejecutada", null=True, blank=True)
    conforme_en = models.DateTimeField("conforme", null=True, blank=True)
    # The satisfaction call: tries without an answer, and from which day to try again (D-09).
    intentos = models.PositiveSmallIntegerField("intentos de llamado", default=0)
    intentar_desde_el = models.DateField("volver a llamar desde", null=True, blank=True)
    visitas_fallidas = models.PositiveSmallIntegerField("visitas sin realizar", default=0)
    motivo_anulacion = models.CharField(max_length=300, blank=True)

    # Requerimientos of a solicitud that is being born: not stored yet, judged by the law.
    por_ingresar = ()

    class Meta:
        verbose_name = "solicitud"
        verbose_name_plural = "solicitudes"
        constraints = [
            models.CheckConstraint(
                condition=Q(estado__in=[e for e in EstadoSolicitud.values if e]),
                name="solicitud_estado_valido",
            ),
            models.CheckConstraint(
                condition=~Q(telefonos="") & ~Q(llamante=""), name="solicitud_con_contacto"
            ),
        ]
        indexes = [
            models.Index(fields=["unidad", "estado"], name="solicitud_de_unidad"),
            models.Index(
                fields=["intentar_desde_el"],
                condition=Q(estado="POR_LLAMAR"),
                name="solicitud_por_llamar",
            ),
        ]

    @property
    def es_consulta(self) -> bool:
        return self.clase == self.Clase.CONSULTA

    @property
    def es_urgente(self) -> bool:
        return bool(self.urgencia)


class Requerimiento(FlujoRequerimiento):
    """One thing that is asked for, with its own way to an end."""

    solicitud = models.ForeignKey(Solicitud, models.PROTECT, related_name="requerimientos")
    numero = models.PositiveSmallIntegerField()
    descripcion = models.TextField("requerimiento", max_length=4000)
    recinto = models.CharField("recinto", max_length=60, blank=True)
    clase = models.CharField(
        "clase de elemento", max_length=15, choices=ClaseElemento.choices, blank=True, default=""
    )
    fotos = models.ManyToManyField("expedientes.Adjunto", blank=True, related_name="+")
    # What staff photographed in the home: basis of a diagnosis, proof of a work.
    fotos_personal = models.ManyToManyField("expedientes.Adjunto", blank=True, related_name="+")
    visitas = models.ManyToManyField("visitas.Visita", blank=True, related_name="requerimientos")
    diagnostico = models.TextField("diagnóstico", max_length=1000, blank=True)
    # Why it is not under warranty, as the owner will read it.
    motivo = models.TextField("por qué no corresponde", max_length=1000, blank=True)
    trabajo = models.TextField("trabajo realizado", max_length=1000, blank=True)
    disconformidad = models.TextField("disconformidad", max_length=1000, blank=True)
    # How many times the owner was not content with it.
    vueltas = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "requerimiento"
        verbose_name_plural = "requerimientos"
        ordering = ["solicitud_id", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["solicitud", "numero"], name="requerimiento_numero_unico"
            ),
            models.CheckConstraint(
                condition=Q(estado__in=EstadoRequerimiento.values),
                name="requerimiento_estado_valido",
            ),
            models.CheckConstraint(condition=~Q(descripcion=""), name="requerimiento_dice_algo"),
        ]

    def __str__(self):
        lugar = f" · {self.recinto}" if self.recinto else ""
        return f"{self.descripcion[:60]}{lugar}"
