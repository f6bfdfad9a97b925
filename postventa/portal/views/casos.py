"""What a customer sees of their own cases. Nothing here is reached but through the owner."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.expedientes.models import Adjunto, Expediente
from postventa.expedientes.salas import sala_de
from postventa.personas.models import Cliente
from postventa.portal import historia, sesion
from postventa.portal.views.acceso import portal_o_404

MOSTRABLES = ("image/jpeg", "image/png", "image/webp")


def expedientes_de(empresa: Empresa, cliente: Cliente):
    """The customer's own cases, and the only way to one from the portal (TM-09)."""
    return Expediente.objects.filter(empresa=empresa, cliente=cliente)


def caso_o_404(empresa: Empresa, cliente: Cliente, publico: str):
    """The customer's case of that public id, as the room's own model; 404 for any other."""
    tipo = expedientes_de(empresa, cliente).filter(publico=publico).values_list("tipo", flat=True)
    if not (tipo := tipo.first()):
        raise Http404("No existe ese requerimiento")
    ficha = sala_de(tipo).caso
    con = ("empresa", "sede__empresa", "cliente", "responsable", *ficha.relacionados)
    return get_object_or_404(
        ficha.modelo.objects.select_related(*con),
        publico=publico,
        empresa=empresa,
        cliente=cliente,
    )


@require_safe
@sesion.con_cliente
def lista(request: HttpRequest, empresa: Empresa) -> HttpResponse:
    """My cases, whatever the place, newest first."""
    portal = portal_o_404(empresa)
    casos = expedientes_de(empresa, request.cliente).select_related("sede__empresa")
    casos = historia.con_fechas(casos.order_by("-creado_en", "-pk"))
    ahora = hora.ahora()
    filas = [historia.resumen(caso, ahora) for caso in casos]
    contexto = {"casos": filas, "url_nuevo": portal.url_nuevo and portal.url_nuevo(empresa)}
    return render(request, "portal/mis_requerimientos.html", contexto)


@require_safe
@sesion.con_cliente
def caso(request: HttpRequest, empresa: Empresa, publico: str) -> HttpResponse:
    """One case: the room fills the middle, the history comes from the audit and the clocks."""
    expediente = caso_o_404(empresa, request.cliente, publico)
    sala = sala_de(expediente.tipo)
    contexto = {
        "caso": expediente,
        "estado": historia.estado_de(sala, expediente),
        "hitos": historia.hitos(sala, expediente, hora.ahora()),
        **sala.portal.contexto_caso(expediente, request),
    }
    return render(request, sala.portal.plantilla_caso, contexto)


@require_safe
@sesion.con_cliente
def adjunto(request: HttpRequest, empresa: Empresa, publico: str) -> HttpResponse:
    """A file of the customer's own case or draft: exact type, and it can run nothing (TM-22)."""
    archivo = Adjunto.objects.filter(
        publico=publico, expediente__in=expedientes_de(empresa, request.cliente)
    ).first() or get_object_or_404(
        Adjunto, publico=publico, borrador__empresa=empresa, borrador__cliente=request.cliente
    )
    try:
        contenido = archivo.archivo.open("rb")
    except FileNotFoundError:
        raise Http404("El archivo ya no está") from None
    respuesta = FileResponse(contenido, content_type=archivo.tipo)
    respuesta["Content-Disposition"] = content_disposition_header(
        archivo.tipo not in MOSTRABLES, archivo.nombre
    )
    respuesta["Content-Length"] = archivo.archivo.size
    respuesta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    respuesta["X-Content-Type-Options"] = "nosniff"
    return respuesta
