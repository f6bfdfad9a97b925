"""Clock rows: open, meet, cancel. Nothing pauses a clock. Called only from inside the door."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models, transaction

from postventa.calendario.palabras import explicar
from postventa.plazos.calculo import avisar_antes_de, calcular_plazo
from postventa.plazos.models import ABIERTOS, EstadoPlazo, Plazo, PoliticaPlazo
from postventa.plazos.semanas import tocar, tocar_vencidos
from postventa.sentencias import Lectura, Valor

UN_SEGUNDO = timedelta(seconds=1)


def vigentes() -> models.QuerySet:
    """The policy in force of a company by its code, each a `Valor`."""
    vigente = PoliticaPlazo.objects.filter(
        empresa_id=Valor("empresa", models.BigIntegerField()),
        codigo=Valor("codigo", models.SlugField()),
        es_vigente=True,
    )
    # There is one at most: in the table's own order it would join the company.
    return vigente.select_related("jornada").order_by()


_VIGENTE = Lectura(vigentes)


def politica_vigente(empresa_id: int, codigo: str) -> PoliticaPlazo:
    """Return the policy in force; LookupError if the company has none by that code."""
    politica = _VIGENTE.una(empresa=empresa_id, codigo=codigo)
    if politica is None:
        raise LookupError(f"La empresa no tiene una política vigente {codigo!r}")
    return politica


def abrir(expediente, codigo: str, desde: datetime, previos: Iterable[Plazo] = ()) -> Plazo:
    """Start a clock of `expediente` at `desde`; `previos` are the case's clocks so far."""
    en_mano = expediente.__dict__.get("politica_en_mano")
    if en_mano and (en_mano.empresa_id, en_mano.codigo) == (expediente.empresa_id, codigo):
        politica = en_mano
    else:
        politica = politica_vigente(expediente.empresa_id, codigo)
    calculado = calcular_plazo(politica, expediente.sede, desde)
    ordinal = max((p.ordinal for p in previos if p.codigo == codigo), default=0) + 1
    return Plazo.objects.create(
        expediente_id=expediente.pk,
        empresa_id=expediente.empresa_id,
        politica=politica,
        codigo=codigo,
        ordinal=ordinal,
        estado=EstadoPlazo.CORRIENDO,
        inicia_en=calculado.vencimiento.desde,
        inicio_efectivo_en=calculado.vencimiento.inicio_efectivo,
        vence_en=calculado.vence_en,
        limite_en=calculado.limite_en,
        avisar_en=calculado.avisar_en,
        proximo_en=calculado.avisar_en or calculado.vence_en + UN_SEGUNDO,
        version_calendario=calculado.version_calendario,
        # The answer to "why this date?", fixed when the clock starts.
        explicacion=explicar(calculado.vencimiento, es_estricto=politica.es_estricto),
    )


def continuar(expediente, codigo: str, desde: datetime, previos: Iterable[Plazo]) -> Plazo:
    """Go on with the last clock of that code: another ordinal with the same origin and due instant.

    What was told of it is not told again: a warning given, or a breach. LookupError without one.
    """
    previo = max((p for p in previos if p.codigo == codigo), key=lambda p: p.ordinal, default=None)
    if previo is None:
        raise LookupError(f"No hay un plazo {codigo!r} que continuar")
    avisar_en = previo.avisar_en
    if previo.advertido_en or (avisar_en and avisar_en <= desde):
        avisar_en = None
    vencido = previo.vencido_en is not None
    return Plazo.objects.create(
        expediente_id=previo.expediente_id,
        empresa_id=previo.empresa_id,
        politica_id=previo.politica_id,
        codigo=codigo,
        ordinal=previo.ordinal + 1,
        estado=EstadoPlazo.VENCIDO if vencido else EstadoPlazo.CORRIENDO,
        inicia_en=previo.inicia_en,
        inicio_efectivo_en=previo.inicio_efectivo_en,
        vence_en=previo.vence_en,
        limite_en=previo.limite_en,
        avisar_en=avisar_en,
        proximo_en=None if vencido else avisar_en or previo.vence_en + UN_SEGUNDO,
        vencido_en=previo.vencido_en,
        version_calendario=previo.version_calendario,
        explicacion=previo.explicacion,
    )


