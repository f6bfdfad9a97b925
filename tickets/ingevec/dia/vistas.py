"""One's own visits of a day, to carry on a phone or on paper, and the posts of each at the home."""

from datetime import date, timedelta
from itertools import groupby

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from postventa.calendario.horario import ANIO_MAXIMO, ANIO_MINIMO
from postventa.calendario.palabras import dia_en_palabras
from postventa.calendario.zonas import a_instante, comienzo_del_dia, fin_del_dia
from postventa.consola.alcances import acotar
from postventa.consola.contexto import momento, zona_de
from postventa.consola.envios import una_vez
from postventa.tramitacion.acciones import DEL_CASO, tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado, Rechazo
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.ingevec.dia.pagina import contexto, formularios_de
from tickets.ingevec.models import Solicitud
from tickets.ingevec.puestos import visitan

CAMBIO = "El caso cambió mientras mirabas esta página. Revisa cómo está ahora e inténtalo de nuevo."
SE_HACEN = (V.COORDINADA, V.EN_CURSO, V.REALIZADA)


@require_safe
def dia(request):
    """Own visits of a date, by project and hour."""
    if not visitan(request.user):
        raise PermissionDenied("Esta página es de quienes visitan las viviendas de Ingevec.")
    ahora, zona = momento(request), zona_de(request.user)
    hoy = ahora.astimezone(zona).date()
    fecha = _fecha(request.GET.get("fecha", ""), hoy)
    visitas = _visitas(request.user, fecha, zona)
    solicitudes = _solicitudes(visitas)
    filas = [{"v": v, "s": solicitudes[v.expediente_id]} for v in visitas]
    filas.sort(key=lambda f: (f["s"].sede.nombre, f["v"].inicia_en))
    dato = {
        **admin.site.each_context(request),
        "title": f"Mis visitas: {dia_en_palabras(fecha)}",
        "fecha": fecha,
        "es_hoy": fecha == hoy,
        "antes": fecha - timedelta(days=1),
        "despues": fecha + timedelta(days=1),
        "proyectos": [
            (sede, list(suyas)) for sede, suyas in groupby(filas, key=lambda f: f["s"].sede)
        ],
        "cuantas": len(filas),
    }
    return TemplateResponse(request, "consola/ingevec/dia.html", dato)


def _fecha(texto: str, hoy: date) -> date:
    try:
        fecha = date.fromisoformat(texto)
    except ValueError:
        return hoy
    # A day on, and another back, must still be in the calendar.
    return fecha if ANIO_MINIMO < fecha.year < ANIO_MAXIMO else hoy


def _visitas(usuario, fecha, zona) -> list[Visita]:
    suyas = acotar(Visita.objects.all(), usuario).filter(
        persona=usuario,
        expediente__tipo="ingevec",
        estado__in=SE_HACEN,
        inicia_en__gte=a_instante(comienzo_del_dia(fecha, zona)),
        inicia_en__lte=a_instante(fin_del_dia(fecha, zona)),
    )
    return list(suyas.prefetch_related("requerimientos").order_by("inicia_en"))


def _solicitudes(visitas) -> dict:
    ids = [v.expediente_id for v in visitas]
    return Solicitud.objects.select_related("sede__empresa", "unidad").in_bulk(ids)


def _visita_o_404(request, pk) -> Visita:
    """A visit of one's own companies and places, tied to its solicitud read once."""
    propias = acotar(Solicitud.objects.all(), request.user).filter(visitas__pk=pk)
    solicitud = (
        propias.select_related(*DEL_CASO, "unidad")
        .prefetch_related(
            Prefetch("visitas", Visita.objects.select_related("persona")),
            "requerimientos__fotos",
            "plazos",
        )
        .first()
    )
    if solicitud is None:
        raise Http404
    for r in solicitud.requerimientos.all():
        r.solicitud = solicitud
    visita = next(v for v in solicitud.visitas.all() if v.pk == pk)
    visita.expediente = solicitud
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
        "url": reverse("admin:ingevec_terreno", args=[visita.pk]),
        "url_caso": reverse("admin:ingevec_solicitud_change", args=[visita.expediente_id]),
        "conflicto": conflicto,
    }
    return TemplateResponse(request, "consola/ingevec/terreno.html", datos, status=status)


@require_POST
def hacer(request, pk, accion):
    """One act of the visit. The same key again gets the first answer; a refusal changes nothing."""
    visita = _visita_o_404(request, pk)
    formulario = None
    try:
        formulario = _formulario(request, visita, accion)
        hecho, _ = una_vez(
            request, momento(request), lambda: _tramitar(request, visita, formulario)
        )
    except NoAutorizado as error:
        return admin.site.rechazo(request, 403, error.mensaje)
    except Rechazo as error:
        return _rechazo(request, visita, accion, formulario, error)
    messages.success(request, hecho["mensaje"])
    return HttpResponseRedirect(reverse("admin:ingevec_terreno", args=[pk]))


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


def _tramitar(request, visita, formulario) -> dict:
    if formulario is None:
        raise Conflicto("Eso ya no se puede hacer en esta visita. Revisa cómo está ahora.")
    visto = request.POST.get("visto", "")
    if not visto.isdecimal() or len(visto) > 9 or int(visto) != visita.expediente.cadena_largo:
        raise Conflicto(CAMBIO)
    if not formulario.is_valid():
        raise DatosInvalidos({})
    acto = formulario.acto()
    tramitar(
        acto.objeto, acto.verbo, request.user,
        canal="terreno", ahora=momento(request), visto=int(visto), **acto.datos,
    )  # fmt: skip
    return {"mensaje": formulario.hecho()}


def _rechazo(request, visita, accion, formulario, error):
    if formulario is not None and isinstance(error, DatosInvalidos):
        formulario.con_rechazo(error.campos)
    return _pagina(
        request,
        _visita_o_404(request, visita.pk),
        status=error.status,
        conflicto="" if isinstance(error, DatosInvalidos) and formulario else error.mensaje,
        atado=formulario,
        accion=accion,
    )
