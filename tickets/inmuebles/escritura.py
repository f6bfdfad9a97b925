"""Writing a request about a home: one part after another, in the draft that every button keeps."""

from collections.abc import Callable

from postventa.expedientes import subidas
from postventa.expedientes.models import Borrador
from tickets.inmuebles import fotos
from tickets.inmuebles.borrador import Borradores, parte_de, soltar


def guardar(
    request, borradores: Borradores, unidad, ahora, tecleado: dict, hacer: Callable
) -> tuple[Borrador, list[str], bool]:
    """Keep what was typed and its photos, whatever the button, and do what the button says.

    `hacer(borrador, parte, problemas)` does it and answers whether it was done; it may add to
    `problemas`. Return the draft, what went wrong and that answer. With no room left on the disk
    nothing is kept.
    """
    nuevas, problemas = fotos.leer(request, borradores)
    try:
        with borradores.editar(request.cliente, unidad, ahora) as (borrador, aceptados):
            parte = parte_de(borrador, request.POST.get("edita", ""))
            parte.update(tecleado)
            problemas += fotos.guardar(borradores, borrador, parte, nuevas, ahora, aceptados)
            hecho = hacer(borrador, parte, problemas)
    except OSError as error:
        request.disco_lleno = subidas.sin_espacio(error)
        borrador = borradores.buscar_o_nuevo(request.cliente, unidad, ahora)
        hecho, problemas = False, [subidas.SIN_ESPACIO]
    return borrador, problemas, hecho


def corregir(borradores: Borradores, borrador: Borrador, parte: dict, accion, clave) -> None:
    """Do what a button that adds nothing says; any other leaves the draft as it is."""
    if accion == "quitar":
        borradores.quitar(borrador, clave)
    elif accion == "editar":
        borradores.poner_en_edicion(borrador, clave)
    elif accion == "borrar":
        soltar(borrador, parte)
    elif accion == "quitar_foto":
        parte["fotos"] = [f for f in parte.get("fotos", []) if f != clave]
