"""Addresses of the intake, inside the console."""

from django.urls import path

from tickets.ingevec.toma import vistas


def urls(sitio) -> list:
    vista = sitio.admin_view
    base = "ingevec/llamada/"
    return [
        path(base, vista(vistas.buscar), name="ingevec_llamada"),
        path(f"{base}<int:pk>/", vista(vistas.llamada), name="ingevec_llamada_unidad"),
        path(f"{base}lista/<int:pk>/", vista(vistas.lista), name="ingevec_llamada_lista"),
    ]
