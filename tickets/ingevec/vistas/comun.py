"""What the pages of Ingevec's owners share: reaching things through the owner."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from postventa.personas.models import Cliente
from postventa.portal.errores import rechazo
from tickets.ingevec.models import Solicitud
from tickets.inmuebles.paginas import FormularioViejo

VIEJA = (
    "Esta página es antigua: la solicitud que mostraba ya no está abierta. No se envió nada. "
    "Vuelva para ver qué quedó guardado."
)


def solicitudes_de(cliente: Cliente):
    """The owner's requests, and the only way to one from the portal (TM-09)."""
    return Solicitud.objects.filter(empresa_id=cliente.empresa_id, cliente=cliente)


def solicitud_o_404(request: HttpRequest, publico: str) -> Solicitud:
    """The owner's request of that public id; 404 for anybody else's."""
    con = ("empresa", "sede__empresa", "cliente", "responsable", "unidad")
    return get_object_or_404(solicitudes_de(request.cliente).select_related(*con), publico=publico)


def ir(nombre: str, unidad) -> HttpResponseRedirect:
    """To another page of the same request."""
    return HttpResponseRedirect(reverse(f"ingevec:{nombre}", args=[unidad.pk]))


def a_recibido(solicitud: Solicitud) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("ingevec:recibido", args=[solicitud.publico]))


def nada_que_enviar(request, unidad, nonce) -> HttpResponse:
    """The same form again (double click, Back, another tab): the same confirmation (RF-11)."""
    enviada = solicitudes_de(request.cliente).filter(nonce=nonce).first() if nonce else None
    if enviada is not None:
        return a_recibido(enviada)
    volver = reverse("ingevec:urgencia", args=[unidad.pk])
    return rechazo(request, FormularioViejo(VIEJA), volver)
