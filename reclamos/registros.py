"""What is only read of CAPERA in the console: the closed register, the improvements, the causes."""

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from postventa.calendario.palabras import contar
from postventa.consola.alcances import acotar
from postventa.consola.base import AdminDeEmpresa, SoloLectura
from postventa.consola.lista import ConListado
from postventa.empresas.models import Empresa
from postventa.personas.models import Rol
from reclamos.consola_espera import puestos
from reclamos.forms_mejora import con_cuenta
from reclamos.lista import AYUDA, hallar, ver_reclamo
from reclamos.models import Agregado
from reclamos.registro import CERRADOS
from reclamos.sala import SALA


class DeCapera:
    """Mixin of what only those who work there see in their menu."""

    grupo = "6. Quejas y reclamos"

    def has_view_permission(self, request, obj=None):
        suya = bool(puestos(request.user)) or request.user.is_superuser
        return suya and super().has_view_permission(request, obj)


class DelCaso(DeCapera, ConListado, SoloLectura):
    """Rows of a complaint, in a list: each is shown on the page of its case."""

    list_display_links = None
    en_tarjetas = True
    search_fields = ["reclamo__folio"]
    search_help_text = AYUDA

    def get_search_results(self, request, queryset, search_term):
        return hallar(queryset, search_term, "reclamo__"), False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        fila = self.get_object(request, object_id)
        if fila is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        caso = reverse("admin:reclamos_reclamo_change", args=[fila.reclamo_id])
        return HttpResponseRedirect(f"{caso}?ver=cierre#detalle")

    def history_view(self, request, object_id, extra_context=None):
        return self.change_view(request, object_id)

    @admin.display(description="Código e ingreso", ordering="reclamo__folio")
    def ver_codigo(self, fila):
        return ver_reclamo(fila.reclamo, "?ver=cierre#detalle")


class FiltroAprendido(admin.SimpleListFilter):
    title = "lo aprendido"
    parameter_name = "aprendido"

    def lookups(self, request, model_admin):
        return [("pendiente", "Por completar"), ("completo", "Completo")]

    def queryset(self, request, queryset):
        pendiente = Q(lecciones="", completado=False)
        if self.value() == "pendiente":
            return queryset.filter(pendiente)
        return queryset.exclude(pendiente) if self.value() == "completo" else queryset


class CierreAdmin(DelCaso):
    """C-14, C-21: who keeps it reads it; the database itself refuses to edit it."""

    descripcion = "Cómo terminó cada caso y lo que se aprendió: solo se lee"
    vacio = "Ninguna queja ni reclamo cerrado con estos filtros."
    en_plural = "reclamos cerrados"
    list_display = ["ver_codigo", "quien", "como_termino", "aprendido", "cerrado"]
    list_filter = ["desde", FiltroAprendido]
    list_select_related = ["reclamo__cliente", "reclamo__sede__empresa", "por"]
    ordering = ["-en", "-pk"]
    ordenes_con_indice = ("en",)
    exportables = CERRADOS

    def get_queryset(self, request):
        agregados = Agregado.objects.filter(cierre_id=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(completado=Exists(agregados))
            .prefetch_related("agregados")
        )

    @admin.display(description="Reclamante", ordering="reclamo__cliente__nombre")
    def quien(self, cierre):
        return format_html(
            '{}<span class="sub">{}</span>',
            cierre.reclamo.contacto.nombre,
            cierre.reclamo.motivo or cierre.reclamo.get_clase_display(),
        )

    @admin.display(description="Cómo terminó", ordering="desde")
    def como_termino(self, cierre):
        return cierre.get_desde_display()

    @admin.display(description="Lo aprendido")
    def aprendido(self, cierre):
        if cierre.lecciones or cierre.completado:
            return "Completo"
        return format_html('<b class="falta alerta">{}</b>', "Por completar")

    @admin.display(description="Cerrado", ordering="en")
    def cerrado(self, cierre):
        return format_html(
            '{}<span class="sub">{}</span>',
            f"{cierre.en.astimezone(cierre.reclamo.sede.tz):%d-%m-%Y %H:%M}",
            cierre.por or "Sistema",
        )


