"""What counts, as rows of one shape: who keeps weeks and who looks at this one count the same.

A clock counts in the week in which it falls due: on time if it was met so, late if it was met late
or is open past that instant, whatever the sweep has marked. An act counts when it happened. Whom a
figure belongs to is who answers for the case now.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, TruncWeek

from postventa.empresas.models import Empresa
from postventa.expedientes.models import Movimiento
from postventa.expedientes.salas import Demora, Proporcion, Sala, todas
from postventa.plazos.ajenos import ajenos
from postventa.plazos.models import EstadoPlazo, Plazo

A_TIEMPO, TARDE = EstadoPlazo.CUMPLIDO, EstadoPlazo.CUMPLIDO_TARDE
PLAZO, DEMORA = "plazo:", "demora:"


class Fuentes(NamedTuple):
    """The rows to count, already cut to what the one who looks may see."""

    plazos: QuerySet
    movimientos: QuerySet

    def solo(self, **filtro) -> "Fuentes":
        """Those of some cases: lookups that lead from a clock or an act."""
        return Fuentes(self.plazos.filter(**filtro), self.movimientos.filter(**filtro))


TODO = Fuentes(Plazo.objects.all(), Movimiento.objects.all())


def salas_de(empresa: Empresa) -> list[Sala]:
    return [sala for sala in todas() if sala.empresa == empresa.codigo]


def indicadores_de(empresa: Empresa) -> list[tuple[Sala, object]]:
    return [(sala, i) for sala in salas_de(empresa) for i in sala.indicadores]


def medida_de(sala: Sala, indicador) -> str:
    return f"{sala.tipo}.{indicador.codigo}"


def forma_de(empresa: Empresa) -> str:
    """Digest of all that a count depends on and that is no row of a case."""
    partes = [empresa.zona]
    for sala in salas_de(empresa):
        partes += [sala.tipo, *(fila.codigo for fila in sala.al_vencer)]
        partes += [repr(indicador) for indicador in sala.indicadores]
    return sha256("|".join(partes).encode()).hexdigest()[:16]


# --- clocks


def contados(ahora: datetime) -> Q:
    """Clocks that have an outcome."""
    return Q(estado__in=(A_TIEMPO, TARDE)) | Q(en_curso(), vence_en__lt=ahora)


def a_tiempo() -> Q:
    return Q(estado=A_TIEMPO)


def tarde(ahora: datetime) -> Q:
    return Q(estado=TARDE) | Q(en_curso(), vence_en__lt=ahora)


def en_curso() -> Q:
    return Q(estado__in=(EstadoPlazo.CORRIENDO, EstadoPlazo.ADVERTIDO, EstadoPlazo.VENCIDO))


def que_cuentan(plazos: QuerySet, ahora: datetime) -> QuerySet:
    """Those with an outcome that somebody of staff owed."""
    return plazos.filter(contados(ahora)).exclude(ajenos())


# --- acts


def actos_de(movimientos: QuerySet, sala: Sala, indicador: Proporcion) -> QuerySet:
    """The acts that an indicator counts."""
    return movimientos.filter(
        verbo__in=indicador.verbos, objeto=indicador.objeto, expediente__tipo=sala.tipo
    )


def es_bueno(indicador: Proporcion) -> Q:
    """Which of them are good."""
    if indicador.sin:
        previos = Movimiento.objects.order_by().filter(
            expediente_id=OuterRef("expediente_id"),
            numero__lt=OuterRef("numero"),
            objeto=indicador.objeto,
            verbo__in=indicador.sin,
        )
        return ~Q(Exists(previos))
    return Q(verbo__in=indicador.bien)


# --- rows


class Fila(NamedTuple):
    """One figure. `desde_en` and `hasta_en` only of a row whose time is still to be worked out."""

    signo: int
    empresa: int
    medida: str
    semana: object
    sede: int
    persona: int | None
    n: int
    si: int
    suma: int = 0


def contar(
    empresa: Empresa, fuentes: Fuentes, desde: datetime, hasta: datetime, ahora: datetime, signo=1
) -> list[QuerySet]:
    """Grouped queries, to be joined by UNION, of everything of a company between two instants."""
    zona = ZoneInfo(empresa.zona)
    plazos = fuentes.plazos.filter(empresa_id=empresa.pk, vence_en__gte=desde, vence_en__lt=hasta)
    consultas = [_de_plazos(que_cuentan(plazos, ahora), zona, signo)]
    actos = fuentes.movimientos.filter(
        expediente__empresa_id=empresa.pk, ocurrido_en__gte=desde, ocurrido_en__lt=hasta
    )
    for sala, indicador in indicadores_de(empresa):
        if isinstance(indicador, Proporcion):
            suyos = actos_de(actos, sala, indicador)
            consultas.append(_de_actos(suyos, sala, indicador, zona, signo))
        elif isinstance(indicador, Demora):
            cumplidos = plazos.filter(codigo=indicador.plazo, estado__in=(A_TIEMPO, TARDE))
            cumplidos = cumplidos.filter(expediente__tipo=sala.tipo)
            consultas.append(_de_demoras(cumplidos, sala, indicador, zona, signo))
    return consultas


def unir(consultas: Iterable[QuerySet]) -> list[tuple]:
    primera, *otras = consultas
    return list(primera.union(*otras, all=True) if otras else primera)


def _numero(valor):
    return Cast(Value(valor), BigIntegerField())


def _texto(valor):
    return Cast(valor if hasattr(valor, "resolve_expression") else Value(valor), TextField())


def _semana(campo, zona):
    return TruncWeek(campo, tzinfo=zona, output_field=DateField())


_NUNCA = Cast(Value(None), DateTimeField())


def _de_plazos(plazos, zona, signo):
    return (
        plazos.order_by()
        .annotate(_medida=_texto(Concat(Value(PLAZO), "codigo", output_field=TextField())))
        .annotate(_semana=_semana("vence_en", zona))
        .values_list(
            _numero(signo),
            "empresa_id",
            "_medida",
            "_semana",
            "expediente__sede_id",
            "expediente__responsable_id",
        )
        .annotate(
            _n=Count("pk"),
            _si=Count("pk", filter=a_tiempo()),
            _suma=_numero(0),
            _de=_NUNCA,
            _a=_NUNCA,
            _u=_texto(""),
            _j=_numero(None),
        )
    )


def _de_actos(actos, sala, indicador, zona, signo):
    bueno = Case(When(es_bueno(indicador), then=1), default=0)
    return (
        actos.order_by()
        .annotate(_bueno=bueno)
        .annotate(_medida=_texto(medida_de(sala, indicador)))
        .annotate(_semana=_semana("ocurrido_en", zona))
        .values_list(
            _numero(signo),
            "expediente__empresa_id",
            "_medida",
            "_semana",
            "expediente__sede_id",
            "expediente__responsable_id",
        )
        .annotate(
            _n=Count("pk"),
            _si=Count("pk", filter=Q(_bueno=1)),
            _suma=_numero(0),
            _de=_NUNCA,
            _a=_NUNCA,
            _u=_texto(""),
            _j=_numero(None),
        )
    )


def _de_demoras(plazos, sala, indicador, zona, signo):
    """A row per clock: its working time is no database's to work out."""
    return plazos.order_by().values_list(
        _numero(signo),
        "empresa_id",
        _texto(medida_de(sala, indicador)),
        _semana("vence_en", zona),
        "expediente__sede_id",
        "expediente__responsable_id",
        _numero(1),
        _numero(0),
        _numero(0),
        F("inicio_efectivo_en"),
        F("detenido_en"),
        _texto(F("politica__unidad")),
        F("politica__jornada_id"),
    )


def en_utc(instante) -> datetime:
    return instante if instante.tzinfo else instante.replace(tzinfo=UTC)
