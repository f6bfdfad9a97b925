"""What a calendar edit does to the clocks that are running: seen before, then revised once.

A clock that met its end keeps the date it had, and so does a breach that was already told. Nothing
here happens by itself: a person asks for it, and each moved clock is one line in its case's audit.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q, QuerySet

from postventa.calendario import hora
from postventa.calendario.models import Calendario, Jornada
from postventa.calendario.palabras import explicar
from postventa.calendario.servicio import horario_y_version
from postventa.empresas.models import Sede
from postventa.expedientes import bitacora
from postventa.expedientes.models import Expediente
from postventa.expedientes.salas import Sala, sala_de
from postventa.personas.actores import Actor
from postventa.plazos import reloj
from postventa.plazos.calculo import DE_LA_SEDE, Calculado, calcular_plazo
from postventa.plazos.models import ABIERTOS, EstadoPlazo, Plazo, PoliticaPlazo
from postventa.plazos.semanas import tocar_vencidos

VERBO = "recalcular_plazo"
REVISABLES = (EstadoPlazo.CORRIENDO, EstadoPlazo.ADVERTIDO)
# Cases that one transaction revises: their customers wait that long at most.
LOTE = 100
UN_SEGUNDO = timedelta(seconds=1)
MOVIBLES = (
    "inicio_efectivo_en",
    "vence_en",
    "limite_en",
    "avisar_en",
    "proximo_en",
    "version_calendario",
    "explicacion",
)


@dataclass(frozen=True)
class Revision:
    """A running clock whose due instant today's calendar puts elsewhere."""

    plazo: Plazo
    sede: Sede
    calculado: Calculado

    @property
    def antes(self) -> datetime:
        return self.plazo.vence_en

    @property
    def despues(self) -> datetime:
        return self.calculado.vence_en


class Movido(NamedTuple):
    """A clock that was revised: its id and both its dates."""

    plazo_id: int
    antes: datetime
    despues: datetime


def plazos_de(dato: Calendario | Jornada) -> Q:
    """The clocks that are counted with a calendar, or one that inherits from it, or a jornada."""
    if isinstance(dato, Jornada):
        sede = Q(expediente__sede__jornada_propia=dato) | Q(
            expediente__sede__jornada_propia=None, expediente__sede__empresa__jornada=dato
        )
        return Q(politica__jornada=dato) | (Q(politica__jornada=None) & sede)
    pks = _con_descendencia(dato)
    return Q(expediente__sede__calendario_propio__in=pks) | Q(
        expediente__sede__calendario_propio=None, expediente__sede__empresa__calendario__in=pks
    )


def _con_descendencia(calendario) -> set[int]:
    hijos = defaultdict(list)
    for pk, padre_id in Calendario.objects.values_list("pk", "padre_id"):
        hijos[padre_id].append(pk)
    todos, nuevos = set(), {calendario.pk}
    while nuevos:
        todos |= nuevos
        nuevos = {pk for padre in nuevos for pk in hijos[padre]} - todos
    return todos


def revisiones(plazos: QuerySet | None = None) -> Iterator[Revision]:
    """Preview: yield every clock (of `plazos`) that would move. Reads in a stream, writes nothing.

    The rows that clocks share are read once: three statements and one per kind of place.
    """
    consulta = Plazo.objects.all() if plazos is None else plazos
    sedes = Sede.objects.select_related(*DE_LA_SEDE).in_bulk()
    politicas = PoliticaPlazo.objects.select_related("jornada").in_bulk()

    def con_lo_suyo():
        filas = consulta.filter(estado__in=REVISABLES).annotate(
            sede_id=F("expediente__sede_id"), folio=F("expediente__folio")
        )
        for plazo in filas.order_by("expediente_id", "pk").iterator(chunk_size=2000):
            plazo.politica = politicas[plazo.politica_id]
            yield plazo, sedes[plazo.sede_id]

    yield from _revisar(con_lo_suyo())


def aplicar(por, motivo: str, ahora: datetime | None = None) -> int:
    """Revise what `revisiones` shows, in batches of cases; return how many clocks moved.

    `por` is whoever asks, already allowed to. Safe to run again: what agrees does not move.
    """
    actor = Actor.de(por)
    ahora = (ahora or hora.ahora()).replace(microsecond=0)
    casos = list(dict.fromkeys(r.plazo.expediente_id for r in revisiones()))
    lotes = [casos[n : n + LOTE] for n in range(0, len(casos), LOTE)]
    return sum(len(revisar_casos(lote, actor, motivo, ahora)) for lote in lotes)


