"""The list of tickets: its filters, its columns and those of its file."""

from django.contrib import admin
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.html import format_html

from postventa.consola.alcances import acotar
from postventa.consola.busqueda import AYUDA, buscar
from postventa.consola.columnas import FiltroPlazoDeCaso, columnas_de
from postventa.consola.contexto import momento
from postventa.consola.elegibles import ConElegibles
from postventa.consola.exportar import Columna, en_su_muro
from postventa.consola.lista import ConListado
from postventa.consola.opciones import NOMBRE, corta
from postventa.personas.models import Membresia, Usuario
from tickets.icalma.flujo import EstadoTicket
from tickets.icalma.permisos import ATIENDEN
from tickets.inmuebles.filtros import PROYECTO, FiltroProyecto
from tickets.inmuebles.models import Proyecto

PERSONA = "persona"
BUSCA = ("folio", "unidad__nombre", "sede__nombre")


class FiltroEstado(admin.SimpleListFilter):
    title = "estado"
    parameter_name = "estado"

    def lookups(self, request, model_admin):
        return [(valor, nombre) for valor, nombre in EstadoTicket.choices if valor]

    def queryset(self, request, queryset):
        return queryset.filter(estado=self.value()) if self.value() else queryset


class FiltroResponsable(admin.SimpleListFilter):
    title = "responsable"
    parameter_name = "responsable"

    def lookups(self, request, model_admin):
        otros = {
            str(o.pk): o.nombre
            for o in model_admin.opciones(request, PERSONA)
            if o.pk != request.user.pk
        }
        return [("yo", "Yo"), ("nadie", "Sin responsable"), *otros.items()]

    def queryset(self, request, queryset):
        if not (valor := self.value()):
            return queryset
        if valor == "yo":
            return queryset.filter(responsable=request.user)
        if valor == "nadie":
            return queryset.filter(responsable=None)
        ofrecidos = {pk for pk, _ in self.lookup_choices}
        return queryset.filter(responsable_id=valor) if valor in ofrecidos else queryset.none()


EXPORTABLES = (
    Columna("Folio", lambda t: t.folio),
    Columna("Propietario", lambda t: t.cliente.nombre),
    Columna("Documento", lambda t: t.cliente.documento),
    Columna("Vivienda", lambda t: t.unidad.nombre),
    Columna("Proyecto", lambda t: t.sede.nombre),
    Columna("Estado", lambda t: t.get_estado_display()),
    Columna("Próximo plazo", lambda t: en_su_muro(t.proximo_vence_en, t.sede.tz)),
    Columna("Responsable", lambda t: t.responsable or ""),
    Columna("Creado", lambda t: en_su_muro(t.creado_en, t.sede.tz)),
)


class ListaDeTickets(ConElegibles, ConListado):
    """Mixin of the tickets' admin: what its list shows, finds, offers and exports."""

    list_display = ["ver_folio", "propietario", "vivienda", "ver_estado", "a_cargo"]
    list_display_links = None
    list_filter = [FiltroEstado, "situacion", FiltroPlazoDeCaso, FiltroProyecto, FiltroResponsable]
    search_fields = ["folio"]
    search_help_text = AYUDA
    ordering = [F("proximo_vence_en").asc(nulls_last=True), "-creado_en", "-pk"]
    list_select_related = ["cliente", "sede__empresa", "unidad", "responsable"]
    exportables = EXPORTABLES
    vacio = "No hay tickets con estos filtros. Los nuevos llegan desde el portal del propietario."

    def cortas(self, request):
        propios = acotar(Proyecto.objects.all(), request.user)
        atienden = Membresia.objects.filter(
            empresa_id__in=propios.values("empresa_id"), rol__in=ATIENDEN
        )
        personas = Usuario.objects.filter(pk__in=atienden.values("usuario_id"))
        return [corta(PROYECTO, propios), corta(PERSONA, personas, NOMBRE)]

    def get_list_display(self, request):
        """Columns with the request's own now: the admin is one object for every thread."""
        if not hasattr(request, "_columnas"):
            *primeras, a_cargo = self.list_display
            proximo, creado = columnas_de(momento(request))
            columnas = [*primeras, proximo, a_cargo, creado]
            request._columnas = self.con_elegibles(request, columnas)
        return request._columnas

    def get_search_results(self, request, queryset, search_term):
        return buscar(queryset, search_term, BUSCA), False

    # --- columns

    @admin.display(description="Folio", ordering="folio")
    def ver_folio(self, ticket):
        url = self._url(ticket.pk)
        return format_html('<a class="folio" href="{}">{}</a>', url, ticket.folio)

    @admin.display(description="Propietario", ordering="cliente__nombre")
    def propietario(self, ticket):
        return format_html(
            '{}<span class="sub">{}</span>', ticket.cliente.nombre, ticket.cliente.documento
        )

    @admin.display(description="Vivienda", ordering="unidad__nombre")
    def vivienda(self, ticket):
        return format_html(
            '{}<span class="sub">{}</span>', ticket.unidad.nombre, ticket.sede.nombre
        )

    @admin.display(description="Estado", ordering="estado")
    def ver_estado(self, ticket):
        return render_to_string("consola/icalma/pildora.html", {"estado": ticket.estado,
                                "texto": ticket.get_estado_display()})  # fmt: skip

    @admin.display(description="Responsable", ordering="responsable__first_name")
    def a_cargo(self, ticket):
        return ticket.responsable or "—"
