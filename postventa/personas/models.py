"""People: staff (Usuario), customers (Cliente) and who may do what where (Membresia)."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from postventa.personas.documentos import TipoDocumento, mostrar, normalizar_ajeno


class Rol(models.TextChoices):
    """Parts that people play; the last four are never granted, they follow from the case."""

    SUPERVISOR = "supervisor", "Supervisor de Postventa"
    JEFE = "jefe", "Jefe de Postventa"
    CALL_CENTER = "call_center", "Call center"
    GERENTE = "gerente", "Gerencia"
    ADMINISTRADOR = "administrador", "Administrador"
    INSPECTOR = "inspector", "Inspector"
    MAESTRO = "maestro", "Maestro"
    LEGAL = "legal", "Área legal"
    TRABAJADOR = "trabajador", "Trabajador"
    INFORMES = "informes", "Asesor Comercial Informes"
    ASESOR = "asesor", "Asesor Comercial"
    CAJA = "caja", "Caja"
    PROPIETARIO = "propietario", "Propietario"
    REEMPLAZO = "reemplazo", "Reemplazo"
    SISTEMA = "sistema", "Sistema"
    NADIE = "nadie", "Nadie"


ROLES_DE_PERSONAL = [
    (r.value, r.label)
    for r in (
        Rol.SUPERVISOR,
        Rol.JEFE,
        Rol.CALL_CENTER,
        Rol.GERENTE,
        Rol.ADMINISTRADOR,
        Rol.INSPECTOR,
        Rol.MAESTRO,
        Rol.LEGAL,
        Rol.TRABAJADOR,
        Rol.INFORMES,
        Rol.ASESOR,
        Rol.CAJA,
    )
]


class Usuario(AbstractUser):
    """A member of staff. Customers have no account: they come in with a code."""

    telefono = models.CharField("teléfono", max_length=40, blank=True)
    # Part of what every session of this person is signed with: one more, and none is good.
    version_sesiones = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta(AbstractUser.Meta):
        verbose_name = "usuario"
        verbose_name_plural = "usuarios"

    def __str__(self):
        return self.get_full_name() or self.username

    def cerrar_sesiones(self):
        """End every open session of this person, wherever it is (TM-31)."""
        type(self).objects.filter(pk=self.pk).update(version_sesiones=F("version_sesiones") + 1)
        self.refresh_from_db(fields=["version_sesiones"])

    def _get_session_auth_hash(self, secret=None):
        # Django's own, with the version besides the password; it asks for each former key too.
        valor = f"{self.password}:{self.version_sesiones}"
        sello = salted_hmac("postventa.personas.sesion", valor, secret=secret, algorithm="sha256")
        return sello.hexdigest()


class Membresia(models.Model):
    """A role of a person in a company, in all its places or in one."""

    usuario = models.ForeignKey(Usuario, models.CASCADE, related_name="membresias")
    empresa = models.ForeignKey("empresas.Empresa", models.CASCADE, related_name="membresias")
    sede = models.ForeignKey(
        "empresas.Sede", models.CASCADE, null=True, blank=True, help_text="Vacía: todas."
    )
    rol = models.CharField("rol", max_length=20, choices=ROLES_DE_PERSONAL)

    class Meta:
        verbose_name = "rol en empresa"
        verbose_name_plural = "roles en empresas"
        constraints = [
            # Two, for SQLite knows no NULLS NOT DISTINCT.
            models.UniqueConstraint(
                fields=["usuario", "empresa", "sede", "rol"], name="membresia_unica"
            ),
            models.UniqueConstraint(
                fields=["usuario", "empresa", "rol"],
                condition=Q(sede__isnull=True),
                name="membresia_general_unica",
            ),
        ]

    def __str__(self):
        return f"{self.get_rol_display()} en {self.sede or self.empresa}"


class Cliente(models.Model):
    """A customer of one company; the same person in two companies is two rows (sealed)."""

    empresa = models.ForeignKey("empresas.Empresa", models.PROTECT, related_name="clientes")
    tipo_documento = models.CharField(
        "tipo de documento", max_length=3, choices=TipoDocumento.choices, default=TipoDocumento.RUT
    )
    numero = models.CharField("número de documento", max_length=20)
    nombre = models.CharField("nombre completo", max_length=120)
    correo = models.EmailField("correo", blank=True)
    telefono = models.CharField("teléfono", max_length=40, blank=True)

    class Meta:
        verbose_name = "cliente"
        verbose_name_plural = "clientes"
        ordering = ["nombre"]
        constraints = [
            models.UniqueConstraint(
                fields=["empresa", "tipo_documento", "numero"], name="cliente_documento_unico"
            ),
            models.CheckConstraint(condition=~Q(numero=""), name="cliente_con_documento"),
        ]

    def __str__(self):
        return self.nombre

    def clean(self):
        if self.numero:
            self.numero = normalizar_ajeno(self.tipo_documento, self.numero)

    @property
    def documento(self):
        """The document as people write it (`12.345.678-5`)."""
        return mostrar(self.tipo_documento, self.numero)

    @property
    def correo_velado(self):
        """Address that can be shown before identity is proved: `ca•••••@correo.cl`."""
        usuario, _, dominio = self.correo.partition("@")
        return f"{usuario[:2]}•••••@{dominio}" if dominio else ""
