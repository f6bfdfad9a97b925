"""Checking the answers, sending them once, and the page that says what was promised."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from postventa.calendario import hora
from postventa.calendario.palabras import cantidad_en_palabras
from postventa.calendario.unidades import Unidad as UnidadDePlazo
from postventa.plazos.por_que import por_que
from postventa.plazos.reloj import politica_vigente
from postventa.portal import horas, sesion
from postventa.portal.errores import rechazo
from postventa.tramitacion.errores import NoAutorizado, Rechazo
from tickets.icalma.borrador import BORRADORES, para_ingresar
from tickets.icalma.catalogo import Catalogo
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Exclusion, Ticket
from tickets.icalma.vistas.comun import (
    PASOS,
    ticket_o_404,
    tickets_de,
)
from tickets.inmuebles.borrador import olvidar
from tickets.inmuebles.models import Unidad
from tickets.inmuebles.paginas import FormularioViejo, unidad_o_404, url_del_caso, uuid_de


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def revisar(request: HttpRequest, empresa, unidad: int) -> HttpResponse:
    """The answers before they are frozen (I-05, I-20), and their sending."""
    ahora = hora.ahora()
    aviso, status = "", 200
    if request.method == "POST":
        nonce = uuid_de(request.POST.get("nonce", ""))
        try:
            if ticket := _enviar(request, unidad, nonce, ahora):
                return HttpResponseRedirect(reverse("icalma:recibido", args=[ticket.publico]))
        except NoAutorizado:
            pass  # sold while they wrote: as if the home had never been theirs
        except Rechazo as error:
            aviso, status = error.mensaje, error.status
    unidad = unidad_o_404(request, unidad, ahora)
    if request.method == "POST" and not aviso:
        return _nada_que_enviar(request, unidad, nonce)
    borrador = BORRADORES.buscar(request.cliente, unidad, ahora)
    if borrador is None or not (aviso or borrador.datos["observaciones"]):
        return HttpResponseRedirect(reverse("icalma:observaciones", args=[unidad.pk]))
    return _pagina(request, empresa, unidad, borrador, aviso, status)


@transaction.atomic
def _enviar(request, unidad: int, nonce, ahora) -> Ticket | None:
    """Turn the draft into its ticket: all or nothing; None if that form has no draft (any more)."""
    borrador = BORRADORES.retirar(request.cliente, unidad, nonce, ahora)
    if borrador is None:
        return None
    if request.POST.get("huella") != BORRADORES.huella(borrador):
        raise FormularioViejo(
            "Cambiaste tus observaciones en otra ventana. Revisa cómo quedaron y envía."
        )
    observaciones, fotos = para_ingresar(borrador)
    ticket = ingresar(
        Unidad(pk=unidad),
        request.cliente,
        observaciones,
        nonce=nonce,
        fotos=fotos,
        borrador=borrador.pk,
        ahora=ahora,
        savepoint=False,
    )
    olvidar(BORRADORES.sueltas_de(borrador))
    return ticket


def _nada_que_enviar(request, unidad, nonce) -> HttpResponse:
    """The same form again (double click, Back, another tab): the same confirmation (RF-11)."""
    ticket = tickets_de(request.cliente).filter(nonce=nonce).first() if nonce else None
    if ticket is not None:
        return HttpResponseRedirect(reverse("icalma:recibido", args=[ticket.publico]))
    error = FormularioViejo(
        "Esta página es antigua: el requerimiento que mostraba ya no está abierto. No se envió "
        "nada. Vuelve a tus observaciones para ver qué quedó guardado."
    )
    return rechazo(request, error, reverse("icalma:observaciones", args=[unidad.pk]))


def _pagina(request, empresa, unidad, borrador, aviso="", status=200) -> HttpResponse:
    agregadas = borrador.datos["observaciones"]
    nombres = {o["nombres"]["recinto"] for o in agregadas}
    por_firmar = Ticket.objects.filter(
        unidad=unidad, estado=T.POR_FIRMAR, firmado_en__isnull=True
    ).first()
    politica = politica_vigente(empresa.pk, "contacto")
    contexto = {
        "unidad": unidad,
        "borrador": borrador,
        "huella": BORRADORES.huella(borrador),
        "agregadas": agregadas,
        "sin_mirar": Catalogo.de(empresa).sin_mirar(nombres),
        "por_firmar": por_firmar,
        "por_firmar_es_suyo": por_firmar and por_firmar.cliente_id == request.cliente.pk,
        "exclusiones": Exclusion.labels,
        "atencion": horas.estado(unidad.proyecto, hora.ahora()),
        "plazo_contacto": cantidad_en_palabras(politica.cantidad, UnidadDePlazo(politica.unidad)),
        "pasos": PASOS,
        "aviso": aviso,
        "hay_errores": bool(aviso),
    }
    return render(request, "icalma/revisar.html", contexto, status=status)


@require_safe
@sesion.con_cliente
def recibido(request: HttpRequest, empresa, publico: str) -> HttpResponse:
    """What was received, by when we answer and why that date."""
    ticket = ticket_o_404(request, publico)
    contacto = ticket.plazos.filter(codigo="contacto").select_related("politica__jornada").last()
    observaciones = list(ticket.observaciones.prefetch_related("fotos"))
    bloquea = ticket.bloqueado_por if ticket.estado == T.RETENIDO else None
    contexto = {
        "ticket": ticket,
        "bloquea": bloquea,
        "bloquea_es_suyo": bloquea and bloquea.cliente_id == request.cliente.pk,
        "porque": contacto and por_que(contacto, ticket.sede),
        "cantidad": len(observaciones),
        "cantidad_fotos": sum(len(o.fotos.all()) for o in observaciones),
        "url_caso": url_del_caso(ticket),
    }
    return render(request, "icalma/recibido.html", contexto)
