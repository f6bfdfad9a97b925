"""The owner who does not sign: which works are not right, and why (I-T17)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from postventa.calendario import hora
from postventa.portal import sesion
from postventa.portal.errores import rechazo
from postventa.tramitacion.acciones import anotar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, Rechazo
from tickets.icalma.anotaciones import RESPUESTAS, no_espera_firma
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.forms import FormReparos
from tickets.icalma.vistas.comun import ticket_o_404
from tickets.inmuebles.paginas import url_del_caso


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def no_conforme(request: HttpRequest, empresa, publico: str) -> HttpResponse:
    """Mark the works that are not right, each with its reason; `?respuesta=no` is all of them."""
    ticket = ticket_o_404(request, publico)
    if motivo := no_espera_firma(ticket, hora.ahora()):
        return rechazo(request, Conflicto(motivo), url_del_caso(ticket), caso=ticket)
    trabajos = [o for o in ticket.observaciones.all() if o.estado == O.EJECUTADA]
    respuesta = request.POST.get("respuesta") or request.GET.get("respuesta")
    respuesta = respuesta if respuesta in RESPUESTAS else "parte"
    form = FormReparos(request.POST or None, trabajos=trabajos, todos=respuesta == "no")
    if request.method == "POST" and form.is_valid():
        try:
            anotar(
                ticket,
                "responder_conformidad",
                request.cliente,
                canal="web",
                visto=form.cleaned_data["visto"],
                respuesta=respuesta,
                motivos=form.motivos,
            )
        except DatosInvalidos as error:
            form.add_error(None, error.mensaje)
        except Rechazo as error:
            escrito = "\n".join(form.motivos.values())
            volver = url_del_caso(ticket)
            return rechazo(request, error, volver, caso=ticket, escrito=escrito)
        else:
            return HttpResponseRedirect(url_del_caso(ticket))
    contexto = {
        "ticket": ticket,
        "form": form,
        "filas": form.filas,
        "respuesta": respuesta,
        "url_caso": url_del_caso(ticket),
    }
    status = 422 if form.errors else 200
    return render(request, "icalma/no_conforme.html", contexto, status=status)
