"""The mail of days that are gone: it is on record as the postman would have left it, and none of it
leaves, for none of it is to be sent any more."""

from datetime import datetime

from django.db import models

from postventa.avisos import correo
from postventa.avisos.agrupar import agrupar, puede_salir
from postventa.avisos.models import Aviso, EstadoAviso
from postventa.sentencias import Lectura, Valor

# Asked every few hours of years in which nothing waits: written once.
_HAY = Lectura(
    lambda: (
        Aviso.objects.filter(
            pk__gt=Valor("desde", models.BigIntegerField()), estado=EstadoAviso.EN_COLA
        )
        .order_by("pk")
        .values_list("pk")[:1]
    )
)
NO_SALE = "Simulado: de días ya pasados, no sale"


class Cartero:
    """Settles the messages written since it began; those that were there are the real postman's."""

    def __init__(self):
        self.desde = Aviso.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def repartir(self, ahora: datetime) -> None:
        """What would have left by then has left."""
        if not _HAY.todas(desde=self.desde):
            return
        listos = self._en_cola().filter(puede_salir(ahora)).select_related("empresa", "expediente")
        salen = list(listos.order_by("pk"))
        if any(aviso.grupo for aviso in salen):
            agrupar(ahora)
            salen = list(listos.order_by("pk"))
        if not salen:
            return
        for aviso in salen:
            try:
                aviso.asunto = correo.asunto_de(aviso)[:200]
                aviso.estado, aviso.intentos = EstadoAviso.ENVIADO, 1
                aviso.enviado_en = max(aviso.creado_en, aviso.no_antes_en or aviso.creado_en)
            except correo.Caducado as error:
                aviso.estado, aviso.error = EstadoAviso.DESCARTADO, str(error)[:300]
        Aviso.objects.bulk_update(
            salen, ["asunto", "estado", "intentos", "enviado_en", "error"], batch_size=500
        )

    def terminar(self, hasta: datetime) -> None:
        """Nothing of the past is left for a postman to find."""
        self.repartir(hasta)
        self._en_cola().update(estado=EstadoAviso.DESCARTADO, error=NO_SALE, grupo="")

    def _en_cola(self):
        return Aviso.objects.filter(pk__gt=self.desde, estado=EstadoAviso.EN_COLA)
