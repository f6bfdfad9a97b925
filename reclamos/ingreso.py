"""Taking in a complaint on any channel, by anybody of staff or by the complainant (C-01, C-04)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from postventa.calendario import hora
from postventa.empresas.models import Sede
from postventa.expedientes.folios import siguiente
from postventa.personas.models import Cliente, Usuario
from postventa.plazos.calculo import DE_LA_SEDE
from postventa.tramitacion.acciones import tramitar
from reclamos.models import Reclamo


def recibir(
    sede: Sede,
    cliente: Cliente,
    por: Usuario | Cliente,
    *,
    nonce: UUID,
    canal: str,
    clase: str,
    recibida_en: datetime | None = None,
    informado_en: datetime | None = None,
    aludidos: list[Usuario] = (),
    ahora: datetime | None = None,
    **campos,
) -> Reclamo:
    """Register a complaint and mail it to legal, in one transaction (C-T01).

    `campos` are those of the form (a to e) that are known already; `formalizar` asks for the rest.
    `informado_en` is when the complainant was told, on phone and counter. The same `nonce` twice
    returns the first one. DatosInvalidos names the field; then nothing is written.
    """
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    with transaction.atomic():
        if repetida := Reclamo.objects.filter(nonce=nonce).first():
            return repetida
        sede = Sede.objects.select_related(*DE_LA_SEDE).get(pk=sede.pk)
        recibida_en = (recibida_en or ahora).replace(microsecond=0)
        reclamo = Reclamo(
            tipo="capera",
            folio=_codigo(sede, recibida_en),
            empresa=sede.empresa,
            sede=sede,
            cliente=cliente,
            canal=canal,
            clase=clase,
            nonce=nonce,
            recibida_en=recibida_en,
            recibida_por=por if isinstance(por, Usuario) else None,
            **campos,
        )
        return tramitar(
            reclamo,
            "recibir",
            por,
            canal=canal,
            ahora=ahora,
            informado_en=informado_en,
            aludidos=list(aludidos),
        )


def _codigo(sede, recibida_en) -> str:
    """002:35: date of reception, and the ordinal of that day (READ)."""
    dia = f"{recibida_en.astimezone(sede.tz):%Y%m%d}"
    ordinal = siguiente(f"{sede.empresa.codigo}-codigo-{dia}")
    return f"{sede.empresa.prefijo_folio}-{dia}-{ordinal:02d}"


def numero_de_ingreso(reclamo, anio: int) -> int:
    """Next N° de Ingreso of the year, counted without gaps under the counter's lock (002:42)."""
    return siguiente(f"{reclamo.empresa.codigo}-ingreso-{anio}")
