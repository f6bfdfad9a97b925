"""Find the owner, ask for the code they dictate, type what they say: nothing is stored before."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from postventa.calendario.palabras import vence_en_palabras
from postventa.consola.contexto import momento
from postventa.personas.documentos import normalizar_rut
from postventa.plazos.reloj import plazos_de
from postventa.portal import codigos
from postventa.portal.models import Proposito
from postventa.tramitacion.errores import Rechazo
from tickets.icalma.asistido import permiso
from tickets.icalma.asistido.forms import FILAS, MAXIMO, FormCodigo, filas_de
from tickets.icalma.catalogo import Catalogo
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Ticket

HALLADOS = 20


@require_safe
def buscar(request):
    """Owners by RUT, name or unit, in one's own places."""
    if not permiso.asisten(request.user):
        raise PermissionDenied("El ingreso asistido lo hace el call center o el supervisor.")
    texto = request.GET.get("q", "").strip()
    contexto = {
        **admin.site.each_context(request),
        "title": "Ingreso asistido",
        "q": texto,
        "halladas": list(_hallar(request, texto)[:HALLADOS]) if texto else None,
    }
    return TemplateResponse(request, "consola/icalma/asistido_buscar.html", contexto)


def _hallar(request, texto):
    filtro = Q()
    for palabra in texto.split():
        filtro &= Q(cliente__nombre__icontains=palabra) | Q(unidad__nombre__icontains=palabra)
    try:
        filtro |= Q(cliente__numero=normalizar_rut(texto))
    except ValidationError:
        pass
    propias = permiso.propiedades(request.user, momento(request))
    return propias.filter(filtro).order_by("cliente__nombre", "unidad__nombre")


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
        return _pagina(request, propiedad, aviso=error.mensaje, status=error.status)
    messages.success(request, f"Enviamos un código a {cliente.correo_velado}. Pide que lo dicte.")
    return HttpResponseRedirect(reverse("admin:icalma_asistido_ingreso", args=[pk]))


class SinCorreo(Rechazo):
    status = 409


@require_POST
def comprobar(request, pk):
    """A right code lets this session send one request for that home."""
    propiedad = _propiedad_o_404(request, pk)
    desafio, form = _desafio(request, propiedad), FormCodigo(request.POST)
    if desafio is None:
        return _pagina(request, propiedad, aviso="Primero envía un código.", status=409)
    if not form.is_valid():
        return _pagina(request, propiedad, form=form, status=422)
    try:
        codigos.comprobar(request, desafio, form.cleaned_data["codigo"])
        with transaction.atomic():
            codigos.consumir(desafio)
    except codigos.CodigoErrado as error:
        form.add_error("codigo", error.mensaje)
        return _pagina(request, propiedad, form=form, status=error.status)
    codigos.olvidar(request, Proposito.ASISTIDO)
    permiso.conceder(request, propiedad)
    return HttpResponseRedirect(reverse("admin:icalma_asistido_ingreso", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def ingreso(request, pk):
    """One screen: the code first, and then the rows."""
    propiedad = _propiedad_o_404(request, pk)
    if request.method != "POST":
        return _pagina(request, propiedad)
    nonce = permiso.concedido(request, propiedad)
    if nonce is None:
        aviso = "Falta el código del propietario, o pasó mucho tiempo. Envía otro código."
        return _pagina(request, propiedad, aviso=aviso, status=403)
    catalogo = Catalogo.de(propiedad.cliente.empresa)
    filas = filas_de(request.POST, catalogo, _cuantas(request))
    # Every row is judged, so that each error stands beside its own field.
    malas = [fila for fila in filas if not fila.is_valid()]
    if "mas" in request.POST:
        mas = filas + filas_de(None, catalogo, min(len(filas) + 2, MAXIMO))[len(filas) :]
        return _pagina(request, propiedad, filas=mas)
    if malas:
        return _pagina(request, propiedad, filas=filas, status=422)
    return _ingresar(request, propiedad, filas, nonce)


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
        return _pagina(request, propiedad, filas=filas, aviso=error.mensaje, status=error.status)
    messages.success(request, _leer_al_cliente(ticket))
    return HttpResponseRedirect(reverse("admin:icalma_ticket_change", args=[ticket.pk]))


def _leer_al_cliente(ticket) -> str:
    """The sentence to read out."""
    if ticket.estado == T.RETENIDO:
        return (
            f"Lee al cliente: tu requerimiento es el {ticket.folio}. Queda en espera hasta que "
            f"firmes el {ticket.bloqueado_por.folio}."
        )
    plazo = next((p for p in plazos_de(ticket) if p.codigo == "contacto"), None)
    cuando = f" Te llamaremos {_a_mas_tardar(plazo, ticket)}." if plazo else ""
    return f"Lee al cliente: tu requerimiento es el {ticket.folio}.{cuando}"


def _a_mas_tardar(plazo, ticket) -> str:
    return f"a más tardar {vence_en_palabras(plazo.vence_en, ticket.sede.tz)}"


def _cuantas(request) -> int:
    texto = request.POST.get("cuantas", "")
    return min(max(int(texto), 1), MAXIMO) if texto.isdecimal() and len(texto) < 4 else FILAS


def _pagina(request, propiedad, *, form=None, filas=None, aviso="", status=200):
    concedido = permiso.concedido(request, propiedad)
    if concedido and filas is None:
        filas = filas_de(None, Catalogo.de(propiedad.cliente.empresa))
    desafio = None if concedido else _desafio(request, propiedad)
    anteriores = Ticket.objects.filter(unidad=propiedad.unidad).order_by("-creado_en")
    contexto = {
        **admin.site.each_context(request),
        "title": "Ingreso asistido",
        "propiedad": propiedad,
        "cliente": propiedad.cliente,
        "unidad": propiedad.unidad,
        "concedido": concedido,
        "pedido": desafio,
        "form": form or FormCodigo(),
        "filas": filas if concedido else None,
        "caben_mas": filas and len(filas) < MAXIMO,
        "anteriores": list(anteriores[:5]),
        "aviso": aviso,
    }
    plantilla = "consola/icalma/asistido.html"
    return TemplateResponse(request, plantilla, contexto, status=status)
