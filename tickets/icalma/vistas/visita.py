"""What an owner answers to an agreed visit: confirm it, move it, name who will be there."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from postventa.calendario import hora
from postventa.calendario.palabras import fecha_en_palabras
from postventa.personas.documentos import mostrar_rut
from postventa.portal import sesion
from postventa.portal.errores import rechazo
from postventa.tramitacion.acciones import anotar, tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, Rechazo
from postventa.visitas.flujo import EstadoVisita as V
from tickets.icalma import evento
from tickets.icalma.anotaciones import sin_reemplazo_posible
from tickets.icalma.forms import FormPropuesta, FormReemplazo
from tickets.icalma.panel_visita import horas_libres
from tickets.icalma.vistas.comun import ticket_o_404
from tickets.inmuebles.paginas import (
    FormHora,
    descarga_de,
    por_dia,
    url_del_caso,
    valor,
    visita_de,
)

VERBOS = {"INSPECCION": "reprogramar_inspeccion", "TRABAJO": "reprogramar_trabajo"}
YA_EMPEZO = "Esta visita ya empezó o ya no está coordinada: no se puede cambiar de hora."


def visita_o_404(request: HttpRequest, publico: str, pk: int):
    """(ticket, visit of it), reached through the owner."""
    ticket = ticket_o_404(request, publico)
    return ticket, visita_de(ticket, pk)


@require_POST
@sesion.con_cliente
def confirmar(request: HttpRequest, empresa, publico: str, visita: int) -> HttpResponse:
    """The owner says that they will be there."""
    ticket, visita = visita_o_404(request, publico, visita)
    try:
        anotar(visita, "confirmar_visita", request.cliente, canal="web")
    except Rechazo as error:
        return rechazo(request, error, url_del_caso(ticket), caso=ticket)
    return HttpResponseRedirect(f"{url_del_caso(ticket)}#visita")


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def cambiar(request: HttpRequest, empresa, publico: str, visita: int) -> HttpResponse:
    """Choose another free hour of the visitor (I-T06, I-T21), or say which one would suit."""
    ahora = hora.ahora()
    ticket, visita = visita_o_404(request, publico, visita)
    if visita.estado != V.COORDINADA or ahora >= visita.inicia_en:
        return rechazo(request, Conflicto(YA_EMPEZO), url_del_caso(ticket), caso=ticket)
    if request.method != "POST":
        return _horas(request, ticket, visita, ahora)
    if request.POST.get("accion") == "proponer":
        return _proponer(request, ticket, visita, ahora)
    return _elegir(request, ticket, visita, ahora)


def _elegir(request, ticket, visita, ahora) -> HttpResponse:
    form = FormHora(request.POST)
    if not form.is_valid():
        return _horas(request, ticket, visita, ahora, form=form, status=422)
    inicia = form.cleaned_data["inicia"]
    libres = horas_libres(ticket, visita, ahora)
    if inicia not in libres:
        return _ocupada(request, ticket, visita, ahora, inicia, libres)
    try:
        tramitar(
            ticket,
            VERBOS[visita.tipo],
            request.cliente,
            canal="web",
            ahora=ahora,
            visto=form.cleaned_data["visto"],
            inicia_en=inicia,
            termina_en=inicia + (visita.termina_en - visita.inicia_en),
            motivo="La cambió el propietario",
        )
    except DatosInvalidos:  # taken between reading the agenda and writing in it
        return _ocupada(request, ticket, visita, ahora, inicia)
    except Conflicto as error:
        return rechazo(request, error, url_del_caso(ticket), caso=ticket)
    return HttpResponseRedirect(f"{url_del_caso(ticket)}#visita")


def _ocupada(request, ticket, visita, ahora, inicia: datetime, libres=None) -> HttpResponse:
    """Somebody took that hour: the next free one comes chosen, nothing is asked again."""
    ticket, visita = visita_o_404(request, ticket.publico, visita.pk)
    libres = horas_libres(ticket, visita, ahora) if libres is None else libres
    siguiente = next((libre for libre in libres if libre >= inicia), libres[0] if libres else None)
    aviso = "Esa hora ya no está libre. Elige otra o propón la que te acomoda."
    if siguiente:
        cuando = fecha_en_palabras(siguiente, ticket.sede.tz)
        aviso = f"Esa hora se acaba de ocupar. La siguiente libre es el {cuando}: quedó elegida."
    return _horas(
        request, ticket, visita, ahora, libres, elegida=siguiente, aviso=aviso, status=409
    )


def _proponer(request, ticket, visita, ahora) -> HttpResponse:
    form = FormPropuesta(request.POST, zona=ticket.sede.tz)
    if not form.is_valid():
        return _horas(request, ticket, visita, ahora, propuesta=form, status=422)
    try:
        anotar(
            visita,
            "proponer_hora",
            request.cliente,
            canal="web",
            ahora=ahora,
            inicia_en=form.inicia_en,
            nota=form.cleaned_data["nota"],
        )
    except DatosInvalidos as error:
        form.add_error("dia", error.campos.get("inicia_en", error.mensaje))
        return _horas(request, ticket, visita, ahora, propuesta=form, status=error.status)
    except Rechazo as error:
        return rechazo(request, error, url_del_caso(ticket), caso=ticket)
    return HttpResponseRedirect(f"{url_del_caso(ticket)}#visita")


def _horas(
    request, ticket, visita, ahora, libres=None, *, form=None, propuesta=None, elegida=None,
    aviso="", status=200,
) -> HttpResponse:  # fmt: skip
    libres = horas_libres(ticket, visita, ahora) if libres is None else libres
    dias = por_dia(libres, ticket.sede.tz)
    contexto = {
        "ticket": ticket,
        "visita": visita,
        "cuando": fecha_en_palabras(visita.inicia_en, ticket.sede.tz),
        "dias": dias,
        "elegida": elegida and valor(elegida),
        "form": form or FormHora(),
        "propuesta": propuesta or FormPropuesta(zona=ticket.sede.tz),
        "aviso": aviso,
        "hay_errores": bool(aviso or (form and form.errors) or (propuesta and propuesta.errors)),
        "url_caso": url_del_caso(ticket),
    }
    return render(request, "icalma/cambiar_hora.html", contexto, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def reemplazo(request: HttpRequest, empresa, publico: str, visita: int) -> HttpResponse:
    """Who receives the workers if the owner cannot: named before they come (I-13)."""
    ticket, visita = visita_o_404(request, publico, visita)
    if motivo := sin_reemplazo_posible(visita, hora.ahora()):
        return rechazo(request, Conflicto(motivo), url_del_caso(ticket), caso=ticket)
    form = FormReemplazo(request.POST or None, initial=_registrado(visita))
    if request.method != "POST":
        return _reemplazo(request, ticket, visita, form)
    quitar = request.POST.get("accion") == "quitar"
    if not quitar and not form.is_valid():
        return _reemplazo(request, ticket, visita, form, 422)
    que = "quitar_reemplazo" if quitar else "nombrar_reemplazo"
    try:
        anotar(visita, que, request.cliente, canal="web", **({} if quitar else form.cleaned_data))
    except DatosInvalidos as error:
        for campo, mensaje in error.campos.items():
            form.add_error(campo, mensaje)
        return _reemplazo(request, ticket, visita, form, error.status)
    except Rechazo as error:
        return rechazo(request, error, url_del_caso(ticket), caso=ticket)
    return HttpResponseRedirect(f"{url_del_caso(ticket)}#visita")


def _registrado(visita) -> dict:
    if not visita.reemplazo_documento:
        return {}
    return {
        "reemplazo_nombre": visita.reemplazo_nombre,
        "reemplazo_documento": mostrar_rut(visita.reemplazo_documento),
        "reemplazo_telefono": visita.reemplazo_telefono,
    }


def _reemplazo(request, ticket, visita, form, status=200) -> HttpResponse:
    contexto = {
        "ticket": ticket,
        "visita": visita,
        "cuando": fecha_en_palabras(visita.inicia_en, ticket.sede.tz),
        "form": form,
        "url_caso": url_del_caso(ticket),
    }
    return render(request, "icalma/reemplazo.html", contexto, status=status)


@require_safe
@sesion.con_cliente
def calendario(request: HttpRequest, empresa, publico: str, visita: int) -> HttpResponse:
    """The visit for the owner's own calendar; one that was moved comes cancelled."""
    ticket, visita = visita_o_404(request, publico, visita)
    return descarga_de(ticket, visita, evento.hechos)
