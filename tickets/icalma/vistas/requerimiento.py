"""From choosing the home to sending the request (I-04, I-05)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from postventa.calendario import hora
from postventa.expedientes import subidas
from postventa.expedientes.models import Adjunto
from postventa.portal import sesion
from tickets.icalma import borrador as borradores
from tickets.icalma.catalogo import Catalogo
from tickets.icalma.forms import FormObservacion, tecleado
from tickets.icalma.vistas.comun import PASOS, con_fotos, unidad_o_404


@require_safe
@sesion.con_cliente
def elegir_unidad(request: HttpRequest, empresa) -> HttpResponse:
    """Which home it is about: asked only of who has several."""
    unidades = borradores.unidades_de(empresa, request.cliente, hora.ahora())
    if len(unidades) == 1:
        return HttpResponseRedirect(reverse("icalma:observaciones", args=[unidades[0].pk]))
    contexto = {"unidades": unidades, "pasos": PASOS}
    return render(request, "icalma/elegir_unidad.html", contexto)


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
    borrador = _borrador(request, unidad, ahora)
    form = FormObservacion(catalogo=catalogo, initial=borradores.abierta(borrador))
    return _pagina(request, unidad, catalogo, borrador, form)


def _borrador(request, unidad, ahora):
    hallado = borradores.buscar(request.cliente, unidad, ahora)
    return hallado or borradores.nuevo(request.cliente, unidad, ahora)


def _recibir(request, unidad, catalogo, ahora) -> HttpResponse:
    accion, _, clave = request.POST.get("accion", "continuar").partition(":")
    fotos, problemas = _fotos(request)
    # Only adding judges the whole form; the other buttons keep what is there so far.
    como = {"data": request.POST} if accion == "agregar" else {"initial": request.POST.dict()}
    form = FormObservacion(catalogo=catalogo, **como)
    try:
        with borradores.editar(request.cliente, unidad, ahora) as (borrador, aceptados):
            parte = borradores.parte_de(borrador, request.POST.get("edita", ""))
            parte.update(tecleado(request.POST, catalogo))
            problemas += _guardar_fotos(borrador, parte, fotos, ahora, aceptados)
            problemas += _antes_de(accion, borrador, parte)
            hecho = not problemas and _aplicar(accion, clave, borrador, parte, form)
    except OSError as error:
        request.disco_lleno = subidas.sin_espacio(error)
        borrador, hecho, problemas = _borrador(request, unidad, ahora), False, [subidas.SIN_ESPACIO]
    if not hecho:
        status = 507 if getattr(request, "disco_lleno", False) else 422
        return _pagina(request, unidad, catalogo, borrador, form, problemas, status)
    if accion == "revisar":
        return HttpResponseRedirect(reverse("icalma:revisar", args=[unidad.pk]))
    destino = reverse("icalma:observaciones", args=[unidad.pk])
    ancla = "lista" if accion in ("agregar", "quitar") else "formulario"
    return HttpResponseRedirect(f"{destino}#{ancla}")


def _antes_de(accion, borrador, parte) -> list[str]:
    """What keeps a button from doing its work, whatever the fields say."""
    agregadas = borrador.datos["observaciones"]
    if accion == "agregar" and len(agregadas) >= borradores.OBSERVACIONES and "id" not in parte:
        return [f"Un ticket lleva hasta {borradores.OBSERVACIONES} observaciones."]
    if accion == "revisar" and not borradores.esta_vacia(parte):
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
        borradores.agregar(borrador, parte, form.eleccion)
    elif accion == "quitar":
        borradores.quitar(borrador, clave)
    elif accion == "editar":
        borradores.poner_en_edicion(borrador, clave)
    elif accion == "borrar":
        borradores.soltar(borrador, parte)
    elif accion == "quitar_foto":
        parte["fotos"] = [f for f in parte.get("fotos", []) if f != clave]
    return True


def _fotos(request, cuantas: int = subidas.POR_OBSERVACION) -> tuple[list, list[str]]:
    """The photos that can be taken, already cleaned, and why the others cannot. Only the first
    `cuantas` are decoded."""
    fotos, problemas = [], list(getattr(request, "fotos_rechazadas", ()))
    archivos = request.FILES.getlist("fotos")
    if len(archivos) > subidas.POR_OBSERVACION:
        problemas.append(f"Cada observación lleva hasta {subidas.POR_OBSERVACION} fotos.")
    for archivo in archivos[:cuantas]:
        try:
            fotos.append(subidas.revisar(archivo))
        except ValidationError as error:
            problemas += error.messages
    return fotos, problemas


def _guardar_fotos(borrador, parte, fotos, ahora, aceptados) -> list[str]:
    for foto in fotos:
        if problema := borradores.cabe_otra_foto(borrador, parte):
            return [problema]
        adjunto = subidas.guardar(foto, ahora=ahora, borrador=borrador)
        aceptados.append(adjunto)
        parte["fotos"] = [*parte.get("fotos", []), adjunto.publico]
    return []


def _pagina(request, unidad, catalogo, borrador, form, problemas=(), status=200) -> HttpResponse:
    abierta = borradores.abierta(borrador)
    agregadas = borrador.datos["observaciones"]
    nombres = {o["nombres"]["recinto"] for o in agregadas}
    contexto = {
        "unidad": unidad,
        "form": form,
        "abierta": abierta,
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
    """Take one photo while the owner keeps writing; the script's way, with its progress bar."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    fotos, problemas = _fotos(request, 1)
    adjunto = None
    if not problemas and fotos:
        try:
            with borradores.editar(request.cliente, unidad, ahora) as (borrador, aceptados):
                parte = borradores.parte_de(borrador, request.POST.get("edita", ""))
                problemas += _guardar_fotos(borrador, parte, fotos, ahora, aceptados)
            adjunto = next(iter(aceptados), None)
        except OSError as error:
            request.disco_lleno, problemas = subidas.sin_espacio(error), [subidas.SIN_ESPACIO]
    if adjunto is None:
        status = 507 if getattr(request, "disco_lleno", False) else 422
        return JsonResponse({"error": " ".join(problemas) or "Elige una foto."}, status=status)
    return JsonResponse({"publico": adjunto.publico, "url": _url_de(request, adjunto)})


def _url_de(request, adjunto: Adjunto) -> str:
    return reverse("portal:adjunto", args=[request.empresa.codigo, adjunto.publico])


@require_POST
@sesion.con_cliente
def vaciar(request: HttpRequest, empresa, unidad: int) -> HttpResponse:
    """Throw the draft away, photos included."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    with transaction.atomic():
        if borrador := borradores.a_solas(request.cliente, unidad, ahora):
            borradores.descartar(borrador, list(borrador.adjuntos.all()))
    return HttpResponseRedirect(reverse("icalma:observaciones", args=[unidad.pk]))
