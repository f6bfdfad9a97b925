"""The on-site screen's page and its posts: each post is one act, once, through the door."""

from django.contrib import admin, messages
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from postventa.consola.contexto import momento
from postventa.consola.envios import YaEnviado, una_vez
from postventa.expedientes import subidas
from postventa.tramitacion import fotos as envio
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado, Rechazo
from postventa.visitas.models import Visita
from tickets.inmuebles import fotos

CAMBIO = "El caso cambió mientras mirabas esta página. Revisa cómo está ahora e inténtalo de nuevo."

YA_GUARDADO = "Eso ya se había guardado antes. Revisa en esta página cómo quedó."


def _visita_o_404(request, pantalla, pk) -> Visita:
    visita = pantalla.visita(request.user, pk)
    if visita is None:
        raise Http404
    return visita


@require_safe
def terreno(request, pk, pantalla):
    """The visit on a phone."""
    return _pagina(request, pantalla, _visita_o_404(request, pantalla, pk))


def _pagina(request, pantalla, visita, *, status=200, conflicto="", **mas):
    datos = {
        **admin.site.each_context(request),
        **pantalla.contexto(visita, request.user, momento(request), **mas),
        "title": f"{visita.get_tipo_display()} {visita.expediente.folio}",
        "url": _url(pantalla, visita.pk),
        "url_caso": reverse(pantalla.url_caso, args=[visita.expediente_id]),
        "conflicto": conflicto,
    }
    return TemplateResponse(request, pantalla.plantilla, datos, status=status)


def _url(pantalla, pk) -> str:
    return reverse(f"admin:{pantalla.tipo}_terreno", args=[pk])


def _enorme(request, error, pk, accion, pantalla):
    """A body too large, not read: nothing of it is known but its address."""
    return _rechazo(request, pantalla, _visita_o_404(request, pantalla, pk), accion, None, error)


@require_POST
@envio.con_fotos(_enorme)
def hacer(request, pk, accion, pantalla):
    """One act of the visit. The same key again gets the first answer; a refusal changes nothing."""
    visita = _visita_o_404(request, pantalla, pk)
    formulario = None
    try:
        formulario = _formulario(request, pantalla, visita, accion)
        hecho, repetido = una_vez(
            request,
            momento(request),
            lambda: _tramitar(request, pantalla, visita, formulario, accion),
        )
    except Rechazo as error:
        return _rechazo(request, pantalla, visita, accion, formulario, error)
    if _quiere_json(request):
        return JsonResponse({**hecho, "repetido": repetido})
    messages.success(request, hecho["mensaje"])
    return HttpResponseRedirect(_url(pantalla, pk))


def _formulario(request, pantalla, visita, accion):
    """The bound form of an action; None if it is not possible now (a repeated post is still
    answered with what it did)."""
    clase, objeto = pantalla.formularios_de(visita, request.user).get(accion, (None, None))
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


def _tramitar(request, pantalla, visita, formulario, accion) -> dict:
    if formulario is None:
        raise Conflicto("Eso ya no se puede hacer en esta visita. Revisa cómo está ahora.")
    visto = request.POST.get("visto", "")
    if not visto.isdecimal() or len(visto) > 9 or int(visto) != visita.expediente.cadena_largo:
        raise Conflicto(CAMBIO)
    if not formulario.is_valid():
        raise DatosInvalidos({})
    ahora = momento(request)
    nuevas = fotos.de_la_visita(request, formulario.objeto) if pantalla.lleva_fotos(accion) else []
    acto = formulario.acto()
    pantalla.completar(acto, request)
    try:
        with subidas.todo_o_nada() as aceptados:
            for foto in nuevas:
                aceptados.append(subidas.guardar(foto, ahora=ahora, expediente=visita.expediente))
            caso = tramitar(
                acto.objeto,
                acto.verbo,
                acto.por or request.user,
                canal="terreno",
                ahora=ahora,
                visto=int(visto),
                **({"fotos_personal": aceptados} if aceptados else {}),
                **acto.datos,
            )
            if aceptados:
                acto.objeto.fotos_personal.add(*aceptados)
    except OSError as error:
        raise envio.SinEspacio(subidas.SIN_ESPACIO) from error
    return {"mensaje": formulario.hecho(), "antes": int(visto), "visto": caso.cadena_largo}


def _rechazo(request, pantalla, visita, accion, formulario, error):
    if formulario is not None and isinstance(error, DatosInvalidos):
        formulario.con_rechazo(error.campos)
        formulario.falla_de_fotos = error.campos.get(fotos.CAMPO, "")
    if _quiere_json(request):
        return _rechazo_json(request, formulario, error)
    if isinstance(error, NoAutorizado):
        return admin.site.rechazo(request, 403, error.mensaje)
    return _pagina(
        request,
        pantalla,
        _visita_o_404(request, pantalla, visita.pk),
        status=error.status,
        conflicto="" if isinstance(error, DatosInvalidos) and formulario else error.mensaje,
        atado=formulario,
        accion=accion,
    )


def _rechazo_json(request, formulario, error):
    errores = formulario.errors.get_json_data() if formulario is not None else {}
    campos = {c: filas[0]["message"] for c, filas in errores.items()}
    if falla := getattr(formulario, "falla_de_fotos", ""):
        campos = {fotos.CAMPO: falla}
    mensaje = error.mensaje or " ".join(dict.fromkeys(campos.values()))
    rechazo = {"mensaje": mensaje, "campos": campos}
    if isinstance(error, YaEnviado):
        rechazo["hecho"] = error.respuesta
        messages.warning(request, YA_GUARDADO)
    return JsonResponse(rechazo, status=error.status)


def _quiere_json(request) -> bool:
    return "application/json" in request.headers.get("Accept", "")
