"""Spreadsheets as people make them."""

import io

from openpyxl import Workbook

from tests.conftest import LUNES
from tickets.inmuebles.padron import aplicacion, carga

ENCABEZADO = (
    "Proyecto;Unidad;RUT;Nombre;Correo;Teléfono;Recepción definitiva;Inscripción CBR;Entrega;"
    "Dueño desde;Dueño hasta"
)
ALTA = "/consola/inmuebles/cargapadron/add/"


def csv_de(*filas, encabezado=ENCABEZADO, codigo="utf-8"):
    return "\r\n".join([encabezado, *filas]).encode(codigo)


def xlsx_de(*filas, encabezado=ENCABEZADO):
    libro = Workbook()
    libro.active.append(encabezado.split(";"))
    for fila in filas:
        libro.active.append(list(fila))
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def rut(n):
    """The n-th of a series of valid RUTs."""
    cuerpo = str(20_000_000 + n)
    suma = sum(int(d) * (2 + i % 6) for i, d in enumerate(reversed(cuerpo)))
    digito = {10: "K", 11: "0"}.get(11 - suma % 11, str(11 - suma % 11))
    return f"{cuerpo}-{digito}"


def muchas(n, desde=0, correo="p{}@correo.example"):
    return [
        f"icalma-demo;Depto {i};{rut(i)};Persona Número {'x' * (1 + i % 5)};{correo.format(i)};"
        f"9 1111 2222;14-03-2023;09-06-2024;20-06-2024;;"
        for i in range(desde, desde + n)
    ]


def revisar(empresa, *filas, por=None, ahora=LUNES, **mas):
    return carga.revisar(empresa, por, "padron.csv", csv_de(*filas, **mas), ahora)


def aplicar(una, por=None, ahora=LUNES):
    aplicacion.pedir(una, por, una.version, ahora)
    assert aplicacion.aplicar(una, ahora)
    una.refresh_from_db()
    return una


def cargar(empresa, *filas, **mas):
    return aplicar(revisar(empresa, *filas, **mas))


def filas_de(una):
    """Number -> (result, [changes in one line each])."""
    return {
        f.numero: (f.resultado, [f"{a} {b}: {c}>{d}" for a, b, c, d in f.cambios])
        for f in una.filas.all()
    }


def motivos_de(una):
    return {f.numero: " ".join(f.motivos) for f in una.filas.all() if f.motivos}
