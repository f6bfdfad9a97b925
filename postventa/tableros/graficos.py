"""Charts as numbers for SVG attributes: drawn by the server, coloured by class, without script.

Every number is already text with a point: a template must not put a comma in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# Lines that an eye tells apart; the others are in the table.
LINEAS = 4


@dataclass(frozen=True)
class Barra:
    """A bar of 100 by 1: `partes` are (class, x, width); `meta` is where a threshold stands."""

    etiqueta: str
    cifra: str
    detalle: str
    partes: tuple[tuple[str, str, str], ...]
    url: str = ""
    meta: str = ""


def barra(
    etiqueta, cifra, detalle, partes: Sequence[tuple[str, float]], url="", meta=None
) -> Barra:
    """`partes` are (class, per cent of the whole), one after the other."""
    x, puestas = 0.0, []
    for clase, ancho in partes:
        ancho = max(min(ancho, 100 - x), 0)
        if ancho:
            puestas.append((clase, _n(x), _n(ancho)))
        x += ancho
    return Barra(etiqueta, cifra, detalle, tuple(puestas), url, "" if meta is None else _n(meta))


@dataclass(frozen=True)
class Linea:
    """A line of a trend: `trazo` and `puntos` are SVG paths on 100 by 100."""

    nombre: str
    clase: str
    trazo: str
    puntos: str


@dataclass(frozen=True)
class Tendencia:
    lineas: tuple[Linea, ...]
    guias: tuple[str, ...]
    alturas: tuple[str, ...]
    resumen: str


def tendencia(series: Sequence[tuple[str, Sequence[float | None]]]) -> Tendencia | None:
    """Percentages by week, up to `LINEAS` series; None without a figure. A week without any leaves
    a gap: nothing is not zero."""
    series = [s for s in series if any(v is not None for v in s[1])][:LINEAS]
    if not series:
        return None
    minimo = min(v for _, valores in series for v in valores if v is not None)
    # A round floor under the lowest point, and four equal steps up to a hundred.
    piso = max(int(minimo // 20) * 20 if minimo < 100 else 80, 0)
    escala = 100 - piso

    def y(valor):
        return 100 * (100 - valor) / escala

    lineas = []
    for n, (nombre, valores) in enumerate(series, start=1):
        xs = [100 * (i + 0.5) / len(valores) for i in range(len(valores))]
        puestos = [(x, y(v), v) for x, v in zip(xs, valores, strict=True) if v is not None]
        trazo, sigue = [], False
        for x, valor in zip(xs, valores, strict=True):
            if valor is not None:
                trazo.append(f"{'L' if sigue else 'M'}{_n(x)} {_n(y(valor))}")
            sigue = valor is not None
        puntos = "".join(f"M{_n(x)} {_n(alto)}h.01" for x, alto, _ in puestos)
        lineas.append(Linea(nombre, str(n), " ".join(trazo), puntos))
    pasos = [100 - escala * i / 4 for i in range(5)]
    return Tendencia(
        tuple(lineas),
        tuple(_n(25 * i) for i in range(5)),
        tuple(f"{p:g}{' %' if i == 0 else ''}".replace(".", ",") for i, p in enumerate(pasos)),
        "; ".join(f"{nombre}: {_rango(valores)}" for nombre, valores in series),
    )


def _rango(valores) -> str:
    hay = [v for v in valores if v is not None]
    return f"entre {min(hay):.0f} y {max(hay):.0f} por ciento"


def _n(valor: float) -> str:
    return f"{valor:.2f}".rstrip("0").rstrip(".")
