"""Filters of a list of cases that happen in projects."""

from django.contrib import admin

from postventa.consola.alcances import acotar
from postventa.empresas.models import Sede


def proyectos_de(request, tipo_de_sala: str) -> list:
    """Projects of one's own in the company of that room, read once per request."""
    if not hasattr(request, "_proyectos_de_la_lista"):
        propios = acotar(Sede.objects.filter(empresa__codigo=tipo_de_sala), request.user)
        request._proyectos_de_la_lista = list(propios.order_by("nombre"))
    return request._proyectos_de_la_lista


class FiltroProyecto(admin.SimpleListFilter):
    title = "proyecto"
    parameter_name = "proyecto"

    def lookups(self, request, model_admin):
        return [(str(p.pk), p.nombre) for p in proyectos_de(request, model_admin.tipo)]

    def queryset(self, request, queryset):
        # Read from the choices, which are one's own: another's is as if nothing had been asked.
        valor = self.value() or ""
        return queryset.filter(sede_id=valor) if valor in dict(self.lookup_choices) else queryset
