"""The page of a number, for who carries it: its place, its desk when called, and one question."""

import io

import qrcode
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.image.svg import SvgPathImage

from comteco.recepcion import turnos
from comteco.recepcion.anotaciones import no_se_encuesta
from comteco.recepcion.flujo import EstadoFicha
from comteco.recepcion.models import Ficha
from comteco.recepcion.vistas.publico import Inventada, publica
from postventa.calendario import hora
from postventa.personas.actores import Actor
from postventa.tramitacion.acciones import anotar
from postventa.tramitacion.errores import Rechazo


@publica
@require_http_methods(["GET", "HEAD", "POST"])
def ficha(request: HttpRequest, publico: str) -> HttpResponse:
    """Whoever holds the address sees a number, never who carries it."""
    suya = _ficha_o_404(publico)
    request.empresa, request.cliente = suya.sede.empresa, None
    if request.method == "POST":
        return _responder(request, suya)
    return _pagina(request, suya)


def _responder(request, suya: Ficha) -> HttpResponse:
    """The survey, once: the second answer changes nothing and is told so."""
    # Asked before the door too: who sends it again and again locks nothing.
    if motivo := no_se_encuesta(suya, hora.ahora()):
        return _pagina(request, suya, motivo, 409)
    dicho = {"si": True, "no": False}.get(request.POST.get("satisfecho"))
    quien = Actor("cliente", "Quien lleva la ficha", cliente=suya.atencion.cliente)
    try:
        anotar(suya, "encuestar", quien, canal="qr", satisfecho=dicho)
    except Rechazo as rechazo:
        return _pagina(request, _ficha_o_404(suya.publico), rechazo.mensaje, rechazo.status)
    return redirect("sala:ficha", suya.publico)


def _pagina(request, suya: Ficha, error="", status=200) -> HttpResponse:
    ultima = suya
    while ultima.estado == EstadoFicha.DERIVADA:
        ultima = ultima.sigue_en
    ahora = hora.ahora()
    contexto = {
        "ficha": suya,
        "ya_paso": suya.dia < ahora.astimezone(suya.sede.tz).date(),
        "se_encuesta": not no_se_encuesta(suya, ahora),
        "sigue": ultima if ultima is not suya else None,
        "delante": turnos.delante(suya) if suya.estado == EstadoFicha.EMITIDA else 0,
        "error": error,
        "hay_errores": bool(error),
    }
    return render(request, "comteco/ficha.html", contexto, status=status)


@publica
@require_safe
def qr(request: HttpRequest, publico: str) -> HttpResponse:
    """The address of the number's page, to read with a telephone from the reception's screen."""
    dibujo = io.BytesIO()
    qrcode.make(direccion(_ficha_o_404(publico)), image_factory=SvgPathImage).save(dibujo)
    return HttpResponse(dibujo.getvalue(), content_type="image/svg+xml")


def direccion(suya: Ficha) -> str:
    """Always the configured site: never the request's host."""
    return settings.SITE_URL.rstrip("/") + reverse("sala:ficha", args=[suya.publico])


def _ficha_o_404(publico: str) -> Ficha:
    con = ("sede__empresa", "unidad", "meson", "atencion__cliente")
    suya = Ficha.objects.select_related(*con).filter(publico=publico).first()
    if suya is None:
        raise Inventada("No existe esa ficha")
    return suya
