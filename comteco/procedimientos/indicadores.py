"""Eficacia and oportunidad of a day, by adviser and branch (III.2). Only queries."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from comteco.procedimientos.flujos.base import P
from postventa.calendario.zonas import a_instante, comienzo_del_dia
from postventa.plazos.models import EstadoPlazo, Plazo

# «Mayor a 98%: Aceptado»; «Mayor a 95%: Aceptado». Exactly that much is Observado.
EFICACIA, OPORTUNIDAD = 98, 95
# It went through the procedure to what was asked for, or to who attends it.
EFICACES = (P.OK, P.DERIVADO)
SIN_DATOS = "sin datos"


@dataclass(frozen=True)
class Medida:
    """So many of a total, against what the document accepts."""

    cumplen: int
    total: int
    umbral: int

    @property
    def porcentaje(self) -> str:
        """`97,5 %`, cut, so that what is Observado never shows as what would be Aceptado."""
        if not self.total:
            return SIN_DATOS
        decimas = self.cumplen * 1000 // self.total
        return f"{decimas // 10},{decimas % 10} %"

    @property
    def veredicto(self) -> str:
        if not self.total:
            return SIN_DATOS
        return "Aceptado" if self.cumplen * 100 > self.umbral * self.total else "Observado"

    @property
    def es_aceptado(self) -> bool:
        return self.veredicto == "Aceptado"


@dataclass(frozen=True)
class Fila:
    sede: str
    asesor: str
    total: int
    eficacia: Medida
    oportunidad: Medida


def del_dia(tramites, dia: date, zona) -> list[Fila]:
    """Rows of what was asked for on a day; what was annulled was not asked for."""
    desde, hasta = (a_instante(comienzo_del_dia(d, zona)) for d in (dia, dia + timedelta(days=1)))
    a_tiempo = Plazo.objects.filter(
        expediente_id=OuterRef("pk"), codigo="oportunidad", estado=EstadoPlazo.CUMPLIDO
    )
    filas = (
        tramites.filter(creado_en__gte=desde, creado_en__lt=hasta)
        .exclude(estado=P.ANULADO)
        .order_by()
        .annotate(a_tiempo=Exists(a_tiempo))
        .values(
            "sede__nombre",
            "responsable__first_name",
            "responsable__last_name",
            "responsable__username",
            "responsable_id",
        )
        .annotate(
            total=Count("pk"),
            eficaces=Count("pk", filter=Q(estado__in=EFICACES)),
            oportunas=Count("pk", filter=Q(a_tiempo=True)),
        )
        .order_by("sede__nombre", "responsable__first_name", "responsable_id")
    )
    return [_fila(f) for f in filas]


def _fila(f) -> Fila:
    nombre = f"{f['responsable__first_name'] or ''} {f['responsable__last_name'] or ''}".strip()
    return Fila(
        f["sede__nombre"],
        nombre or f["responsable__username"] or "Sin asesor",
        f["total"],
        Medida(f["eficaces"], f["total"], EFICACIA),
        Medida(f["oportunas"], f["total"], OPORTUNIDAD),
    )


def resumen(filas: list[Fila]) -> tuple[Medida, Medida]:
    """Eficacia and oportunidad of all the rows."""
    total = sum(f.total for f in filas)
    return (
        Medida(sum(f.eficacia.cumplen for f in filas), total, EFICACIA),
        Medida(sum(f.oportunidad.cumplen for f in filas), total, OPORTUNIDAD),
    )
