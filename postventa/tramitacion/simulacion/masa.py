"""Many cases: some histories go through the door, and are told again in bulk of other people.

The histories themselves are undone once they are known, so that every case is stored in the order
in which it came, with the numbers that it would have taken.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.db import connection, transaction

from postventa.expedientes.cuidado import anclar
from postventa.expedientes.folios import siguiente
from postventa.expedientes.models import Expediente
from postventa.personas.models import Cliente
from postventa.tramitacion.simulacion import tablas, tiempo
from postventa.tramitacion.simulacion.copia import Copia
from postventa.tramitacion.simulacion.marcha import Marcha
from postventa.tramitacion.simulacion.molde import Molde, Tomador
from postventa.tramitacion.simulacion.registro import Lugar, Mesa, Simulacion
from postventa.tramitacion.simulacion.ritmo import Ritmo, azar_de
from postventa.visitas.models import Ocupacion

# How many histories of each company go through the door, and when: long enough ago to have ended.
MOLDES, ENTRE = 40, (timedelta(days=330), timedelta(days=140))
LOTE, INTENTOS = 500, 60
# How much later than its mould's the hour of a case may be; how often somebody known comes back,
# of the last ones.
DEMORA, VUELVE, CONOCIDOS = 45 * 60, 0.12, 500
SIETE = timedelta(days=7)


@dataclass
class Pieza:
    """One copy to be made: which mould, how many weeks away, where, and with which numbers."""

    molde: Molde
    semanas: int
    demora: timedelta
    lugar: Lugar
    creado_en: datetime
    toma: dict[str, datetime]
    numeros: dict[str, int] = field(default_factory=dict)


class Llaves:
    """Keys for rows that are not stored yet."""

    def __init__(self):
        self.libres = defaultdict(list)
        self.ultima = {}

    def tomar(self, modelo) -> int:
        if connection.vendor != "postgresql":
            if modelo not in self.ultima:
                self.ultima[modelo] = tablas.ids(modelo, 1)[0] - 1
            self.ultima[modelo] += 1
            return self.ultima[modelo]
        if not self.libres[modelo]:
            self.libres[modelo] = tablas.ids(modelo, 1000)[::-1]
        return self.libres[modelo].pop()


class Taller:
    """The copies of one company."""

    def __init__(self, simulacion: Simulacion, mesa: Mesa, azar: Random):
        self.simulacion, self.mesa, self.azar = simulacion, mesa, azar
        self.lugares, self.llaves = mesa.lugares, Llaves()
        self.no_caben, self.conocidos = set(), defaultdict(list)
        self.ocupadas = set(
            Ocupacion.objects.filter(bloque_en__gt=mesa.hasta).values_list(
                "persona_id", "bloque_en"
            )
        )

    # --- what is to be made

    def planear(self, moldes: list[Molde], cuantas: int) -> list[Pieza]:
        """As many copies as asked for, in the order in which their cases come."""
        ritmo, mesa = Ritmo(self.mesa.empresa), self.mesa
        meses = self.simulacion.meses
        piezas = []
        while len(piezas) < cuantas:
            faltan = cuantas - len(piezas)
            cuando = ritmo.llegadas(self.azar, faltan, mesa.desde, mesa.hasta, meses)
            nuevas = [p for llega in cuando if (p := self._pieza(moldes, llega))]
            if not nuevas:
                raise RuntimeError("Ninguna historia cabe en esas fechas.")
            piezas += nuevas
        piezas.sort(key=lambda p: p.creado_en)
        self._numerar(piezas)
        return piezas

    def _pieza(self, moldes: list[Molde], llega: datetime) -> Pieza | None:
        """A mould that could have gone the same in the week of that day."""
        for _ in range(INTENTOS):
            molde = self.azar.choice(moldes)
            semanas = round((llega - molde.creado_en) / SIETE)
            demora = timedelta(seconds=self.azar.randrange(DEMORA))
            if (molde.caso_id, semanas) in self.no_caben:
                continue
            tiempos = tiempo.mover(molde, semanas, demora, self.mesa.hasta)
            if tiempos is None or tiempos.instante(molde.creado_en) < self.mesa.desde:
                self.no_caben.add((molde.caso_id, semanas))
            elif lugar := self._lugar_libre(molde, tiempos):
                return Pieza(molde, semanas, demora, lugar, *self._fechas(tiempos))
        return None

    def _fechas(self, tiempos: tiempo.Tiempos) -> tuple[datetime, dict]:
        """When it came, and when it took each of its numbers."""
        molde, corte = tiempos.molde, tiempos.corte
        fila = corte.filas[Expediente][molde.caso_id] | corte.filas[molde.modelo][molde.caso_id]
        toma = {
            numero.nombre: tiempos.instante(fila[numero.cuando])
            for numero in self.simulacion.numeros(self.mesa.empresa)
            if fila[numero.cuando] is not None and (not numero.si or fila[numero.si] is not None)
        }
        return tiempos.instante(molde.creado_en), toma

    def _lugar_libre(self, molde: Molde, tiempos: tiempo.Tiempos) -> Lugar | None:
        """A place whose people have those quarter hours free, where a visit is still to come."""
        iguales = self.simulacion.equivalentes(molde.lugar, self.lugares)
        tomadas = tiempos.corte.filas.get(Ocupacion, {}).values()
        for lugar in self.azar.sample(iguales, len(iguales)):
            gente = {q.pk: lugar.gente[parte].pk for parte, q in molde.lugar.gente.items()}
            bloques = {
                (gente.get(o["persona_id"], o["persona_id"]), tiempos.instante(o["bloque_en"]))
                for o in tomadas
            }
            if self.ocupadas.isdisjoint(bloques):
                self.ocupadas |= bloques
                return lugar
        return None

    def _numerar(self, piezas: list[Pieza]) -> None:
        """Take the numbers of every series, in the order in which they would have been given."""
        for numero in self.simulacion.numeros(self.mesa.empresa):
            series = defaultdict(list)
            for n, pieza in enumerate(piezas):
                if cuando := pieza.toma.get(numero.nombre):
                    sede = pieza.lugar.sede
                    dia = cuando.astimezone(sede.tz).date()
                    series[numero.serie(sede, dia)].append((cuando, n))
            for serie, suyas in sorted(series.items()):
                primero = siguiente(serie, len(suyas)) - len(suyas) + 1
                for orden, (_, n) in enumerate(sorted(suyas)):
                    piezas[n].numeros[numero.nombre] = primero + orden

    # --- making it

    def hacer(self, piezas: Iterable[Pieza]) -> None:
        """Store some copies, table by table."""
        filas = defaultdict(list)
        for pieza in piezas:
            for modelo, suyas in self._copia(pieza).items():
                filas[modelo] += suyas
        for modelo, suyas in filas.items():
            tablas.escribir(modelo, suyas)

    def _copia(self, pieza: Pieza) -> dict[type, list[dict]]:
        tiempos = tiempo.mover(pieza.molde, pieza.semanas, pieza.demora, self.mesa.hasta)
        copia = Copia(tiempos, pieza.lugar, self.azar, self.llaves)
        self._poner_cliente(copia)
        copia.preparar()
        self.simulacion.copiar_entorno(copia)
        self.simulacion.poner_numeros(copia, pieza.numeros)
        return copia.escribir()

    def _poner_cliente(self, copia: Copia) -> None:
        """Somebody else, or who asked before; with a mail address if the mould's had one."""
        tiene = bool(copia.molde.cliente["correo"])
        conocidos = self.conocidos[tiene]
        if conocidos and self.azar.random() < VUELVE:
            copia.poner_cliente(self.azar.choice(conocidos))
            return
        fila = self.mesa.inventor.persona(self.azar, con_correo=tiene)
        fila |= {"id": self.llaves.tomar(Cliente), "empresa_id": self.mesa.empresa.pk}
        conocidos.append(fila)
        del conocidos[:-CONOCIDOS]
        copia.poner_cliente(fila)
        copia.agregar(Cliente, fila)


