"""The base of every admin: company scope, roles, closed lookups and the audit, in one place.

Nothing of the console inherits Django's ModelAdmin directly (TM-10, TM-11, TM-13).
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import router
from django.db.models import Q
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import Http404
from django.template.response import TemplateResponse

from postventa.consola import cambios
from postventa.consola.alcances import acotar, alcance_de, empresa_id_de, sede_id_de
from postventa.consola.buscado import callar
from postventa.consola.contexto import (
    administra,
    administra_en,
    enteras,
    membresias,
    unica_empresa,
)
from postventa.consola.formularios import hablar
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Usuario


class FormularioDeEmpresa(forms.ModelForm):
    """Refuses to tie rows of two companies, also for those who may see both."""

    def _post_clean(self):
        super()._post_clean()
        if self.errors or not alcance_de(type(self.instance)).empresa:
            return
        empresa_id = empresa_id_de(self.instance)
        for campo, valor in list(self.cleaned_data.items()):
            if self._es_ajeno(valor, empresa_id):
                self.add_error(campo, "Es de otra empresa. Elige uno de la misma.")

    @staticmethod
    def _es_ajeno(valor, empresa_id) -> bool:
        if empresa_id is None or not hasattr(valor, "_meta"):
            return False
        if isinstance(valor, Usuario):
            return not valor.membresias.filter(empresa_id=empresa_id).exists()
        return empresa_id_de(valor) not in (None, empresa_id)


class FiltroAcotado(admin.RelatedFieldListFilter):
    """Filter by a related row, offering only those of one's own companies."""

    def field_choices(self, field, request, model_admin):
        propias = acotar(field.related_model._default_manager.all(), request.user)
        return [(objeto.pk, str(objeto)) for objeto in propias]


class Acotado(BaseModelAdmin):
    """What admins and inlines share: their rows and choices are those of one's own companies."""

    form = FormularioDeEmpresa

    def get_queryset(self, request):
        membresias(request.user)
        return acotar(super().get_queryset(request), request.user)

    def get_field_queryset(self, db, db_field, request):
        consulta = super().get_field_queryset(db, db_field, request)
        if consulta is None:
            consulta = db_field.remote_field.model._default_manager.all()
        return acotar(consulta, request.user)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        campo = super().formfield_for_dbfield(db_field, request, **kwargs)
        if campo:
            hablar(campo)
        if isinstance(campo, forms.SplitDateTimeField):
            # Of a group Django ties the error to its fieldset, which the admin does not draw.
            campo.widget.use_fieldset = False
            for widget, parte in zip(campo.widget.widgets, ("fecha", "hora"), strict=True):
                widget.attrs.setdefault("aria-label", f"{campo.label}: {parte}")
        # One way to each thing: related rows are made on their own page, not in a pop-up.
        for atajo in ("add", "change", "delete", "view"):
            if hasattr(getattr(campo, "widget", None), f"can_{atajo}_related"):
                setattr(campo.widget, f"can_{atajo}_related", False)
        return campo

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        campo = super().formfield_for_foreignkey(db_field, request, **kwargs)
        unica = unica_empresa(request.user)
        if db_field.name == "empresa" and unica and campo:
            campo.initial = unica.pk
        return campo


class InlineDeEmpresa(Acotado):
    """Mixin of every inline: it may what its parent may."""

    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        campo = super().formfield_for_dbfield(db_field, request, **kwargs)
        if campo:
            # The column's heading names a field only for those who see it.
            widget = getattr(campo.widget, "widget", campo.widget)
            widget.attrs.setdefault("aria-label", campo.label)
        return campo

    def _padre(self):
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request, obj=None):
        return self._padre().has_view_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._padre().has_change_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        padre = self._padre()
        return padre.has_change_permission(request, obj) if obj else padre.puede_crear(request)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


class TablaDeEmpresa(InlineDeEmpresa, admin.TabularInline):
    """Rows of a parent, as a table."""


