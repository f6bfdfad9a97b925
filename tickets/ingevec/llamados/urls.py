"""Addresses of the satisfaction calls, inside the console."""

from django.urls import path

from tickets.ingevec.llamados import vistas


def urls(sitio) -> list:
    vista = sitio.admin_view
    base = "ingevec/llamados/"
    return [
        path(base, vista(vistas.cola), name="ingevec_llamados"),
        path(f"{base}<int:pk>/", vista(vistas.llamado), name="ingevec_llamado"),
    ]
