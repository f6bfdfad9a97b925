"""A drawn signature: bounded, made of numbers only, and never next to nothing."""

import json
import re

import pytest

from postventa.documentos.trazo import LETRAS, PUNTOS, TRAZOS, TrazoInvalido, trazo_de

FIRMA = [[[10, 10], [200, 100], [200, 100], [400, 50]], [[500, 200]]]


def test_puntos_se_vuelven_un_camino():
    assert trazo_de(json.dumps(FIRMA)) == "M10 10L200 100L400 50M500 200L500 200"


def test_lo_que_se_sale_queda_en_el_borde_y_se_redondea():
    assert trazo_de("[[[-5, 1e5], [1200.6, 10.4]]]") == "M0 440L1000 10"


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "null",
        "{}",
        "[]",
        "[[]]",
        "[[1, 2]]",
        '[[["1", "2"], [300, 300]]]',
        "[[[1, 2, 3], [300, 300]]]",
        "[[[true, false], [300, 300]]]",
        "[[[NaN, 1], [300, 300]]]",
        "[[[Infinity, 1], [300, 300]]]",
        '[["M0 0", "L9 9"]]',
        "M0 0L500 400",
        "[[[100, 100], [110, 110]]]",
        "[" * 100_000,
        '[[[1,2],[300,300]]]<script>"',
    ],
)
def test_lo_que_no_es_una_firma_se_rechaza(texto):
    with pytest.raises(TrazoInvalido):
        trazo_de(texto)


def test_limites_de_tamanio():
    linea = [[0, 0], [900, 400]]
    assert trazo_de(json.dumps([linea] * TRAZOS))
    muchos = [[[n % 1000, n % 7] for n in range(PUNTOS)]]
    assert re.fullmatch(r"M\d+ \d+(L\d+ \d+)+", trazo_de(json.dumps(muchos)))
    for exceso in ([linea] * (TRAZOS + 1), [muchos[0] + [[5, 5]]], muchos + [linea]):
        with pytest.raises(TrazoInvalido):
            trazo_de(json.dumps(exceso))
    with pytest.raises(TrazoInvalido):
        trazo_de(json.dumps([linea]) + " " * LETRAS)
