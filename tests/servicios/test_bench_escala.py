"""The bench's years of work, tiny: what it makes is what the console lists. No figure is judged."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

RAIZ = Path(__file__).resolve().parents[2]
CHICO = ("--solo", "escala", "--vueltas", "1", "--casos", "40,120")


def test_escala_mide_cada_pagina_en_cada_tamano():
    # Its tables stand beside those of these tests, on the same server.
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path="/escala").geturl()
    hecho = subprocess.run(
        [sys.executable, "herramientas/bench/correr.py", *CHICO],
        cwd=RAIZ,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert hecho.returncode == 0, hecho.stderr
    lineas = [json.loads(linea) for linea in hecho.stdout.splitlines()]
    medidas = [d for d in lineas if d["medida"] == "escala"]
    assert {d["casos"] for d in medidas} == {40, 120}
    assert all(d["sentencias"] > 0 for d in medidas)
    crecen = [d["pagina"] for d in lineas if d["medida"] == "escala_crece"]
    assert 2 * len(crecen) == len(medidas)
    assert "portada_supervisor" in crecen
