"""What a list needs to count a clock as its case's page does, brought by the rows themselves.

Business time is remembered by process under the stamps of its calendar and hours. Each row brings
the stamps of its own, so a page of clocks costs its one statement and is never behind an edit.
"""

from datetime import UTC, datetime
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from postventa.calendario.models import Calendario, Jornada
from postventa.calendario.palabras import duracion_en_palabras
from postventa.calendario.servicio import horario_sellado
from postventa.consola.relojes import falta
from postventa.expedientes.models import Expediente
from postventa.plazos.models import ABIERTOS, Plazo


def medidos(filas: QuerySet) -> QuerySet:
    """Rows of clocks or of cases, each with the `medida` of its clock; others as they are."""
    if filas.model is Plazo:
        return filas.annotate(medida=_medida())
    if not issubclass(filas.model, Expediente):
        return filas
    proximo = Plazo.objects.filter(
        expediente=OuterRef("pk"), estado__in=ABIERTOS, vence_en=OuterRef("proximo_vence_en")
    )
    # By the index of its case, whatever the planner believes of how many clocks a case has; by
    # `pk` it may walk all of the table until it meets one of this case.
    proximo = proximo.order_by("codigo", "ordinal").annotate(medida=_medida()).values("medida")[:1]
    return filas.annotate(medida=Subquery(proximo))


def lo_que_falta(fila, vence_en: datetime, zona, ahora: datetime) -> str:
    """The words of a row that `medidos` gave; `zona` is its place's."""
    m = fila.medida
    if m is None:
        # The copied date is of no running clock: the page opens all the same.
        dura = duracion_en_palabras(int(abs((vence_en - ahora).total_seconds())))
        return f"Vencido hace {dura}" if vence_en < ahora else dura
    horario = horario_sellado(
        m["calendario"], m["jornada"], zona, UUID(m["del_calendario"]), UUID(m["de_la_jornada"])
    )
    return falta(horario, ahora, vence_en, m["unidad"], _instante(m["empieza"]))


def _medida() -> JSONObject:
    sede, empresa = "expediente__sede__", "expediente__sede__empresa__"
    calendario = [f"{sede}calendario_propio_id", f"{empresa}calendario_id"]
    jornada = ["politica__jornada_id", f"{sede}jornada_propia_id", f"{empresa}jornada_id"]
    return JSONObject(
        unidad=F("politica__unidad"),
        empieza=F("inicio_efectivo_en"),
        calendario=Coalesce(*calendario),
        jornada=Coalesce(*jornada),
        del_calendario=_sello(Calendario, calendario),
        de_la_jornada=_sello(Jornada, jornada),
    )


def _sello(clase, claves) -> Subquery:
    # Asked apart: with joins, the planner would have too many tables to put in order.
    suyo = clase.objects.filter(pk=Coalesce(*(OuterRef(clave) for clave in claves))).order_by()
    return Subquery(suyo.values("sello"))


def _instante(texto: str) -> datetime:
    """As each database writes an instant inside JSON: SQLite, in UTC and without saying so."""
    instante = datetime.fromisoformat(texto)
    return instante if instante.tzinfo else instante.replace(tzinfo=UTC)
