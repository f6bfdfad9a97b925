"""What import-linter cannot say: a state machine sends no mail and never asks what time it is, and
what the companies share names none of them."""

import ast
import re

# Rooms and companies: whoever serves them all knows none by its name.
NOMBRES = re.compile("icalma|ingevec|capera|comteco", re.IGNORECASE)
COMUNES = ("postventa", "tickets/inmuebles", "templates/consola", "templates/portal")
DE_UNA_SALA = re.compile("templates/consola/(icalma|ingevec)/")
# What puts the rooms together, and what once gave a company its colour and its numbers.
ARMAN = {"postventa/settings/base.py", "postventa/urls.py"}
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


def test_nada_de_lo_comun_nombra_a_una_empresa(seguidos, raiz):
    comunes = [
        nombre
        for archivo in seguidos
        if (nombre := archivo.relative_to(raiz).as_posix()).startswith(COMUNES)
        and not DE_UNA_SALA.match(nombre)
        and "/migrations/" not in nombre
    ]
    nombrados = {n for n in comunes if NOMBRES.search(n + (raiz / n).read_text())}
    assert nombrados == ARMAN
