"""A signature drawn by hand: from the points that a browser sends to one bounded SVG path.

The sheet is 1000 x 440; only moves, lines and whole numbers come out, whatever came in.
"""

import json

ANCHO, ALTO = 1000, 440
TRAZOS, PUNTOS, LETRAS = 200, 20_000, 400_000
# Less than this, all strokes together, is a slip of the finger and not a signature.
LARGO_MINIMO = 120


class TrazoInvalido(ValueError):
    """What came is not a drawing, is too big, or draws next to nothing."""


def trazo_de(texto: str) -> str:
    """Return the path of `[[[x, y], ...], ...]` (JSON, one list per stroke). TrazoInvalido."""
    if len(texto) > LETRAS:
        raise TrazoInvalido("demasiado grande")
    try:
        trazos = json.loads(texto)
    except (ValueError, RecursionError):
        raise TrazoInvalido("no es un dibujo") from None
    if not isinstance(trazos, list) or len(trazos) > TRAZOS:
        raise TrazoInvalido("no es un dibujo")
    limpios = [_sin_repetir(_punto(p) for p in _lista(trazo)) for trazo in trazos]
    if sum(map(len, limpios)) > PUNTOS:
        raise TrazoInvalido("demasiados puntos")
    if sum(map(_largo, limpios)) < LARGO_MINIMO:
        raise TrazoInvalido("casi no hay dibujo")
    return "".join(_camino(puntos) for puntos in limpios if puntos)


def _lista(valor) -> list:
    if not isinstance(valor, list) or len(valor) > PUNTOS:
        raise TrazoInvalido("no es un dibujo")
    return valor


def _punto(valor) -> tuple[int, int]:
    """A point on the sheet; what falls out of it stays on the edge."""
    if not isinstance(valor, list) or len(valor) != 2:
        raise TrazoInvalido("no es un punto")
    if any(type(n) not in (int, float) or not -1e6 < n < 1e6 for n in valor):
        raise TrazoInvalido("no es un punto")
    x, y = valor
    return min(max(round(x), 0), ANCHO), min(max(round(y), 0), ALTO)


def _sin_repetir(puntos) -> list[tuple[int, int]]:
    limpios = []
    for punto in puntos:
        if not limpios or limpios[-1] != punto:
            limpios.append(punto)
    return limpios


def _largo(puntos) -> float:
    pares = zip(puntos, puntos[1:], strict=False)
    return sum(((a - c) ** 2 + (b - d) ** 2) ** 0.5 for (a, b), (c, d) in pares)


def _camino(puntos) -> str:
    (x, y), *resto = puntos
    # A dot is drawn as a line to itself: with round ends it shows.
    return f"M{x} {y}" + "".join(f"L{a} {b}" for a, b in resto or puntos)
