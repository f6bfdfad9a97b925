"""One's own visits of a day, to carry on a phone or on paper."""

from datetime import date, timedelta
from itertools import groupby

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from postventa.calendario.horario import ANIO_MAXIMO, ANIO_MINIMO
from postventa.calendario.palabras import dia_en_palabras
from postventa.calendario.zonas import a_instante, comienzo_del_dia, fin_del_dia
from postventa.consola.alcances import acotar
from postventa.consola.contexto import momento, zona_de
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.ingevec.models import Solicitud
from tickets.ingevec.puestos import visitan

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
