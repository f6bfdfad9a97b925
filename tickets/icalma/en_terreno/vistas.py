"""The on-site screen's page and its posts: each post is one act, once, through the door."""

from ipaddress import ip_address

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from postventa.accesos.red import direccion
from postventa.consola.alcances import acotar
from postventa.consola.contexto import momento
from postventa.consola.envios import YaEnviado, una_vez
from postventa.expedientes import subidas
from postventa.tramitacion.acciones import DEL_CASO, tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado, Rechazo
from postventa.visitas.models import Visita
from tickets.icalma.en_terreno.pagina import contexto, formularios_de
from tickets.icalma.models import Ticket

CAMBIO = "El caso cambió mientras mirabas esta página. Revisa cómo está ahora e inténtalo de nuevo."

YA_GUARDADO = "Eso ya se había guardado antes. Revisa en esta página cómo quedó."


def _visita_o_404(request, pk) -> Visita:
    """A visit of one's own companies and places, tied to its ticket read once."""
    propios = acotar(Ticket.objects.all(), request.user).filter(visitas__pk=pk)
    ticket = (
        propios.select_related(*DEL_CASO, "unidad")
        .prefetch_related(
            Prefetch("visitas", Visita.objects.select_related("persona")),
            "observaciones__fotos",
            "observaciones__fotos_personal",
        )
        .first()
    )
    if ticket is None:
        raise Http404
    for o in ticket.observaciones.all():
        o.ticket = ticket
    visita = next(v for v in ticket.visitas.all() if v.pk == pk)
    visita.expediente = ticket
    return visita


@require_safe
def terreno(request, pk):
    """The visit on a phone."""
    return _pagina(request, _visita_o_404(request, pk))


def _pagina(request, visita, *, status=200, conflicto="", **mas):
    datos = {
        **admin.site.each_context(request),
        **contexto(visita, request.user, momento(request), **mas),
        "title": f"{visita.get_tipo_display()} {visita.expediente.folio}",
        "url": reverse("admin:icalma_terreno", args=[visita.pk]),
        "url_caso": reverse("admin:icalma_ticket_change", args=[visita.expediente_id]),
        "conflicto": conflicto,
        "acepta": subidas.ACEPTA,
        "maximo_fotos": subidas.POR_OBSERVACION,
    }
    return TemplateResponse(request, "consola/icalma/terreno.html", datos, status=status)


@require_POST
def hacer(request, pk, accion):
    """One act of the visit. The same key again gets the first answer; a refusal changes nothing."""
    visita = _visita_o_404(request, pk)
    formulario = None
    try:
        formulario = _formulario(request, visita, accion)
        hecho, repetido = una_vez(
            request, momento(request), lambda: _tramitar(request, visita, formulario, accion)
        )
    except Rechazo as error:
        return _rechazo(request, visita, accion, formulario, error)
    if _quiere_json(request):
        return JsonResponse({**hecho, "repetido": repetido})
    messages.success(request, hecho["mensaje"])
    return HttpResponseRedirect(reverse("admin:icalma_terreno", args=[pk]))


def _formulario(request, visita, accion):
    """The bound form of an action; None if it is not possible now (a repeated post is still
    answered with what it did)."""
    clase, objeto = formularios_de(visita, request.user).get(accion, (None, None))
    if clase is None:
        return None
    return clase(
        request.POST,
        caso=visita.expediente,
        objeto=objeto,
        usuario=request.user,
        ahora=momento(request),
        auto_id=f"{accion}_%s",
    )


def _tramitar(request, visita, formulario, accion) -> dict:
    if formulario is None:
        raise Conflicto("Eso ya no se puede hacer en esta visita. Revisa cómo está ahora.")
    visto = request.POST.get("visto", "")
    if not visto.isdecimal() or len(visto) > 9 or int(visto) != visita.expediente.cadena_largo:
        raise Conflicto(CAMBIO)
    if not formulario.is_valid():
        raise DatosInvalidos({})
    fotos = _fotos(request, formulario) if accion.startswith(("decidir-", "ejecutar-")) else []
    acto = formulario.acto()
    if acto.verbo == "firmar":
        acto.datos["evidencia"] |= _de_donde(request)
    with subidas.todo_o_nada() as aceptados:
        for foto in fotos:
            aceptados.append(
                subidas.guardar(foto, ahora=momento(request), expediente=visita.expediente)
            )
        caso = tramitar(
            acto.objeto,
            acto.verbo,
            acto.por,
            canal="terreno",
            ahora=momento(request),
            visto=int(visto),
            **({"fotos_personal": aceptados} if aceptados else {}),
            **acto.datos,
        )
        if aceptados:
            acto.objeto.fotos_personal.add(*aceptados)
    return {"mensaje": formulario.hecho(), "antes": int(visto), "visto": caso.cadena_largo}


def _fotos(request, formulario) -> list:
    """The photos of the act, cleaned; DatosInvalidos says which one is not taken and why."""
    archivos = request.FILES.getlist("fotos")
    tiene = formulario.objeto.fotos_personal.count()
    if len(archivos) + tiene > subidas.POR_OBSERVACION:
        raise DatosInvalidos(f"Cada observación lleva hasta {subidas.POR_OBSERVACION} fotos.")
    try:
        return [subidas.revisar(archivo) for archivo in archivos]
    except ValidationError as error:
        raise DatosInvalidos(error.messages[0]) from None


def _de_donde(request) -> dict:
    try:
        ip = str(ip_address(direccion(request)))
    except ValueError:
        ip = ""
    return {"direccion_ip": ip, "navegador": request.headers.get("User-Agent", "")[:200]}


def _rechazo(request, visita, accion, formulario, error):
    if formulario is not None and isinstance(error, DatosInvalidos):
        formulario.con_rechazo(error.campos)
    if _quiere_json(request):
        errores = formulario.errors.get_json_data() if formulario is not None else {}
        campos = {c: filas[0]["message"] for c, filas in errores.items()}
        mensaje = error.mensaje or " ".join(dict.fromkeys(campos.values()))
        rechazo = {"mensaje": mensaje, "campos": campos}
        if isinstance(error, YaEnviado):
            rechazo["hecho"] = error.respuesta
            messages.warning(request, YA_GUARDADO)
        return JsonResponse(rechazo, status=error.status)
    if isinstance(error, NoAutorizado):
        return admin.site.rechazo(request, 403, error.mensaje)
    conflicto = "" if isinstance(error, DatosInvalidos) and formulario else error.mensaje
    return _pagina(
        request,
        _visita_o_404(request, visita.pk),
        status=error.status,
        conflicto=conflicto,
        atado=formulario,
        accion=accion,
    )


def _quiere_json(request) -> bool:
    return "application/json" in request.headers.get("Accept", "")
