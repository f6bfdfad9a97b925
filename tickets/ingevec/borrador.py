"""The draft of an Ingevec request (see `inmuebles.borrador`).

Besides the list of requerimientos, `datos` keeps `urgencia` ("" once it was said that it is
none), `consulta`, `contacto` and `hora` (the chosen start, or `LLAMAR` to be called instead).
"""

from datetime import datetime
from uuid import uuid4

from postventa.expedientes.models import Borrador
from postventa.personas.models import Cliente
from tickets.ingevec.models import Requerimiento
from tickets.inmuebles.borrador import Borradores
from tickets.inmuebles.paginas import instante_de

BORRADORES = Borradores("ingevec", "requerimientos", "Cada requerimiento", "Una solicitud")
REQUERIMIENTOS = 30
LLAMAR = "llamar"


def huella(borrador: Borrador) -> str:
    """Of everything that the last page shows."""
    return BORRADORES.huella(borrador, "consulta", "contacto", "hora")


def es_consulta(borrador: Borrador) -> bool:
    return bool(borrador.datos.get("consulta"))


def tiene_pedido(borrador: Borrador) -> bool:
    """There is something to send by the ordinary way; what is urgent has its own."""
    datos = borrador.datos
    return datos.get("urgencia") == "" and (es_consulta(borrador) or bool(datos["requerimientos"]))


def contacto_de(borrador: Borrador, cliente: Cliente) -> dict:
    """Name and numbers as they were typed; at first, those on file, which stay as they are."""
    de_la_ficha = {"llamante": cliente.nombre, "telefonos": cliente.telefono}
    return borrador.datos.get("contacto") or de_la_ficha


def hora_de(borrador: Borrador) -> datetime | None:
    """The chosen start; None if none was, or a call is preferred."""
    return instante_de(borrador.datos.get("hora") or "")


def tras_la_consulta(borrador: Borrador) -> None:
    """A consulta is sent alone: requerimientos that were being written stay in a draft anew."""
    borrador.nonce = uuid4()
    borrador.datos |= {"consulta": "", "hora": ""}
    borrador.save()


def para_ingresar(
    borrador: Borrador,
) -> tuple[list[Requerimiento], dict[int, list[int]], list]:
    """What `ingresar` takes (the requerimientos, unsaved, and the ids of the photos of each), and
    the photos that belong to none."""
    adjuntos = BORRADORES.adjuntos_de(borrador)
    requerimientos, fotos = [], {}
    for posicion, r in enumerate(borrador.datos["requerimientos"]):
        requerimientos.append(Requerimiento(descripcion=r["descripcion"], recinto=r["recinto"]))
        suyas = [adjuntos.pop(f).pk for f in r.get("fotos", []) if f in adjuntos]
        if suyas:
            fotos[posicion] = suyas
    return requerimientos, fotos, list(adjuntos.values())
