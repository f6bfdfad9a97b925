"""What a customer sees of their own cases. Nothing here is reached but through the owner."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.expedientes import subidas
from postventa.expedientes.models import Adjunto, Expediente
from postventa.expedientes.salas import sala_de, todas
from postventa.personas.models import Cliente
from postventa.portal import historia, sesion
from postventa.portal.views.acceso import portal_o_404

MOSTRABLES = ("image/jpeg", "image/png", "image/webp")


def expedientes_de(empresa: Empresa, cliente: Cliente):
    """The customer's own cases (TM-09)."""
    ajenos = portal_o_404(empresa).ajenos
    suyos = Expediente.objects.filter(empresa=empresa, cliente=cliente)
    return suyos.exclude(pk__in=ajenos(cliente)) if ajenos else suyos


def casos_de(empresa: Empresa, cliente: Cliente) -> Iterator[QuerySet]:
    """The same as each room of the company models them: the only way to a case from here."""
    for sala in todas():
        if sala.empresa == empresa.codigo and sala.portal:
            casos = sala.caso.modelo.objects.filter(empresa=empresa, cliente=cliente)
            if sala.portal.ajenos:
                casos = casos.exclude(pk__in=sala.portal.ajenos(cliente))
            yield casos.select_related(
                "empresa", "sede__empresa", "cliente", "responsable", *sala.caso.relacionados
            )


@require_safe
@sesion.con_cliente
def lista(request: HttpRequest, empresa: Empresa) -> HttpResponse:
    """My cases, whatever the place, newest first."""
    portal = portal_o_404(empresa)
    casos = [
        caso
        for de_sala in casos_de(empresa, request.cliente)
        for caso in historia.con_fechas(de_sala)
    ]
    casos.sort(key=lambda caso: (caso.creado_en, caso.pk), reverse=True)
    ahora = hora.ahora()
    contexto = {
        "casos": [historia.resumen(caso, ahora) for caso in casos],
        "url_nuevo": portal.url_nuevo and portal.url_nuevo(empresa),
    }
    return render(request, "portal/mis_requerimientos.html", contexto)


def caso_o_404(empresa: Empresa, cliente: Cliente, publico: str):
    """The customer's case of that public id, as the room's own model; 404 for any other."""
    for casos in casos_de(empresa, cliente):
        if caso := casos.filter(publico=publico).first():
            return caso
    raise Http404("No existe ese requerimiento")


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
    """A file of the customer's own case or draft: exact type, and it can run nothing (TM-22).

    With `?m=1`, the small version of a photo, if it has one.
    """
    archivo = Adjunto.objects.filter(
        publico=publico, expediente__in=expedientes_de(empresa, request.cliente)
    ).first() or get_object_or_404(
        Adjunto, publico=publico, borrador__empresa=empresa, borrador__cliente=request.cliente
    )
    try:
        contenido, tipo = subidas.abrir(archivo, "m" in request.GET)
    except FileNotFoundError:
        raise Http404("El archivo ya no está") from None
    respuesta = FileResponse(contenido, content_type=tipo)
    respuesta["Content-Disposition"] = content_disposition_header(
        tipo not in MOSTRABLES, archivo.nombre
    )
    respuesta["Content-Length"] = contenido.size
    respuesta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    respuesta["X-Content-Type-Options"] = "nosniff"
    return respuesta
