"""What the console itself keeps: the posts that arrived once and the changes that wait."""

import uuid

from django.db import models


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
