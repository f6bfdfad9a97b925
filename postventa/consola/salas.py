"""What each room shows in the console, told by its `admin.py`: lower rooms never import it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from postventa.consola.contexto import membresias
from postventa.expedientes.salas import sala_de


@dataclass(frozen=True)
class Espera:
    """Something that waits for a member of staff."""

    titulo: str
    detalle: str
    url: str
    boton: str


@dataclass(frozen=True)
class ConsolaDeSala:
    """Console side of a room.

    `lista` names its case list and `caso` its case page (URL names; the page takes the case's id).
    `formularios` maps (machine, verb) to the form with which staff fire it: verbs without one have
    no screen. `tecleadas` are the guards that the form itself satisfies. `donde(ids)` says the
    place of each case in words, in one query. `esperan(usuario, ahora)` yields what waits for that
    person.
    """

    tipo: str
    lista: str
    caso: str
    formularios: Mapping[tuple[str, str], type]
    tecleadas: frozenset[str] = frozenset()
    # Guards by which a verb is of another kind of case: it is not shown at all.
    ajenas: frozenset[str] = frozenset()
    donde: Callable[[list[int]], dict[int, str]] = lambda ids: {}
    esperan: Callable[[Any, Any], list[Espera]] = lambda usuario, ahora: []
    # Verb with which each clock is met, for the shortcut of a list: code -> (verb, words)
    atajos: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # What the history calls each datum of an act, and the words of those that are chosen
    campos: Mapping[str, str] = field(default_factory=dict)
    opciones: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # Pages of its own inside the console: function(site) -> URL patterns
    urls: Callable[[Any], list] = lambda sitio: []
    # Where the person who goes works on a visit; empty: nowhere but the case page
    visita: str = ""
    # Lookup from Expediente to the name of the home or counter it is about, for lists and search
    lugar: str = ""
    # Own pages that the header or the home offer: function(usuario) -> [(words, URL)]
    paginas: Callable[[Any], list[tuple[str, str]]] = lambda usuario: []
    # What follows when its cases are handed over, for who is about to do it
    al_reasignar: str = ""
    # Its places are edited on the page of their company, as it has none of its own for them
    edita_sedes: bool = False
    # What its customers are called, on the way to their list
    clientes: str = "propietarios"
    # What a mail may name of the place that it is about
    unidad: str = "Departamento"
    # What the console warns an administrator of: function(empresa) -> [sentence]
    advierte: Callable[[Any], list[str]] = lambda empresa: []
    # Where staff turn a mail that arrived into a case: function(correo) -> URL, or None
    de_correo: Callable[[Any], str] | None = None


_CONSOLAS: dict[str, ConsolaDeSala] = {}


def registrar(consola: ConsolaDeSala) -> None:
    """Add the console side of a room; a second one of the same type replaces it."""
    _CONSOLAS[consola.tipo] = consola


def consola_de(tipo: str) -> ConsolaDeSala | None:
    return _CONSOLAS.get(tipo)


def de_empresa(codigo: str) -> ConsolaDeSala | None:
    """The console side of the room of a company, if it has one."""
    return next((c for c in _CONSOLAS.values() if sala_de(c.tipo).empresa == codigo), None)


def visitan(usuario) -> bool:
    """Some room of that person goes to people's homes: without one, nothing speaks of visits."""
    suyas = propias(usuario)
    return not suyas or usuario.is_superuser or any(c.visita for c in suyas)


def unidad_de(usuario) -> str:
    """What cases are looked up by, beside folio, document and name; empty: by nothing else."""
    if visitan(usuario):
        return "unidad"
    return next((c.unidad.lower() for c in propias(usuario) if c.lugar), "")


def propias(usuario) -> list[ConsolaDeSala]:
    """The rooms of the companies where that person works; all of them, of a superuser."""
    codigos = {m.empresa.codigo for m in membresias(usuario)}
    return [c for c in todas() if usuario.is_superuser or sala_de(c.tipo).empresa in codigos]


def todas() -> list[ConsolaDeSala]:
    return list(_CONSOLAS.values())
