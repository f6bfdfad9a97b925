"""From choosing the home to sending the request (I-04, I-05)."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from postventa.calendario import hora
from postventa.expedientes import subidas
from postventa.portal import sesion
from tickets.icalma.borrador import BORRADORES, OBSERVACIONES
from tickets.icalma.catalogo import Catalogo
from tickets.icalma.forms import FormObservacion, tecleado
from tickets.icalma.vistas.comun import PASOS
from tickets.inmuebles import fotos
from tickets.inmuebles.borrador import abierta, descartar, esta_vacia, parte_de, soltar
from tickets.inmuebles.paginas import unidad_o_404, unidades_de


@require_safe
@sesion.con_cliente
def elegir_unidad(request: HttpRequest, empresa) -> HttpResponse:
    """Which home it is about: asked only of who has several."""
    unidades = unidades_de(empresa, request.cliente, hora.ahora())
    if len(unidades) == 1:
        return HttpResponseRedirect(reverse("icalma:observaciones", args=[unidades[0].pk]))
    contexto = {"unidades": unidades, "pasos": PASOS, "ruta": "icalma:observaciones"}
    return render(request, "portal/elegir_unidad.html", contexto)


@sesion.con_cliente
@fotos.con_fotos
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
    nuevas, problemas = fotos.leer(request, BORRADORES)
    # Only adding judges the whole form; the other buttons keep what is there so far.
    como = {"data": request.POST} if accion == "agregar" else {"initial": request.POST.dict()}
    form = FormObservacion(catalogo=catalogo, **como)
    try:
        with BORRADORES.editar(request.cliente, unidad, ahora) as (borrador, aceptados):
            parte = parte_de(borrador, request.POST.get("edita", ""))
            parte.update(tecleado(request.POST, catalogo))
            problemas += fotos.guardar(BORRADORES, borrador, parte, nuevas, ahora, aceptados)
            problemas += _antes_de(accion, borrador, parte)
            hecho = not problemas and _aplicar(accion, clave, borrador, parte, form)
    except OSError as error:
        request.disco_lleno = subidas.sin_espacio(error)
        borrador = BORRADORES.buscar_o_nuevo(request.cliente, unidad, ahora)
        hecho, problemas = False, [subidas.SIN_ESPACIO]
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
    elif accion == "quitar":
        BORRADORES.quitar(borrador, clave)
    elif accion == "editar":
        BORRADORES.poner_en_edicion(borrador, clave)
    elif accion == "borrar":
        soltar(borrador, parte)
    elif accion == "quitar_foto":
        parte["fotos"] = [f for f in parte.get("fotos", []) if f != clave]
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
@fotos.con_fotos
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
