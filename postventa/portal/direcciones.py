"""What no address of this site may carry, and what is said of a button's own address."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found

from postventa.portal.errores import metodo_errado


class SinNulos:
    """404 for an address with a NUL: no text that PostgreSQL can look up has one (TM-40)."""

    def __init__(self, siguiente: Callable):
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return page_not_found(request, ValueError("NUL"))
        return self.siguiente(request)


class MetodoErrado:
    """A 405 of the portal with a page of ours, where Django sends a blank one."""

    def __init__(self, siguiente: Callable):
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponse:
        respuesta = self.siguiente(request)
        if respuesta.status_code != 405 or request.path.startswith("/consola/"):
            return respuesta
        return metodo_errado(request, respuesta)
