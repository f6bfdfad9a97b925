"""What is open now: how old the cases are, and which clocks are late or about to be.

Business days are not counted row by row: each place's calendar is asked once from which instant on
a case is of which age, and the database counts between instants.
"""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from postventa.calendario.semanas import comienzo
from postventa.calendario.zonas import a_instante, fin_del_dia
from postventa.expedientes.models import Situacion
from postventa.plazos.ajenos import ajenos
from postventa.tableros.lugares import Lugar, Lugares

# Ages in business days, the last one of each; who is older than all of them is of the last group.
HASTA = (5, 10, 15, 20)
EDADES = ("0 a 5 días hábiles", "6 a 10", "11 a 15", "16 a 20", "Más de 20")
CORTAS = ("0–5", "6–10", "11–15", "16–20", "+20")
# At risk: what falls due within this many business days, counted from tomorrow.
RIESGO = 5
VENCIDO, EN_RIESGO = 0, 1


class Abierto(NamedTuple):
    """Cases of one age (`clase` "caso", `codigo` their type), or clocks in one situation."""

    clase: str
    empresa: int
    codigo: str
    sede: int | None
    persona: int | None
    grupo: int
    n: int


def desde_cuando(lugar: Lugar, ahora: datetime) -> list[datetime]:
    """For each of `HASTA`, the first instant of which a case is no older than that."""
    horario, hoy = lugar.horario, ahora.astimezone(lugar.tz).date()
    # Business days after a date up to today: today is one of them, if it is one.
    previos = [horario.sumar_habiles(hoy, -(n + 1 - horario.es_habil(hoy))) for n in HASTA]
    return [comienzo(dia, lugar.tz) for dia in previos]


def hasta_cuando(lugar: Lugar, ahora: datetime) -> datetime:
    """The last instant at risk: the end of the fifth business day from today."""
    hoy: date = ahora.astimezone(lugar.tz).date()
    return a_instante(fin_del_dia(lugar.horario.sumar_habiles(hoy, RIESGO), lugar.tz))


def _por_lugar(lugares: Lugares, camino: str):
    """(which rows, how their place counts): the most numerous group needs no naming of places."""
    for n, (lugar, sedes) in enumerate(reversed(list(lugares.grupos().items())), start=1):
        es_ultimo = n == len(lugares.grupos())
        yield Q() if es_ultimo else Q(**{f"{camino}__in": sedes}), lugar


def edad(lugares: Lugares, ahora: datetime, camino: str = "sede_id") -> Case:
    """Group of age of a case, 0 the youngest."""
    casos, ramas = len(HASTA), []
    for de, lugar in _por_lugar(lugares, camino):
        for n, instante in enumerate(desde_cuando(lugar, ahora)):
            ramas.append(When(de, creado_en__gte=instante, then=n))
        if de:
            ramas.append(When(de, then=casos))
    return Case(*ramas, default=casos, output_field=IntegerField())


def situacion(lugares: Lugares, ahora: datetime, camino: str = "expediente__sede_id") -> Case:
    """Of an open clock: late, at risk, or None."""
    ramas = [When(vence_en__lt=ahora, then=VENCIDO)]
    for de, lugar in _por_lugar(lugares, camino):
        ramas.append(When(de, vence_en__lte=hasta_cuando(lugar, ahora), then=EN_RIESGO))
        if de:
            ramas.append(When(de, then=None))
    return Case(*ramas, default=None, output_field=IntegerField())


def casos_abiertos(casos: QuerySet) -> QuerySet:
    return casos.filter(situacion=Situacion.ABIERTO)


def contar(casos: QuerySet, plazos: QuerySet, lugares: Lugares, ahora: datetime) -> list[Abierto]:
    """Both counts in one statement, of rows already cut to who looks."""
    if not lugares.por_sede:
        return []
    limite = max(hasta_cuando(lugar, ahora) for lugar in lugares.grupos())
    de_casos = (
        casos_abiertos(casos)
        .order_by()
        .annotate(_grupo=edad(lugares, ahora))
        .values_list(_texto("caso"), "empresa_id", _texto("tipo", True), "sede_id",
                     "responsable_id", "_grupo")
        .annotate(_n=Count("pk"))
    )  # fmt: skip
    de_plazos = (
        plazos.abiertos()
        .filter(vence_en__lte=limite)
        .exclude(ajenos())
        .order_by()
        .annotate(_grupo=situacion(lugares, ahora))
        .filter(_grupo__isnull=False)
        .values_list(_texto("plazo"), "empresa_id", _texto("codigo", True), _nadie(), _nadie(),
                     "_grupo")
        .annotate(_n=Count("pk"))
    )  # fmt: skip
    return [Abierto(*fila) for fila in de_casos.union(de_plazos, all=True)]


def _texto(valor, es_campo=False):
    return Cast(valor if es_campo else Value(valor), TextField())


def _nadie():
    return Cast(Value(None), BigIntegerField())
