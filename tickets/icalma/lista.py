"""The list of tickets: its filters, its columns and those of its file."""

from django.contrib import admin
from django.utils.html import format_html

from postventa.consola import columnas
from postventa.consola.alcances import acotar
from postventa.consola.busqueda import buscar
from postventa.consola.exportar import Columna
from postventa.consola.opciones import NOMBRE, corta
from postventa.personas.models import Membresia, Usuario
from tickets.icalma.permisos import ATIENDEN
from tickets.inmuebles.filtros import PROYECTO
from tickets.inmuebles.lista import DEL_CASO, FOLIO, ListaDeCasos
from tickets.inmuebles.models import Proyecto

PERSONA = "persona"
BUSCA = ("folio", "unidad__nombre", "sede__nombre")


class FiltroResponsable(columnas.FiltroResponsable):
    def lookups(self, request, model_admin):
        otros = {
            str(o.pk): o.nombre
            for o in model_admin.opciones(request, PERSONA)
            if o.pk != request.user.pk
        }
        return [*super().lookups(request, model_admin), *otros.items()]

    def queryset(self, request, queryset):
        if (valor := self.value()) in (None, "", "yo", "nadie"):
            return super().queryset(request, queryset)
        ofrecidos = {pk for pk, _ in self.lookup_choices}
        return queryset.filter(responsable_id=valor) if valor in ofrecidos else queryset.none()


EXPORTABLES = (
    FOLIO,
    Columna("Propietario", lambda t: t.cliente.nombre),
    Columna("Documento", lambda t: t.cliente.documento),
    *DEL_CASO,
)


class ListaDeTickets(ListaDeCasos):
    """Mixin of the tickets' admin: what its list shows, finds, offers and exports."""

    list_display = ["ver_folio", "propietario", "vivienda", "ver_estado", "a_cargo"]
    list_filter = [
        FiltroResponsable if filtro is columnas.FiltroResponsable else filtro
        for filtro in ListaDeCasos.list_filter
    ]
    exportables = EXPORTABLES
    vacio = "No hay tickets con estos filtros. Los nuevos llegan desde el portal del propietario."

    def cortas(self, request):
        propios = acotar(Proyecto.objects.all(), request.user)
        atienden = Membresia.objects.filter(
            empresa_id__in=propios.values("empresa_id"), rol__in=ATIENDEN
        )
        personas = Usuario.objects.filter(pk__in=atienden.values("usuario_id"))
        return [corta(PROYECTO, propios), corta(PERSONA, personas, NOMBRE)]

    def get_search_results(self, request, queryset, search_term):
        return buscar(queryset, search_term, BUSCA), False

    # --- columns

    @admin.display(description="Propietario", ordering="cliente__nombre")
    def propietario(self, ticket):
        return format_html(
            '{}<span class="sub">{}</span>', ticket.cliente.nombre, ticket.cliente.documento
        )
