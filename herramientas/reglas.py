"""Prints each business rule with the tests that prove it:  python herramientas/reglas.py

Fails when a rule of a built room has no test, when a marker names a rule that is not in
docs/reglas.toml, or when the tests cannot be collected.
"""

import contextlib
import io
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent
CATALOGO = RAIZ / "docs" / "reglas.toml"


def leer(catalogo=CATALOGO):
    """Rules of the catalogue by id; ValueError if one comes twice."""
    reglas = {}
    for regla in tomllib.loads(catalogo.read_text(encoding="utf-8"))["regla"]:
        if regla["id"] in reglas:
            raise ValueError(f"{regla['id']} comes twice in {catalogo.name}")
        reglas[regla["id"]] = regla
    return reglas


class Recolector:
    """pytest plugin: which tests claim which rule."""

    def __init__(self):
        self.pruebas = defaultdict(list)

    def pytest_collection_finish(self, session):
        for item in session.items:
            # The cases of a parametrised test are one test.
            nombre = item.nodeid.partition("[")[0]
            for marca in item.iter_markers("regla"):
                for regla in marca.args:
                    if nombre not in self.pruebas[regla]:
                        self.pruebas[regla].append(nombre)


def recolectar(*argumentos):
    """Tests by rule and what pytest said if it could not collect them."""
    recolector, dicho = Recolector(), io.StringIO()
    with contextlib.redirect_stdout(dicho):
        salida = pytest.main(
            ["--collect-only", "-q", "-p", "no:cacheprovider", "--rootdir", str(RAIZ), *argumentos],
            plugins=[recolector],
        )
    return recolector.pruebas, "" if salida == pytest.ExitCode.OK else dicho.getvalue()


def informe(reglas, pruebas):
    """Lines that say each rule and its tests, pending ones marked."""
    for id_, regla in reglas.items():
        suyas = pruebas.get(id_, ())
        # A pending rule may have tests of a part of it: they do not make it proved.
        parte = ", probada en parte" if suyas else ""
        pendiente = f" (pendiente{parte})" if regla.get("pendiente") else ""
        yield f"{id_}{pendiente}  {regla['regla']}"
        yield from (f"    {prueba}" for prueba in suyas)


def faltas(reglas, pruebas):
    """What makes the catalogue false, in words."""
    for id_, regla in reglas.items():
        if not regla.get("pendiente") and not pruebas.get(id_):
            yield f"{id_} has no test: {regla['regla']}"
    for id_ in sorted(pruebas.keys() - reglas.keys()):
        yield f"{id_} is not in {CATALOGO.name}: {', '.join(pruebas[id_])}"


def cuenta(reglas, pruebas):
    """One line with how many are proved, and how many of the pending ones in part."""
    pendientes = {id_ for id_, regla in reglas.items() if regla.get("pendiente")}
    probadas = {id_ for id_ in reglas if pruebas.get(id_)}
    return (
        f"{len(reglas)} rules, {len(probadas - pendientes)} with tests, "
        f"{len(pendientes)} pending ({len(probadas & pendientes)} of them in part)."
    )


def main():
    reglas = leer()
    pruebas, error = recolectar(str(RAIZ / "tests"))
    print("\n".join(informe(reglas, pruebas)))
    malas = list(faltas(reglas, pruebas))
    if error:
        malas.append(f"the tests could not be collected:\n{error}")
    print(f"\n{cuenta(reglas, pruebas)}")
    for mala in malas:
        print(f"reglas: {mala}", file=sys.stderr)
    return 1 if malas else 0


if __name__ == "__main__":
    sys.path[:0] = [str(RAIZ)]
    sys.exit(main())
