"""Tampering: what somebody with the database in their hands could do; and a file let in."""

import io
from contextlib import contextmanager

from django.db import connection
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

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


def pdf(paginas=1, clave="", con_malicia=False, medidas=(300, 400)) -> bytes:
    """A PDF of blank pages; `con_malicia`, with a script and a file inside."""
    escritor = PdfWriter()
    for _ in range(paginas):
        escritor.add_blank_page(*medidas)
    if con_malicia:
        escritor.add_attachment("malo.exe", b"contenidooculto")
        escritor.add_metadata({"/Author": "Autor Secreto"})
        escritor.root_object[NameObject("/OpenAction")] = TextStringObject("JavaScript guionoculto")
    if clave:
        escritor.encrypt(clave)
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue()
