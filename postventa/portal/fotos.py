"""Pages of the customers' side that take photos: their refusal, and how a form comes back."""

from django.http import HttpRequest, HttpResponse

from postventa.portal.errores import rechazo
from postventa.tramitacion import fotos
from postventa.tramitacion.errores import Rechazo


def _al_portal(request: HttpRequest, error: Rechazo, *args, **kwargs) -> HttpResponse:
    return rechazo(request, error, request.path)


con_fotos = fotos.con_fotos(_al_portal)


def estado_de(request: HttpRequest) -> int:
    """Status of a page whose form comes back."""
    return 507 if getattr(request, "disco_lleno", False) else 422
