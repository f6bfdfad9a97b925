"""Filters of a list of cases that happen in projects."""

from django.contrib import admin

PROYECTO = "proyecto"


class FiltroProyecto(admin.SimpleListFilter):
    title = "proyecto"
    parameter_name = "proyecto"

    def lookups(self, request, model_admin):
        return [(str(o.pk), o.nombre) for o in model_admin.opciones(request, PROYECTO)]

    def queryset(self, request, queryset):
        if not (valor := self.value()):
            return queryset
        # A filter that somebody shared may name a place that is not one's own.
        ofrecidos = {pk for pk, _ in self.lookup_choices}
        return queryset.filter(sede_id=valor) if valor in ofrecidos else queryset.none()
