"""What is shown when something fails, in Spanish and in the treatment of the company asked for.

What failed on our side (500, 503) asks nothing of the database.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import csrf, defaults

from postventa.empresas.models import Empresa
from postventa.tramitacion.errores import Rechazo

# A code is of one use and a token of the console's login is nobody's business.
CALLADOS = ("codigo", "password")


def error_interno(request: HttpRequest) -> HttpResponse:
    """500; or 503, keeping what was typed, when it is the database that does not answer.

    Django calls it while the exception is being handled.
    """
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return defaults.server_error(request)
    contexto = {"campos": [] if request.path.startswith("/consola/") else _escrito(request)}
    respuesta = HttpResponse(render_to_string("503.html", contexto), status=503)
    respuesta["Retry-After"] = "60"
    respuesta["Cache-Control"] = "no-store"
    return respuesta


def no_encontrada(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the mark of the company whose address it hangs from."""
    _con_empresa(request)
    return defaults.page_not_found(request, exception)


def sin_permiso(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, likewise."""
    _con_empresa(request)
    return defaults.permission_denied(request, exception)


def metodo_errado(request: HttpRequest, antes: HttpResponse) -> HttpResponse:
    """405: the address of a button, typed or reloaded; with the way back to its case."""
    _con_empresa(request)
    partes = request.path.strip("/").split("/")
    caso = partes[2] if len(partes) > 2 and partes[1] == "caso" else ""
    respuesta = render(request, "405.html", {"caso": caso}, status=405)
    respuesta["Allow"] = antes["Allow"]
    respuesta["Cache-Control"] = "no-store"
    return respuesta


def pagina_vencida(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old."""
    _con_empresa(request)
    return csrf.csrf_failure(request, reason)


def rechazo(request: HttpRequest, error: Rechazo, volver: str, **contexto) -> HttpResponse:
    """Page of a refusal: what happened, that nothing was stored, and where to go."""
    datos = {"mensaje": error.mensaje, "volver": volver, **contexto}
    return render(request, "portal/rechazo.html", datos, status=error.status)


def _con_empresa(request: HttpRequest) -> None:
    """What the view would have put, had it been reached: whose page this is."""
    if getattr(request, "empresa", None) is None:
        codigo = request.path.strip("/").partition("/")[0]
        request.empresa = Empresa.objects.filter(codigo=codigo, es_activa=True).first()


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
