"""Addresses of the on-site screen, inside the console."""

from django.urls import path

from tickets.icalma.en_terreno import vistas


def urls(sitio) -> list:
    vista = sitio.admin_view
    base = "icalma/visita/<int:pk>/terreno/"
    return [
        path(base, vista(vistas.terreno), name="icalma_terreno"),
        path(f"{base}<slug:accion>/", vista(vistas.hacer), name="icalma_terreno_hacer"),
    ]
