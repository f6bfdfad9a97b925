"""Reading the act and signing it: typed name and a fresh code (I-14, TM-20)."""

import json
from dataclasses import dataclass
from ipaddress import ip_address

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from postventa.accesos.red import direccion
from postventa.calendario.palabras import fecha_en_palabras
from postventa.documentos.actas import huella
from postventa.documentos.models import Documento
from postventa.documentos.trazo import LETRAS
from postventa.personas.documentos import mostrar_rut
from postventa.portal import codigos, sesion
from postventa.portal.errores import rechazo
from postventa.portal.models import Proposito
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto, Rechazo
from tickets.icalma.acta import contenido_del_acta
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.forms import FormFirma
from tickets.icalma.vistas.comun import ticket_o_404
from tickets.inmuebles.paginas import url_del_caso

ACTA_CAMBIO = "El acta cambió desde que la leíste. Léela de nuevo antes de firmar."


@dataclass(frozen=True)
class Acta:
    """What the page shows: the content that will be fixed, and its hash."""

    contenido: dict
    sha256: str
    terminado: str

    @classmethod
    def de(cls, ticket) -> "Acta":
        contenido = contenido_del_acta(ticket)
        terminado = ticket.terminado_en and fecha_en_palabras(
            ticket.terminado_en, ticket.sede.tz, con_hora=False, con_anio=True
        )
        return cls(contenido, huella(contenido), terminado or "")

    @property
    def legible(self) -> str:
        """The hash in groups, to compare by eye."""
        return " ".join(self.sha256[i : i + 8] for i in range(0, 64, 8))


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def firma(request: HttpRequest, empresa, publico: str) -> HttpResponse:
    """The act and how to sign it. Looking changes nothing; signing is a POST with a code."""
    ticket = ticket_o_404(request, publico)
    if request.method == "POST":
        return _firmar(request, ticket)
    if not _se_puede_firmar(ticket):
        return _no_se_firma(request, ticket)
    acta = Acta.de(ticket)
    form = FormFirma(initial={"huella": acta.sha256, "visto": ticket.cadena_largo})
    return _pagina(request, ticket, acta, form)


def _se_puede_firmar(ticket) -> bool:
    return ticket.estado == T.POR_FIRMAR and ticket.firmado_en is None


def _no_se_firma(request, ticket) -> HttpResponse:
    mensaje = (
        "Este ticket ya tiene tu firma. No hay nada más que firmar."
        if ticket.firmado_en
        else "Este ticket no espera una firma en este momento."
    )
    return rechazo(request, Conflicto(mensaje), url_del_caso(ticket), caso=ticket)


def _firmar(request, ticket) -> HttpResponse:
    if not _se_puede_firmar(ticket):
        return _no_se_firma(request, ticket)
    acta = Acta.de(ticket)
    form = FormFirma(request.POST)
    desafio = _desafio(request, ticket)
    if not form.is_valid():
        return _pagina(request, ticket, acta, form, status=422)
    if form.cleaned_data["huella"] != acta.sha256:
        # Nothing of the code is spent on an act that is not the one that was read.
        return _leer_de_nuevo(request, ticket, form, ACTA_CAMBIO)
    if desafio is None:
        form.add_error("codigo", "Primero pide un código: lo enviamos a tu correo.")
        return _pagina(request, ticket, acta, form, status=422)
    try:
        codigos.comprobar(request, desafio, form.cleaned_data["codigo"])
        with transaction.atomic():
            codigos.consumir(desafio)
            _tramitar(request, ticket, form)
    except codigos.CodigoErrado as error:
        form.add_error("codigo", error.mensaje)
        return _pagina(request, ticket, acta, form, status=error.status)
    except Rechazo as error:
        ticket = ticket_o_404(request, ticket.publico)
        if not _se_puede_firmar(ticket):
            return rechazo(request, error, url_del_caso(ticket), caso=ticket)
        return _leer_de_nuevo(request, ticket, form, error.mensaje)
    codigos.olvidar(request, Proposito.FIRMA)
    return HttpResponseRedirect(url_del_caso(ticket))


def _ip(request) -> str:
    """The client's address for the evidence; nothing if what came is not one."""
    try:
        return str(ip_address(direccion(request)))
    except ValueError:
        return ""


