"""What an owner answers on the page of a case: one rejection at a time."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from postventa.portal import sesion
from postventa.portal.errores import rechazo
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import DatosInvalidos, Rechazo
from tickets.icalma.forms import FormRespuesta
from tickets.icalma.models import Observacion
from tickets.icalma.vistas.comun import ticket_o_404
from tickets.inmuebles.paginas import url_del_caso

RESPUESTAS = {"revision": "disputar", "acepto": "aceptar_rechazo"}


@require_POST
@sesion.con_cliente
def responder(request: HttpRequest, empresa, publico: str, observacion: int) -> HttpResponse:
    """Ask the Jefe to review a rejection, or accept it (I-10)."""
    ticket = ticket_o_404(request, publico)
    observacion = get_object_or_404(Observacion, ticket=ticket, pk=observacion)
    volver = url_del_caso(ticket)
    form = FormRespuesta(request.POST)
    verbo = RESPUESTAS.get(request.POST.get("respuesta", ""))
    try:
        if verbo is None or not form.is_valid():
            raise DatosInvalidos(_que_falta(form))
        datos = {"motivo": form.cleaned_data["motivo"]} if verbo == "disputar" else {}
        tramitar(
            observacion,
            verbo,
            request.cliente,
            canal="web",
            visto=form.cleaned_data["visto"],
            **datos,
        )
    except Rechazo as error:
        escrito = request.POST.get("motivo", "")
        return rechazo(request, error, volver, caso=ticket, escrito=escrito)
    return HttpResponseRedirect(f"{volver}?revision" if verbo == "disputar" else f"{volver}#obs")


def _que_falta(form) -> str:
    if "motivo" in form.errors:
        return form.errors["motivo"][0]
    return "Esta página está incompleta. Vuelve al requerimiento y responde desde ahí."
