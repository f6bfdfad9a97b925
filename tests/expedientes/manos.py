"""Tampering: what somebody with the database in their hands could do; and a photo let in."""

from contextlib import contextmanager

from django.db import connection

from postventa.expedientes import subidas
from postventa.expedientes.verificacion import Cuenta, verificar


@contextmanager
def como_superusuario():
    """Write past the append-only guard of PostgreSQL, as only a superuser can."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")


def alterar(consulta, **valores):
    with como_superusuario():
        consulta.update(**valores)


def borrar(consulta):
    with como_superusuario():
        consulta._raw_delete(consulta.db)


def diferencias():
    """What the verification says."""
    return list(verificar(Cuenta()))


def aceptar(archivo, **duenio):
    """Check an uploaded photo and store it, as every page does; return its row."""
    return subidas.guardar(subidas.revisar(archivo), **duenio)
