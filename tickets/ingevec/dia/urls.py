"""Address of the inspector's day, inside the console."""

from django.urls import path

from tickets.ingevec.dia import vistas


def urls(sitio) -> list:
    return [path("ingevec/dia/", sitio.admin_view(vistas.dia), name="ingevec_dia")]
