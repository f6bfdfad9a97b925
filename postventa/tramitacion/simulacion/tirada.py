"""A whole simulation: who takes part, how many cases each has, and all of it or nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from postventa.avisos import outbox
from postventa.avisos.agrupar import agrupar
from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.expedientes.models import Expediente, Situacion
from postventa.plazos.models import Latido
from postventa.tramitacion import barrido
from postventa.tramitacion.simulacion import registro
from postventa.tramitacion.simulacion.invento import Inventor
from postventa.tramitacion.simulacion.marcha import NOMBRE, Marcha
from postventa.tramitacion.simulacion.masa import copiar
from postventa.tramitacion.simulacion.registro import PREFIJO, Mesa, Simulacion
from postventa.tramitacion.simulacion.ritmo import Ritmo, azar_de

# One place for so many cases, so that no list is all of one project.
POR_LUGAR, LUGARES = 120, 40
DIAS_DEL_ANIO = 365
# Up to so many, every case goes through the door; more are told again in bulk.
PASO_A_PASO = 500


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
    """What was made: cases by company, of them open, and what the house refused."""

    casos: Counter = field(default_factory=Counter)
    abiertos: Counter = field(default_factory=Counter)
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
        partes = repartir(pedido.expedientes, pedido.empresas)
        mesas = [(*_mesa(pedido, codigo, n), n) for codigo, n in partes.items()]
        tropiezos = []
        if pedido.expedientes <= PASO_A_PASO:
            tropiezos = _andar(pedido, mesas, decir)
        else:
            copiar(mesas, pedido.semilla, decir)
        Latido.objects.filter(nombre=NOMBRE).delete()
        registro.terminar([mesa.empresa for _, mesa, _ in mesas])
        return _contar(antes, tropiezos)


def _contar(antes: int, tropiezos: list) -> Resultado:
    resultado = Resultado(tropiezos=tropiezos)
    nuevos = Expediente.objects.filter(pk__gt=antes).order_by()
    por_grupo = nuevos.values_list("empresa__codigo", "situacion").annotate(n=Count("pk"))
    for codigo, situacion, n in por_grupo:
        resultado.casos[codigo] += n
        if situacion != Situacion.CERRADO:
            resultado.abiertos[codigo] += n
    return resultado


def _poner_al_dia() -> None:
    """What is due by now of the cases that are there is their own: its mails do leave."""
    ahora = hora.ahora()
    barrido.barrer(ahora, NOMBRE)
    agrupar(ahora)


def _mesa(pedido: Pedido, codigo: str, cuantos: int) -> tuple[Simulacion, Mesa]:
    """A company with its people and its places."""
    simulacion = registro.todas()[codigo]
    empresa = Empresa.objects.select_related("calendario", "jornada").get(codigo=codigo)
    azar = azar_de(pedido.semilla, codigo)
    mesa = Mesa(empresa, azar, Inventor(empresa), pedido.desde, pedido.hasta)
    mesa.lugares = simulacion.lugares(mesa, min(1 + cuantos // POR_LUGAR, LUGARES))
    return simulacion, mesa


def _andar(pedido: Pedido, mesas, decir: Callable[[str], None]) -> list[tuple[str, str]]:
    """Every case through the door, act by act; what the house refused of some."""
    marcha = Marcha(pedido.desde, pedido.hasta, _cada(500, decir))
    for simulacion, mesa, cuantos in mesas:
        mesa.agendar = marcha.agendar
        ritmo, codigo = Ritmo(mesa.empresa), mesa.empresa.codigo
        llegan = ritmo.llegadas(mesa.azar, cuantos, mesa.desde, mesa.hasta, simulacion.meses)
        for n, llega in enumerate(llegan):
            suyo = azar_de(pedido.semilla, codigo, n)
            historia = simulacion.historia(mesa, suyo.choice(mesa.lugares), suyo, llega)
            marcha.agendar(llega, historia.andar(), historia)
    marcha.correr()
    return marcha.tropiezos


def _cada(cuantos: int, decir: Callable[[str], None]) -> Callable[[Marcha], None]:
    dicho = 0

    def decir_a_veces(marcha: Marcha) -> None:
        nonlocal dicho
        if marcha.hechos >= dicho + cuantos:
            dicho = marcha.hechos
            decir(f"{dicho} pasos, hasta el {marcha.ahora:%d-%m-%Y}")

    return decir_a_veces


def desde_hace(anios: int, hasta: datetime) -> datetime:
    return hasta - timedelta(days=DIAS_DEL_ANIO * anios)
