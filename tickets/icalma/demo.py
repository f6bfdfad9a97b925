"""What Icalma adds to its demonstration: the catalogue of rooms."""

from tickets.icalma.demo_casos import abrir_casos
from tickets.inmuebles.demo import DemoDeInmuebles
from tickets.inmuebles.models import Item, Lugar, Proyecto, Recinto


def completar(proyecto: Proyecto, datos: dict) -> None:
    for orden, (recinto, lugares) in enumerate(datos["catalogo"].items()):
        _recinto(proyecto.empresa, orden, recinto, lugares)


def _recinto(empresa, orden, nombre, lugares) -> None:
    recinto = Recinto.objects.create(empresa=empresa, nombre=nombre, orden=orden)
    for n, (lugar, items) in enumerate(lugares.items()):
        fila = Lugar.objects.create(recinto=recinto, nombre=lugar, orden=n)
        Item.objects.bulk_create(
            Item(lugar=fila, nombre=item, clase=clase, orden=m)
            for m, (item, clase) in enumerate(items.items())
        )


DEMO = DemoDeInmuebles("icalma", "icalma_demo.json", completar, abrir_casos)
