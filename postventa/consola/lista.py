"""Lists that ask the database less, and their filters."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator

from postventa.consola.contexto import momento, zona_de
from postventa.consola.hoy import filtros_de_plazo


class Paginador(Paginator):
    """Reads one row more than a page: a list that fits in one needs no COUNT."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.primera = list(self.object_list[: self.per_page + 1])

    @property
    def count(self):
        if not hasattr(self, "_count"):
            cabe = len(self.primera) <= self.per_page
            self._count = len(self.primera) if cabe else self.object_list.count()
        return self._count


class Lista(ChangeList):
    """Django's list, on the rows that the paginator has already read."""

    def get_results(self, request):
        paginador = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        self.result_count = self.full_result_count = paginador.count
        self.show_full_result_count = False
        self.show_admin_actions = False
        self.can_show_all = False
        self.multi_page = self.result_count > self.list_per_page
        self.paginator = paginador
        if not self.multi_page or self.page_num == 1:
            self.result_list = paginador.primera[: self.list_per_page]
        else:
            self.result_list = paginador.get_page(self.page_num).object_list


class FiltroPlazo(admin.SimpleListFilter):
    """Late, due today or at risk, from now."""

    title = "plazo"
    parameter_name = "plazo"
    campo = "vence_en"

    def lookups(self, request, model_admin):
        return [("vencidos", "Vencidos"), ("hoy", "Vencen hoy"), ("riesgo", "En riesgo")]

    def queryset(self, request, queryset):
        q = filtros_de_plazo(momento(request), zona_de(request.user)).get(self.value())
        return queryset if q is None else self.acotar(queryset, q)

    def acotar(self, queryset, q):
        return queryset.filter(q)
