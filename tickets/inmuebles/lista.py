"""The list of cases about homes: the filters, the columns and the file that any company has."""

from django.contrib import admin
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.html import format_html

from postventa.consola.busqueda import AYUDA
from postventa.consola.columnas import (
    FiltroEstado,
    FiltroPlazoDeCaso,
    FiltroResponsable,
    columnas_de,
)
from postventa.consola.contexto import momento
from postventa.consola.elegibles import ConElegibles
from postventa.consola.exportar import Columna, en_su_muro
from postventa.consola.lista import ConListado
from postventa.consola.tablero.filtros import DE_CASOS
from tickets.inmuebles.filtros import FiltroProyecto

# Columns of the file: the first, and those that follow the room's own.
FOLIO = Columna("Folio", lambda caso: caso.folio)
DEL_CASO = (
    Columna("Vivienda", lambda caso: caso.unidad.nombre),
    Columna("Proyecto", lambda caso: caso.sede.nombre),
    Columna("Estado", lambda caso: caso.get_estado_display()),
    Columna("Próximo plazo", lambda caso: en_su_muro(caso.proximo_vence_en, caso.sede.tz)),
    Columna("Responsable", lambda caso: caso.responsable or ""),
    Columna("Creado", lambda caso: en_su_muro(caso.creado_en, caso.sede.tz)),
)


def donde(modelo, ids) -> dict[int, str]:
    """`Condominio Los Arrayanes, Torre B, depto. 704`, by case id."""
    filas = modelo.objects.filter(pk__in=ids).values_list("pk", "sede__nombre", "unidad__nombre")
    return {pk: f"{sede}, {unidad}" for pk, sede, unidad in filas}


class ListaDeCasos(ConElegibles, ConListado):
    """Mixin of a room's case admin; the room adds the column of who asks, and its own filters."""

    list_display_links = None
    list_filter = [
        FiltroEstado, "situacion", FiltroPlazoDeCaso, FiltroProyecto, FiltroResponsable, *DE_CASOS
    ]  # fmt: skip
    search_fields = ["folio"]
    search_help_text = AYUDA
    ordering = [F("proximo_vence_en").asc(nulls_last=True), "-creado_en", "-pk"]
    ordenes_con_indice = ("proximo_vence_en", "creado_en")
    list_select_related = ["cliente", "sede__empresa", "unidad", "responsable"]

    def get_list_display(self, request):
        """Columns with the request's own now: the admin is one object for every thread."""
        if not hasattr(request, "_columnas"):
            *primeras, a_cargo = self.list_display
            proximo, creado = columnas_de(momento(request))
            columnas = [*primeras, proximo, a_cargo, creado]
            request._columnas = self.con_elegibles(request, columnas)
        return request._columnas

    @admin.display(description="Folio", ordering="folio")
    def ver_folio(self, caso):
        return format_html('<a class="folio" href="{}">{}</a>', self._url(caso.pk), caso.folio)

    @admin.display(description="Vivienda", ordering="unidad__nombre")
    def vivienda(self, caso):
        lugar = (caso.unidad.nombre, caso.sede.nombre)
        return format_html('{}<span class="sub">{}</span>', *lugar)

    @admin.display(description="Estado", ordering="estado")
    def ver_estado(self, caso):
        datos = {"estado": caso.estado, "texto": caso.get_estado_display()}
        return render_to_string(self.pildora, datos)

    @admin.display(description="Responsable", ordering="responsable__first_name")
    def a_cargo(self, caso):
        return caso.responsable or "—"
