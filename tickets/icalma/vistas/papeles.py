"""The ticket's documents as PDF, and the way to a new ticket for what was forgotten."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from postventa.calendario import hora
from postventa.documentos.sobres import SinDocumento
from postventa.portal import sesion
from tickets.icalma.borrador import BORRADORES
from tickets.icalma.documentos import descargar
from tickets.icalma.vistas.comun import ticket_o_404
from tickets.inmuebles.paginas import unidades_de, url_del_caso


@require_safe
@sesion.con_cliente
def documento(
    request: HttpRequest, empresa, publico: str, tipo: str, ordinal: int | None = None
) -> HttpResponse:
    """One document of the owner's ticket: composed from stored facts, kept by nobody on the way."""
    ticket = ticket_o_404(request, publico)
    try:
        nombre, contenido = descargar(ticket, tipo, ordinal)
    except SinDocumento as error:
        raise Http404(str(error)) from None
    respuesta = HttpResponse(contenido, content_type="application/pdf")
    respuesta["Content-Disposition"] = content_disposition_header(True, nombre)
    respuesta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    respuesta["X-Content-Type-Options"] = "nosniff"
    return respuesta


@require_safe
@sesion.con_cliente
def algo_mas(request: HttpRequest, empresa, publico: str) -> HttpResponse:
    """Nothing joins a ticket in course (I-20): what was found later goes in another one."""
    ticket = ticket_o_404(request, publico)
    ahora = hora.ahora()
    suyas = unidades_de(empresa, request.cliente, ahora)
    contexto = {
        "ticket": ticket,
        "es_suya": ticket.unidad in suyas,
        "hay_borrador": BORRADORES.buscar(request.cliente, ticket.unidad, ahora) is not None,
        "url_caso": url_del_caso(ticket),
    }
    return render(request, "icalma/algo_mas.html", contexto)
