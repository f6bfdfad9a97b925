"""The queue of satisfaction calls and the page of one: what is answered goes through the door."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from postventa.calendario.palabras import dia_en_palabras
from postventa.consola.contexto import momento, zona_de
from postventa.consola.hoy import LARGO
from postventa.consola.medidas import lo_que_falta, medidos
from postventa.consola.relojes import tono_de
from postventa.plazos.models import Plazo
from postventa.tramitacion.acciones import DEL_CASO, anotar, tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from postventa.visitas.models import Visita
from tickets.ingevec.a_mano import A_MANO, OTRA
from tickets.ingevec.anotaciones import intentos_de
from tickets.ingevec.cupos import TRABAJO, ofrecer
from tickets.ingevec.eleccion import dias_de
from tickets.ingevec.flujo import EstadoSolicitud as E
from tickets.ingevec.horas import pauta_del_proyecto
from tickets.ingevec.llamados.forms import RESULTADOS, FormLlamado
from tickets.ingevec.models import Solicitud
from tickets.ingevec.puestos import acotar_a, atienden

EQUIVALE = {"excepcion": "motivo_excepcion", "resultados": "__all__"}
# How many days of works are put before who calls; the case page offers them all.
DIAS = 8
CAMBIO = "La solicitud cambió mientras llamabas. Revisa cómo está ahora e inténtalo de nuevo."


def por_llamar(usuario):
    """Solicitudes that wait for their satisfaction call, in one's own projects."""
    casos = Solicitud.objects.filter(estado=E.POR_LLAMAR)
    return acotar_a(casos, atienden(usuario), "empresa_id", "sede_id")


def _exigir_puesto(request) -> None:
    if not atienden(request.user):
        raise PermissionDenied("Los llamados de satisfacción los hace el call center de Ingevec.")


@require_safe
def cola(request):
    """Who is called today, the most urgent first; and how many wait for another day."""
    _exigir_puesto(request)
    ahora = momento(request)
    hoy = ahora.astimezone(zona_de(request.user)).date()
    de_hoy = Q(intentar_desde_el=None) | Q(intentar_desde_el__lte=hoy)
    casos = por_llamar(request.user)
    filas = medidos(casos.filter(de_hoy)).select_related("sede__empresa", "unidad", "cliente")
    filas = filas.order_by("proximo_vence_en", "ejecutada_en", "pk")[:100]
    contexto = {
        **admin.site.each_context(request),
        "title": "Llamados de satisfacción",
        "filas": [_fila(s, ahora) for s in filas],
        "otro_dia": casos.exclude(de_hoy).order_by("intentar_desde_el", "pk")[:LARGO],
    }
    return TemplateResponse(request, "consola/ingevec/llamados.html", contexto)


