"""The register of reached limits, written by the portal and by the console's own door."""

from django.db import models


class Motivo(models.TextChoices):
    """Which limit was reached: the first four at the customers' door, the others at the staff's."""

    DOCUMENTO_Y_RED = "documento_y_red", "Muchos códigos para un mismo documento desde una red"
    DOCUMENTO = "documento", "Muchos códigos para un mismo documento"
    RED = "red", "Muchos documentos desde una misma red"
    EMPRESA = "empresa", "Barrido: muchos códigos en toda la empresa"
    CUENTA_Y_RED = "cuenta_y_red", "Claves erradas de una cuenta desde una dirección"
    CUENTA = "cuenta", "Claves erradas de una cuenta desde varias direcciones"
    DIRECCION = "direccion", "Claves erradas de muchas cuentas desde una dirección"


class AlertaAcceso(models.Model):
    """A limit was reached: one row an hour per kind and network, for people to look at."""

    # Null: at the staff's door, for an account of no company or of nobody.
    empresa = models.ForeignKey(
        "empresas.Empresa", models.CASCADE, null=True, related_name="+", verbose_name="empresa"
    )
    motivo = models.CharField("motivo", max_length=20, choices=Motivo.choices)
    # The member of staff whose account it was; of customers nothing is written.
    usuario = models.ForeignKey(
        "personas.Usuario", models.CASCADE, null=True, related_name="+", verbose_name="cuenta"
    )
    clave = models.CharField(max_length=160, unique=True)
    creado_en = models.DateTimeField("desde")

    class Meta:
        # It was born in the portal's room, and the rows stayed where they were.
        db_table = "portal_alertaacceso"
        verbose_name = "alerta de acceso"
        verbose_name_plural = "alertas de acceso"
        ordering = ["-creado_en"]

    def __str__(self):
        return f"{self.get_motivo_display()} {self.creado_en:%Y-%m-%d %H:%M}"
