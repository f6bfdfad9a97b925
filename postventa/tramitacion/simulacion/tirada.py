"""A whole simulation: who takes part, how many cases each has, and all of it or nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from postventa.avisos import outbox
from postventa.avisos.agrupar import agrupar
from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.expedientes.models import Expediente
from postventa.tramitacion import barrido
from postventa.tramitacion.simulacion import registro
from postventa.tramitacion.simulacion.invento import Inventor
from postventa.tramitacion.simulacion.marcha import Marcha
from postventa.tramitacion.simulacion.registro import PREFIJO, Mesa, Simulacion
from postventa.tramitacion.simulacion.ritmo import Ritmo

# One place for so many cases, so that no list is all of one project.
POR_LUGAR, LUGARES = 120, 40
DIAS_DEL_ANIO = 365


@dataclass(frozen=True)
class Pedido:
    """What was asked for. `desde` and `hasta` are whole days of the first company."""

    expedientes: int
    semilla: int
    empresas: tuple[str, ...]
    desde: datetime
    hasta: datetime


@dataclass
class Resultado:
    """What was made: cases by company, of them open; acts; and what the house refused."""

    casos: Counter = field(default_factory=Counter)
    abiertos: Counter = field(default_factory=Counter)
    hechos: int = 0
    tropiezos: list[tuple[str, str]] = field(default_factory=list)


def ajenos(empresa: Empresa, simulacion: Simulacion) -> int:
    """Cases of a company that are neither of the demonstration nor simulated."""
    suyas = simulacion.sedes_de_demo()
    casos = Expediente.objects.filter(empresa=empresa).exclude(sede__codigo__in=suyas)
    return casos.exclude(sede__codigo__startswith=f"{PREFIJO}-").count()


def repartir(cuantos: int, empresas: tuple[str, ...]) -> dict[str, int]:
    """As many for each, the first ones one more."""
    parte, sobran = divmod(cuantos, len(empresas))
    return {codigo: parte + (n < sobran) for n, codigo in enumerate(empresas)}


def simular(pedido: Pedido, decir: Callable[[str], None]) -> Resultado:
    """Make the history. Whatever fails, nothing of it stays; nobody sees it half made."""
    with transaction.atomic(), outbox.sin_pistas():
        _poner_al_dia()
        antes = Expediente.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        marcha = Marcha(pedido.desde, pedido.hasta, _cada(500, decir))
        for codigo, cuantos in repartir(pedido.expedientes, pedido.empresas).items():
            _sentar(pedido, codigo, cuantos, marcha)
        marcha.correr()
        resultado = Resultado(hechos=marcha.hechos, tropiezos=marcha.tropiezos)
        nuevos = Expediente.objects.filter(pk__gt=antes)
        for codigo, situacion in nuevos.values_list("empresa__codigo", "situacion"):
            resultado.casos[codigo] += 1
            resultado.abiertos[codigo] += situacion != "CERRADO"
    return resultado


def _poner_al_dia() -> None:
    """What is due by now of the cases that are there is their own: its mails do leave."""
    ahora = hora.ahora()
    barrido.procesar(ahora)
    agrupar(ahora)


def _sentar(pedido: Pedido, codigo: str, cuantos: int, marcha: Marcha) -> None:
    """Put the cases of a company in the days in which they come."""
    simulacion = registro.todas()[codigo]
    empresa = Empresa.objects.select_related("calendario", "jornada").get(codigo=codigo)
    azar = Random(f"{pedido.semilla}:{codigo}")
    mesa = Mesa(empresa, azar, Inventor(empresa), pedido.desde, pedido.hasta)
    mesa.agendar = marcha.agendar
    mesa.lugares = simulacion.lugares(mesa, min(1 + cuantos // POR_LUGAR, LUGARES))
    ritmo = Ritmo(empresa)
    cuando = ritmo.llegadas(azar, cuantos, pedido.desde, pedido.hasta, simulacion.meses)
    for n, llega in enumerate(cuando):
        suyo = Random(f"{pedido.semilla}:{codigo}:{n}")
        historia = simulacion.historia(mesa, suyo.choice(mesa.lugares), suyo, llega)
        marcha.agendar(llega, historia.andar(), historia)


def _cada(cuantos: int, decir: Callable[[str], None]) -> Callable[[int], None]:
    return lambda n: decir(f"{n} pasos") if n % cuantos == 0 else None


def desde_hace(anios: int, hasta: datetime) -> datetime:
    return hasta - timedelta(days=DIAS_DEL_ANIO * anios)
