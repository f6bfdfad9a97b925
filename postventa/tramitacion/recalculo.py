"""What a calendar edit does to the clocks that are running: seen before, then revised once.

A clock that met its end keeps the date it had, and so does a breach that was already told. Nothing
here happens by itself: a person asks for it, and each moved clock is one line in its case's audit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from postventa.calendario import hora
from postventa.calendario.palabras import explicar
from postventa.calendario.servicio import horario_y_version
from postventa.expedientes import bitacora
from postventa.expedientes.models import Expediente
from postventa.expedientes.salas import sala_de
from postventa.personas.actores import Actor
from postventa.plazos import reloj
from postventa.plazos.calculo import Calculado, calcular_plazo
from postventa.plazos.models import EstadoPlazo, Plazo

VERBO = "recalcular_plazo"
REVISABLES = (EstadoPlazo.CORRIENDO, EstadoPlazo.ADVERTIDO)
DEL_LUGAR = (
    "politica__jornada",
    "expediente__sede__empresa__calendario",
    "expediente__sede__empresa__jornada",
    "expediente__sede__calendario_propio",
    "expediente__sede__jornada_propia",
)


@dataclass(frozen=True)
class Revision:
    """A running clock whose due instant today's calendar puts elsewhere."""

    plazo: Plazo
    calculado: Calculado

    @property
    def antes(self) -> datetime:
        return self.plazo.vence_en

    @property
    def despues(self) -> datetime:
        return self.calculado.vence_en


def revisiones() -> Iterator[Revision]:
    """Preview: yield every clock that would move. Reads in a stream; writes nothing."""
    plazos = Plazo.objects.filter(estado__in=REVISABLES).select_related(*DEL_LUGAR)
    yield from _revisar(plazos.order_by("expediente_id", "pk").iterator(chunk_size=500))


def aplicar(por, motivo: str, ahora: datetime | None = None) -> int:
    """Revise what `revisiones` shows, case by case; return how many clocks moved.

    `por` is whoever asks, already allowed to. Safe to run again: what agrees does not move.
    """
    actor = Actor.de(por)
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    casos = dict.fromkeys(r.plazo.expediente_id for r in revisiones())
    return sum(_revisar_caso(pk, actor, motivo, ahora) for pk in casos)


def _revisar(plazos) -> Iterator[Revision]:
    horarios = {}
    for plazo in plazos:
        sede = plazo.expediente.sede
        jornada = plazo.politica.jornada or sede.jornada
        llave = sede.calendario.pk, jornada.pk, sede.zona
        if llave not in horarios:
            horarios[llave] = horario_y_version(sede.calendario, jornada, sede.zona)
        horario, version = horarios[llave]
        calculado = calcular_plazo(plazo.politica, sede, plazo.inicia_en, horario)
        if (calculado.vence_en, calculado.limite_en) != (plazo.vence_en, plazo.limite_en):
            yield Revision(plazo, replace(calculado, version_calendario=version))


@transaction.atomic
def _revisar_caso(expediente_id, actor, motivo, ahora) -> int:
    """Same order of locks as the door: the case, then its clocks."""
    Expediente.objects.select_for_update(no_key=True).only("pk").get(pk=expediente_id)
    tipo = Expediente.objects.values_list("tipo", flat=True).get(pk=expediente_id)
    sala = sala_de(tipo)
    caso = sala.caso.modelo.objects.get(pk=expediente_id)
    revisables = (
        Plazo.objects.select_for_update(of=("self",), no_key=True)
        .filter(expediente_id=expediente_id, estado__in=REVISABLES)
        .select_related(*DEL_LUGAR)
    )
    movidos = 0
    for revision in _revisar(revisables):
        _anotar(caso, sala.nombre_de(caso), revision, actor, motivo, ahora)
        _mover(revision)
        movidos += 1
    Expediente.objects.filter(pk=expediente_id).update(
        proximo_vence_en=reloj.proximo_vencimiento(caso.plazos.all()),
        cadena_largo=caso.cadena_largo,
        cadena_cabeza=caso.cadena_cabeza,
    )
    return movidos


def _anotar(caso, nombre, revision, actor, motivo, ahora) -> None:
    """Both dates stay in the audit (TM-16)."""
    bitacora.anotar(
        caso,
        objeto=nombre,
        objeto_id=caso.pk,
        verbo=VERBO,
        antes=caso.estado,
        despues=caso.estado,
        actor=actor,
        canal="consola",
        ahora=ahora,
        datos={
            "plazo": revision.plazo.codigo,
            "ordinal": revision.plazo.ordinal,
            "vencia_en": revision.antes,
            "vence_en": revision.despues,
            "calendario": revision.calculado.version_calendario,
            "motivo": motivo,
        },
    )


def _mover(revision) -> None:
    plazo, nuevo = revision.plazo, revision.calculado
    ya_avisado = plazo.estado == EstadoPlazo.ADVERTIDO
    Plazo.objects.filter(pk=plazo.pk).update(
        inicio_efectivo_en=nuevo.vencimiento.inicio_efectivo,
        vence_en=nuevo.vence_en,
        limite_en=nuevo.limite_en,
        avisar_en=plazo.avisar_en if ya_avisado else nuevo.avisar_en,
        # A warning that was given is not given again.
        proximo_en=(None if ya_avisado else nuevo.avisar_en)
        or nuevo.vence_en + timedelta(seconds=1),
        version_calendario=nuevo.version_calendario,
        explicacion=explicar(nuevo.vencimiento, es_estricto=plazo.politica.es_estricto),
    )
