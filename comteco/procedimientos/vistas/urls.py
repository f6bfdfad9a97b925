"""Addresses of the procedures' own pages, inside the console."""

from django.urls import path

from comteco.procedimientos.vistas import indicadores, nuevo


def urls(sitio) -> list:
    vista = sitio.admin_view
    return [
        path("comteco/tramite/nuevo/", vista(nuevo.nuevo), name="tramites_nuevo"),
        path("comteco/indicadores/", vista(indicadores.del_dia), name="tramites_indicadores"),
    ]
