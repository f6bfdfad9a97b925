"""Find the owner, ask for the code they dictate, type what they say: nothing is stored before.

What is typed stands on one form with the code: whatever is refused, the rows come back as typed.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from postventa.consola.contexto import momento
from postventa.consola.toma.marco import cuantas_filas
from postventa.portal import codigos
from postventa.portal.models import Proposito
from postventa.tramitacion.errores import Rechazo
from tickets.icalma.asistido import pagina, permiso
from tickets.icalma.asistido.forms import FILAS, MAXIMO, FormCodigo, filas_de
from tickets.icalma.catalogo import Catalogo
from tickets.icalma.ingreso import ingresar
from tickets.inmuebles.busqueda import BUSQUEDA

SIN_PERMISO = "Falta el código del propietario, o pasó mucho tiempo. Envía otro código."


@require_safe
def buscar(request):
    """Owners by RUT, phone, name or home, in one's own places; a single one is chosen at once."""
    if not permiso.asisten(request.user):
        raise PermissionDenied("El ingreso asistido lo hace el call center o el supervisor.")
    q = request.GET.get("q", "").strip()[:80]
    halladas, hay_mas = pagina.buscar(request.user, q, momento(request)) if q else (None, False)
    if halladas and len(halladas) == 1:
        return HttpResponseRedirect(halladas[0].url)
    return _responder(request, {"halladas": halladas, "hay_mas": hay_mas, "q": q})


def _propiedad_o_404(request, pk):
    propiedad = permiso.propiedades(request.user, momento(request)).filter(pk=pk).first()
    if propiedad is None:
        raise Http404
    return propiedad


def _desafio(request, propiedad):
    return codigos.pendiente(
        request, propiedad.cliente.empresa, Proposito.ASISTIDO, str(propiedad.pk)
    )


@require_POST
def pedir(request, pk):
    """Mail the code to the owner's own address on file: never to one told by telephone."""
    propiedad = _propiedad_o_404(request, pk)
    cliente = propiedad.cliente
    try:
        if not cliente.correo:
            raise SinCorreo(f"{cliente.nombre} no tiene correo registrado: no hay dónde enviarlo.")
        codigos.pedir(
            request,
            empresa=cliente.empresa,
            sede=propiedad.unidad.proyecto,
            cliente=cliente,
            numero=cliente.numero,
            proposito=Proposito.ASISTIDO,
            referencia=str(propiedad.pk),
        )
    except Rechazo as error:
        return _pagina(request, propiedad, conflicto=error.mensaje, status=error.status)
    messages.success(request, f"Enviamos un código a {cliente.correo_velado}. Pide que lo dicte.")
    return _seguir(request, propiedad)


class SinCorreo(Rechazo):
    status = 409


@require_POST
def comprobar(request, pk):
    """A right code lets this session send one request for that home."""
    propiedad = _propiedad_o_404(request, pk)
    if permiso.por_usar(request, propiedad):
        return _seguir(request, propiedad)
    desafio, form = _desafio(request, propiedad), FormCodigo(request.POST)
    if desafio is None:
        return _pagina(request, propiedad, conflicto="Primero envía un código.", status=409)
    if not form.is_valid():
        return _codigo_errado(request, propiedad, form, 422)
    try:
        codigos.comprobar(request, desafio, form.cleaned_data["codigo"])
        with transaction.atomic():
            codigos.consumir(desafio)
    except codigos.CodigoErrado as error:
        form.add_error("codigo", error.mensaje)
        return _codigo_errado(request, propiedad, form, error.status)
    codigos.olvidar(request, Proposito.ASISTIDO)
    permiso.conceder(request, propiedad)
    return _seguir(request, propiedad)


def _codigo_errado(request, propiedad, form, status):
    errores = [("c-codigo", form.errors["codigo"][0])]
    return _pagina(request, propiedad, form=form, errores=errores, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def ingreso(request, pk):
    """One screen. Each button says what it wants; `guardar` sends the request."""
    propiedad = _propiedad_o_404(request, pk)
    if request.method != "POST":
        return _pagina(request, propiedad)
    nonce = permiso.concedido(request, propiedad)
    if "guardar" not in request.POST:
        # Enter in the field of the code asks whether it is the right one.
        escrito = nonce is None and "mas" not in request.POST and request.POST.get("codigo")
        return comprobar(request, pk) if escrito else _pagina(request, propiedad)
    if nonce is None:
        return _pagina(request, propiedad, conflicto=SIN_PERMISO, status=403)
    filas = _filas(request, propiedad)
    if errores := _errores(filas):
        return _pagina(request, propiedad, filas=filas, errores=errores, status=422)
    return _ingresar(request, propiedad, filas, nonce)


def _errores(filas) -> list[tuple[str, str]]:
    """Every row is judged, so that each error stands beside its own field."""
    errores = []
    for fila in filas:
        fila.fallas = {campo: mensajes[0] for campo, mensajes in fila.errors.items()}
        errores += [(f"c-{fila.prefix}-{campo}", mal) for campo, mal in fila.fallas.items()]
    return errores


def _ingresar(request, propiedad, filas, nonce):
    observaciones = [fila.observacion() for fila in filas if not fila.esta_vacia]
    try:
        ticket = ingresar(
            propiedad.unidad,
            propiedad.cliente,
            observaciones,
            nonce=nonce,
            canal="asistido",
            ahora=momento(request),
            asistido_por=request.user,
        )
    except Rechazo as error:
        return _pagina(
            request, propiedad, filas=filas, conflicto=error.mensaje, status=error.status
        )
    messages.success(request, pagina.leer_al_final(ticket))
    return HttpResponseRedirect(reverse("admin:icalma_ticket_change", args=[ticket.pk]))


def _filas(request, propiedad) -> list:
    """The rows as they were typed, and one more where it was asked for."""
    catalogo = Catalogo.de(propiedad.cliente.empresa)
    if request.method != "POST":
        return filas_de(None, catalogo)
    cuantas = cuantas_filas(request, FILAS, MAXIMO)
    return filas_de(request.POST, catalogo, min(cuantas + ("mas" in request.POST), MAXIMO))


def _seguir(request, propiedad):
    """On with the call: from a clean address, unless that would lose what was typed meanwhile."""
    filas = _filas(request, propiedad)
    if any(fila.has_changed() for fila in filas):
        return _pagina(request, propiedad, filas=filas)
    return HttpResponseRedirect(reverse("admin:icalma_asistido_ingreso", args=[propiedad.pk]))


def _pagina(request, propiedad, *, form=None, filas=None, status=200, **mas):
    concedido = permiso.por_usar(request, propiedad)
    contexto = pagina.contexto_de(
        propiedad,
        momento(request),
        filas or _filas(request, propiedad),
        concedido=concedido,
        desafio=None if concedido else _desafio(request, propiedad),
    )
    contexto |= {"form": form or FormCodigo(), "maximo": MAXIMO, **mas}
    return _responder(request, contexto, status)


def _responder(request, contexto, status=200):
    propiedad = contexto.get("propiedad")
    url_toma = reverse("admin:icalma_asistido")
    guardar_en = propiedad and reverse("admin:icalma_asistido_ingreso", args=[propiedad.pk])
    contexto = {
        **admin.site.each_context(request),
        "title": "Ingreso asistido",
        "url_toma": url_toma,
        "busqueda": BUSQUEDA,
        "url_guardar": guardar_en or url_toma,
        **contexto,
    }
    plantilla = "consola/icalma/asistido.html"
    return TemplateResponse(request, plantilla, contexto, status=status)