def prorrogar(plazo: Plazo, lugar, vence_en: datetime, ahora: datetime, por: str, porque: str):
    """Put another clock in the place of `plazo`: the same origin, due at the date promised.

    The former stays as it was, cancelled, with its own due instant; the new one warns anew.
    """
    cancelar([plazo], ahora, por)
    avisar_en = avisar_antes_de(plazo.politica, lugar, vence_en, ahora)
    return Plazo.objects.create(
        expediente_id=plazo.expediente_id,
        empresa_id=plazo.empresa_id,
        politica=plazo.politica,
        codigo=plazo.codigo,
        ordinal=plazo.ordinal + 1,
        estado=EstadoPlazo.CORRIENDO,
        inicia_en=plazo.inicia_en,
        inicio_efectivo_en=plazo.inicio_efectivo_en,
        vence_en=vence_en,
        avisar_en=avisar_en,
        proximo_en=avisar_en or vence_en + UN_SEGUNDO,
        es_pactado=True,
        version_calendario=plazo.version_calendario,
        explicacion=porque,
    )


def reabrir(plazo: Plazo) -> None:
    """Let a clock run that was met by what turns out not to have happened: the same due instant.

    The history keeps who had met it. If it is late by now, the sweep says so.
    """
    plazo.estado = EstadoPlazo.ADVERTIDO if plazo.advertido_en else EstadoPlazo.CORRIENDO
    plazo.detenido_en, plazo.detenido_por, plazo.vencido_en = None, "", None
    avisar_en = None if plazo.advertido_en else plazo.avisar_en
    plazo.proximo_en = avisar_en or plazo.vence_en + UN_SEGUNDO
    plazo.save(update_fields=["estado", "detenido_en", "detenido_por", "vencido_en", "proximo_en"])
    # It was met then: if that week is over, it no longer counts as it did.
    tocar(plazo.empresa_id, [plazo.vence_en])


def cumplir(
    plazos: Iterable[Plazo], detenido_en: datetime, por: str, cuenta_en: datetime | None = None
) -> None:
    """Stop clocks: on time up to and including `vence_en`, late from the next second (R10).

    `cuenta_en` is the instant that is compared, if not that of the stop itself.
    """
    cuenta = _segundo(cuenta_en or detenido_en)
    _detener(
        plazos,
        detenido_en,
        por,
        lambda p: EstadoPlazo.CUMPLIDO if cuenta <= p.vence_en else EstadoPlazo.CUMPLIDO_TARDE,
    )


def cancelar(plazos: Iterable[Plazo], detenido_en: datetime, por: str) -> None:
    """End clocks of a case that ended another way; a breach stays on record."""
    _detener(plazos, detenido_en, por, lambda p: EstadoPlazo.CANCELADO)


def _detener(plazos, detenido_en, por, estado_de):
    detenidos = [p for p in plazos if p.estado in ABIERTOS]
    for plazo in detenidos:
        plazo.estado = estado_de(plazo)
        # A clock set back cannot make a stop come before its start.
        plazo.detenido_en = max(_segundo(detenido_en), plazo.inicia_en)
        plazo.detenido_por = por[:120]
        plazo.proximo_en = None
        # Late is late from the second after the due one, whether or not the sweep passed.
        if plazo.detenido_en > plazo.vence_en and plazo.vencido_en is None:
            plazo.vencido_en = plazo.vence_en + UN_SEGUNDO
    if detenidos:
        Plazo.objects.bulk_update(
            detenidos, ["estado", "detenido_en", "detenido_por", "proximo_en", "vencido_en"]
        )
        tocar_vencidos(detenidos, _segundo(detenido_en))


def _segundo(instante):
    return instante.replace(microsecond=0)


def plazos_de(expediente) -> list[Plazo]:
    """Every clock of a case: those the door has in hand while it works on it, or stored."""
    if "plazos_en_mano" not in expediente.__dict__:
        plazos = expediente.plazos.select_related("politica")
        if transaction.get_connection().in_atomic_block:
            # The sweep may be marking them: what the door stops is read under its own lock.
            plazos = plazos.select_for_update(of=("self",), no_key=True)
        expediente.plazos_en_mano = list(plazos)
    return expediente.plazos_en_mano


def proximo_vencimiento(plazos: Iterable[Plazo]) -> datetime | None:
    """Earliest due instant among the open clocks, for the case's list."""
    return min((p.vence_en for p in plazos if p.estado in ABIERTOS), default=None)
