"""What the pages of Icalma's owners share: reaching things through the owner, refusals, uploads."""

from datetime import datetime
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from postventa.expedientes import subidas
from postventa.personas.models import Cliente
from postventa.tramitacion.errores import Rechazo
from tickets.icalma.borrador import unidades_de
from tickets.icalma.models import Ticket
from tickets.inmuebles.models import Unidad

PASOS = ("Tus datos", "Código", "Observaciones", "Revisar")


def tickets_de(cliente: Cliente):
    """The owner's tickets, and the only way to one from the portal (TM-09)."""
    return Ticket.objects.filter(empresa_id=cliente.empresa_id, cliente=cliente)


def ticket_o_404(request: HttpRequest, publico: str) -> Ticket:
    """The owner's ticket of that public id; 404 for anybody else's."""
    con = ("empresa", "sede__empresa", "cliente", "responsable", "unidad", "bloqueado_por")
    propios = tickets_de(request.cliente).select_related(*con)
    return get_object_or_404(propios, publico=publico)


def unidad_o_404(request: HttpRequest, pk: int, ahora: datetime) -> Unidad:
    """The owner's home of that id; 404 for one that is somebody else's today (I-02)."""
    suyas = unidades_de(request.empresa, request.cliente, ahora)
    if unidad := next((u for u in suyas if u.pk == pk), None):
        return unidad
    raise Http404("No es suya")


def url_del_caso(ticket: Ticket) -> str:
    return reverse("portal:caso", args=[ticket.empresa.codigo, ticket.publico])


def rechazo(request: HttpRequest, error: Rechazo, volver: str, **contexto) -> HttpResponse:
    """Page of a refusal: what happened, that nothing was stored, and where to go."""
    datos = {"mensaje": error.mensaje, "volver": volver, **contexto}
    return render(request, "icalma/rechazo.html", datos, status=error.status)


def con_fotos(vista):
    """Page that takes photos: bodies too large are refused unread, files too large are dropped
    one by one, and what was typed always arrives.

    The token is checked after the upload handler is in place, as reading it reads the body.
    """

    @csrf_exempt
    @wraps(vista)
    def puerta(request, *args, **kwargs):
        if _largo(request) > subidas.BYTES_POR_ENVIO:
            error = EnvioEnorme("El envío es demasiado grande. Sube menos fotos a la vez.")
            return rechazo(request, error, request.path)
        request.upload_handlers = [subidas.ManejadorDeFotos(request)]
        return csrf_protect(vista)(request, *args, **kwargs)

    return puerta


class EnvioEnorme(Rechazo):
    status = 413


def _largo(request) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
