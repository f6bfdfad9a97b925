"""A whole board, read: what was kept of the weeks that are over, and what is counted now."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from postventa.calendario.semanas import comienzo
from postventa.empresas.models import Empresa
from postventa.tableros import abiertos, hechos, sellos
from postventa.tableros.abiertos import Abierto
from postventa.tableros.demoras import con_su_tiempo
from postventa.tableros.fichas import Fichas
from postventa.tableros.hechos import Fila, Fuentes
from postventa.tableros.models import Resumen
from postventa.tableros.periodo import Periodo, primera_viva

LUGAR, PERSONA, AMBOS = Resumen.Corte.LUGAR, Resumen.Corte.PERSONA, Resumen.Corte.AMBOS


@dataclass(frozen=True)
class Mirada:
    """What one person may look at, cut where the console cuts everything.

    `enteras` are the companies seen in all their places; `ocultos` gives, of a company, the cases
    that are kept from that person, which the stored weeks do contain.
    """

    empresas: list[Empresa]
    enteras: set[int]
    fuentes: Fuentes
    casos: QuerySet
    resumen: QuerySet
    sedes: QuerySet
    personas: QuerySet
    ocultos: dict[int, QuerySet] = field(default_factory=dict)
    sede: int | None = None


@dataclass
class Cuenta:
    n: int = 0
    si: int = 0
    suma: int = 0

    def mas(self, n: int, si: int, suma: int, signo: int = 1) -> None:
        self.n += signo * n
        self.si += signo * si
        self.suma += signo * suma

    @property
    def no(self) -> int:
        return self.n - self.si

    @property
    def por_ciento(self) -> float | None:
        """Of a hundred, how many good; None without any: there is nothing to say."""
        return 100 * self.si / self.n if self.n else None

    @property
    def media(self) -> int | None:
        return self.suma // self.n if self.n else None


class Tabla(defaultdict):
    """Figures by whatever key; one that nobody wrote is zero and is not kept."""

    def __init__(self):
        super().__init__(Cuenta)

    def de(self, *clave) -> Cuenta:
        return self.get(clave) or Cuenta()


@dataclass
class Lectura:
    """The figures of a board, by (empresa, medida) and one thing more."""

    periodo: Periodo
    fichas: Fichas
    abiertos: list[Abierto]
    total: Tabla = field(default_factory=Tabla)
    semanas: Tabla = field(default_factory=Tabla)
    sedes: Tabla = field(default_factory=Tabla)
    personas: Tabla = field(default_factory=Tabla)

    def sumar(self, fila: Fila, corte: str = AMBOS) -> None:
        empresa, medida, numeros = fila.empresa, fila.medida, (fila.n, fila.si, fila.suma)
        if corte in (AMBOS, LUGAR):
            self.total[empresa, medida].mas(*numeros, fila.signo)
            self.semanas[empresa, medida, fila.semana].mas(*numeros, fila.signo)
            self.sedes[empresa, medida, fila.sede].mas(*numeros, fila.signo)
        if corte in (AMBOS, PERSONA):
            self.personas[empresa, medida, fila.persona].mas(*numeros, fila.signo)


def leer(mirada: Mirada, periodo: Periodo, ahora: datetime) -> Lectura:
    """Everything that a board shows: four statements, and those that count the weeks that nobody
    had counted yet."""
    ids = [e.pk for e in mirada.empresas]
    fichas = Fichas.leer(ids, mirada.sedes, mirada.personas)
    for empresa in mirada.empresas:
        sello, marcas = fichas.sellos.get(empresa.pk), fichas.marcas.get(empresa.pk, [])
        if not sellos.esta_al_dia(sello, marcas, empresa, periodo.desde, ahora):
            sellos.sellar(empresa, periodo.desde, ahora)
    fuentes, casos = mirada.fuentes, mirada.casos
    if mirada.sede:
        fuentes = fuentes.solo(expediente__sede_id=mirada.sede)
        casos = casos.filter(sede_id=mirada.sede)
    abiertas = abiertos.contar(casos, fuentes.plazos, fichas.lugares, ahora)
    lectura = Lectura(periodo, fichas, abiertas)
    for corte, *fila in _guardadas(mirada, periodo, ahora):
        lectura.sumar(Fila(1, *fila), corte)
    for fila in _vivas(mirada, fuentes, fichas, periodo, ahora):
        lectura.sumar(fila)
    return lectura


def _viva(empresa: Empresa, ahora: datetime) -> date:
    return primera_viva(ahora, ZoneInfo(empresa.zona))


def _guardadas(mirada: Mirada, periodo: Periodo, ahora: datetime) -> QuerySet:
    """Stored rows of the period: by place and by person apart, where all of a company is seen."""
    cuales = Q(pk__in=[])
    for empresa in mirada.empresas:
        es_entera = empresa.pk in mirada.enteras and not mirada.sede
        cortes = (LUGAR, PERSONA) if es_entera else (AMBOS,)
        hasta = min(periodo.hasta, _viva(empresa, ahora))
        if periodo.desde < hasta:
            cuales |= Q(empresa_id=empresa.pk, corte__in=cortes, semana__gte=periodo.desde,
                        semana__lt=hasta)  # fmt: skip
    filas = mirada.resumen.filter(cuales)
    if mirada.sede:
        filas = filas.filter(sede_id=mirada.sede)
    return filas.order_by().values_list(
        "corte", "empresa_id", "medida", "semana", "sede_id", "persona_id", "n", "si", "suma"
    )


def _vivas(mirada, fuentes, fichas, periodo, ahora) -> list[Fila]:
    """What is not stored yet; and, to be taken off what is, the cases kept from who looks."""
    consultas: list[QuerySet] = []
    for empresa in mirada.empresas:
        zona = ZoneInfo(empresa.zona)
        viva = _viva(empresa, ahora)
        desde, hasta = periodo.instantes(zona)
        corte = min(max(comienzo(viva, zona), desde), hasta)
        if corte < hasta:
            consultas += hechos.contar(empresa, fuentes, corte, hasta, ahora)
        if desde < corte and empresa.pk in mirada.ocultos:
            suyas = hechos.TODO.solo(expediente__in=mirada.ocultos[empresa.pk])
            if mirada.sede:
                suyas = suyas.solo(expediente__sede_id=mirada.sede)
            elif empresa.pk not in mirada.enteras:
                suyas = suyas.solo(expediente__sede__in=mirada.sedes)
            consultas += hechos.contar(empresa, suyas, desde, corte, ahora, signo=-1)
    return con_su_tiempo(hechos.unir(consultas), fichas.lugares.horario) if consultas else []
