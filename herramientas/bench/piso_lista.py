"""The floors of a list: the same 25 rows, with two joins and in the same order.

`desnuda` is a stock view with a table in it: no count, no roles, no filters, no business time, no
page around. `django` is Django's own admin over the same model, with its own templates, a search
and two filters: what the console is made with, before it does anything of its own.
"""

from functools import lru_cache

from bench.datos import EMPRESA
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpResponse
from django.template import engines
from django.utils.formats import date_format

from postventa.empresas.models import Empresa
from postventa.plazos.models import ABIERTOS, Plazo
from tickets.icalma.models import Ticket

POR_PAGINA = 25
PAGINA = engines["django"].from_string(
    "<!doctype html><title>Piso</title><table>{% for fila in filas %}<tr>"
    "{% for dato in fila %}<td>{{ dato }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


@lru_cache
def _empresa() -> int:
    """Its key: by its code, the planner would not know whose index to follow."""
    return Empresa.objects.values_list("pk", flat=True).get(codigo=EMPRESA)


def _plazos():
    filas = Plazo.objects.filter(empresa=_empresa(), estado__in=ABIERTOS)
    return filas.select_related("expediente__cliente").order_by("vence_en", "pk")


def _tickets():
    filas = Ticket.objects.filter(empresa=_empresa()).select_related("cliente", "sede")
    return filas.order_by(F("proximo_vence_en").asc(nulls_last=True), "-creado_en", "-pk")


def _de_plazo(plazo):
    caso = plazo.expediente
    return caso.folio, caso.cliente, plazo.codigo, plazo.estado, date_format(plazo.vence_en)


def _de_ticket(ticket):
    return ticket.folio, ticket.cliente, ticket.sede, ticket.estado, date_format(ticket.creado_en)


LISTAS = {"plazos": (_plazos, _de_plazo), "tickets": (_tickets, _de_ticket)}


@login_required
def desnuda(request, cual: str):
    consulta, columnas = LISTAS[cual]
    desde = (int(request.GET.get("p", 1)) - 1) * POR_PAGINA
    filas = [columnas(fila) for fila in consulta()[desde : desde + POR_PAGINA]]
    return HttpResponse(PAGINA.render({"filas": filas}, request))


class _DeDjango(admin.ModelAdmin):
    list_per_page = POR_PAGINA
    # Of a million rows a second count would be all that is measured.
    show_full_result_count = False

    def has_view_permission(self, request, obj=None):
        return True

    def changelist_view(self, request, extra_context=None):
        pagina = super().changelist_view(request, extra_context)
        pagina.using = "piso"
        return pagina


class _Tickets(_DeDjango):
    list_display = ["folio", "cliente", "sede", "estado", "creado_en", "proximo_vence_en"]
    list_filter = ["estado", "situacion"]
    search_fields = ["folio"]
    list_select_related = ["cliente", "sede"]

    def get_queryset(self, request):
        return _tickets()


class _Plazos(_DeDjango):
    list_display = ["caso", "cliente", "codigo", "estado", "inicia_en", "vence_en"]
    list_filter = ["estado", "es_pactado"]
    search_fields = ["codigo"]
    list_select_related = ["expediente__cliente"]

    def get_queryset(self, request):
        return _plazos()

    def caso(self, plazo):
        return plazo.expediente.folio

    def cliente(self, plazo):
        return plazo.expediente.cliente


class _Sitio(admin.AdminSite):
    def each_context(self, request):
        return super().each_context(request) | {"available_apps": []}


SITIO = _Sitio("piso")
SITIO.register(Ticket, _Tickets)
SITIO.register(Plazo, _Plazos)
