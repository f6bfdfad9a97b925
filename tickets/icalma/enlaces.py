"""Addresses of a ticket for people. Always the configured site: never the request's host."""

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse


def caso_portal(ticket) -> str:
    """URL of the owner's page of a ticket; it asks for the access code first."""
    ruta = reverse("portal:caso", args=[ticket.empresa.codigo, ticket.publico])
    return settings.SITE_URL.rstrip("/") + ruta


def firma_portal(ticket) -> str:
    """URL of the page where the owner reads and signs the act of a ticket."""
    return settings.SITE_URL.rstrip("/") + reverse("icalma:firma", args=[ticket.publico])


def no_fui_yo(ticket) -> str:
    """URL with which the owner's mailbox says that the ticket is not theirs; it needs no code."""
    sello = sello_no_fui_yo(ticket.publico)
    ruta = reverse("icalma:no_fui_yo", args=[ticket.publico, sello])
    return settings.SITE_URL.rstrip("/") + ruta


def sello_no_fui_yo(publico: str) -> str:
    """What proves that a link of `no_fui_yo` is ours: good for that ticket and that use alone."""
    return Signer(salt="icalma.no-fui-yo").signature(publico)


def caso_consola(expediente) -> str:
    """URL of a ticket's page in the console."""
    ruta = reverse("admin:icalma_ticket_change", args=[expediente.pk])
    return settings.SITE_URL.rstrip("/") + ruta
