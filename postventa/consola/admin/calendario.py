"""Business time as data: shared by the companies that use it."""

from functools import partial, update_wrapper

from django.contrib import admin
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import path, reverse

from postventa.calendario.carga import PAQUETE
from postventa.calendario.models import (
    Calendario,
    ConfirmacionAnual,
    Feriado,
    Jornada,
    Tramo,
    una_version,
)
from postventa.consola.base import AdminDeEmpresa, TablaDeEmpresa
from postventa.consola.contexto import administra
from postventa.consola.tiempo.anio import (
    anio_visto,
    anios_con_feriados,
    anios_de,
    confirmar_anio,
    hoy_de,
)
from postventa.consola.tiempo.compartido import de_varias, puede_editar
from postventa.consola.tiempo.movidos import que_se_mueve

TIEMPO = "4. Tiempo y plazos"


class DatoCompartido(AdminDeEmpresa):
    """Edited only by who administers every company that uses it; an edit may move clocks."""

    grupo = TIEMPO
    # Fields of its own, and of its rows, that change when things fall due.
    cuentan: tuple[str, ...] = ()

    def puede_editar(self, request, obj=None):
        if obj is None:
            return administra(request.user)
        return puede_editar(request.user, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and not self.has_change_permission(request, obj):
            context["es_de_varias"] = de_varias(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        info = self.opts.app_label, self.opts.model_name
        vista = partial(que_se_mueve, modelo=self.model)
        mueve = self.admin_site.admin_view(update_wrapper(vista, que_se_mueve))
        return [
            path("<int:pk>/mueve/", mueve, name="{}_{}_mueve".format(*info)),
            *super().get_urls(),
        ]

    def changeform_view(self, request, *args, **kwargs):
        """What one form saves, with its rows, is one version."""
        with una_version():
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        """Nothing, and no version, where nothing of its own changed."""
        if not change or form.changed_data:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        tocados = set(form.changed_data).union(*(self._tocados(f) for f in formsets))
        request._mueve_plazos = bool(tocados & set(self.cuentan))

    @staticmethod
    def _tocados(formset) -> set[str]:
        """Fields that changed in the rows of an inline; every one, where a row came or went."""
        if formset.deleted_objects or formset.new_objects:
            return set(formset.form.base_fields)
        return {campo for fila in formset.forms for campo in fila.changed_data}

    def response_post_save_change(self, request, obj):
        """After an edit of dates or hours: which clocks it moves."""
        if getattr(request, "_mueve_plazos", False):
            return HttpResponseRedirect(
                reverse(f"admin:calendario_{self.opts.model_name}_mueve", args=[obj.pk])
            )
        return super().response_post_save_change(request, obj)

    def _de_sus_filas(self, objeto, modelo) -> Q:
        """Changes of its rows, also of those that were deleted."""
        duenio = modelo.DUENIO
        vivas = modelo.objects.filter(**{duenio: objeto}).values_list("pk", flat=True)
        suyas = Q(objeto_id__in=[str(pk) for pk in vivas])
        borradas = Q(accion="eliminar", **{f"detalle__{duenio}__0": objeto.pk})
        return Q(suyas | borradas, modelo=modelo._meta.label_lower)


class FeriadosDelCalendario(TablaDeEmpresa):
    """Those of one year, this one unless another is asked for: a calendar has many."""

    model = Feriado
    template = "consola/tiempo/feriados.html"

    def get_queryset(self, request):
        anio = anio_visto(request)
        propios = super().get_queryset(request)
        return propios.filter(fecha__year=anio) if anio else propios


@admin.register(Calendario)
class CalendarioAdmin(DatoCompartido):
    descripcion = "Feriados de cada país o comuna, con su fuente"
    vacio = "No hay calendarios. Sin uno no se puede crear una empresa."
    cuentan = ("padre", "fecha", "es_vigente")
    list_display = ["nombre", "codigo", "pais", "padre", "version"]
    list_filter = ["pais"]
    list_select_related = ["padre"]
    search_fields = ["nombre", "codigo"]
    inlines = [FeriadosDelCalendario]
    change_form_template = "consola/tiempo/calendario.html"

    def get_urls(self):
        vista = self.admin_site.admin_view(confirmar_anio)
        ruta = path("<int:pk>/anio/<int:anio>/", vista, name="calendario_calendario_anio")
        return [ruta, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= {
                "anios": anios_de(request, obj),
                "feriados_de": anios_con_feriados(request, obj),
                "anio_visto": anio_visto(request),
                "hoy": hoy_de(request),
                # The year that runs, or all of them: what is over is seldom looked for.
                "dobla": anio_visto(request) in (None, hoy_de(request).year),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def cambios_de(self, objeto):
        confirmaciones = Q(
            modelo=ConfirmacionAnual._meta.label_lower,
            objeto_id__in=[str(c.pk) for c in objeto.confirmaciones.all()],
        )
        return super().cambios_de(objeto) | self._de_sus_filas(objeto, Feriado) | confirmaciones

    def save_formset(self, request, form, formset, change):
        huellas = _de_lo_cargado(formset, request.user)
        super().save_formset(request, form, formset, change)
        for huella in huellas:
            huella.save()


def _de_lo_cargado(formset, usuario) -> list[Feriado]:
    """Make theirs the loaded holidays that somebody edits, so that the next load spares them.

    Returns the rows to keep, not in force, for the dates that were moved away or deleted: without
    them the load would bring those dates back.
    """
    huellas = []
    for fila in formset.initial_forms:
        antes = fila.initial
        if not str(antes.get("fuente", "")).startswith(PAQUETE):
            continue
        borrada = fila in formset.deleted_forms
        if borrada or "fecha" in fila.changed_data:
            huellas.append(
                Feriado(
                    calendario=formset.instance,
                    fecha=antes["fecha"],
                    nombre=antes["nombre"],
                    fuente=f"{'Quitado' if borrada else 'Trasladado'} por {usuario}"[:300],
                    es_vigente=False,
                )
            )
        if fila.has_changed() and "fuente" not in fila.changed_data:
            fila.instance.fuente = f"Editado por {usuario}"[:300]
    return huellas


class TramosDeLaJornada(TablaDeEmpresa):
    model = Tramo


@admin.register(Jornada)
class JornadaAdmin(DatoCompartido):
    descripcion = "Días y horas de atención"
    vacio = "No hay jornadas. Sin una no se puede crear una empresa."
    cuentan = ("dia", "desde", "hasta")
    list_display = ["nombre", "codigo", "version"]
    search_fields = ["nombre", "codigo"]
    inlines = [TramosDeLaJornada]
    change_form_template = "consola/tiempo/jornada.html"

    def cambios_de(self, objeto):
        return super().cambios_de(objeto) | self._de_sus_filas(objeto, Tramo)
