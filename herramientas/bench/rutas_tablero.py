"""The board's floor: a stock page of the stored rows for who is in, behind the same middleware."""

from functools import cache

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from postventa.tableros.models import Resumen

PAGINA = """<!doctype html><title>Piso</title><p>{{ user.first_name }}</p><table>
{% for f in filas %}<tr><th>{{ f.medida }}</th><td>{{ f.semana|date:"j M" }}</td>
<td>{{ f.sede.nombre|default:"" }}</td><td>{{ f.persona.first_name|default:"" }}</td>
<td><a href="/lista/?m={{ f.medida|urlencode }}">{{ f.n }}</a></td><td>{{ f.si }}</td></tr>
{% endfor %}</table>"""


@cache
def plantilla():
    return engines["django"].from_string(PAGINA)


@login_required
def piso(request, cuantas: int):
    filas = Resumen.objects.filter(corte__in=("s", "p")).select_related("sede", "persona")
    filas = filas.order_by("-semana", "pk")[:cuantas]
    return HttpResponse(plantilla().render({"filas": filas}, request))


urlpatterns = [path("piso/<int:cuantas>/", piso), path("", include("postventa.urls"))]
