"""A case that went through the door, kept step by step, to be told again of other people.

What moves is kept as it was after each step; what is only added, as it was in the end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from postventa.avisos.models import Aviso
from postventa.calendario.palabras import dia_en_palabras, fecha_en_palabras, vence_en_palabras
from postventa.documentos.models import Documento, Firma
from postventa.expedientes.bitacora import canonico
from postventa.expedientes.models import Expediente, Movimiento, MovimientoDetalle, Situacion
from postventa.expedientes.salas import sala_de
from postventa.plazos.models import AlertaPlazo, Plazo, PoliticaPlazo
from postventa.tramitacion.simulacion import tablas
from postventa.tramitacion.simulacion.historia import Historia
from postventa.tramitacion.simulacion.marcha import Marcha
from postventa.tramitacion.simulacion.registro import Lugar

SE_AGREGAN = (Movimiento, MovimientoDetalle, Aviso, Documento, Firma, AlertaPlazo)
UN_SEGUNDO = timedelta(seconds=1)
Filas = dict[type, dict[int, dict]]


@dataclass(frozen=True)
class Paso:
    """How a case was from that instant on."""

    en: datetime
    largo: int
    filas: Filas


@dataclass
class Molde:
    """One whole history. `agregadas` are all the rows that its steps only added."""

    modelo: type
    empresa: str
    lugar: Lugar
    caso_id: int
    cliente: dict
    # What its room keeps of what stands around the case, and the machines of its parts by name.
    entorno: dict
    maquinas: dict[str, type]
    pasos: list[Paso] = field(default_factory=list)
    agregadas: Filas = field(default_factory=dict)
    politicas: dict[int, PoliticaPlazo] = field(default_factory=dict)
    # Every instant of the acts and of what they agree: what another calendar may not turn over.
    instantes: list[datetime] = field(default_factory=list)
    # Those of them that a clock caused, or may coincide with.
    debidos: set[datetime] = field(default_factory=set)
    # Ways of writing a date that occur in its texts: (function, value, text).
    escritos: list[tuple] = field(default_factory=list)

    @property
    def creado_en(self) -> datetime:
        return self.pasos[0].filas[Expediente][self.caso_id]["creado_en"]

    @property
    def ultimo(self) -> Paso:
        return self.pasos[-1]


class Tomador:
    """Looks over the shoulder of the days that go by and keeps each case after each step."""

    def __init__(self, historias: list[Historia], mesas: list, decir: Callable):
        self.historias, self.decir = historias, decir
        self.de = {mesa.empresa.codigo: simulacion for simulacion, mesa, _ in mesas}
        self.moldes: dict[int, Molde] = {}

    def __call__(self, marcha: Marcha) -> None:
        nuevos = {h.caso.pk: h for h in self.historias if h.caso and h.caso.pk not in self.moldes}
        for pk, historia in nuevos.items():
            self.moldes[pk] = self._molde(historia)
            if len(self.moldes) % 20 == 0:
                self.decir(f"{len(self.moldes)} historias empezadas")
        largos = Expediente.objects.filter(pk__in=self.moldes).values_list("pk", "cadena_largo")
        for pk, largo in largos:
            molde = self.moldes[pk]
            if not molde.pasos or molde.ultimo.largo != largo:
                molde.pasos.append(_paso(molde, marcha.ahora, largo))

    def _molde(self, historia: Historia) -> Molde:
        caso = historia.caso
        campos = ("tipo_documento", "numero", "nombre", "correo", "telefono", "id")
        cliente = {campo: getattr(caso.cliente, campo) for campo in campos}
        cliente["documento"] = caso.cliente.documento
        codigo = historia.mesa.empresa.codigo
        maquinas = {n: o.modelo for n, o in sala_de(caso.tipo).objetos.items()}
        entorno = self.de[codigo].entorno(caso)
        return Molde(type(caso), codigo, historia.lugar, caso.pk, cliente, entorno, maquinas)

    def terminados(self) -> dict[str, list[Molde]]:
        """Those that came to their end, complete, by company."""
        hechos = {codigo: [] for codigo in self.de}
        for molde in self.moldes.values():
            fila = molde.ultimo.filas[Expediente][molde.caso_id]
            if fila["situacion"] == Situacion.CERRADO and not fila["proximo_vence_en"]:
                _completar(molde)
                hechos[molde.empresa].append(molde)
        return hechos


def _paso(molde: Molde, ahora: datetime, largo: int) -> Paso:
    """The rows that may change; those that did not are the ones of the step before."""
    antes = molde.ultimo.filas if molde.pasos else {}
    filas = {}
    for modelo, camino in tablas.dependientes(molde.modelo).items():
        if modelo in SE_AGREGAN:
            continue
        ahora_son = tablas.leer(modelo, camino, molde.caso_id)
        eran = antes.get(modelo, {})
        filas[modelo] = {
            pk: eran[pk] if eran.get(pk) == fila else fila for pk, fila in ahora_son.items()
        }
    return Paso(ahora, largo, filas)


def _completar(molde: Molde) -> None:
    """What was added along the way, and every instant of it."""
    caminos = tablas.dependientes(molde.modelo)
    for modelo in SE_AGREGAN:
        molde.agregadas[modelo] = tablas.leer(modelo, caminos[modelo], molde.caso_id)
    instantes = {m["ocurrido_en"] for m in molde.agregadas[Movimiento].values()}
    for paso in molde.pasos:
        for modelo, filas in paso.filas.items():
            if modelo.__name__ == "Visita":
                instantes |= {f[c] for f in filas.values() for c in ("inicia_en", "termina_en")}
    molde.instantes = sorted(instantes)
    plazos = molde.ultimo.filas[Plazo].values()
    molde.debidos = {p["vence_en"] + UN_SEGUNDO for p in plazos}
    molde.politicas = PoliticaPlazo.objects.select_related("jornada").in_bulk(
        {p["politica_id"] for p in plazos}
    )
    molde.escritos = list(_escritos(molde))


def textos(molde: Molde) -> str:
    """Everything that is written in it, to look for what must be written otherwise in a copy."""
    filas = [
        f
        for suyas in (molde.agregadas, molde.ultimo.filas)
        for t in suyas.values()
        for f in t.values()
    ]
    return "\n".join(
        v if isinstance(v, str) else canonico(v)
        for fila in filas
        for v in fila.values()
        if isinstance(v, (str, dict, list))
    )


def _escritos(molde: Molde):
    """The dates that its texts spell out."""
    todo, tz = textos(molde), molde.lugar.sede.tz
    for valor in sorted(_valores(molde), key=str):
        formas = DE_INSTANTE if isinstance(valor, datetime) else DE_FECHA
        for forma in formas:
            if (texto := forma(valor, tz)) in todo:
                yield forma, valor, texto


def _valores(molde: Molde) -> set:
    """Every instant and date of its rows."""
    return {
        v
        for suyas in (molde.agregadas, *(p.filas for p in molde.pasos))
        for filas in suyas.values()
        for fila in filas.values()
        for v in fila.values()
        if isinstance(v, date)
    }


DE_FECHA = (
    lambda d, tz: dia_en_palabras(d, con_anio=True),
    lambda d, tz: dia_en_palabras(d),
    lambda d, tz: f"{d:%d-%m-%Y}",
)
DE_INSTANTE = (
    lambda t, tz: fecha_en_palabras(t, tz, con_anio=True),
    lambda t, tz: fecha_en_palabras(t, tz),
    lambda t, tz: vence_en_palabras(t, tz, con_anio=True).removeprefix("el "),
    lambda t, tz: vence_en_palabras(t, tz).removeprefix("el "),
    lambda t, tz: dia_en_palabras(t.astimezone(tz).date(), con_anio=True),
    lambda t, tz: dia_en_palabras(t.astimezone(tz).date()),
    lambda t, tz: f"{t.astimezone(tz):%d-%m-%Y}",
)
