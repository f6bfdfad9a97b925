"""Addresses of a complaint for people. Always the configured site: never the request's host."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse


def reclamo(expediente) -> str:
    """URL with which the complainant opens one complaint; it asks for a code."""
    ruta = reverse("capera:reclamo", args=[expediente.publico])
    return settings.SITE_URL.rstrip("/") + ruta


def del_recordatorio(datos: dict) -> dict:
    """What the reminder of conformity says of its complaint: the number to cite and the link."""
    from reclamos.models import Reclamo

    suyo = Reclamo.objects.get(folio=datos["folio"])
    return {"ingreso": suyo.numero_ingreso, "url": reclamo(suyo)}


def caso_consola(expediente) -> str:
    """URL of a complaint's page in the console."""
    try:
        ruta = reverse("admin:reclamos_reclamo_change", args=[expediente.pk])
    except NoReverseMatch:
        return ""
    return settings.SITE_URL.rstrip("/") + ruta
