"""Receiving somebody in the hall: the document's steps, one after another, in one transaction.

Nobody is asked who they are to be given a number: an Atencion is of "the hall's public" (0060).
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from comteco.recepcion.models import Atencion
from postventa.calendario import hora
from postventa.empresas.models import Empresa, Sede
from postventa.expedientes.folios import siguiente
from postventa.personas.documentos import TipoDocumento
from postventa.personas.models import Cliente
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto

PUBLICO = {"tipo_documento": TipoDocumento.SIN, "numero": "SALA00000000"}


def publico_de(empresa: Empresa) -> Cliente:
    """The customer in whose name the hall counts those whom it does not identify."""
    return Cliente.objects.get_or_create(
        empresa=empresa, **PUBLICO, defaults={"nombre": "Público de la sala"}
    )[0]


def informar(sede, por, *, nonce: UUID, tema="", folleto=True, ahora=None) -> Atencion:
    """1 and 2: general information, requirements and brochure."""
    pasos = [("pedir_informacion", {}), ("informar", {"tema": tema, "folleto": folleto})]
    return _recibir(sede, por, nonce, pasos, ahora)


def acreditar(
    sede, por, *, nonce: UUID, lugar, finalidad, credencial, pidio_documento, ahora=None
) -> Atencion:
    """1, 3 and 4: where the official or unit is, and a visitor's credential."""
    datos = {
        "finalidad": finalidad,
        "credencial": credencial,
        "pidio_documento": pidio_documento,
    }
    pasos = [("pedir_ubicacion", {}), ("ubicar", {"lugar": lugar}), ("acreditar", datos)]
    return _recibir(sede, por, nonce, pasos, ahora)


def direccionar(
    sede, por, *, nonce: UUID, destino, referencia, cumple, deuda, pendientes="", ahora=None
) -> Atencion:
    """1, 5, 6 and then 8, or 7 for who does not meet the requirements or has a debt."""
    visto = {"referencia": referencia, "cumple": cumple, "deuda": deuda}
    if cumple and not deuda:
        despues = [("habilitar", visto), ("entregar_ficha", {})]
    else:
        falta = {"pendientes": pendientes}
        despues = [("observar", visto), ("comunicar_pendientes", falta)]
    pasos = [("pedir_tramite", {}), ("direccionar", {"destino": destino}), *despues]
    return _recibir(sede, por, nonce, pasos, ahora)


def _recibir(sede, por, nonce, pasos: Iterable[tuple[str, dict]], ahora) -> Atencion:
    """The same `nonce` twice is one reception: the first to who sent it, Conflicto to others."""
    try:
        return _primera(nonce, sede, por) or _nueva(sede, por, nonce, pasos, ahora)
    except IntegrityError:
        # The same form twice at once: the other one was first, and is there now.
        if primera := _primera(nonce, sede, por):
            return primera
        raise


def _primera(nonce, sede, por) -> Atencion | None:
    primera = Atencion.objects.filter(nonce=nonce).first()
    if primera and (primera.sede_id, primera.responsable_id) != (sede.pk, por.pk):
        raise Conflicto("Esta página ya se envió. Empieza con el cliente siguiente.")
    return primera


def _nueva(sede: Sede, por, nonce, pasos, ahora: datetime | None) -> Atencion:
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    with transaction.atomic():
        dia = f"{ahora.astimezone(sede.tz):%Y%m%d}"
        numero = siguiente(f"{sede.empresa.codigo}-sala-{dia}")
        atencion = Atencion(
            tipo="comteco_sala",
            folio=f"{sede.empresa.prefijo_folio}-S{dia}-{numero:04d}",
            empresa=sede.empresa,
            sede=sede,
            cliente=publico_de(sede.empresa),
            canal="sala",
            responsable=por,
            nonce=nonce,
        )
        como = {"canal": "sala", "ahora": ahora, "savepoint": False}
        atencion = tramitar(atencion, "acoger", por, **como)
        for verbo, datos in pasos:
            atencion = tramitar(atencion, verbo, por, **como, **datos)
        return atencion
