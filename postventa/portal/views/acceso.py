"""Coming in: place and document, one neutral page, a code, and out again (D-12, 12.7)."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from postventa.empresas.models import Empresa, Sede
from postventa.expedientes.salas import PortalDeSala, sala_de_empresa
from postventa.portal import codigos, sesion
from postventa.portal.forms import FormAcceso, FormCodigo
from postventa.portal.models import Desafio, Proposito

DESTINO = "destino"


def portal_o_404(empresa: Empresa) -> PortalDeSala:
    """The customers' side of the company's room; 404 while it has none."""
    sala = sala_de_empresa(empresa.codigo)
    if sala is None:
        raise Http404("Esta empresa aún no atiende por aquí")
    return sala.portal


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.de_empresa
def acceso(request: HttpRequest, empresa: Empresa) -> HttpResponse:
    """Ask for place and document; whoever is named, the answer is the same page."""
    portal = portal_o_404(empresa)
    if request.method == "GET" and request.cliente:
        return HttpResponseRedirect(_destino(empresa, request.GET.get("next")))
    datos = request.POST if request.method == "POST" else None
    siguiente = (request.POST if datos is not None else request.GET).get("next", "")
    form = FormAcceso(datos, empresa=empresa, portal=portal)
    siguiente = sesion.camino_local(empresa, siguiente)
    contexto = {"form": form, "siguiente": siguiente, "pasos": _pasos(empresa, siguiente)}
    if datos is None or not form.is_valid():
        return render(request, portal.plantilla_acceso, contexto, status=422 if datos else 200)
    sede, numero = form.cleaned_data["sede"], form.cleaned_data["numero"]
    sede.empresa = empresa
    request.session[DESTINO] = siguiente
    try:
        desafio = codigos.pedir(
            request,
            empresa=empresa,
            sede=sede,
            cliente=portal.identificar(sede, numero, *form.tipo),
            numero=numero,
            avisar=empresa.exige_codigo,
        )
    except codigos.Demasiados:
        return demasiados(request, sede)
    if not empresa.exige_codigo:
        return _entrar_sin_codigo(request, empresa, desafio)
    return HttpResponseRedirect(reverse("portal:codigo", args=[empresa.codigo]))


def _pasos(empresa: Empresa, destino: str) -> list[str]:
    """The progress line: longer for who comes to make a new request."""
    portal = portal_o_404(empresa)
    pasos = ["Tus datos" if empresa.trato == "tu" else "Sus datos"]
    pasos += ["Código"] if empresa.exige_codigo else []
    es_nuevo = portal.url_nuevo and destino.startswith(portal.url_nuevo(empresa))
    return [*pasos, *(portal.pasos_nuevo if es_nuevo else ())]


def _entrar_sin_codigo(request, empresa: Empresa, desafio: Desafio) -> HttpResponse:
    """ "Solo RUT", a risk the company took (D-12): here the answer cannot but tell."""
    if desafio.cliente is None:
        return render(request, "portal/no_encontrado.html", status=403)
    return _entrar(request, empresa, desafio)


@require_http_methods(["GET", "HEAD", "POST"])
@sesion.de_empresa
def codigo(request: HttpRequest, empresa: Empresa) -> HttpResponse:
    """Ask for the code that was mailed, if anything was: the page does not know either."""
    portal_o_404(empresa)
    desafio = codigos.pendiente(request, empresa)
    if desafio is None:
        return HttpResponseRedirect(reverse("portal:acceso", args=[empresa.codigo]))
    if request.method != "POST":
        return _pagina_codigo(request, desafio, FormCodigo())
    if "otro" in request.POST:
        return _otro_codigo(request, empresa, desafio)
    form = FormCodigo(request.POST)
    if not form.is_valid():
        return _pagina_codigo(request, desafio, form, 422)
    try:
        codigos.comprobar(request, desafio, form.cleaned_data["codigo"])
        with transaction.atomic():
            codigos.consumir(desafio)
            return _entrar(request, empresa, desafio)
    except codigos.CodigoErrado as error:
        form.add_error(None if error.terminado else "codigo", error.mensaje)
        return _pagina_codigo(request, desafio, form, error.status, terminado=error.terminado)


def _otro_codigo(request, empresa: Empresa, desafio: Desafio) -> HttpResponse:
    try:
        codigos.repetir(request, desafio)
    except codigos.Demasiados:
        return demasiados(request, desafio.sede)
    return HttpResponseRedirect(reverse("portal:codigo", args=[empresa.codigo]) + "?otro")


def _pagina_codigo(request, desafio, form, status=200, terminado=False) -> HttpResponse:
    contexto = {
        "form": form,
        "pasos": _pasos(desafio.empresa, request.session.get(DESTINO, "")),
        "terminado": terminado,
        "otro": "otro" in request.GET,
        "telefono": desafio.sede.telefono or desafio.empresa.telefono,
        "correo": desafio.sede.correo or desafio.empresa.correo_contacto,
    }
    return render(request, "portal/codigo.html", contexto, status=status)


def _entrar(request, empresa: Empresa, desafio: Desafio) -> HttpResponse:
    destino = _destino(empresa, request.session.pop(DESTINO, ""))
    codigos.olvidar(request, Proposito.ACCESO)
    sesion.iniciar(request, empresa, desafio.sede, desafio.cliente)
    return HttpResponseRedirect(destino)


def _destino(empresa: Empresa, camino: str | None) -> str:
    mios = reverse("portal:mis_requerimientos", args=[empresa.codigo])
    return sesion.camino_local(empresa, camino) or mios


def demasiados(request: HttpRequest, sede: Sede) -> HttpResponse:
    """The page of who asked for too many codes, with whom to call there."""
    lugar = sede if sede.telefono or sede.correo else sede.empresa
    return render(request, "portal/demasiados.html", {"lugar": lugar}, status=429)


@require_POST
@sesion.de_empresa
def salir(request: HttpRequest, empresa: Empresa) -> HttpResponse:
    """End the session."""
    sesion.terminar(request)
    return HttpResponseRedirect(reverse("portal:inicio", args=[empresa.codigo]) + "?salida")
