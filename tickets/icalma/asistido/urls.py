"""Addresses of the assisted entry, inside the console."""

from django.urls import path, reverse

from tickets.icalma.asistido import vistas
from tickets.icalma.asistido.permiso import asisten


def urls(sitio) -> list:
    vista = sitio.admin_view
    base = "icalma/asistido/"
    return [
        path(base, vista(vistas.buscar), name="icalma_asistido"),
        path(f"{base}<int:pk>/", vista(vistas.ingreso), name="icalma_asistido_ingreso"),
        path(f"{base}<int:pk>/codigo/", vista(vistas.pedir), name="icalma_asistido_pedir"),
        path(f"{base}<int:pk>/comprobar/", vista(vistas.comprobar), name="icalma_asistido_codigo"),
    ]


def paginas(usuario) -> list[tuple[str, str]]:
    """The home offers it to those who may use it."""
    return [("Ingreso asistido", reverse("admin:icalma_asistido"))] if asisten(usuario) else []