def _tramitar(request, ticket, form) -> None:
    datos = form.cleaned_data
    tramitar(
        ticket,
        "firmar",
        request.cliente,
        canal="web",
        visto=datos["visto"],
        nombre=datos["nombre"],
        huella=datos["huella"],
        evidencia={
            "metodo": "dibujo" if form.camino else "codigo",
            "trazo": form.camino,
            "direccion_ip": _ip(request),
            "navegador": request.headers.get("User-Agent", "")[:200],
        },
    )


def _leer_de_nuevo(request, ticket, form, aviso) -> HttpResponse:
    """Something moved since the page was read: show it again with what was written."""
    acta = Acta.de(ticket)
    nuevo = FormFirma(
        initial={
            **{c: form.cleaned_data[c] for c in ("nombre", "codigo", "modo", "trazo")},
            "huella": acta.sha256,
            "visto": ticket.cadena_largo,
        }
    )
    return _pagina(request, ticket, acta, nuevo, aviso=aviso, status=409)


def _desafio(request, ticket):
    return codigos.pendiente(request, request.empresa, Proposito.FIRMA, ticket.publico)


def _pagina(request, ticket, acta, form, aviso="", status=200) -> HttpResponse:
    desafio = _desafio(request, ticket)
    contexto = {
        "ticket": ticket,
        "acta": acta,
        "form": form,
        "aviso": aviso,
        "hay_errores": bool(aviso),
        "codigo_pedido": desafio is not None and desafio.usado_en is None,
        **_pendientes(ticket),
        "url_caso": url_del_caso(ticket),
    }
    return render(request, "icalma/firma.html", contexto, status=status)


def _pendientes(ticket) -> dict:
    """Rejections under review (D-03), and those that signing would accept."""
    estados = [o.estado for o in ticket.observaciones.all()]
    return {
        "en_consulta": estados.count(O.EN_CONSULTA),
        "sin_responder": estados.count(O.RECHAZADA),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def pedir_codigo(request: HttpRequest, empresa, publico: str) -> HttpResponse:
    """Mail a code that signs this ticket and nothing else.

    Its answer is a page, so people reload it or come back to it: looking leads to the signing page.
    """
    ticket = ticket_o_404(request, publico)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("icalma:firma", args=[publico]))
    if not _se_puede_firmar(ticket):
        return _no_se_firma(request, ticket)
    try:
        codigos.pedir(
            request,
            empresa=request.empresa,
            sede=ticket.sede,
            cliente=request.cliente,
            numero=request.cliente.numero,
            proposito=Proposito.FIRMA,
            referencia=ticket.publico,
        )
    except codigos.Demasiados as error:
        return rechazo(request, error, reverse("icalma:firma", args=[publico]), caso=ticket)
    acta = Acta.de(ticket)
    escrito = {c: request.POST.get(c, "") for c in ("nombre", "leido", "modo")}
    escrito["trazo"] = request.POST.get("trazo", "")[:LETRAS]
    form = FormFirma(initial={**escrito, "huella": acta.sha256, "visto": ticket.cadena_largo})
    return _pagina(request, ticket, acta, form)


@require_safe
@sesion.con_cliente
def acta_firmada(request: HttpRequest, empresa, publico: str) -> HttpResponse:
    """The act as it was signed, with its signature: what was stored, never computed again."""
    ticket = ticket_o_404(request, publico)
    firmadas = Documento.objects.filter(expediente=ticket, tipo="conformidad")
    documento = firmadas.filter(firma__isnull=False).select_related("firma__testigo").last()
    if documento is None:
        raise Http404("Este ticket no tiene un acta firmada")
    contexto = {
        "ticket": ticket,
        "documento": documento,
        "acta": Acta(json.loads(documento.canonico), documento.sha256, ""),
        "firma": documento.firma,
        "rut": mostrar_rut(documento.firma.numero_documento),
        "cuando": fecha_en_palabras(documento.firma.firmado_en, ticket.sede.tz, con_anio=True),
        "url_caso": url_del_caso(ticket),
    }
    return render(request, "icalma/acta_firmada.html", contexto)
