"""How the lower rooms find an upper one without importing it.

A room registers one Sala in its `AppConfig.ready()`; `Expediente.tipo` names it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Abre:
    """Row of a room's clock table: `verbo` on `objeto` opens a clock.

    `cuando(objeto)` narrows it; `al_abrir(objeto, plazo)` lets the room tie parts to the clock;
    `sigue(caso)` says that it runs on in a case that ended, which stops every other. It counts
    from `desde(objeto)`, where that is not the instant of the act (a letter of yesterday). With
    `continua` it goes on with the last clock of that code: another ordinal, the same due instant.
    """

    codigo: str
    objeto: str
    verbo: str
    cuando: Callable[[Any], bool] = lambda objeto: True
    al_abrir: Callable[[Any, Any], None] | None = None
    continua: bool = False
    sigue: Callable[[Any], bool] = lambda caso: False
    desde: Callable[[Any], datetime] | None = None


@dataclass(frozen=True)
class Cierra:
    """Row of a room's clock table: `verbo` on `objeto` meets the clocks that `cuales` picks.

    `cuales(objeto, abiertos)` returns those of the case's open clocks of this code that stop.
    """

    codigo: str
    objeto: str
    verbo: str
    cuales: Callable[[Any, list], list] = lambda objeto, abiertos: abiertos
    # A term whose end is not a breach stops, at the latest, when it ends.
    hasta_vencer: bool = False
    # The instant that must not be later than the due one, where it is not that of the act:
    # function(objeto), for a term in which something must be agreed *for*.
    cuenta_en: Callable[[Any], datetime] | None = None
    # The instant at which it was met, where that is not that of the act: function(objeto), for
    # what is noted after it happened.
    cumplido_en: Callable[[Any], datetime] | None = None


@dataclass(frozen=True)
class AlVencer:
    """Expiry that is not a breach but an act: `verbos(plazo)` yields (objeto, verbo) pairs that
    re-enter the door, done by Sistema."""

    codigo: str
    verbos: Callable[[Any], list]


@dataclass(frozen=True)
class Huerfanos:
    """Cases that nothing else will move: `cuales(ahora)` finds them, and the sweep sends `verbo`
    of each through the door. It looks each minute, so finding none must be one look at an index;
    `ahora` may be the place of the instant in a statement, so it is only compared.
    """

    cuales: Callable[[datetime], models.QuerySet]
    verbo: str


@dataclass(frozen=True)
class Recordatorios:
    """Messages that no act causes: `encolar(ahora)` queues those due, in transactions of its own.
    `debidos(ahora)` finds them by an index, and with none nothing else is done."""

    debidos: Callable[[datetime], models.QuerySet]
    encolar: Callable[[datetime], None]


@dataclass(frozen=True)
class AvisoDe:
    """Row of a room's message table: `verbo` on `objeto` queues message `tipo`.

    `para(objeto, datos)` yields (nombre, correo) pairs; `contexto(objeto, datos)` returns the
    JSON facts that the template will print: computed once, in the transaction.
    """

    tipo: str
    objeto: str
    verbo: str
    para: Callable[[Any, dict], list]
    contexto: Callable[[Any, dict], dict]
    cuando: Callable[[Any, dict], bool] = lambda objeto, datos: True
    # A message to staff that may wait for the next opening of the case's place.
    en_horario: bool = False


@dataclass(frozen=True)
class Umbral:
    """What a document calls good: more than `sobre` per cent, strictly unless it is `inclusivo`."""

    sobre: int
    bien: str
    mal: str
    inclusivo: bool = False


@dataclass(frozen=True)
class Proporcion:
    """A share of the managers' board, counted from the audit: of the acts `verbos` on `objeto`,
    those of `bien`; or, with `sin`, those before which the case had none of these other acts.

    `si` and `no` are the words of both parts; with neither `bien` nor `sin` it only counts.
    """

    codigo: str
    nombre: str
    objeto: str
    verbos: tuple[str, ...]
    bien: tuple[str, ...] = ()
    sin: tuple[str, ...] = ()
    si: str = ""
    no: str = ""
    umbral: Umbral | None = None


@dataclass(frozen=True)
class Demora:
    """How long the clock `plazo` took to be met, in its own working time, on the average."""

    codigo: str
    nombre: str
    plazo: str


@dataclass(frozen=True)
class DePlazo:
    """A threshold that a document sets to the share of the clock `plazo` that was on time."""

    codigo: str
    nombre: str
    plazo: str
    umbral: Umbral


@dataclass(frozen=True)
class Acto:
    """What a verb writes beyond its own record.

    All take (objeto, tramite, actor, datos). `preparar` runs before the guards and may put facts
    on the record or raise DatosInvalidos; `completar` runs after, with the new state stored;
    `fijar` runs last, with the verb's clocks open: a document may say what was promised.
    """

    preparar: Callable | None = None
    completar: Callable | None = None
    fijar: Callable | None = None


@dataclass(frozen=True)
class Anotacion:
    """A fact added to an object that moves no state: by the same door, audited like a verb.

    `impide(objeto, ahora)` says in words why it cannot be now, "" if it can; pages ask it too.
    `escribir(objeto, tramite, actor, datos)` puts the fact on the record, which the door saves,
    or raises DatosInvalidos; what it leaves in `datos` is what the audit keeps.
    """

    etiqueta: str
    permiso: Callable[[Any, Any], bool]
    escribir: Callable
    impide: Callable[[Any, datetime], str] = lambda objeto, ahora: ""


@dataclass(frozen=True)
class Objeto:
    """A machine of the room: the model, its law and who may fire each verb.

    `padre` is the name of the attribute that leads from a part to its case. `guardas` says in
    words, by the guard's name, what is missing when it does not hold.
    """

    modelo: type[models.Model]
    permisos: Mapping[str, Callable[[Any, Any], bool]]
    actos: Mapping[str, Acto] = field(default_factory=dict)
    etiquetas: Mapping[str, str] = field(default_factory=dict)
    guardas: Mapping[str, str] = field(default_factory=dict)
    anotaciones: Mapping[str, Anotacion] = field(default_factory=dict)
    padre: str = ""
    relacionados: tuple[str, ...] = ()

    def etiqueta(self, que: str) -> str:
        """What a verb or an annotation is called."""
        if que in self.anotaciones:
            return self.anotaciones[que].etiqueta
        return self.etiquetas.get(que, que.replace("_", " "))


@dataclass(frozen=True)
class PortalDeSala:
    """The customers' side of a room.

    `identificar(sede, numero)` returns the Cliente who may enter with that document at that
    place, or None. `sedes(empresa)` are the places to choose from. `url_nuevo(empresa)` starts a
    request; None where the room takes none by the portal. `contexto_caso(expediente, request)`
    fills `plantilla_caso`, and `contexto_inicio(empresa, ahora)` fills `plantilla_inicio`.
    """

    identificar: Callable[[Any, str], Any]
    sedes: Callable[[Any], Any]
    plantilla_inicio: str
    contexto_inicio: Callable[[Any, Any], dict]
    plantilla_caso: str
    contexto_caso: Callable[[Any, Any], dict]
    url_nuevo: Callable[[Any], str] | None = None
    # Its rows of the privacy notice: extends `portal/privacidad.html`.
    plantilla_privacidad: str = "portal/privacidad.html"
    # The owner's words. State -> (icon, tone, word); (object, verb) -> (icon, tone, sentence), or
    # a function of the act's data that gives them or None; clock -> what the term is for.
    # What is not named here is not shown.
    estados: Mapping[str, tuple] = field(default_factory=dict)
    hitos: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    terminos: Mapping[str, str] = field(default_factory=dict)
    # Steps of a new request after coming in, for the progress line.
    pasos_nuevo: tuple[str, ...] = ()
    # How its customers call their cases, the button that begins one, and what a tenant is told.
    casos: str = "requerimientos"
    # Cases of a customer that they may not read, although in their name (whose contact is not the
    # one that a code proves): function(cliente) -> queryset of case ids.
    ajenos: Callable[[Any], models.QuerySet] | None = None
    # Kinds of document to choose from, where customers carry several; with them `identificar`
    # takes a third value, the kind. Where no place is asked, a code is asked of the first one.
    documentos: tuple[tuple[str, str], ...] = ()
    pide_sede: bool = True
    plantilla_acceso: str = "portal/acceso.html"
    crear: str = "Crear un requerimiento"
    arriendo: str = ""


@dataclass(frozen=True)
class Sala:
    """Everything a room declares. `objetos` maps the audit's name of each machine to it."""

    tipo: str
    empresa: str
    nombre: str
    objetos: Mapping[str, Objeto]
    situacion: Callable[[Any], str]
    abre: tuple[Abre, ...] = ()
    cierra: tuple[Cierra, ...] = ()
    al_vencer: tuple[AlVencer, ...] = ()
    avisos: tuple[AvisoDe, ...] = ()
    # (objeto, act) -> function(objeto, datos) yielding (objeto, verbo, datos) to do next
    consecuencias: Mapping[tuple[str, str], Callable] = field(default_factory=dict)
    # rows to lock before the case, in the house's order (unit, cases by pk, clocks)
    bloquear: Callable[[str, Any, str], None] = lambda nombre, objeto, verbo: None
    # who plays each role, for many cases at once and in a constant number of queries:
    # function(expedientes) -> {expediente_id: {rol: [(nombre, correo)]}}
    personas: Callable[[list], dict] = lambda expedientes: {}
    # the roles that `personas` knows: whom a clock of this room may tell
    avisables: tuple[str, ...] = ()
    # cases that a member of staff may not see, although of their company and place: about them,
    # or of those who play a part in them: function(usuario) -> queryset of case ids
    vedados: Callable[[Any], models.QuerySet] | None = None
    # clocks whose warning is a message to the customer: code -> message type of the room's own
    recuerda: Mapping[str, str] = field(default_factory=dict)
    # and who that customer is among the roles of `personas`, whatever the policy says
    recordado: str = ""
    # the customers' side: who owns what here, and what a page shows
    portal: PortalDeSala | None = None
    # what the sweep looks for each minute beside the clocks
    huerfanos: Huerfanos | None = None
    recordatorios: Recordatorios | None = None
    # its cases take PDFs beside photos: a letter is a document
    acepta_pdf: bool = False
    # roles of who can answer for its cases, where they may be handed over
    atienden: tuple[str, ...] = ()
    # what its managers look at, beside its clocks
    indicadores: tuple[Proporcion | Demora | DePlazo, ...] = ()
    # where staff open a case in the console: function(expediente) -> URL
    url_consola: Callable[[Any], str] | None = None

    @property
    def caso(self) -> Objeto:
        """The machine of the case itself; the others are parts of it."""
        return next(o for o in self.objetos.values() if not o.padre)

    def nombre_de(self, objeto: models.Model) -> str:
        """Audit name of an object's machine; KeyError if the room has none for it."""
        for nombre, ficha in self.objetos.items():
            if isinstance(objeto, ficha.modelo):
                return nombre
        raise KeyError(f"{type(objeto).__name__} no pertenece a la sala {self.tipo}")


