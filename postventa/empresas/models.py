"""Companies and the places where they serve their customers.

No foreign key to Usuario here: `personas` depends on this room, never the other way round.
"""

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from stdnum.cl import rut
from stdnum.exceptions import ValidationError as ErrorStdnum
from stdnum.pe import ruc

# What each country calls the number with which a company pays its taxes, and who checks it.
TRIBUTARIOS = {"CL": ("RUT", rut.validate), "PE": ("RUC", ruc.validate), "BO": ("NIT", str)}
PAISES = [("CL", "Chile"), ("PE", "Perú"), ("BO", "Bolivia")]


def validar_zona(valor):
    """Refuse a name that is not an IANA time zone."""
    if valor not in available_timezones():
        raise ValidationError("Escribe una zona horaria IANA, por ejemplo America/Santiago.")


class Empresa(models.Model):
    """A company: sender, branding, calendar and the switches its procedure leaves open."""

    class Trato(models.TextChoices):
        TU = "tu", "Tú"
        USTED = "usted", "Usted"

    codigo = models.SlugField("código", max_length=20, unique=True)
    nombre = models.CharField("nombre", max_length=80)
    razon_social = models.CharField("razón social", max_length=120, blank=True)
    tributario = models.CharField(
        "documento tributario",
        max_length=20,
        blank=True,
        help_text="RUC en Perú, RUT en Chile, NIT en Bolivia. El Libro de Reclamaciones lo lleva.",
    )
    pais = models.CharField("país", max_length=2, choices=PAISES)
    zona = models.CharField("zona horaria", max_length=40, validators=[validar_zona])
    calendario = models.ForeignKey(
        "calendario.Calendario", models.PROTECT, related_name="+", verbose_name="calendario"
    )
    jornada = models.ForeignKey(
        "calendario.Jornada", models.PROTECT, related_name="+", verbose_name="jornada"
    )
    prefijo_folio = models.CharField(
        "prefijo de folio",
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,6}$", "Usa de 2 a 6 letras mayúsculas.")],
    )
    remitente = models.EmailField("correo remitente")
    correo_contacto = models.EmailField("correo de contacto", blank=True)
    telefono = models.CharField("teléfono", max_length=40, blank=True)
    celulares = models.CharField(
        "celulares", max_length=120, blank=True, help_text="Separados por coma."
    )
    color = models.CharField(
        "color de marca",
        max_length=7,
        default="#0d5c63",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", "Usa seis cifras: #0d5c63.")],
        help_text="El de sus correos, con texto blanco encima.",
    )
    trato = models.CharField("trato", max_length=5, choices=Trato.choices, default=Trato.USTED)
    # D-12: the RUT identifies, it does not authenticate; switching the code off is a risk
    # that the console shows as a warning.
    exige_codigo = models.BooleanField(
        "exige código de acceso",
        default=True,
        help_text="Sin código, el RUT basta para entrar: cualquiera que lo conozca puede hacerlo.",
    )
    es_activa = models.BooleanField("activa", default=True)

    class Meta:
        verbose_name = "empresa"
        verbose_name_plural = "empresas"
        ordering = ["nombre"]

    def __str__(self):
        return self.nombre

    def clean(self):
        if not self.tributario:
            return
        nombre, validar = TRIBUTARIOS[self.pais]
        try:
            self.tributario = validar(self.tributario)
        except ErrorStdnum:
            mensaje = f"Ese {nombre} no es válido: revisa sus dígitos."
            raise ValidationError({"tributario": mensaje}) from None

    @property
    def documento_tributario(self) -> str:
        """`RUC 20131312955`; empty until an administrator writes it down."""
        return f"{TRIBUTARIOS[self.pais][0]} {self.tributario}" if self.tributario else ""

    @property
    def numeros(self) -> list[str]:
        """Every telephone that its customers may call, the main one first."""
        todos = (self.telefono, *self.celulares.split(","))
        return [numero.strip() for numero in todos if numero.strip()]

    @property
    def documento_local(self):
        """Kind of identity document that this company's customers carry (D-13)."""
        return {"CL": "RUT", "PE": "DNI", "BO": "CI"}[self.pais]


class Sede(models.Model):
    """A place of a company: project, branch or establishment."""

    empresa = models.ForeignKey(Empresa, models.PROTECT, related_name="sedes")
    codigo = models.SlugField("código", max_length=40)
    nombre = models.CharField("nombre", max_length=120)
    # The slug is ours; this is what a document shows, where the law asks for one.
    identificacion = models.CharField(
        "código de identificación",
        max_length=20,
        blank=True,
        help_text="El del establecimiento en su Libro de Reclamaciones.",
    )
    direccion = models.CharField("dirección", max_length=160, blank=True)
    comuna = models.CharField("comuna", max_length=80, blank=True)
    zona_propia = models.CharField(
        "zona horaria propia",
        max_length=40,
        blank=True,
        validators=[validar_zona],
        help_text="Vacía: la de la empresa.",
    )
    calendario_propio = models.ForeignKey(
        "calendario.Calendario",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="calendario propio",
        help_text="Vacío: el de la empresa. Un calendario local hereda los feriados nacionales.",
    )
    jornada_propia = models.ForeignKey(
        "calendario.Jornada",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="jornada propia",
    )
    correo = models.EmailField("correo de la sede", blank=True)
    telefono = models.CharField("teléfono", max_length=40, blank=True)
    tiene_conserjeria = models.BooleanField("tiene conserjería", default=True)
    es_activa = models.BooleanField("activa", default=True)

    class Meta:
        verbose_name = "sede"
        verbose_name_plural = "sedes"
        ordering = ["nombre"]
        constraints = [
            models.UniqueConstraint(fields=["empresa", "codigo"], name="sede_codigo_unico")
        ]

    def __str__(self):
        return self.nombre

    @property
    def zona(self):
        """Name of the zone in which every rule of time is read here (R0)."""
        return self.zona_propia or self.empresa.zona

    @property
    def tz(self):
        return ZoneInfo(self.zona)

    @property
    def calendario(self):
        return self.calendario_propio or self.empresa.calendario

    @property
    def jornada(self):
        return self.jornada_propia or self.empresa.jornada
