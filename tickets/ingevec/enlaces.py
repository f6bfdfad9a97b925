"""Addresses of a solicitud for staff."""

from tickets.inmuebles.enlaces import en_el_sitio


def caso_consola(expediente) -> str:
    """URL of a solicitud's page in the console."""
    return en_el_sitio("admin:ingevec_solicitud_change", expediente.pk)