@transaction.atomic
def revisar_casos(
    ids: Iterable[int],
    actor: Actor,
    motivo: str,
    ahora: datetime,
    solo: set[int] | None = None,
) -> list[Movido]:
    """Move what must move in those cases (of the clocks `solo`, if given); return what moved.

    A constant number of statements. Same order of locks as the door: the cases by id, then
    their clocks.
    """
    casos = {
        caso.pk: caso
        for caso in Expediente.objects.select_for_update(no_key=True)
        .filter(pk__in=list(ids))
        .order_by("pk")
        .only("pk", "tipo", "cadena_largo", "cadena_cabeza", "proximo_vence_en")
    }
    abiertos = _abiertos_de(casos)
    revisables = [p for p in abiertos if p.estado in REVISABLES and (solo is None or p.pk in solo)]
    movidas = list(_revisar((p, p.expediente.sede) for p in revisables))
    estados = _estados_de(casos.values())
    escritos = []
    for revision in movidas:
        caso = casos[revision.plazo.expediente_id]
        # Written while the clock still has its old date.
        escritos.append(_redactar(caso, estados[caso.pk], revision, actor, motivo, ahora))
    hechas = [Movido(r.plazo.pk, r.antes, r.despues) for r in movidas]
    tocar_vencidos([r.plazo for r in movidas], ahora)
    for revision in movidas:
        _mover(revision.plazo, revision.calculado)
    if movidas:
        bitacora.anotar_muchos(escritos)
        Plazo.objects.bulk_update([r.plazo for r in movidas], MOVIBLES)
        # Both weeks: that which it leaves, above, and that to which it goes.
        tocar_vencidos([r.plazo for r in movidas], ahora)
        _guardar_casos(casos, abiertos, {r.plazo.expediente_id for r in movidas})
    return hechas


def _abiertos_de(casos) -> list[Plazo]:
    """Their clocks that have not stopped, locked, with all that dates them."""
    del_lugar = [f"expediente__sede__{campo}" for campo in DE_LA_SEDE]
    return list(
        Plazo.objects.select_for_update(of=("self",), no_key=True)
        .filter(expediente_id__in=list(casos), estado__in=ABIERTOS)
        .select_related("politica__jornada", *del_lugar)
        .order_by("expediente_id", "pk")
    )


def _revisar(plazos) -> Iterator[Revision]:
    horarios = {}
    for plazo, sede in plazos:
        if plazo.es_pactado:
            continue
        jornada = plazo.politica.jornada or sede.jornada
        llave = sede.calendario.pk, jornada.pk, sede.zona
        if llave not in horarios:
            horarios[llave] = horario_y_version(sede.calendario, jornada, sede.zona)
        horario, version = horarios[llave]
        calculado = calcular_plazo(plazo.politica, sede, plazo.inicia_en, horario)
        if (calculado.vence_en, calculado.limite_en) != (plazo.vence_en, plazo.limite_en):
            yield Revision(plazo, sede, replace(calculado, version_calendario=version))


def _estados_de(casos) -> dict[int, tuple[str, str]]:
    """Case id to (audit name of its machine, state), one query per room."""
    por_tipo = defaultdict(list)
    for caso in casos:
        por_tipo[caso.tipo].append(caso.pk)
    estados = {}
    for tipo, pks in por_tipo.items():
        sala = sala_de(tipo)
        nombre = _nombre_del_caso(sala)
        filas = sala.caso.modelo.objects.filter(pk__in=pks).values_list("pk", "estado")
        estados |= {pk: (nombre, estado) for pk, estado in filas}
    return estados


def _nombre_del_caso(sala: Sala) -> str:
    return next(nombre for nombre, ficha in sala.objetos.items() if not ficha.padre)


def _redactar(caso, maquina, revision, actor, motivo, ahora):
    """Both dates stay in the audit (TM-16)."""
    nombre, estado = maquina
    return bitacora.redactar(
        caso,
        objeto=nombre,
        objeto_id=caso.pk,
        verbo=VERBO,
        antes=estado,
        despues=estado,
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


def _mover(plazo, nuevo: Calculado) -> None:
    ya_avisado = plazo.estado == EstadoPlazo.ADVERTIDO
    plazo.inicio_efectivo_en = nuevo.vencimiento.inicio_efectivo
    plazo.vence_en = nuevo.vence_en
    plazo.limite_en = nuevo.limite_en
    # A warning that was given is not given again.
    plazo.avisar_en = plazo.avisar_en if ya_avisado else nuevo.avisar_en
    plazo.proximo_en = (None if ya_avisado else nuevo.avisar_en) or nuevo.vence_en + UN_SEGUNDO
    plazo.version_calendario = nuevo.version_calendario
    plazo.explicacion = explicar(nuevo.vencimiento, es_estricto=plazo.politica.es_estricto)


def _guardar_casos(casos, abiertos, tocados) -> None:
    """Their chains, and the date that lists are ordered by."""
    suyos = defaultdict(list)
    for plazo in abiertos:
        suyos[plazo.expediente_id].append(plazo)
    for pk in tocados:
        casos[pk].proximo_vence_en = reloj.proximo_vencimiento(suyos[pk])
    Expediente.objects.bulk_update(
        [casos[pk] for pk in sorted(tocados)],
        ["proximo_vence_en", "cadena_largo", "cadena_cabeza"],
    )
