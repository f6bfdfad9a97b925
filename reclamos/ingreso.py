"""Taking in a complaint on any channel, by anybody of staff or by the complainant (C-01, C-04)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from postventa.calendario import hora
from postventa.empresas.models import Sede
from postventa.expedientes.folios import siguiente
from postventa.personas.actores import Actor
from postventa.personas.models import Cliente, Usuario
from postventa.plazos.calculo import DE_LA_SEDE
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto
from reclamos.models import Reclamo


def recibir(
    sede: Sede,
    cliente: Cliente,
    por: Usuario | Cliente | Actor,
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
    returns the first one to who sent it; Conflicto to anybody else. DatosInvalidos names the
    field; then nothing is written.
    """
    datos = {"informado_en": informado_en, "aludidos": list(aludidos)}
    como = {"nonce": nonce, "canal": canal, "clase": clase, "recibida_en": recibida_en, **campos}
    try:
        return _primera(nonce, sede, cliente, por) or _nueva(sede, cliente, por, ahora, como, datos)
    except IntegrityError:
        # The same form twice at once: the other one was first, and is there now.
        if primera := _primera(nonce, sede, cliente, por):
            return primera
        raise


def _primera(nonce, sede, cliente, por) -> Reclamo | None:
    """Nobody reads another's complaint by guessing its key."""
    primera = Reclamo.objects.filter(nonce=nonce).first()
    receptor = por.pk if isinstance(por, Usuario) else None
    suyo = (sede.pk, cliente.pk, receptor)
    if primera and (primera.sede_id, primera.cliente_id, primera.recibida_por_id) != suyo:
        raise Conflicto("Esta página ya se envió. Empieza un reclamo nuevo.")
    return primera


def _nueva(sede, cliente, por, ahora, como, datos) -> Reclamo:
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    with transaction.atomic():
        sede = Sede.objects.select_related(*DE_LA_SEDE).get(pk=sede.pk)
        recibida_en = (como["recibida_en"] or ahora).replace(microsecond=0)
        reclamo = Reclamo(
            tipo="capera",
            folio=_codigo(sede, recibida_en),
            empresa=sede.empresa,
            sede=sede,
            cliente=cliente,
            recibida_por=por if isinstance(por, Usuario) else None,
            **como | {"recibida_en": recibida_en},
        )
        return tramitar(reclamo, "recibir", por, canal=como["canal"], ahora=ahora, **datos)


def _codigo(sede, recibida_en) -> str:
    """002:35: date of reception, and the ordinal of that day (READ)."""
    dia = f"{recibida_en.astimezone(sede.tz):%Y%m%d}"
    ordinal = siguiente(f"{sede.empresa.codigo}-codigo-{dia}")
    return f"{sede.empresa.prefijo_folio}-{dia}-{ordinal:02d}"


def numero_de_ingreso(reclamo, anio: int) -> int:
    """Next N° de Ingreso of the year, counted without gaps under the counter's lock (002:42)."""
    return siguiente(f"{reclamo.empresa.codigo}-ingreso-{anio}")