def copiar(
    mesas: list[tuple[Simulacion, Mesa, int]], semilla: int, decir: Callable[[str], None]
) -> None:
    """As many cases as asked for of each company, inside the caller's transaction."""
    _en_postgresql("SET LOCAL statement_timeout = 0")  # years of work are no request
    moldes = _moldear(mesas, semilla, decir)
    hechas, total = 0, sum(cuantas for *_, cuantas in mesas)
    for simulacion, mesa, cuantas in mesas:
        suyos = moldes[mesa.empresa.codigo]
        if cuantas and not suyos:
            raise RuntimeError(f"Ninguna historia de {mesa.empresa} llegó a su fin.")
        taller = Taller(simulacion, mesa, azar_de(semilla, mesa.empresa.codigo, "copias"))
        piezas = iter(taller.planear(suyos, cuantas)) if cuantas else iter(())
        while lote := list(islice(piezas, LOTE)):
            taller.hacer(lote)
            hechas += len(lote)
            decir(f"{hechas} de {total} casos ({mesa.empresa})")
    anclar()
    _en_postgresql("ANALYZE")


def _en_postgresql(orden: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(orden)


def _moldear(mesas, semilla: int, decir) -> dict[str, list[Molde]]:
    """Histories that went through the door to their end, in places that stay; they do not."""
    hasta = mesas[0][1].hasta
    historias, marcha = [], None
    with transaction.atomic():
        tomador = Tomador(historias, mesas, decir)
        marcha = Marcha(hasta - ENTRE[0], hasta, tomador)
        for simulacion, mesa, cuantas in mesas:
            mesa.agendar, mesa.es_molde = marcha.agendar, True
            azar = azar_de(semilla, mesa.empresa.codigo, "moldes")
            n = min(MOLDES, cuantas)
            ritmo = Ritmo(mesa.empresa)
            desde, fin = hasta - ENTRE[0], hasta - ENTRE[1]
            for m, llega in enumerate(ritmo.llegadas(azar, n, desde, fin, simulacion.meses)):
                suyo = azar_de(semilla, mesa.empresa.codigo, "molde", m)
                historia = simulacion.historia(mesa, suyo.choice(mesa.lugares), suyo, llega)
                historias.append(historia)
                marcha.agendar(llega, historia.andar(), historia)
        marcha.correr()
        moldes = tomador.terminados()
        transaction.set_rollback(True)
    for _, mesa, _ in mesas:
        mesa.es_molde, mesa.memoria = False, {}
    return moldes
