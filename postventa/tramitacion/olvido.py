"""Forgetting what a case no longer needs once it has ended, as the privacy notice promises.

The audit keeps its chain: only the erasable detail of those acts goes.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from postventa.avisos.models import Aviso, EstadoAviso
from postventa.calendario import hora
from postventa.documentos.models import Firma
from postventa.expedientes.models import Expediente, MovimientoDetalle, Situacion
from postventa.visitas.models import Visita

# An ended case keeps for this long who stood in for its owner and the facts that its mails were
# written from: the owner may still object to how it ended (D-14).
SE_GUARDA = timedelta(days=30)


@transaction.atomic
def olvidar() -> int:
    """Erase replacements who did not sign and the facts of old mails; return rows touched.

    Safe to run again: what was erased is not found any more.
    """
    cerrados_antes_de = hora.ahora() - SE_GUARDA
    return _olvidar_reemplazos(cerrados_antes_de) + _olvidar_correos(cerrados_antes_de)


def _olvidar_reemplazos(cerrados_antes_de: datetime) -> int:
    """Name and document of who stood in for the owner, unless that person signed."""
    sin_resolver = Visita.objects.filter(objetada_en__isnull=False, objecion_acogida=None)
    cerrados = Expediente.objects.filter(
        situacion=Situacion.CERRADO, cerrado_en__lt=cerrados_antes_de
    ).exclude(pk__in=sin_resolver.values("expediente"))
    _olvidar_actos(cerrados)
    firmo = Firma.objects.filter(
        documento__expediente=OuterRef("expediente"),
        numero_documento=OuterRef("reemplazo_documento"),
    )
    visitas = Visita.objects.filter(expediente__in=cerrados).exclude(reemplazo_documento="")
    return visitas.filter(~Exists(firmo)).update(
        reemplazo_nombre="",
        reemplazo_documento="",
        reemplazo_telefono="",
        reemplazo_registrado_en=None,
    )


def _olvidar_actos(cerrados) -> None:
    """The detail of the acts that name such a person: the other acts of the case keep theirs."""
    nombran = MovimientoDetalle.objects.filter(
        movimiento__expediente__in=cerrados, datos__has_key="reemplazo_documento"
    ).values_list("pk", "movimiento__expediente_id", "datos__reemplazo_documento")
    firmantes = set(
        Firma.objects.filter(
            documento__expediente__in=[caso for _, caso, _ in nombran]
        ).values_list("documento__expediente_id", "numero_documento")
    )
    olvidables = [pk for pk, caso, quien in nombran if (caso, _sin_puntos(quien)) not in firmantes]
    MovimientoDetalle.objects.filter(pk__in=olvidables).delete()


def _sin_puntos(documento) -> str:
    """As a signature stores it: an act may keep the document as it was typed."""
    return str(documento or "").replace(".", "").strip().upper()


def _olvidar_correos(cerrados_antes_de: datetime) -> int:
    return (
        Aviso.objects.filter(
            expediente__situacion=Situacion.CERRADO,
            estado__in=[EstadoAviso.ENVIADO, EstadoAviso.DESCARTADO, EstadoAviso.AGRUPADO],
            expediente__cerrado_en__lt=cerrados_antes_de,
        )
        .exclude(datos={})
        .update(datos={})
    )
