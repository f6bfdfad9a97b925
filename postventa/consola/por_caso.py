"""The search of lists whose rows hang from cases: what a case is known by finds its clocks."""

from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import F, Value

from postventa.consola.alcances import acotar
from postventa.consola.busqueda import AYUDA, casos_con
from postventa.consola.lista import ConListado
from postventa.consola.opciones import corta
from postventa.consola.topes import TOPE
from postventa.expedientes.models import Expediente

# Looked at by a search: a word that every home has would bring every clock there ever was. Of
# more the list says so, and these are the ones of which something is due soonest.
CASOS = TOPE
ORDEN = (F("proximo_vence_en").asc(nulls_last=True), "-pk")
HALLADOS = "hallados"


class PorCaso(ConListado):
    """Mixin of those lists: their cases are found first, of what this person may see, and come
    with the short lists: found once, and told how many they are, in no statement more."""

    search_fields = ["expediente__folio"]
    search_help_text = AYUDA

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        hallados = [o.pk for o in self.opciones(request, HALLADOS)]
        return queryset.filter(expediente_id__in=hallados), False

    def cortas(self, request):
        if not (texto := request.GET.get(SEARCH_VAR, "").strip()):
            return super().cortas(request)
        propios = acotar(Expediente.objects.all(), request.user)
        casos = casos_con(propios, texto, ORDEN, CASOS + 1).values("pk")
        hallados = corta(HALLADOS, Expediente.objects.filter(pk__in=casos), nombre=Value(""))
        return [*super().cortas(request), hallados]

    @property
    def mirados(self) -> str:
        return f"más de {CASOS:,}".replace(",", ".")

    def es_amplia(self, request):
        return len(self.opciones(request, HALLADOS)) > CASOS