_SALAS: dict[str, Sala] = {}


def registrar(sala: Sala) -> None:
    """Add a room; ValueError if its type is taken by another."""
    if sala.tipo in _SALAS and _SALAS[sala.tipo] is not sala:
        raise ValueError(f"Ya hay una sala {sala.tipo}")
    for otra in _SALAS.values():
        if otra is not sala and otra.empresa == sala.empresa:
            _exigir_de_acuerdo(sala, otra)
    _SALAS[sala.tipo] = sala


def _exigir_de_acuerdo(una: Sala, otra: Sala) -> None:
    """Rooms of one company share its policies: a clock ends the same way in both."""
    actos = [{fila.codigo for fila in sala.al_vencer} for sala in (una, otra)]
    comunes = {fila.codigo for fila in una.abre} & {fila.codigo for fila in otra.abre}
    if distintos := comunes & (actos[0] ^ actos[1]):
        raise ValueError(
            f"{una.tipo} y {otra.tipo} no terminan igual el plazo {', '.join(sorted(distintos))}"
        )


def sala_de(tipo: str) -> Sala:
    """Return the room of a case type; LookupError if none registered it."""
    try:
        return _SALAS[tipo]
    except KeyError:
        raise LookupError(f"Ninguna sala registra el tipo {tipo!r}") from None


def sala_de_empresa(codigo: str) -> Sala | None:
    """Return the room whose customers enter by the portal of this company, if it has one."""
    return next((s for s in _SALAS.values() if s.empresa == codigo and s.portal), None)


def todas() -> list[Sala]:
    return list(_SALAS.values())
