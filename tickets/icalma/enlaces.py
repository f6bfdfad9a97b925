"""Addresses of a ticket for people, beyond the owner's page of it."""

from django.core.signing import Signer

from tickets.inmuebles.enlaces import en_el_sitio


def firma_portal(ticket) -> str:
    """URL of the page where the owner reads and signs the act of a ticket."""
    return en_el_sitio("icalma:firma", ticket.publico)


def no_fui_yo(ticket) -> str:
    """URL with which the owner's mailbox says that the ticket is not theirs; it needs no code."""
    return en_el_sitio("icalma:no_fui_yo", ticket.publico, sello_no_fui_yo(ticket.publico))


def sello_no_fui_yo(publico: str) -> str:
    """What proves that a link of `no_fui_yo` is ours: good for that ticket and that use alone."""
    return Signer(salt="icalma.no-fui-yo").signature(publico)


def caso_consola(expediente) -> str:
    """URL of a ticket's page in the console."""
    return en_el_sitio("admin:icalma_ticket_change", expediente.pk)
