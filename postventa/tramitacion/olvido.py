"""Forgetting what a case no longer needs once it has ended, as the privacy notice promises.

The audit keeps its chain: only the erasable detail of those acts goes.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from postventa.avisos.models import Aviso, EstadoAviso
from postventa.documentos.models import Firma
from postventa.expedientes.models import MovimientoDetalle, Situacion
from postventa.visitas.models import Visita

# A mail that went out keeps the facts it was written from for this long after the case ended.
CORREO_SE_GUARDA = timedelta(days=30)


@transaction.atomic
def olvidar() -> int:
    """Erase replacements who did not sign and the facts of old mails; return rows touched.

    Safe to run again: what was erased is not found any more.
    """
    return _olvidar_reemplazos() + _olvidar_correos()


def _olvidar_reemplazos() -> int:
    """Name and document of who stood in for the owner, unless that person signed."""
    firmo = Firma.objects.filter(
        documento__expediente=OuterRef("expediente"),
        numero_documento=OuterRef("reemplazo_documento"),
    )
    visitas = (
        Visita.objects.filter(expediente__situacion=Situacion.CERRADO)
        .exclude(reemplazo_documento="")
        .filter(~Exists(firmo))
    )
    casos = list(visitas.values_list("expediente_id", flat=True).distinct())
    MovimientoDetalle.objects.filter(
        movimiento__expediente__in=casos, datos__has_key="reemplazo_documento"
    ).delete()
    return visitas.update(
        reemplazo_nombre="",
        reemplazo_documento="",
        reemplazo_telefono="",
        reemplazo_registrado_en=None,
    )


def _olvidar_correos() -> int:
    return (
        Aviso.objects.filter(
            expediente__situacion=Situacion.CERRADO,
            estado__in=[EstadoAviso.ENVIADO, EstadoAviso.DESCARTADO],
            expediente__cerrado_en__lt=timezone.now() - CORREO_SE_GUARDA,
        )
        .exclude(datos={})
        .update(datos={})
    )
