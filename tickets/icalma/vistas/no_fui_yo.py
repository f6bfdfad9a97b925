"""The link of the mails of a new ticket for an owner who did not send it (TM-03, TM-04)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods

from postventa.calendario import hora
from postventa.personas.actores import SISTEMA
from postventa.portal import sesion
from postventa.tramitacion.acciones import anotar
from postventa.tramitacion.errores import Conflicto
from tickets.icalma import enlaces
from tickets.icalma.anotaciones import sin_ingreso_que_denunciar
from tickets.icalma.models import Ticket


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.de_empresa
def no_fui_yo(request: HttpRequest, empresa, publico: str, sello: str) -> HttpResponse:
    """The folio and one button: opening the link does nothing, as mail scanners open them all."""
    if not constant_time_compare(sello, enlaces.sello_no_fui_yo(publico)):
        raise Http404
    ticket = Ticket.objects.filter(publico=publico, empresa=empresa).first()
    if ticket is None:
        raise Http404
    impide = sin_ingreso_que_denunciar(ticket, hora.ahora())
    if request.method == "POST" and not impide:
        try:
            anotar(ticket, "denunciar_ingreso", SISTEMA, canal="correo")
        except Conflicto as rechazo:  # it was pressed twice, or ended meanwhile
            impide = rechazo.mensaje
        else:
            impide = "Gracias por avisar: el Jefe de Postventa lo revisa."
    contexto = {"folio": ticket.folio, "hecho": impide}
    return render(request, "icalma/no_fui_yo.html", contexto)
