"""The audit: one hash chain per case, and one per company for its master data.

The chain covers ids, verbs, states, instants and digests; the personal data lives in the
detail, whose salted digest is chained, so that erasing it leaves the chain whole.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import UTC

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from postventa.expedientes.folios import siguiente
from postventa.expedientes.models import (
    RESERVADO,
    CambioMaestro,
    CambioReservado,
    Movimiento,
    MovimientoDetalle,
)


def canonico(datos) -> str:
    """One text for one value: sorted keys, no spaces, dates in ISO, accents as they are."""
    return json.dumps(
        datos, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder
    )


def sha256(texto: str) -> str:
    return hashlib.sha256(texto.encode()).hexdigest()


def resumen_de(sal: str, nombre: str, datos) -> str:
    """Digest of an act's personal data; the salt keeps it from being guessed back."""
    return sha256(f"{sal}|{nombre}|{canonico(datos)}")


def hash_de(m: Movimiento) -> str:
    """Hash of a movement as stored: any change of any of these fields shows."""
    return sha256(
        canonico(
            [
                m.hash_previo,
                m.expediente_id,
                m.numero,
                m.objeto,
                m.objeto_id,
                m.verbo,
                m.antes,
                m.despues,
                m.clase_actor,
                m.por_id,
                m.canal,
                m.ocurrido_en.astimezone(UTC).isoformat(),
                m.resumen,
            ]
        )
    )


def anotar(caso, *, actor, ahora, datos, **acto):
    """Append one movement to the case's chain and advance the head that the case keeps.

    `acto` is what `redactar` takes. The caller holds the case's lock and saves `cadena_largo` and
    `cadena_cabeza`.
    """
    m, detalle = redactar(caso, actor=actor, ahora=ahora, datos=datos, **acto)
    m.save(force_insert=True)
    detalle.movimiento = m
    detalle.save(force_insert=True)
    return m


def anotar_muchos(redactados: list[tuple[Movimiento, MovimientoDetalle]]) -> None:
    """Store in two statements what `redactar` wrote, of as many cases as there are."""
    Movimiento.objects.bulk_create([m for m, _ in redactados])
    for m, detalle in redactados:
        detalle.movimiento = m
    MovimientoDetalle.objects.bulk_create([detalle for _, detalle in redactados])


def redactar(caso, *, objeto, objeto_id, verbo, antes, despues, actor, canal, ahora, datos):
    """Write the next movement of a case and its detail, chained and not yet stored.

    The head that the case keeps advances at once, so that another may follow.
    """
    sal = secrets.token_hex(16)
    datos = json.loads(canonico(datos))
    nombre = actor.nombre[:120]
    m = Movimiento(
        expediente_id=caso.pk,
        numero=caso.cadena_largo + 1,
        objeto=objeto,
        objeto_id=objeto_id,
        verbo=verbo,
        antes=antes,
        despues=despues,
        clase_actor=actor.clase,
        por=actor.usuario,
        canal=canal,
        ocurrido_en=ahora,
        resumen=resumen_de(sal, nombre, datos),
        hash_previo=caso.cadena_cabeza,
    )
    m.hash = hash_de(m)
    caso.cadena_largo, caso.cadena_cabeza = m.numero, m.hash
    return m, MovimientoDetalle(sal=sal, nombre_actor=nombre, datos=datos)


def serie_de_cambios(empresa_id: int | None) -> str:
    """Counter of a company's chain of edits: taking its number locks the chain until commit."""
    return f"cambios:{empresa_id or ''}"


def anotar_cambio(
    empresa, objeto, accion, por, ahora, detalle, reservado: dict | None = None
) -> CambioMaestro:
    """Append an edit of master data to the company's chain (`empresa` None: shared data).

    `reservado` may be erased later: only its salted digest is chained.
    """
    if not reservado:
        return anotar_cambios(empresa, [(objeto, accion, detalle)], por, ahora)[0]
    sal = secrets.token_hex(16)
    detalle = {**detalle, RESERVADO: ["", resumen_de(sal, "", reservado)]}
    with transaction.atomic():
        cambio = anotar_cambios(empresa, [(objeto, accion, detalle)], por, ahora)[0]
        CambioReservado.objects.create(cambio=cambio, sal=sal, datos=reservado)
    return cambio