class FiltroRepetida(admin.SimpleListFilter):
    title = "causa"
    parameter_name = "causa"

    def lookups(self, request, model_admin):
        return [("repetida", "Que se repite")]

    def queryset(self, request, queryset):
        return queryset.filter(propone_plan=True) if self.value() == "repetida" else queryset


class MejoraAdmin(DelCaso):
    descripcion = "Causas, planes y lecciones de cada reclamo, con lo que les falta"
    vacio = "No hay planes de mejora con estos filtros: nacen al identificar una causa en un caso."
    list_display = ["ver_codigo", "ver_causa", "ver_estado", "ver_encargado", "plan_hasta_el"]
    list_filter = ["estado", FiltroRepetida]
    list_select_related = ["reclamo__sede__empresa", "causa", "encargado"]
    search_fields = ["causa__nombre"]
    ordering = [F("plan_hasta_el").asc(nulls_last=True), "-pk"]

    def get_search_results(self, request, queryset, search_term):
        # Of all: the list is cut already, and twice is deeper than SQLite reads a statement.
        todas = self.model._base_manager.order_by()
        de_reclamo, _ = super().get_search_results(request, todas, search_term)
        por_causa = Q(causa__nombre__icontains=search_term.strip())
        if not search_term.strip():
            return queryset, False
        return queryset.filter(por_causa | Q(pk__in=de_reclamo.order_by().values("pk"))), False

    @admin.display(description="Causa raíz", ordering="causa__nombre")
    def ver_causa(self, mejora):
        veces = contar(mejora.veces, "reclamo", "reclamos")
        que = f"Se repite: {veces}" if mejora.propone_plan else veces
        return format_html('{}<span class="sub">{}</span>', mejora.causa, que)

    @admin.display(description="Estado", ordering="estado")
    def ver_estado(self, mejora):
        datos = {"estado": mejora.estado, "texto": mejora.get_estado_display()}
        return render_to_string("consola/reclamos/pildora.html", datos)

    @admin.display(description="Responde por el plan")
    def ver_encargado(self, mejora):
        return mejora.encargado or "—"


class CausaAdmin(DeCapera, AdminDeEmpresa):
    """Legal names the causes too: it identifies them in a complaint."""

    descripcion = "Las causas raíz con nombre, y cuántas veces se encontró cada una"
    en_tarjetas = True
    vacio = "No hay causas raíz: se agregan antes de identificarlas en un reclamo."
    list_display = ["nombre", "ver_cuantos"]
    search_fields = ["nombre"]
    fields = ["empresa", "nombre"]
    ordering = ["nombre"]

    def get_queryset(self, request):
        return con_cuenta(super().get_queryset(request), request.user)

    def get_readonly_fields(self, request, obj=None):
        return ["empresa"] if obj else []

    def puede_editar(self, request, obj=None):
        de_legal = {m.empresa_id for m in puestos(request.user, Rol.LEGAL)}
        suya = bool(de_legal) if obj is None else obj.empresa_id in de_legal
        return suya or super().puede_editar(request, obj)

    def puede_crear(self, request):
        return bool(puestos(request.user, Rol.LEGAL)) or super().puede_crear(request)

    def get_field_queryset(self, db, db_field, request):
        if db_field.name == "empresa":
            return acotar(Empresa.objects.filter(codigo=SALA.empresa), request.user)
        return super().get_field_queryset(db, db_field, request)

    @admin.display(description="Reclamos con esta causa", ordering="cuantos")
    def ver_cuantos(self, causa):
        return contar(causa.cuantos, "reclamo", "reclamos") if causa.cuantos else "Ninguno"
