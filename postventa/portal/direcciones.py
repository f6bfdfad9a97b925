"""What no address of this site may carry, refused before any page sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found


class SinNulos:
    """404 for an address with a NUL: no text that PostgreSQL can look up has one (TM-40)."""

    def __init__(self, siguiente: Callable):
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return page_not_found(request, ValueError("NUL"))
        return self.siguiente(request)
