"""What import-linter cannot say: a state machine sends no mail and never asks what time it is."""

import ast

PROHIBIDOS = {"django.core.mail", "django.utils.timezone", "datetime.datetime", "time"}


def importados(codigo):
    """The full names of everything that a module imports."""
    for nodo in ast.walk(ast.parse(codigo)):
        if isinstance(nodo, ast.Import):
            yield from (alias.name for alias in nodo.names)
        elif isinstance(nodo, ast.ImportFrom):
            yield nodo.module or ""
            yield from (f"{nodo.module}.{alias.name}" for alias in nodo.names)


def test_ningun_flujo_envia_correo_ni_lee_el_reloj(seguidos, raiz):
    flujos = [a for a in seguidos if a.name == "flujo.py" and "tests" not in a.parts]
    culpables = {
        str(flujo.relative_to(raiz)): malos
        for flujo in flujos
        if (malos := PROHIBIDOS & set(importados(flujo.read_text())))
    }
    assert culpables == {}


def test_la_lectura_ve_las_dos_formas_de_importar():
    codigo = "import time\nfrom django.core import mail\nfrom django.utils import timezone\n"
    assert PROHIBIDOS & set(importados(codigo)) == {
        "time",
        "django.core.mail",
        "django.utils.timezone",
    }
