"""The page of the day's indicators."""

from datetime import date

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from comteco.procedimientos import indicadores
from comteco.procedimientos.consola_espera import EMPRESA, puestos
from comteco.procedimientos.models import Tramite
from comteco.procedimientos.permisos import ASESOR, JEFE
from postventa.calendario.palabras import dia_en_palabras
from postventa.consola.alcances import acotar
from postventa.consola.contexto import momento, zona_de
from postventa.personas.models import Rol


@require_safe
def del_dia(request):
    """Of a day: the head and Gerencia see everybody's, an adviser their own."""
    todos = puestos(request.user, JEFE, Rol.GERENTE)
    if not todos and not puestos(request.user, ASESOR):
        raise PermissionDenied("Los indicadores son de los asesores y de su jefatura.")
    zona = zona_de(request.user)
    hoy = momento(request).astimezone(zona).date()
    dia, error = _leer(request.GET.get("dia", ""), hoy)
    tramites = acotar(Tramite.objects.filter(empresa__codigo=EMPRESA), request.user)
    if not todos:
        tramites = tramites.filter(responsable=request.user)
    filas = indicadores.del_dia(tramites, dia, zona)
    eficacia, oportunidad = indicadores.resumen(filas)
    contexto = {
        **admin.site.each_context(request),
        "title": "Indicadores del día",
        "filas": filas,
        "total": eficacia.total,
        "eficacia": eficacia,
        "oportunidad": oportunidad,
        "dia": dia,
        "dia_en_palabras": dia_en_palabras(dia, con_anio=True),
        "error": error,
    }
    return TemplateResponse(
        request, "consola/tramites/indicadores.html", contexto, status=422 if error else 200
    )


def _leer(texto: str, hoy: date) -> tuple[date, str]:
    if not texto:
        return hoy, ""
    try:
        dia = date.fromisoformat(texto)
    except ValueError:
        return hoy, "Escribe la fecha como dd-mm-aaaa."
    if dia > hoy or dia.year < 2000:
        return hoy, "Elige un día que ya llegó."
    return dia, ""
