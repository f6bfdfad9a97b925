"""CAPERA in the console: its complaints, each shown whole, and the causes that they have."""

from django.contrib import admin
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.html import format_html

from postventa.consola import salas
from postventa.consola.alcances import declarar
from postventa.consola.base import AdminDeEmpresa
from postventa.consola.busqueda import AYUDA, buscar
from postventa.consola.caso import AdminDeCaso
from postventa.consola.columnas import FiltroPlazoDeCaso, columnas_de
from postventa.consola.contexto import membresias, momento
from postventa.consola.exportar import Columna, en_su_muro
from postventa.consola.lista import ConListado
from reclamos.consola import CONSOLA
from reclamos.flujo import EstadoReclamo
from reclamos.models import Canal, Causa, Mejora, Reclamo
from reclamos.sala import SALA

declarar(Reclamo, "empresa_id", "sede_id", casos=("pk",))
declarar(Mejora, "reclamo__empresa_id", "reclamo__sede_id", casos=("reclamo_id", "iguales"))
declarar(Causa)
salas.registrar(CONSOLA)


def _trabaja_alli(usuario) -> bool:
    suya = any(m.empresa.codigo == SALA.empresa for m in membresias(usuario))
    return suya or usuario.is_superuser


@admin.register(Causa)
class CausaAdmin(AdminDeEmpresa):
    grupo = "Quejas y reclamos"
    descripcion = "Las causas raíz con nombre, para contar las que se repiten"
    vacio = "No hay causas raíz: se agregan antes de identificarlas en un reclamo."
    list_display = ["nombre"]
    search_fields = ["nombre"]
    fields = ["empresa", "nombre"]

    def get_readonly_fields(self, request, obj=None):
        return ["empresa"] if obj else []

    def has_view_permission(self, request, obj=None):
        return _trabaja_alli(request.user) and super().has_view_permission(request, obj)


class FiltroEstado(admin.SimpleListFilter):
    title = "estado"
    parameter_name = "estado"

    def lookups(self, request, model_admin):
        return [(valor, nombre) for valor, nombre in EstadoReclamo.choices if valor]

    def queryset(self, request, queryset):
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


EXPORTABLES = (
    Columna("Código", lambda r: r.codigo),
    Columna("N° de Ingreso", lambda r: r.numero_ingreso),
    Columna("Tipo", lambda r: r.get_clase_display()),
    Columna("Reclamante", lambda r: r.cliente.nombre),
    Columna("Establecimiento", lambda r: r.sede.nombre),
    Columna("Estado", lambda r: r.get_estado_display()),
    Columna("Próximo plazo", lambda r: en_su_muro(r.proximo_vence_en, r.sede.tz)),
    Columna("Responsable", lambda r: r.responsable or ""),
    Columna("Recibido", lambda r: en_su_muro(r.recibida_en, r.sede.tz)),
)


@admin.register(Reclamo)
class ReclamoAdmin(ConListado, AdminDeCaso):
    tipo = "capera"
    plantilla = "consola/reclamos/caso.html"
    pestanas = ("reclamo", "plazos", "correos", "historial")
    en_filas = ()
    list_display = ["ver_codigo", "quien", "ver_estado", "a_cargo"]
    list_display_links = None
    list_filter = [FiltroEstado, "situacion", FiltroPlazoDeCaso, FiltroResponsable]
    search_fields = ["folio"]
    search_help_text = AYUDA
    ordering = [F("proximo_vence_en").asc(nulls_last=True), "-creado_en", "-pk"]
    ordenes_con_indice = ("proximo_vence_en", "creado_en")
    list_select_related = ["cliente", "sede__empresa", "responsable"]
    exportables = EXPORTABLES
    vacio = "No hay reclamos con estos filtros."

    def get_list_display(self, request):
        """Columns with the request's own now: the admin is one object for every thread."""
        if not hasattr(request, "_columnas"):
            *primeras, a_cargo = self.list_display
            proximo, creado = columnas_de(momento(request))
            request._columnas = [*primeras, proximo, a_cargo, creado]
        return request._columnas

    def get_search_results(self, request, queryset, search_term):
        return buscar(queryset, search_term, ("folio", "motivo", "sede__nombre")), False

    # --- columns

    @admin.display(description="Código e ingreso", ordering="folio")
    def ver_codigo(self, reclamo):
        return format_html(
            '<a class="folio" href="{}">{}</a><span class="sub">{}</span>',
            self._url(reclamo.pk),
            reclamo.codigo,
            reclamo.numero_ingreso or "Sin N° de Ingreso",
        )

    @admin.display(description="Reclamante", ordering="cliente__nombre")
    def quien(self, reclamo):
        return format_html(
            '{}<span class="sub">{}, {}</span>',
            reclamo.cliente.nombre,
            reclamo.get_clase_display(),
            reclamo.sede.nombre,
        )

    @admin.display(description="Estado", ordering="estado")
    def ver_estado(self, reclamo):
        datos = {"estado": reclamo.estado, "texto": reclamo.get_estado_display()}
        return render_to_string(self.pildora, datos)

    @admin.display(description="Responsable", ordering="responsable__first_name")
    def a_cargo(self, reclamo):
        return reclamo.responsable or "—"

    # --- page

    def para_pagina(self, request, pestana):
        return super().para_pagina(request, pestana).prefetch_related("aludidos")

    def contexto_de(self, request, caso, pestana, verbos, elegido, formulario):
        contexto = super().contexto_de(request, caso, pestana, verbos, elegido, formulario)
        contexto["canal"] = dict(Canal.choices).get(caso.canal, caso.canal)
        if pestana == self.pestanas[0]:
            contexto |= {
                "respuestas": list(caso.respuestas.select_related("por", "visada_por")),
                "prorrogas": list(caso.prorrogas.all()),
                "gestiones": list(caso.gestiones.all()),
                "cierre": getattr(caso, "cierre", None),
            }
        return contexto
