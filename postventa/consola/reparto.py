"""The page that hands cases over: which, from whom, to whom, what will happen, and then it does."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from postventa.consola.busqueda import lugar
from postventa.consola.contexto import momento
from postventa.consola.reasignar import (
    TODOS,
    Eleccion,
    FormularioDeReparto,
    por_tipo,
    puede_alguno,
    reasignables,
    sedes_de,
)
from postventa.consola.salas import consola_de
from postventa.tramitacion.reasignar import LOTE, en_lote

MUESTRA = 10


@require_http_methods(["GET", "HEAD", "POST"])
def reasignar(request):
    """Those of a place (`sede`) or the chosen ones of a list (`caso`, many)."""
    if not puede_alguno(request.user):
        return admin.site.rechazo(request, 403, "Reasignan el Jefe y quien administra la empresa.")
    datos = request.POST if request.method == "POST" else request.GET
    eleccion, perdidos = _eleccion(request.user, datos)
    if eleccion is None:
        return _pagina(request, None, perdidos=perdidos)
    if request.method != "POST":
        return _pagina(request, eleccion, FormularioDeReparto(eleccion), perdidos=perdidos)
    formulario = FormularioDeReparto(eleccion, request.POST)
    if not formulario.is_valid():
        return _pagina(request, eleccion, formulario, perdidos=perdidos, status=422)
    casos = eleccion.de(formulario.cleaned_data.get("de", TODOS))
    casos = casos.exclude(responsable=formulario.persona)
    cuantos = casos.count()
    visto = request.POST.get("cuantos")
    if request.POST.get("accion") != "confirmar" or visto != str(cuantos) or not cuantos:
        cambio = request.POST.get("accion") == "confirmar" and visto != str(cuantos)
        return _pagina(
            request,
            eleccion,
            formulario,
            perdidos=perdidos,
            previa=_previa(casos, cuantos, formulario.persona),
            cambio=cambio,
            status=409 if cambio else 200,
        )
    return _hacer(request, eleccion, formulario, casos)


def _hacer(request, eleccion, formulario, casos):
    tipo = casos.values_list("tipo", flat=True).first()
    reparto = en_lote(
        por_tipo(casos, formulario.persona),
        formulario.persona,
        request.user,
        motivo=formulario.cleaned_data["motivo"],
        ahora=momento(request),
    )
    if hechos := len(reparto.hechos):
        palabras = "1 caso pasó" if hechos == 1 else f"{hechos} casos pasaron"
        mensaje = f"{palabras} a {formulario.persona}."
        if formulario.persona != request.user:
            mensaje += " Recibirá un solo correo."
        messages.success(request, mensaje)
    for caso, motivo in reparto.rechazos[:MUESTRA]:
        messages.warning(request, f"{caso.folio} quedó como estaba. {motivo}")
    if hechos == LOTE and (quedan := casos.all().count()):
        messages.warning(request, f"Quedan {quedan}: repite para seguir con ellos.")
    if eleccion.sede:
        return HttpResponseRedirect(f"{reverse('admin:reasignar')}?sede={eleccion.sede.pk}")
    return HttpResponseRedirect(reverse(consola_de(tipo).lista))


def _previa(casos, cuantos, persona) -> dict:
    muestra = casos.select_related("cliente", "sede", "responsable").annotate(lugar=lugar())
    return {
        "cuantos": cuantos,
        "persona": persona,
        "que_pasa": " ".join(
            consola_de(tipo).al_reasignar
            for tipo in casos.order_by().values_list("tipo", flat=True).distinct()
        ),
        "ahora": min(cuantos, LOTE),
        "muestra": muestra.order_by("pk")[:MUESTRA],
        "resto": max(cuantos - MUESTRA, 0),
    }


def _eleccion(usuario, datos) -> tuple[Eleccion | None, int]:
    """What the page speaks of, and how many of the chosen cases cannot be handed over."""
    casos = reasignables(usuario)
    elegidos = {int(c) for c in datos.getlist("caso") if c.isdecimal() and len(c) < 18}
    if elegidos:
        suyos = casos.filter(pk__in=elegidos)
        perdidos = len(elegidos) - suyos.count()
        return (Eleccion(suyos) if perdidos < len(elegidos) else None), perdidos
    sede = datos.get("sede", "")
    if sede.isdecimal() and len(sede) < 18:
        if lugar_suyo := sedes_de(usuario).filter(pk=sede).first():
            return Eleccion(casos.filter(sede=lugar_suyo), lugar_suyo), 0
    return None, 0


def _pagina(request, eleccion, formulario=None, *, status=200, perdidos=0, previa=None, **mas):
    contexto = {
        **admin.site.each_context(request),
        "title": "Reasignar casos",
        "sedes": sedes_de(request.user) if eleccion is None or eleccion.sede else [],
        "eleccion": eleccion,
        "elegidos": eleccion.casos.order_by("folio") if eleccion and not eleccion.sede else [],
        "formulario": formulario,
        "perdidos": perdidos,
        "previa": previa,
        **mas,
    }
    return TemplateResponse(request, "consola/reasignar.html", contexto, status=status)
