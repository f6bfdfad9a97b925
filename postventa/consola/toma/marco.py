"""What the frame shows beside the form: who was found, what the place already asked for."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

# Words shorter than this say nothing of a fault, and its endings (gotea, gotera) even less.
CORTA, RAIZ = 4, 5
VACIAS = {
    *("desde", "hace", "para", "pero", "como", "esta", "este", "tiene", "sigue", "cuando"),
    *("donde", "sobre", "todo", "toda", "departamento", "depto"),
}


@dataclass(frozen=True)
class Busqueda:
    """How an intake asks for whom it is about, and what to do when nothing is found."""

    pregunta: str
    ejemplo: str
    sin_resultado: str


@dataclass(frozen=True)
class Hallada:
    """One result of the search: what it is, what tells it apart, and where choosing it leads."""

    titulo: str
    detalle: str
    url: str


@dataclass(frozen=True)
class Anterior:
    """A case that the place already has. `raices` are the words by which another is alike."""

    folio: str
    que: str
    cuando: str
    url: str
    estado: str
    estado_en_palabras: str
    es_abierta: bool
    raices: frozenset[str] = field(default=frozenset())
    se_parece: bool = False

    @property
    def raices_en_linea(self) -> str:
        return " ".join(sorted(self.raices))


@dataclass(frozen=True)
class Frase:
    """A sentence to read out while an answer marked `data-dice` with `dice` is chosen, and what
    the button that saves says then. The last of a page is read while none is."""

    dice: str
    texto: str
    boton: str = "Guardar"


def raices_de(texto: str) -> frozenset[str]:
    """Roots of the words of a text that say something: no accents, no endings."""
    llano = unicodedata.normalize("NFD", texto.lower())
    llano = "".join(c for c in llano if not unicodedata.combining(c))
    palabras = re.findall(r"[a-z0-9]+", llano)
    return frozenset(p[:RAIZ] for p in palabras if len(p) >= CORTA and p not in VACIAS)


def con_parecidos(anteriores: Iterable[Anterior], texto: str) -> list[Anterior]:
    """The open ones first, and among them those that speak of the same as `texto`."""
    raices = raices_de(texto)
    marcadas = [replace(a, se_parece=a.es_abierta and bool(a.raices & raices)) for a in anteriores]
    return sorted(marcadas, key=lambda a: (not a.se_parece, not a.es_abierta))


def historia(lugar: str, entrega, anteriores: list[Anterior], pildora: str) -> dict:
    """What `_historia.html` needs: whose history it is, and the template of a state."""
    return {
        "lugar": lugar,
        "entrega": entrega,
        "anteriores": anteriores,
        "hay_abiertas": any(a.es_abierta for a in anteriores),
        "plantilla_pildora": pildora,
    }


def cuantas_filas(request, menos: int, tope: int) -> int:
    """How many rows the form had when it was sent, within its limits."""
    texto = request.POST.get("cuantas", "")
    return min(max(int(texto), menos), tope) if texto.isdecimal() and len(texto) < 4 else menos


def nonce_de(request) -> UUID:
    """The key of this taking, the same however many times its form is sent."""
    try:
        return UUID(request.POST.get("nonce", ""))
    except ValueError:
        return uuid4()
