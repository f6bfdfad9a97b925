"""Addresses of a complaint for people. Always the configured site: never the request's host."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse


def reclamo(expediente) -> str:
    """URL with which the complainant opens one complaint; it asks for a code."""
    ruta = reverse("capera:reclamo", args=[expediente.publico])
    return settings.SITE_URL.rstrip("/") + ruta


def caso_consola(expediente) -> str:
    """URL of a complaint's page in the console."""
    try:
        ruta = reverse("admin:reclamos_reclamo_change", args=[expediente.pk])
    except NoReverseMatch:
        return ""
    return settings.SITE_URL.rstrip("/") + ruta
