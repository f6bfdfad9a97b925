"""What the console itself keeps: posts that arrived once, changes that wait, filters saved."""

import uuid

from django.db import models
from django.db.models import Q


class Envio(models.Model):
    """A post that was done, by the key its form carried: the same key again gets this answer.

    A phone that lost the line cannot know whether its post arrived, so it sends it again.
    """

    clave = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    usuario = models.ForeignKey("personas.Usuario", models.CASCADE, related_name="+")
    ruta = models.CharField(max_length=200)
    huella = models.CharField(max_length=64)
    respuesta = models.JSONField(default=dict)
    creado_en = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "envío"
        verbose_name_plural = "envíos"


class CambioDeContacto(models.Model):
    """A new mail or telephone of a customer, waiting for a second member of staff and for a day.

    Until it is applied every code still goes to the old address (TM-08).
    """

    cliente = models.ForeignKey("personas.Cliente", models.CASCADE, related_name="+")
    correo = models.EmailField("correo nuevo", blank=True)
    telefono = models.CharField("teléfono nuevo", max_length=40, blank=True)
    evidencia = models.CharField("cómo se comprobó que lo pide el cliente", max_length=300)
    pedido_por = models.ForeignKey("personas.Usuario", models.PROTECT, related_name="+")
    pedido_en = models.DateTimeField()
    aprobado_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, related_name="+"
    )
    # When it was approved it is known when it applies.
    aplica_en = models.DateTimeField(null=True)
    aplicado_en = models.DateTimeField(null=True)
    detenido_por = models.ForeignKey(
        "personas.Usuario", models.PROTECT, null=True, related_name="+"
    )
    detenido_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "cambio de contacto"
        verbose_name_plural = "cambios de contacto"
        constraints = [
            models.UniqueConstraint(
                fields=["cliente"],
                condition=Q(aplicado_en=None, detenido_en=None),
                name="cambio_de_contacto_uno_abierto",
            )
        ]
        indexes = [
            models.Index(
                fields=["aplica_en"],
                condition=Q(aplicado_en=None, detenido_en=None),
                name="cambio_de_contacto_por_aplicar",
            )
        ]


class FiltroGuardado(models.Model):
    """What somebody asks of a list, under a name: filters, search and order, as an address says
    them. Only what the list itself offers is kept (TM-11). With a company, its staff see it too."""

    usuario = models.ForeignKey("personas.Usuario", models.CASCADE, related_name="filtros")
    empresa = models.ForeignKey(
        "empresas.Empresa", models.CASCADE, null=True, blank=True, related_name="+"
    )
    # Label of the model that the list shows.
    lista = models.CharField(max_length=60)
    nombre = models.CharField("nombre", max_length=40)
    consulta = models.CharField(max_length=500)
    # What is searched for may name a person: such a filter is forgotten in time.
    busca_texto = models.BooleanField(default=False)
    creado_en = models.DateTimeField()

    class Meta:
        verbose_name = "filtro guardado"
        verbose_name_plural = "filtros guardados"
        constraints = [
            models.UniqueConstraint(
                fields=["usuario", "lista", "nombre"], name="filtro_guardado_nombre_unico"
            ),
            models.CheckConstraint(
                condition=~Q(nombre="") & ~Q(consulta=""), name="filtro_guardado_dice_algo"
            ),
        ]
        indexes = [models.Index(fields=["lista", "empresa"], name="filtro_guardado_de_lista")]

    def __str__(self):
        return self.nombre
