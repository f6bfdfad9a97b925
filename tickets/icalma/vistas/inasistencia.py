"""The owner's one objection to a recorded absence, for the Jefe to decide (D-14, TM-16)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from postventa.calendario import hora
from postventa.portal import sesion
from postventa.portal.errores import rechazo
from postventa.tramitacion.acciones import anotar
from postventa.tramitacion.errores import Conflicto, Rechazo
from tickets.icalma.anotaciones import sin_objecion_posible
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.forms import FormObjecion
from tickets.icalma.panel_visita import evidencia
from tickets.icalma.vistas.visita import visita_o_404
from tickets.inmuebles.paginas import url_del_caso


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def objetar(request: HttpRequest, empresa, publico: str, visita: int) -> HttpResponse:
    """What was recorded of that visit, and the owner's side of it."""
    ticket, visita = visita_o_404(request, publico, visita)
    if motivo := sin_objecion_posible(visita, hora.ahora()):
        return rechazo(request, Conflicto(motivo), url_del_caso(ticket), caso=ticket)
    form = FormObjecion(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            anotar(
                visita,
                "objetar_inasistencia",
                request.cliente,
                canal="web",
                motivo=form.cleaned_data["motivo"],
            )
        except Rechazo as error:
            escrito = form.cleaned_data["motivo"]
            volver = url_del_caso(ticket)
            return rechazo(request, error, volver, caso=ticket, escrito=escrito)
        return HttpResponseRedirect(url_del_caso(ticket))
    contexto = {
        "ticket": ticket,
        "falta": evidencia(visita, ticket.sede.tz),
        "termino_el_ticket": ticket.estado == T.RESUELTO_INASISTENCIA,
        "form": form,
        "url_caso": url_del_caso(ticket),
    }
    status = 422 if form.errors else 200
    return render(request, "icalma/objetar.html", contexto, status=status)
