"""From choosing the home to sending the request (I-04, I-05)."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from postventa.calendario import hora
from postventa.expedientes import subidas
from postventa.portal import sesion
from postventa.portal.fotos import con_fotos
from tickets.icalma.borrador import BORRADORES, OBSERVACIONES
from tickets.icalma.catalogo import Catalogo
from tickets.icalma.forms import FormObservacion, tecleado
from tickets.icalma.vistas.comun import PASOS
from tickets.inmuebles import escritura, fotos, paginas
from tickets.inmuebles.borrador import abierta, descartar, esta_vacia
from tickets.inmuebles.paginas import unidad_o_404


@require_safe
@sesion.con_cliente
def elegir_unidad(request: HttpRequest, empresa) -> HttpResponse:
    """Which home it is about: asked only of who has several."""
    return paginas.elegir_unidad(request, "icalma:observaciones", PASOS)


@sesion.con_cliente
@con_fotos
@require_http_methods(["GET", "HEAD", "POST"])
def observaciones(request: HttpRequest, empresa, unidad: int) -> HttpResponse:
    """Write one observation at a time; every button keeps what was typed."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    catalogo = Catalogo.de(empresa)
    if request.method == "POST":
        return _recibir(request, unidad, catalogo, ahora)
    borrador = BORRADORES.buscar_o_nuevo(request.cliente, unidad, ahora)
    form = FormObservacion(catalogo=catalogo, initial=abierta(borrador))
    return _pagina(request, unidad, catalogo, borrador, form)


def _recibir(request, unidad, catalogo, ahora) -> HttpResponse:
    accion, _, clave = request.POST.get("accion", "continuar").partition(":")
    # Only adding judges the whole form; the other buttons keep what is there so far.
    como = {"data": request.POST} if accion == "agregar" else {"initial": request.POST.dict()}
    form = FormObservacion(catalogo=catalogo, **como)

    def hacer(borrador, parte, problemas):
        problemas += _antes_de(accion, borrador, parte)
        return not problemas and _aplicar(accion, clave, borrador, parte, form)

    borrador, problemas, hecho = escritura.guardar(
        request, BORRADORES, unidad, ahora, tecleado(request.POST, catalogo), hacer
    )
    if not hecho:
        status = fotos.estado_de(request)
        return _pagina(request, unidad, catalogo, borrador, form, problemas, status)
    if accion == "revisar":
        return HttpResponseRedirect(reverse("icalma:revisar", args=[unidad.pk]))
    destino = reverse("icalma:observaciones", args=[unidad.pk])
    ancla = "lista" if accion in ("agregar", "quitar") else "formulario"
    return HttpResponseRedirect(f"{destino}#{ancla}")


def _antes_de(accion, borrador, parte) -> list[str]:
    """What keeps a button from doing its work, whatever the fields say."""
    agregadas = borrador.datos["observaciones"]
    if accion == "agregar" and len(agregadas) >= OBSERVACIONES and "id" not in parte:
        return [f"Un ticket lleva hasta {OBSERVACIONES} observaciones."]
    if accion == "revisar" and not esta_vacia(parte):
        return [
            "Tienes una observación escrita que aún no agregas. Agrégala, o borra lo escrito, y "
            "después revisa."
        ]
    if accion == "revisar" and not agregadas:
        return ["Agrega al menos una observación antes de revisar y enviar."]
    return []


def _aplicar(accion, clave, borrador, parte, form) -> bool:
    """Do what the button says; False if the form has to be shown again with its errors."""
    if accion == "agregar":
        if not form.is_valid():
            return False
        parte["descripcion"] = form.cleaned_data["descripcion"]
        BORRADORES.agregar(borrador, parte, nombres=form.eleccion)
    else:
        escritura.corregir(BORRADORES, borrador, parte, accion, clave)
    return True


def _pagina(request, unidad, catalogo, borrador, form, problemas=(), status=200) -> HttpResponse:
    agregadas = borrador.datos["observaciones"]
    nombres = {o["nombres"]["recinto"] for o in agregadas}
    contexto = {
        "unidad": unidad,
        "form": form,
        "abierta": abierta(borrador),
        "agregadas": agregadas,
        "sin_mirar": catalogo.sin_mirar(nombres),
        "catalogo": catalogo.en_json(),
        "problemas": problemas,
        "hay_errores": bool(problemas or form.errors),
        "pasos": PASOS,
        "maximo_fotos": subidas.POR_OBSERVACION,
        "acepta": subidas.ACEPTA,
    }
    return render(request, "icalma/observaciones.html", contexto, status=status)


@sesion.con_cliente
@con_fotos
@require_POST
def foto(request: HttpRequest, empresa, unidad: int) -> JsonResponse:
    """Take one photo while the owner keeps writing."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    return fotos.tomar_una(request, BORRADORES, unidad, ahora)


@require_POST
@sesion.con_cliente
def vaciar(request: HttpRequest, empresa, unidad: int) -> HttpResponse:
    """Throw the draft away, photos included."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    with transaction.atomic():
        if borrador := BORRADORES.a_solas(request.cliente, unidad, ahora):
            descartar(borrador, list(borrador.adjuntos.all()))
    return HttpResponseRedirect(reverse("icalma:observaciones", args=[unidad.pk]))
