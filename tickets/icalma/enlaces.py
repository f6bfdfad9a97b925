"""Addresses of a ticket for people. Always the configured site: never the request's host."""

from django.conf import settings
from django.urls import reverse


def caso_portal(ticket) -> str:
    """URL of the owner's page of a ticket; it asks for the access code first."""
    ruta = reverse("portal:caso", args=[ticket.empresa.codigo, ticket.publico])
    return settings.SITE_URL.rstrip("/") + ruta


def firma_portal(ticket) -> str:
    """URL of the page where the owner reads and signs the act of a ticket."""
    return settings.SITE_URL.rstrip("/") + reverse("icalma:firma", args=[ticket.publico])


def caso_consola(expediente) -> str:
    """URL of a ticket's page in the console."""
    ruta = reverse("admin:icalma_ticket_change", args=[expediente.pk])
    return settings.SITE_URL.rstrip("/") + ruta
