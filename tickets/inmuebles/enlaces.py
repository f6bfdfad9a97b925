"""Addresses of a case for people. Always the configured site: never the request's host."""

from django.conf import settings
from django.urls import reverse


def en_el_sitio(nombre: str, *argumentos) -> str:
    """Whole URL of a page, by its name."""
    return settings.SITE_URL.rstrip("/") + reverse(nombre, args=argumentos)


def caso_portal(caso) -> str:
    """URL of the owner's page of a case; it asks for the access code first."""
    return en_el_sitio("portal:caso", caso.empresa.codigo, caso.publico)
