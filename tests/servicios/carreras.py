"""Races between real processes: each one its own connection to the tests' PostgreSQL."""

import multiprocessing
import traceback
from collections import Counter

from django.db import connection, connections

CONTEXTO = multiprocessing.get_context("fork")
ESPERA_S = 30


def correr(funciones, antes=None):
    """Run each function in a process of its own, all released at once; return what happened.

    A result is `"ok"` (or what the function returned) or the name of the exception, whose trace is
    printed: pytest shows it with the failure.
    `antes(barrera)` runs in each process before its function: a control breaks the guard there.
    """
    connections.close_all()
    barrera, cola = CONTEXTO.Barrier(len(funciones)), CONTEXTO.SimpleQueue()
    procesos = [
        CONTEXTO.Process(target=_hijo, args=(funcion, barrera, cola, antes), daemon=True)
        for funcion in funciones
    ]
    for proceso in procesos:
        proceso.start()
    for proceso in procesos:
        proceso.join(ESPERA_S)
        assert proceso.exitcode == 0, f"un proceso terminó con {proceso.exitcode}"
    return [cola.get() for _ in procesos]


def contar(resultados):
    return dict(Counter(resultados))


def _hijo(funcion, barrera, cola, antes):
    # What the parent left open is the parent's: a socket that two processes read answers neither.
    for heredada in connections.all(initialized_only=True):
        del connections[heredada.alias]
    if antes:
        antes(barrera)
    try:
        connection.ensure_connection()
        barrera.wait(ESPERA_S)
        resultado = funcion() or "ok"
    except Exception as error:
        resultado = type(error).__name__
        traceback.print_exc()
    finally:
        connection.close()
    cola.put(resultado)
