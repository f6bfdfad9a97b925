"""Checking the answers, sending them once, and the page that says what was promised."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from postventa.calendario import hora
from postventa.calendario.palabras import cantidad_en_palabras
from postventa.calendario.unidades import Unidad
from postventa.plazos.por_que import por_que
from postventa.plazos.reloj import politica_vigente
from postventa.portal import horas, sesion
from postventa.tramitacion.errores import Rechazo
from tickets.icalma import borrador as borradores
from tickets.icalma.catalogo import Catalogo
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Exclusion, Ticket
from tickets.icalma.vistas.comun import PASOS, rechazo, ticket_o_404, tickets_de, url_del_caso


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def revisar(request: HttpRequest, empresa, unidad: int) -> HttpResponse:
    """The answers before they are frozen (I-05, I-20), and their sending."""
    ahora = hora.ahora()
    unidad = get_object_or_404(borradores.unidades_de(empresa, request.cliente, ahora), pk=unidad)
    if request.method == "POST":
        with transaction.atomic():
            borrador = borradores.a_solas(request.cliente, unidad, ahora)
            return _enviar(request, empresa, unidad, borrador, ahora)
    borrador = borradores.buscar(request.cliente, unidad, ahora)
    if borrador is None or not borrador.datos["observaciones"]:
        return HttpResponseRedirect(reverse("icalma:observaciones", args=[unidad.pk]))
    return _pagina(request, empresa, unidad, borrador)


def _enviar(request, empresa, unidad, borrador, ahora) -> HttpResponse:
    nonce = _uuid(request.POST.get("nonce", ""))
    if borrador is None or borrador.nonce != nonce:
        return _ya_enviado(request, unidad, nonce)
    if request.POST.get("huella") != borradores.huella(borrador):
        aviso = "Cambiaste tus observaciones en otra ventana. Revisa cómo quedaron y envía."
        return _pagina(request, empresa, unidad, borrador, aviso, 409)
    observaciones, fotos, sueltas = borradores.para_ingresar(borrador)
    try:
        ticket = ingresar(
            unidad, request.cliente, observaciones, nonce=nonce, fotos=fotos, ahora=ahora
        )
    except Rechazo as error:
        return _pagina(request, empresa, unidad, borrador, error.mensaje, error.status)
    borradores.descartar(borrador, sueltas)
    return HttpResponseRedirect(reverse("icalma:recibido", args=[ticket.publico]))


def _ya_enviado(request, unidad, nonce) -> HttpResponse:
    """The same form again (double click, Back, another tab): the same confirmation (RF-11)."""
    ticket = tickets_de(request.cliente).filter(nonce=nonce).first() if nonce else None
    if ticket is not None:
        return HttpResponseRedirect(reverse("icalma:recibido", args=[ticket.publico]))
    error = FormularioViejo(
        "Esta página es antigua: el requerimiento que mostraba ya no está abierto. No se envió "
        "nada. Vuelve a tus observaciones para ver qué quedó guardado."
    )
    return rechazo(request, error, reverse("icalma:observaciones", args=[unidad.pk]))


class FormularioViejo(Rechazo):
    status = 409


def _uuid(texto: str) -> UUID | None:
    try:
        return UUID(texto)
    except ValueError:
        return None


def _pagina(request, empresa, unidad, borrador, aviso="", status=200) -> HttpResponse:
    agregadas = borrador.datos["observaciones"]
    nombres = {o["nombres"]["recinto"] for o in agregadas}
    por_firmar = Ticket.objects.filter(
        unidad=unidad, estado=T.POR_FIRMAR, firmado_en__isnull=True
    ).first()
    politica = politica_vigente(empresa.pk, "contacto")
    unidad.proyecto.empresa = empresa  # already here with its hours
    contexto = {
        "unidad": unidad,
        "borrador": borrador,
        "huella": borradores.huella(borrador),
        "agregadas": agregadas,
        "sin_mirar": Catalogo.de(empresa).sin_mirar(nombres),
        "por_firmar": por_firmar,
        "por_firmar_es_suyo": por_firmar and por_firmar.cliente_id == request.cliente.pk,
        "exclusiones": Exclusion.labels,
        "atencion": horas.estado(unidad.proyecto, hora.ahora()),
        "plazo_contacto": cantidad_en_palabras(politica.cantidad, Unidad(politica.unidad)),
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
