"""Homes: projects, units, who owns them, and the catalogue of what can fail in them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from postventa.empresas.models import Sede


class Proyecto(Sede):
    """A building or condominium: the Sede of a real-estate company."""

    supervisor = models.ForeignKey(
        "personas.Usuario",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Supervisor de Postventa",
    )
    jefe = models.ForeignKey(
        "personas.Usuario",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Jefe de Postventa",
    )

    class Meta:
        verbose_name = "proyecto"
        verbose_name_plural = "proyectos"


class Unidad(models.Model):
    """A home, with the three dates that its legal warranty is counted from."""

    proyecto = models.ForeignKey(Proyecto, models.PROTECT, related_name="unidades")
    nombre = models.CharField(
        "nombre", max_length=80, help_text="Como lo lee el propietario: Torre B, depto. 704"
    )
    recepcion_definitiva_el = models.DateField("recepción definitiva", null=True, blank=True)
    inscripcion_el = models.DateField("inscripción en el CBR", null=True, blank=True)
    entrega_el = models.DateField("entrega", null=True, blank=True)

    class Meta:
        verbose_name = "unidad"
        verbose_name_plural = "unidades"
        ordering = ["proyecto", "nombre"]
        constraints = [
            models.UniqueConstraint(fields=["proyecto", "nombre"], name="unidad_nombre_unico")
        ]

    def __str__(self):
        return self.nombre


class PropiedadQuerySet(models.QuerySet):
    def vigentes(self, fecha):
        """Ownerships in force on a local date."""
        return self.filter(Q(hasta__isnull=True) | Q(hasta__gte=fecha), desde__lte=fecha)


class Propiedad(models.Model):
    """Who owns a unit, from when and until when (I-02 asks for the current owner)."""

    unidad = models.ForeignKey(Unidad, models.PROTECT, related_name="propiedades")
    cliente = models.ForeignKey(
        "personas.Cliente", models.PROTECT, related_name="propiedades", verbose_name="propietario"
    )
    desde = models.DateField("desde")
    hasta = models.DateField("hasta", null=True, blank=True)

    objects = PropiedadQuerySet.as_manager()

    class Meta:
        verbose_name = "propiedad"
        verbose_name_plural = "propiedades"
        constraints = [
            models.CheckConstraint(
                condition=Q(hasta__isnull=True) | Q(hasta__gte=F("desde")),
                name="propiedad_hasta_despues",
            ),
            models.UniqueConstraint(fields=["unidad", "cliente", "desde"], name="propiedad_unica"),
        ]

    def __str__(self):
        return f"{self.cliente} en {self.unidad}"

    def es_vigente(self, fecha) -> bool:
        """What `vigentes` asks the database, of a row in hand."""
        return self.desde <= fecha and (self.hasta is None or self.hasta >= fecha)

    def clean(self):
        if self.hasta and self.desde and self.hasta < self.desde:
            raise ValidationError({"hasta": "La fecha final no puede ser anterior a la inicial."})
        if self.cliente_id and self.unidad_id:
            if self.cliente.empresa_id != self.unidad.proyecto.empresa_id:
                raise ValidationError({"cliente": "Ese cliente es de otra empresa."})


class ClaseElemento(models.TextChoices):
    """Element classes of LGUC art. 18, which fix the legal term."""

    ESTRUCTURA = "estructura", "Estructura soportante"
    CONSTRUCTIVO = "constructivo", "Elementos constructivos"
    INSTALACION = "instalacion", "Instalaciones"
    TERMINACION = "terminacion", "Terminaciones"
    OTRO = "otro", "No asimilable a los anteriores"

    @property
    def para_el_propietario(self):
        """The label, where the other classes are not listed beside it."""
        return "Otros elementos" if self == ClaseElemento.OTRO else self.label


class Recinto(models.Model):
    empresa = models.ForeignKey("empresas.Empresa", models.CASCADE, related_name="recintos")
    nombre = models.CharField("nombre", max_length=60)
    orden = models.PositiveSmallIntegerField("orden", default=0)
    es_activo = models.BooleanField("activo", default=True)

    class Meta:
        verbose_name = "recinto"
        verbose_name_plural = "recintos"
        ordering = ["orden", "nombre"]
        constraints = [models.UniqueConstraint(fields=["empresa", "nombre"], name="recinto_unico")]

    def __str__(self):
        return self.nombre


class Lugar(models.Model):
    recinto = models.ForeignKey(Recinto, models.CASCADE, related_name="lugares")
    nombre = models.CharField("nombre", max_length=60)
    orden = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        verbose_name = "lugar"
        verbose_name_plural = "lugares"
        ordering = ["orden", "nombre"]
        constraints = [models.UniqueConstraint(fields=["recinto", "nombre"], name="lugar_unico")]

    def __str__(self):
        return self.nombre


class Item(models.Model):
    lugar = models.ForeignKey(Lugar, models.CASCADE, related_name="items")
    nombre = models.CharField("nombre", max_length=60)
    clase = models.CharField("clase de elemento", max_length=15, choices=ClaseElemento.choices)
    orden = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        verbose_name = "ítem"
        verbose_name_plural = "ítems"
        ordering = ["orden", "nombre"]
        constraints = [models.UniqueConstraint(fields=["lugar", "nombre"], name="item_unico")]

    def __str__(self):
        return self.nombre


class CargaPadron(models.Model):
    """A spreadsheet of units and owners: looked at first, applied afterwards.

    The file itself is never kept. Its rows hold personal data and go after some days
    (`padron.carga.SE_GUARDAN`); this row, who and how many, stays.
    """

    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="+")
    archivo = models.CharField("archivo", max_length=120)
    subida_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, related_name="+", verbose_name="la subió"
    )
    subida_en = models.DateTimeField("subida", db_index=True)
    # Goes up when what is to be applied is not what somebody last saw.
    version = models.PositiveIntegerField(default=1)
    columnas_sin_uso = models.JSONField(default=list)
    totales = models.JSONField(default=dict)
    pedida_por = models.ForeignKey("personas.Usuario", models.PROTECT, null=True, related_name="+")
    # Set while there is something to do; a job that died is found by it.
    pedida_en = models.DateTimeField(null=True)
    # Of whoever is writing it now, on real time; an old one was abandoned.
    latido_en = models.DateTimeField(null=True)
    aplicada_en = models.DateTimeField("aplicada", null=True)
    detenida_en = models.DateTimeField(null=True)
    olvidada_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "carga de propietarios"
        verbose_name_plural = "cargas de propietarios"
        ordering = ["-subida_en", "-pk"]

    def __str__(self):
        return f"Carga n.º {self.pk}"

    @property
    def pidio_quien_ya_no_esta(self) -> bool:
        """Whoever asked to apply it has no account to act with any more."""
        return self.pedida_por is not None and not self.pedida_por.is_active


class ResultadoFila(models.TextChoices):
    CREAR = "crear", "Crea"
    ACTUALIZAR = "actualizar", "Actualiza"
    IGUAL = "igual", "Sin cambios"
    RECHAZADA = "rechazada", "Rechazada"


class FilaPadron(models.Model):
    """One row of a CargaPadron: as it came, as it was read and what it would do."""

    carga = models.ForeignKey(CargaPadron, models.CASCADE, related_name="filas")
    numero = models.PositiveIntegerField()
    celdas = models.JSONField(default=dict)
    datos = models.JSONField(default=dict)
    resultado = models.CharField(max_length=10, choices=ResultadoFila.choices)
    # [what, field, before, after]
    cambios = models.JSONField(default=list)
    motivos = models.JSONField(default=list)
    avisos = models.JSONField(default=list)
    pide_contacto = models.BooleanField(default=False)
    cliente = models.ForeignKey("personas.Cliente", models.SET_NULL, null=True, related_name="+")
    # Rows of one unit never part: they are applied in the same transaction.
    lote = models.PositiveIntegerField(null=True)
    aplicada_en = models.DateTimeField(null=True)
    # Something moved since it was previewed: waits for somebody to look again.
    cambio_desde_la_revision = models.BooleanField(default=False)

    class Meta:
        verbose_name = "fila de una carga"
        verbose_name_plural = "filas de una carga"
        ordering = ["numero"]
        constraints = [
            models.UniqueConstraint(fields=["carga", "numero"], name="fila_padron_numero_unico")
        ]
        indexes = [models.Index(fields=["carga", "lote"], name="fila_padron_por_lote")]
