"""Sizes that keep the code readable (docs/decisiones has the reasons for them)."""

import ast

ARCHIVO, FUNCION, PLANTILLA = 400, 60, 150
# A natural whole that is longer than its limit: its path (or path:function) and the reason.
EXCEPCIONES = {}


def lineas(archivo):
    return len(archivo.read_text(encoding="utf-8").splitlines())


def excedidos(archivos, raiz, limite):
    nombres = {str(archivo.relative_to(raiz)): archivo for archivo in archivos}
    return {n: lineas(a) for n, a in nombres.items() if lineas(a) > limite and n not in EXCEPCIONES}


def propios(seguidos):
    return [a for a in seguidos if a.suffix == ".py" and "migrations" not in a.parts]


def funciones_largas(codigo, limite=FUNCION):
    for nodo in ast.walk(ast.parse(codigo)):
        if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef):
            largo = nodo.end_lineno - nodo.lineno + 1
            if largo > limite:
                yield nodo.name, largo


def test_archivo_python_cabe_en_400_lineas(seguidos, raiz):
    assert excedidos(propios(seguidos), raiz, ARCHIVO) == {}


def test_funcion_cabe_en_60_lineas(seguidos, raiz):
    largas = {
        f"{archivo.relative_to(raiz)}:{nombre}": largo
        for archivo in propios(seguidos)
        for nombre, largo in funciones_largas(archivo.read_text(encoding="utf-8"))
    }
    assert {nombre: largo for nombre, largo in largas.items() if nombre not in EXCEPCIONES} == {}


def test_plantilla_cabe_en_150_lineas(seguidos, raiz):
    plantillas = [a for a in seguidos if "templates" in a.relative_to(raiz).parts]
    assert excedidos(plantillas, raiz, PLANTILLA) == {}


def test_la_medida_ve_una_funcion_larga():
    codigo = "def f():\n" + "    x = 1\n" * 60
    assert list(funciones_largas(codigo)) == [("f", 61)]
