"""Where a person works in the hall, and what every page of it carries."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse

from comteco.recepcion.models import Meson, SalaDeEspera
from comteco.recepcion.permisos import ATIENDEN, MIDEN, RECIBEN
from comteco.recepcion.sala import SALA
from postventa.consola.contexto import administra_en, membresias
from postventa.empresas.models import Sede
from postventa.personas.permisos import alcance


def tiene(usuario, roles) -> bool:
    """Holds one of those roles in this company."""
    return any(m.empresa.codigo == SALA.empresa and m.rol in roles for m in membresias(usuario))


def exigir(usuario, roles, mensaje: str) -> None:
    if not tiene(usuario, roles):
        raise PermissionDenied(mensaje)


def sedes_de(usuario, roles) -> list[Sede]:
    """Places with a hall where this person holds one of those roles."""
    return list(
        Sede.objects.filter(alcance(usuario, "empresa_id", "pk", roles))
        .filter(empresa__codigo=SALA.empresa, es_activa=True, sala_de_espera__isnull=False)
        .select_related("empresa")
        .order_by("nombre", "pk")
    )


def elegida(request, sedes: list[Sede]) -> Sede | None:
    """The place that the page asks for, or the first; None where there is no hall."""
    pedida = request.POST.get("sede") or request.GET.get("sede") or ""
    if request.method == "POST" and pedida and pedida not in {str(s.pk) for s in sedes}:
        # What was meant for one place is never written down in another.
        raise Http404
    return next((s for s in sedes if str(s.pk) == pedida), sedes[0] if sedes else None)


def meson_de(usuario) -> Meson | None:
    """The desk where this person sits, in a place where they still attend."""
    suyo = Meson.objects.filter(atiende=usuario, es_activo=True)
    en = alcance(usuario, "sede__empresa_id", "sede_id", ATIENDEN)
    return suyo.filter(en).select_related("sede__empresa", "unidad").first()


def responder(request, plantilla: str, contexto: dict, status=200):
    contexto = {**admin.site.each_context(request), **contexto}
    return TemplateResponse(request, f"consola/recepcion/{plantilla}", contexto, status=status)


def salas_que_administra(usuario) -> list[SalaDeEspera]:
    salas = SalaDeEspera.objects.filter(sede__empresa__codigo=SALA.empresa)
    salas = salas.select_related("sede__empresa").order_by("sede__nombre", "pk")
    return [s for s in salas if administra_en(usuario, s.sede.empresa_id, s.sede_id)]


def paginas(usuario) -> list[tuple[str, str]]:
    """What the home offers to each."""
    ofrecidas = (
        (RECIBEN, "Recibir en la sala", "admin:sala_recepcion"),
        (ATIENDEN, "Mi mesón", "admin:sala_meson"),
        (MIDEN, "Satisfacción", "admin:sala_indicador"),
    )
    return [
        (palabras, reverse(ruta)) for roles, palabras, ruta in ofrecidas if tiene(usuario, roles)
    ]
