"""The search of lists whose rows hang from cases: what a case is known by finds its clocks."""

from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import F

from postventa.consola.alcances import acotar
from postventa.consola.busqueda import AYUDA, casos_con
from postventa.consola.lista import AMPLIA, ConListado
from postventa.consola.opciones import corta
from postventa.consola.topes import EnClaves
from postventa.expedientes.models import Expediente

# Found by a search; of more, only these, and the list says so: a word that every home has would
# bring every clock there ever was.
CASOS = 10_000
# Those of which something is due soonest.
ORDEN = (F("proximo_vence_en").asc(nulls_last=True), "-pk")


class PorCaso(ConListado):
    """Mixin of those lists: their cases are found first, of what this person may see."""

    search_fields = ["expediente__folio"]
    search_help_text = AYUDA

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        casos = _casos(request, search_term).order_by(*ORDEN)[:CASOS]
        return queryset.filter(EnClaves(casos, "expediente_id")), False

    def cortas(self, request):
        if not (texto := request.GET.get(SEARCH_VAR, "").strip()):
            return super().cortas(request)
        uno_mas = _casos(request, texto).order_by().values("pk")[CASOS : CASOS + 1]
        es_amplia = corta(AMPLIA, Expediente.objects.filter(pk__in=uno_mas), nombre="folio")
        return [*super().cortas(request), es_amplia]


def _casos(request, texto):
    return casos_con(acotar(Expediente.objects.all(), request.user), texto)
