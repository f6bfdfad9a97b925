"""The agreed visits, of a day or of a person: to find, never to edit."""

from datetime import timedelta

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html

from postventa.calendario.palabras import fecha_corta
from postventa.calendario.zonas import a_instante, comienzo_del_dia
from postventa.consola.base import SoloLectura
from postventa.consola.busqueda import lugar
from postventa.consola.contexto import momento, zona_de
from postventa.consola.exportar import Columna, en_su_muro
from postventa.consola.hoy import url_de_caso, visitas_del_dia
from postventa.consola.por_caso import PorCaso
from postventa.visitas.models import Visita

SEMANA = timedelta(days=7)


class FiltroDia(admin.SimpleListFilter):
    """Days on the wall of the person who looks."""

    title = "día"
    parameter_name = "dia"

    def lookups(self, request, model_admin):
        return [("hoy", "Hoy"), ("manana", "Mañana"), ("semana", "Desde hoy, siete días")]

    def queryset(self, request, queryset):
        zona = zona_de(request.user)
        dia = momento(request).astimezone(zona).date()
        if self.value() == "hoy":
            return visitas_del_dia(queryset, dia, zona)
        if self.value() == "manana":
            return visitas_del_dia(queryset, dia + timedelta(days=1), zona)
        if self.value() == "semana":
            desde, hasta = (a_instante(comienzo_del_dia(d, zona)) for d in (dia, dia + SEMANA))
            return queryset.filter(inicia_en__gte=desde, inicia_en__lt=hasta)
        return queryset


class FiltroQuien(admin.SimpleListFilter):
    title = "quién va"
    parameter_name = "quien"

    def lookups(self, request, model_admin):
        return [("yo", "Yo")]

    def queryset(self, request, queryset):
        return queryset.filter(persona=request.user) if self.value() == "yo" else queryset


EXPORTABLES = (
    Columna("Empieza", lambda v: en_su_muro(v.inicia_en, v.expediente.sede.tz)),
    Columna("Visita", lambda v: v.get_tipo_display()),
    Columna("Caso", lambda v: v.expediente.folio),
    Columna("Cliente", lambda v: v.expediente.cliente.nombre),
    Columna("Lugar", lambda v: v.lugar),
    Columna("Sede", lambda v: v.expediente.sede.nombre),
    Columna("Estado", lambda v: v.get_estado_display()),
    Columna("Quién va", lambda v: v.persona),
)


@admin.register(Visita)
class VisitaAdmin(PorCaso, SoloLectura):
    list_display = ["caso", "donde", "estado_en_palabras", "persona"]
    list_display_links = None
    list_filter = [FiltroDia, "tipo", "estado", FiltroQuien]
    list_select_related = ["expediente__sede__empresa", "expediente__cliente", "persona"]
    ordering = ["-inicia_en", "-pk"]
    ordenes_con_indice = ("inicia_en",)
    exportables = EXPORTABLES
    vacio = "Todavía no hay visitas: se coordinan desde cada caso."

    def get_ordering(self, request):
        # Of some days, as the day goes; of all of them, the last first.
        return ["inicia_en", "pk"] if request.GET.get("dia") else self.ordering

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(lugar=lugar("expediente__"))

    def get_list_display(self, request):
        if not hasattr(request, "_columnas"):
            request._columnas = [_cuando(momento(request)), *self.list_display]
        return request._columnas

    @admin.display(description="Caso", ordering="expediente__folio")
    def caso(self, visita):
        caso = visita.expediente
        return format_html(
            '<a class="folio" href="{}">{}</a><span class="sub">{}</span>',
            url_de_caso(caso),
            caso.folio,
            caso.cliente.nombre,
        )

    @admin.display(description="Lugar", ordering="lugar")
    def donde(self, visita):
        sede = visita.expediente.sede.nombre
        return format_html('{}<span class="sub">{}</span>', visita.lugar, sede)

    @admin.display(description="Estado", ordering="estado")
    def estado_en_palabras(self, visita):
        datos = {"estado": visita.estado, "texto": visita.get_estado_display()}
        return render_to_string("consola/_pildora_visita.html", datos)


def _cuando(ahora):
    @admin.display(description="Empieza", ordering="inicia_en")
    def cuando(visita):
        return format_html(
            '<b>{}</b><span class="sub">{}</span>',
            fecha_corta(visita.inicia_en, visita.expediente.sede.tz, ahora),
            visita.get_tipo_display(),
        )

    return cuando
