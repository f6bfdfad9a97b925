"""The locked lists: complete, hashed, consistent, and silent about where packages come from."""

import importlib.metadata
import re
import tomllib

import pytest

LISTAS = ["requirements.txt", "requirements-test.txt", "requirements-dev.txt"]
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def normal(nombre):
    return re.sub(r"[-_.]+", "-", re.split(r"[\[><=~!; ]", nombre)[0]).lower()


def pines(archivo):
    """Name and version of every package of a locked list."""
    return dict(m.groups() for linea in archivo.read_text().splitlines() if (m := PIN.match(linea)))


@pytest.mark.parametrize("lista", LISTAS)
def test_cada_linea_es_version_exacta_o_hash(raiz, lista):
    lineas = (raiz / lista).read_text().splitlines()
    assert [linea for linea in lineas if not PIN.match(linea) and not HASH.match(linea)] == []


def test_cada_lista_incluye_a_la_anterior(raiz):
    correr, probar, desarrollar = (pines(raiz / lista) for lista in LISTAS)
    assert correr.items() <= probar.items() <= desarrollar.items()


def test_todo_lo_declarado_esta_en_su_lista(raiz):
    proyecto = tomllib.loads((raiz / "pyproject.toml").read_text())
    grupos = proyecto["dependency-groups"]
    declarados = {
        "requirements.txt": proyecto["project"]["dependencies"],
        "requirements-test.txt": grupos["test"],
        "requirements-dev.txt": [d for d in grupos["dev"] if isinstance(d, str)],
    }
    faltan = {
        (lista, normal(paquete))
        for lista, paquetes in declarados.items()
        for paquete in paquetes
        if normal(paquete) not in pines(raiz / lista)
    }
    assert faltan == set()


def test_django_fsm_no_esta_al_lado_de_django_fsm_2():
    """Both write the module django_fsm: whichever came last would win, without a word."""
    assert importlib.metadata.version("django-fsm-2")
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("django-fsm")
