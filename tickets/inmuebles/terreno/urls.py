"""Addresses of a room's on-site screen, inside the console."""

from django.urls import path

from tickets.inmuebles.terreno import vistas


def urls(sitio, pantalla) -> list:
    """The page and its posts, named `<tipo>_terreno` and `<tipo>_terreno_hacer`."""
    base, nombre = f"{pantalla.tipo}/visita/<int:pk>/terreno/", f"{pantalla.tipo}_terreno"
    suya = {"pantalla": pantalla}
    return [
        path(base, sitio.admin_view(vistas.terreno), suya, name=nombre),
        path(f"{base}<slug:accion>/", sitio.admin_view(vistas.hacer), suya, name=f"{nombre}_hacer"),
    ]