@transaction.atomic
def anotar_cambios(empresa, hechos, por, ahora) -> list[CambioMaestro]:
    """Append many edits, `(objeto, accion, detalle)` each, in three statements."""
    if not hechos:
        return []
    ultimo = siguiente(serie_de_cambios(empresa and empresa.pk), len(hechos))
    primero = ultimo - len(hechos) + 1
    previo = CambioMaestro.objects.filter(empresa=empresa, numero=primero - 1).first()
    hash_previo, cambios = previo.hash if previo else "", []
    for numero, (objeto, accion, detalle) in enumerate(hechos, primero):
        sal = secrets.token_hex(16)
        detalle = json.loads(canonico(detalle))
        cambio = CambioMaestro(
            empresa=empresa,
            numero=numero,
            modelo=objeto._meta.label_lower,
            objeto_id=str(objeto.pk),
            accion=accion,
            por=por,
            ocurrido_en=ahora,
            sal=sal,
            detalle=detalle,
            # Who it was is chained by id: a person may change their name.
            resumen=resumen_de(sal, "", detalle),
            hash_previo=hash_previo,
        )
        cambio.hash = hash_previo = hash_cambio(cambio)
        cambios.append(cambio)
    return CambioMaestro.objects.bulk_create(cambios)


def hash_cambio(c: CambioMaestro) -> str:
    return sha256(
        canonico(
            [
                c.hash_previo,
                c.empresa_id,
                c.numero,
                c.modelo,
                c.objeto_id,
                c.accion,
                c.por_id,
                c.ocurrido_en.astimezone(UTC).isoformat(),
                c.resumen,
            ]
        )
    )


def fallas_de_cadena(movimientos: list[Movimiento], caso) -> Iterator[str]:
    """Yield what is wrong in one case's chain, in words; nothing if it verifies."""
    previo = ""
    for n, m in enumerate(movimientos, 1):
        if m.numero != n:
            yield f"{caso.folio}: falta el movimiento {n}"
            return
        if m.hash_previo != previo or m.hash != hash_de(m):
            yield f"{caso.folio}: el movimiento {n} ({m.verbo}) fue alterado"
            return
        detalle = getattr(m, "detalle", None)
        if detalle and resumen_de(detalle.sal, detalle.nombre_actor, detalle.datos) != m.resumen:
            yield f"{caso.folio}: el detalle del movimiento {n} ({m.verbo}) fue alterado"
        previo = m.hash
    if caso.cadena_largo > len(movimientos):
        yield f"{caso.folio}: falta el movimiento {len(movimientos) + 1}"
    elif caso.cadena_largo != len(movimientos) or caso.cadena_cabeza != previo:
        yield f"{caso.folio}: la cadena no llega hasta donde el caso dice"


def fallas_de_cambios(cambios: Iterator[CambioMaestro], ultimo: int, nombre: str) -> Iterator[str]:
    """Yield what is wrong in one company's chain of edits; `ultimo` is the number it must reach."""
    previo, n = "", 0
    for n, c in enumerate(cambios, 1):
        if c.numero != n:
            yield f"{nombre}: falta el cambio {n}"
            return
        alterado = c.hash_previo != previo or c.hash != hash_cambio(c)
        if alterado or resumen_de(c.sal, "", c.detalle) != c.resumen:
            yield f"{nombre}: el cambio {n} ({c.modelo}) fue alterado"
            return
        aparte, dicho = getattr(c, "reserva", None), c.detalle.get(RESERVADO, [""])[-1]
        if aparte and resumen_de(aparte.sal, "", aparte.datos) != dicho:
            yield f"{nombre}: el detalle reservado del cambio {n} ({c.modelo}) fue alterado"
        previo = c.hash
    if n != ultimo:
        yield f"{nombre}: falta el cambio {n + 1}"


def estado_segun_bitacora(
    movimientos: list[Movimiento], inicial: dict[str, str]
) -> tuple[dict[tuple[str, int], str], list[Movimiento]]:
    """Replay: last state of each object of a case, by (machine, id), and the movements that do
    not start where the one before left their object. `inicial` is each machine's first state."""
    estados, sueltos = {}, []
    for m in movimientos:
        llave = m.objeto, m.objeto_id
        if m.antes != estados.get(llave, inicial.get(m.objeto, m.antes)):
            sueltos.append(m)
        estados[llave] = m.despues
    return estados, sueltos
