"""Columns and filters that every list of cases has."""

from django.contrib import admin
from django.utils.html import format_html

from postventa.calendario.palabras import fecha_corta
from postventa.consola.hoy import del_personal
from postventa.consola.lista import FiltroPlazo
from postventa.consola.medidas import lo_que_falta
from postventa.consola.relojes import tono_de
from postventa.plazos.models import Plazo


class FiltroPlazoDeCaso(FiltroPlazo):
    """By any open clock of the case that somebody of staff must meet."""

    def acotar(self, queryset, q):
        return queryset.filter(
            pk__in=del_personal(Plazo.objects.all()).filter(q).values("expediente_id")
        )


class FiltroEstado(admin.SimpleListFilter):
    """By the states that the room's own machine declares."""

    title = "estado"
    parameter_name = "estado"

    def lookups(self, request, model_admin):
        estados = model_admin.model._meta.get_field("estado").choices
        return [(valor, nombre) for valor, nombre in estados if valor]

    def queryset(self, request, queryset):
        # The door's copy, beside what the list is ordered by.
        return queryset.filter(etapa=self.value()) if self.value() else queryset


class FiltroResponsable(admin.SimpleListFilter):
    title = "responsable"
    parameter_name = "responsable"

    def lookups(self, request, model_admin):
        return [("yo", "Yo"), ("nadie", "Sin responsable")]

    def queryset(self, request, queryset):
        if self.value() == "yo":
            return queryset.filter(responsable=request.user)
        return queryset.filter(responsable=None) if self.value() == "nadie" else queryset


def proximo_plazo(caso, ahora):
    """Time left of the next clock, its tone from now, and its date."""
    if caso.proximo_vence_en is None:
        return "—"
    return format_html(
        '<span class="falta {}">{}</span><span class="sub">{}</span>',
        tono_de(caso.proximo_vence_en, ahora),
        lo_que_falta(caso, caso.proximo_vence_en, caso.sede.tz, ahora),
        fecha_corta(caso.proximo_vence_en, caso.sede.tz, ahora),
    )


def columnas_de(ahora):
    """The two columns that speak of now."""

    @admin.display(description="Próximo plazo", ordering="proximo_vence_en")
    def proximo(caso):
        return proximo_plazo(caso, ahora)

    @admin.display(description="Creado", ordering="creado_en")
    def creado(caso):
        return fecha_corta(caso.creado_en, caso.sede.tz, ahora)

    return proximo, creado