def _fila(solicitud, ahora) -> dict:
    vence = solicitud.proximo_vence_en
    return {
        "s": solicitud,
        "tz": solicitud.sede.tz,
        "quedan": lo_que_falta(solicitud, vence, solicitud.sede.tz, ahora) if vence else "—",
        "tono": tono_de(vence, ahora) if vence else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def llamado(request, pk):
    """One call: the script, the answers and, if something is not right, the hour that follows."""
    _exigir_puesto(request)
    solicitud = _solicitud_o_404(request, pk)
    if request.method != "POST":
        return _pagina(request, solicitud)
    formulario = _formulario(request, solicitud, request.POST)
    try:
        if "no_contesto" in request.POST:
            mensaje = _no_contesto(request, solicitud)
        else:
            mensaje = _registrar(request, solicitud, formulario)
    except NoAutorizado as rechazo:
        return admin.site.rechazo(request, 403, rechazo.mensaje)
    except DatosInvalidos as rechazo:
        return _con_errores(request, solicitud, formulario, rechazo)
    except Conflicto as rechazo:
        actual = _solicitud_o_404(request, pk)
        return _pagina(request, actual, formulario, status=409, conflicto=rechazo.mensaje)
    messages.success(request, mensaje)
    return HttpResponseRedirect(reverse("admin:ingevec_llamados"))


def _formulario(request, solicitud, enviado=None) -> FormLlamado:
    pauta = pauta_del_proyecto(solicitud.sede_id)
    return FormLlamado(enviado, solicitud=solicitud, pauta=pauta, ahora=momento(request))


def _solicitud_o_404(request, pk):
    casos = acotar_a(Solicitud.objects.all(), atienden(request.user), "empresa_id", "sede_id")
    solicitud = (
        casos.select_related(*DEL_CASO, "unidad")
        .prefetch_related(
            "requerimientos",
            Prefetch("visitas", Visita.objects.select_related("persona")),
            Prefetch("plazos", Plazo.objects.select_related("politica__jornada")),
        )
        .filter(id=pk)
        .first()
    )
    if solicitud is None:
        raise Http404
    return solicitud


def _visto(request, solicitud) -> int:
    visto = request.POST.get("visto", "")
    if not visto.isdecimal() or len(visto) > 9 or int(visto) != solicitud.cadena_largo:
        raise Conflicto(CAMBIO)
    return int(visto)


def _no_contesto(request, solicitud) -> str:
    """D-09: tried again another business day; after the tries of the policy, a mail asks."""
    visto = _visto(request, solicitud)
    despues = anotar(
        solicitud, "registrar_intento", request.user, ahora=momento(request), visto=visto
    )
    cuando = dia_en_palabras(despues.intentar_desde_el)
    mensaje = (
        f"{despues.folio}: intento {despues.intentos} anotado. Se vuelve a llamar el {cuando}."
    )
    if despues.intentos == intentos_de(despues.empresa_id) and despues.cliente.correo:
        mensaje += " Sale un correo para que responda por escrito."
    return mensaje


def _registrar(request, solicitud, formulario) -> str:
    visto = _visto(request, solicitud)
    if solicitud.estado != E.POR_LLAMAR:
        raise Conflicto("Esta solicitud ya no espera el llamado de satisfacción.")
    if not formulario.is_valid():
        raise DatosInvalidos({})
    despues = tramitar(
        solicitud, formulario.verbo, request.user,
        ahora=momento(request), visto=visto, **formulario.datos(),
    )  # fmt: skip
    if despues.estado == E.CERRADA:
        return f"{despues.folio}: conforme. La solicitud queda cerrada."
    visita = despues.ultima_visita()
    local = visita.inicia_en.astimezone(despues.sede.tz)
    cuando = f"{dia_en_palabras(local.date())}, {local:%H:%M}"
    return f"{despues.folio}: {visita.get_tipo_display().lower()} para el {cuando}."


def _con_errores(request, solicitud, formulario, rechazo):
    for campo, mensaje in rechazo.campos.items():
        nombre = EQUIVALE.get(campo, campo)
        if campo in ("inicia_en", "persona"):
            nombre = _de_la_hora(formulario, campo)
        formulario.add_error(nombre if nombre in formulario.fields else None, mensaje)
    return _pagina(request, solicitud, formulario, status=422)


def _de_la_hora(formulario, campo) -> str:
    """Where a refused hour is mended: among those on offer, or in what is written by hand."""
    if formulario.cleaned_data.get(formulario.campo_de_hora) != OTRA:
        return formulario.campo_de_hora
    return "persona" if campo == "persona" else "dia"


def _pagina(request, solicitud, formulario=None, *, status=200, conflicto=""):
    ahora, zona = momento(request), solicitud.sede.tz
    con_errores = formulario is not None and status == 422
    formulario = formulario or _formulario(request, solicitud)
    fallas = {c: e[0] for c, e in formulario.errors.items()} if con_errores else {}
    contexto = {
        **admin.site.each_context(request),
        "title": f"Llamado {solicitud.folio}",
        "caso": solicitud,
        "tz": zona,
        "form": formulario,
        "fallas": fallas,
        "errores": [(f"c-{campo}", mensaje) for campo, mensaje in fallas.items()],
        "conflicto": conflicto,
        "resultados": RESULTADOS,
        "a_mano": [formulario[nombre] for nombre in A_MANO],
        "filas": [
            {"r": r, "dicho": formulario[f"resultado_{r.pk}"], "por": formulario[f"motivo_{r.pk}"]}
            for r in formulario.ejecutados
        ],
        "espera": solicitud.estado == E.POR_LLAMAR,
        "maximo": intentos_de(solicitud.empresa_id),
        "saludo": "Buenos días" if ahora.astimezone(zona).hour < 12 else "Buenas tardes",
        "ejecutada": dia_en_palabras(solicitud.ejecutada_en.astimezone(zona).date())
        if solicitud.ejecutada_en
        else "",
        **_ofertas(solicitud, formulario.pauta, ahora),
    }
    return TemplateResponse(request, "consola/ingevec/llamado.html", contexto, status=status)


def _ofertas(solicitud, pauta, ahora) -> dict:
    """Hours for a new look, counted from this call, and for works inside the term that ran."""
    if pauta is None or solicitud.estado != E.POR_LLAMAR:
        return {"de_inspeccion": [], "de_trabajos": []}
    zona = solicitud.sede.tz
    vence = max(
        (p.vence_en for p in solicitud.plazos.all() if p.codigo == "trabajos"), default=None
    )
    desde = solicitud.inspeccionada_en or ahora
    inspeccion = ofrecer(pauta, ahora, ahora)
    trabajos = ofrecer(pauta, desde, ahora, TRABAJO, hasta=vence)
    return {
        "de_inspeccion": dias_de(inspeccion, zona),
        "por_que_inspeccion": inspeccion.excepcion,
        "de_trabajos": dias_de(trabajos, zona)[:DIAS],
        "por_que_trabajos": trabajos.excepcion,
    }
