"""What is shown when something fails: site-wide, in Spanish, asking nothing of the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

# A code is of one use and a token of the console's login is nobody's business.
CALLADOS = ("codigo", "password")


def error_interno(request: HttpRequest) -> HttpResponse:
    """500; or 503, keeping what was typed, when it is the database that does not answer.

    Django calls it while the exception is being handled.
    """
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return server_error(request)
    contexto = {"campos": [] if request.path.startswith("/consola/") else _escrito(request)}
    respuesta = HttpResponse(render_to_string("503.html", contexto), status=503)
    respuesta["Retry-After"] = "60"
    respuesta["Cache-Control"] = "no-store"
    return respuesta


def _escrito(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form carried, to send it again from the error page itself (RF-06)."""
    if request.method != "POST":
        return []
    return [
        (nombre, valor)
        for nombre, valores in request.POST.lists()
        if nombre not in CALLADOS
        for valor in valores
    ]
