"""What `make bench` is made of: turns, ratios and floors that answer as the product does.

Nothing here is timed: a test that depends on the machine's speed fails for no reason.
"""

import random
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bench import medidas
from bench.plazos import CANTIDADES, Pisos

from postventa.calendario.habiles import Unidad, calcular
from postventa.calendario.horario import Horario


def test_los_turnos_se_alternan_y_el_calentamiento_no_cuenta():
    orden = []
    quienes = {n: lambda n=n: orden.append(n) for n in ("piso", "producto")}
    tiempos = medidas.por_turnos(quienes, 3, 2, lambda n: orden.append(f"antes de {n}"))
    assert orden == ["antes de piso", "piso", "antes de producto", "producto"] * 5
    assert {nombre: len(ms) for nombre, ms in tiempos.items()} == {"piso": 3, "producto": 3}
    assert len(tiempos["piso"].propios) == 3


def test_la_razon_es_la_mediana_de_las_razones_de_cada_turno():
    assert medidas.razon([2.0, 9.0, 40.0], [1.0, 3.0, 10.0]) == 3.0


def test_el_resumen_dice_mediana_menor_y_vueltas():
    tiempos = medidas.Tiempos()
    for ms in (5.0, 1.0, 3.0):
        tiempos.anotar((ms, ms / 2))
    assert medidas.resumen(tiempos) == {
        "mediana": 3.0,
        "menor": 1.0,
        "procesador": 1.5,
        "p95": 5.0,
        "vueltas": 3,
    }


def test_cada_medida_es_una_linea_json(capsys):
    medidas.decir("envio", razon=1.5)
    assert capsys.readouterr().out == '{"medida": "envio", "razon": 1.5}\n'


@pytest.mark.parametrize("unidad", list(Unidad))
def test_el_piso_de_cada_unidad_responde_lo_mismo_que_el_producto(unidad):
    horario = Horario(
        ZoneInfo("America/Santiago"),
        {datetime(2026, 9, 18, tzinfo=UTC).date(): "Independencia"},
        {dia: ((time(8), time(18)),) for dia in range(5)},
    )
    piso, azar = getattr(Pisos(horario, 2025, 2028), unidad.value), random.Random(3)
    for _ in range(300):
        desde = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=azar.randrange(525_600))
        esperado = calcular(horario, desde, CANTIDADES[unidad], unidad).vence
        assert piso(desde, CANTIDADES[unidad]) == esperado


def test_una_medida_que_no_existe_se_dice_en_una_linea(raiz):
    orden = [sys.executable, "herramientas/bench/correr.py", "--solo", "nada"]
    hecho = subprocess.run(orden, cwd=raiz, capture_output=True, text=True, check=False)
    assert (hecho.returncode, hecho.stdout) == (1, "")
    assert hecho.stderr == (
        "postventa: no such measure: nada (of envio, plazos, paginas, lista, barrido, escala, "
        "tablero)\n"
    )


def test_la_ayuda_nombra_el_bench(raiz):
    assert "make bench" in (raiz / "Makefile").read_text()
