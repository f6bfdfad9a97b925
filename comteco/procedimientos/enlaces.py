"""Addresses of a trámite for people. Always the configured site: never the request's host."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse


def caso_consola(expediente) -> str:
    """URL of a trámite's page in the console."""
    try:
        ruta = reverse("admin:procedimientos_tramite_change", args=[expediente.pk])
    except NoReverseMatch:
        return ""
    return settings.SITE_URL.rstrip("/") + ruta
