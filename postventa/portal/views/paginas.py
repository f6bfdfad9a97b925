"""Public pages of a company: landing, contact, privacy, accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.expedientes.salas import sala_de_empresa
from postventa.portal import horas, sesion


@require_safe
def empresas(request: HttpRequest) -> HttpResponse:
    """Choose a company."""
    return render(
        request, "portal/empresas.html", {"empresas": Empresa.objects.filter(es_activa=True)}
    )


@require_safe
@sesion.de_empresa
def inicio(request: HttpRequest, empresa: Empresa) -> HttpResponse:
    """Whose page this is, open or closed now, and what can be done here."""
    ahora = hora.ahora()
    sala = sala_de_empresa(empresa.codigo)
    contexto = {"atencion": horas.estado(empresa, ahora), "salida": "salida" in request.GET}
    if sala is None:
        return render(request, "portal/sin_portal.html", contexto)
    contexto["url_nuevo"] = sala.portal.url_nuevo and sala.portal.url_nuevo(empresa)
    contexto |= sala.portal.contexto_inicio(empresa, ahora)
    return render(request, sala.portal.plantilla_inicio, contexto)


@require_safe
@sesion.de_empresa
def contacto(request: HttpRequest, empresa: Empresa) -> HttpResponse:
    """Hours, mail and telephone, of the company and of each of its places that has its own."""
    sala = sala_de_empresa(empresa.codigo)
    sedes = [s for s in sala.portal.sedes(empresa) if s.telefono or s.correo] if sala else []
    atencion = horas.estado(empresa, hora.ahora())
    return render(request, "portal/contacto.html", {"atencion": atencion, "sedes": sedes})


@require_safe
@sesion.de_empresa
def privacidad(request: HttpRequest, empresa: Empresa) -> HttpResponse:
    """Which personal data, what for and until when."""
    sala = sala_de_empresa(empresa.codigo)
    plantilla = sala.portal.plantilla_privacidad if sala else "portal/privacidad.html"
    return render(request, plantilla)


@require_safe
@sesion.de_empresa
def accesibilidad(request: HttpRequest, empresa: Empresa) -> HttpResponse:
    """How the site is made for everybody and whom to tell when it fails."""
    return render(request, "portal/accesibilidad.html")
