"""Addresses of the inspector's day, inside the console."""

from django.urls import path

from tickets.ingevec.dia import vistas


def urls(sitio) -> list:
    vista = sitio.admin_view
    base = "ingevec/visita/<int:pk>/terreno/"
    return [
        path("ingevec/dia/", vista(vistas.dia), name="ingevec_dia"),
        path(base, vista(vistas.terreno), name="ingevec_terreno"),
        path(f"{base}<slug:accion>/", vista(vistas.hacer), name="ingevec_terreno_hacer"),
    ]