class AdminDeEmpresa(Acotado, admin.ModelAdmin):
    """Base of every registered admin. Permissions follow from Membresia, never from groups."""

    # Heading under which the master-data menu lists it; empty: not listed there.
    grupo = ""
    # What it is for, in one line, for the menu.
    descripcion = ""
    # Pages of its own that the menu offers beside it: (words, what for, URL name).
    enlaces: tuple[tuple[str, str, str], ...] = ()
    # Text of an empty list: what to do next.
    vacio = ""
    # How its rows are counted, where the name of the list is not that of many of them.
    en_plural = ""
    # On a phone each row is a card; so is every list that leaves as a file.
    en_tarjetas = False
    # Roles that may look at it; empty: any role.
    roles_que_ven: tuple[str, ...] = ()
    actions = None
    save_as = False
    list_per_page = 25
    show_full_result_count = False
    view_on_site = False

    def descripcion_para(self, request) -> str:
        """The line of the menu, in the words of who reads it."""
        return self.descripcion

    def vacio_para(self, request) -> str:
        return self.vacio

    # --- who may what

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        usuario = request.user
        if not usuario.is_active or not usuario.is_staff:
            return False
        if usuario.is_superuser:
            return True
        empresa_id = empresa_id_de(obj) if obj is not None else None
        return any(
            empresa_id in (None, m.empresa_id)
            and (not self.roles_que_ven or m.rol in self.roles_que_ven)
            for m in membresias(usuario)
        )

    def puede_editar(self, request, obj=None) -> bool:
        """Master data is edited by an administrador of its place; what belongs to no place, by
        one of the whole company (or a superuser)."""
        empresa_id = empresa_id_de(obj) if obj is not None else None
        if empresa_id is None:
            return administra(request.user)
        return administra_en(request.user, empresa_id, sede_id_de(obj))

    def puede_crear(self, request) -> bool:
        donde = alcance_de(self.model)
        es_de_un_lugar = donde.sede not in ("", "pk")
        if es_de_un_lugar or not donde.empresa or request.user.is_superuser:
            return self.puede_editar(request)
        return self.puede_editar(request) and bool(enteras(request.user))

    def get_field_queryset(self, db, db_field, request):
        """A row is put in a company that one administers; to see the others is not enough."""
        consulta = super().get_field_queryset(db, db_field, request)
        if db_field.name == "empresa" and not request.user.is_superuser:
            propias = {m.empresa_id for m in membresias(request.user)}
            consulta = consulta.filter(pk__in=[e for e in propias if administra(request.user, e)])
        return consulta

    def save_form(self, request, form, change):
        """Nothing is left where one could not have edited it, whatever the form was told."""
        objeto = super().save_form(request, form, change)
        if alcance_de(self.model).empresa and not self.puede_editar(request, objeto):
            raise PermissionDenied("Eso lo guarda quien administra la empresa o el proyecto.")
        return objeto

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request, obj) and self.puede_editar(request, obj)

    def has_add_permission(self, request):
        return self.has_view_permission(request) and self.puede_crear(request)

    def has_delete_permission(self, request, obj=None):
        if not self.has_change_permission(request, obj):
            return False
        return obj is None or not esta_en_uso(obj)

    # --- nothing outside one's own companies, nothing by guessing

    def lookup_allowed(self, lookup, value, request):
        """Only what the list's own filters ask (TM-11)."""
        for filtro in self.get_list_filter(request):
            campo = filtro[0] if isinstance(filtro, (list, tuple)) else filtro
            if isinstance(campo, type):
                if lookup == campo.parameter_name:
                    return True
            elif lookup in {f"{campo}{s}" for s in ("", "__exact", "__id__exact", "__isnull")}:
                return True
        return False

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        # Another company's row is answered as one that does not exist.
        raise Http404

    # --- the audit is ours: chained, per company, with old and new values

    def log_addition(self, request, obj, message):
        """Nothing: `save_related` writes the change."""

    def log_change(self, request, obj, message):
        """Nothing: `save_related` writes the change."""

    def log_deletions(self, request, queryset):
        """Nothing: `delete_model` writes it."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        detalle = cambios.de_formulario(form, not change)
        if detalle or not change:
            cambios.anotar(request, form.instance, "editar" if change else "crear", detalle)

    def save_formset(self, request, form, formset, change):
        borradas = [(f.instance, f.instance.pk) for f in formset.deleted_forms if f.instance.pk]
        fuera = {id(objeto) for objeto, _ in borradas}
        super().save_formset(request, form, formset, change)
        for fila in formset.forms:
            if fila.has_changed() and id(fila.instance) not in fuera and fila.instance.pk:
                nueva = fila in formset.extra_forms
                accion = "crear" if nueva else "editar"
                cambios.anotar(request, fila.instance, accion, cambios.de_formulario(fila, nueva))
        for objeto, pk in borradas:
            objeto.pk = pk
            cambios.anotar(request, objeto, "eliminar", cambios.de_objeto(objeto))

    def delete_model(self, request, obj):
        cambios.anotar(request, obj, "eliminar", cambios.de_objeto(obj))
        super().delete_model(request, obj)

    def cambios_de(self, objeto) -> Q:
        """The changes that its history shows; more than its own row where it is made of several."""
        return Q(modelo=self.opts.label_lower, objeto_id=str(objeto.pk))

    def history_view(self, request, object_id, extra_context=None):
        """Who changed it, when and from what to what."""
        objeto = self.get_object(request, object_id)
        if objeto is None:
            raise Http404
        if not self.has_view_permission(request, objeto):
            raise PermissionDenied
        historial = CambioMaestro.objects.filter(self.cambios_de(objeto)).select_related(
            "por", "reserva"
        )
        # The changes of shared data stand on a chain of no company: whoever sees it sees them.
        if alcance_de(self.model).empresa or self.model is Usuario:
            historial = acotar(historial, request.user)
        contexto = {
            **self.admin_site.each_context(request),
            "title": f"Historial de {objeto}",
            "object": objeto,
            "opts": self.opts,
            "cambios": callar(historial.order_by("-ocurrido_en", "-numero")[:200], request.user),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/object_history.html", contexto)


class SoloLectura(AdminDeEmpresa):
    """A register that people look at and nobody edits here."""

    es_registro = True

    def puede_editar(self, request, obj=None):
        return False


def esta_en_uso(objeto) -> bool:
    """True if something that must stay points to it."""
    try:
        Collector(using=router.db_for_write(type(objeto)), origin=objeto).collect([objeto])
    except (ProtectedError, RestrictedError):
        return True
    return False
