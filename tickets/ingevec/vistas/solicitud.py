"""What is asked for: one requerimiento after another with its photos, or a consulta."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from postventa.calendario import hora
from postventa.expedientes import subidas
from postventa.portal import sesion
from postventa.portal.fotos import con_fotos
from tickets.ingevec.borrador import BORRADORES, REQUERIMIENTOS
from tickets.ingevec.forms import FormConsulta, FormRequerimiento, tecleado
from tickets.ingevec.portal import PASOS
from tickets.ingevec.vistas.comun import ir
from tickets.inmuebles import escritura, fotos, paginas
from tickets.inmuebles.borrador import abierta, esta_vacia
from tickets.inmuebles.paginas import unidad_o_404


@require_safe
@sesion.con_cliente
def elegir_unidad(request: HttpRequest, empresa) -> HttpResponse:
    """Which home it is about: asked only of who has several."""
    return paginas.elegir_unidad(request, "ingevec:urgencia", PASOS)


@sesion.con_cliente
@con_fotos
@require_http_methods(["GET", "HEAD", "POST"])
def requerimientos(request: HttpRequest, empresa, unidad: int) -> HttpResponse:
    """Write one requerimiento at a time; every button keeps what was typed."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    if request.method == "POST":
        return _recibir(request, unidad, ahora)
    borrador = BORRADORES.buscar_o_nuevo(request.cliente, unidad, ahora)
    urgencia = borrador.datos.get("urgencia")
    if urgencia != "":
        return ir("urgente" if urgencia else "urgencia", unidad)
    return _pagina(request, unidad, borrador, FormRequerimiento(initial=abierta(borrador)))


def _recibir(request, unidad, ahora) -> HttpResponse:
    accion, _, clave = request.POST.get("accion", "agregar").partition(":")
    form = FormRequerimiento(initial=request.POST.dict())

    def hacer(borrador, parte, problemas):
        nonlocal accion, form
        if _se_agrega(accion, parte):
            form = FormRequerimiento(request.POST)
            accion = f"{accion}+"
        problemas += _antes_de(accion, borrador, parte)
        return not problemas and _aplicar(accion, clave, borrador, parte, form)

    borrador, problemas, hecho = escritura.guardar(
        request, BORRADORES, unidad, ahora, tecleado(request.POST), hacer
    )
    if not hecho:
        return _pagina(request, unidad, borrador, form, problemas, fotos.estado_de(request))
    if accion.startswith("seguir"):
        return ir("visita", unidad)
    ancla = "lista" if accion in ("agregar+", "quitar") else "formulario"
    return HttpResponseRedirect(f"{_aqui(unidad)}#{ancla}")


def _aqui(unidad) -> str:
    return reverse("ingevec:requerimientos", args=[unidad.pk])


def _se_agrega(accion, parte) -> bool:
    """Going on adds what is still being written: nobody has to press twice for one thing."""
    return accion == "agregar" or (accion == "seguir" and not esta_vacia(parte))


def _antes_de(accion, borrador, parte) -> list[str]:
    """What keeps a button from doing its work, whatever the fields say."""
    agregados = borrador.datos["requerimientos"]
    if accion.endswith("+") and len(agregados) >= REQUERIMIENTOS and "id" not in parte:
        return [f"Una solicitud lleva hasta {REQUERIMIENTOS} requerimientos."]
    if accion == "seguir" and not agregados:
        return ["Describa al menos un requerimiento para continuar."]
    return []


def _aplicar(accion, clave, borrador, parte, form) -> bool:
    """Do what the button says; False if the form has to be shown again with its errors."""
    if accion.endswith("+"):
        if not form.is_valid():
            return False
        parte |= form.cleaned_data
        BORRADORES.agregar(borrador, parte)
    if accion.startswith("seguir"):
        borrador.datos["consulta"] = ""
    else:
        escritura.corregir(BORRADORES, borrador, parte, accion, clave)
    return True


def _pagina(request, unidad, borrador, form, problemas=(), status=200) -> HttpResponse:
    contexto = {
        "unidad": unidad,
        "form": form,
        "abierta": abierta(borrador),
        "agregados": borrador.datos["requerimientos"],
        "problemas": problemas,
        "hay_errores": bool(problemas or form.errors),
        "pasos": PASOS,
        "maximo_fotos": subidas.POR_OBSERVACION,
        "acepta": subidas.ACEPTA,
    }
    return render(request, "ingevec/requerimientos.html", contexto, status=status)


@sesion.con_cliente
@con_fotos
@require_POST
def foto(request: HttpRequest, empresa, unidad: int) -> JsonResponse:
    """Take one photo while the owner keeps writing."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    return fotos.tomar_una(request, BORRADORES, unidad, ahora)


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.con_cliente
def consulta(request: HttpRequest, empresa, unidad: int) -> HttpResponse:
    """A question, which nobody inspects (001:10)."""
    ahora = hora.ahora()
    unidad = unidad_o_404(request, unidad, ahora)
    form = FormConsulta(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with BORRADORES.editar(request.cliente, unidad, ahora) as (borrador, _):
            borrador.datos["consulta"] = form.cleaned_data["consulta"]
        return ir("visita", unidad)
    borrador = BORRADORES.buscar_o_nuevo(request.cliente, unidad, ahora)
    if not form.is_bound:
        form = FormConsulta(initial={"consulta": borrador.datos.get("consulta", "")})
    contexto = {
        "unidad": unidad,
        "form": form,
        "agregados": len(borrador.datos["requerimientos"]),
        "pasos": PASOS,
    }
    return render(request, "ingevec/consulta.html", contexto, status=422 if form.errors else 200)
