"""Addresses of a solicitud for people. Always the configured site: never the request's host."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse


def caso_portal(solicitud) -> str:
    """URL of the owner's page of a solicitud; it asks for the access code first."""
    ruta = reverse("portal:caso", args=[solicitud.empresa.codigo, solicitud.publico])
    return settings.SITE_URL.rstrip("/") + ruta


def caso_consola(expediente) -> str:
    """URL of a solicitud's page in the console."""
    try:
        ruta = reverse("admin:ingevec_solicitud_change", args=[expediente.pk])
    except NoReverseMatch:
        return ""
    return settings.SITE_URL.rstrip("/") + ruta
