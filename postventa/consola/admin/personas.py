"""Staff with their roles."""

from django import forms
from django.contrib import admin
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm
from django.db import transaction
from django.urls import path

from postventa.consola import cambios
from postventa.consola.acceso.clave import FormClaveDeOtro
from postventa.consola.acceso.de_otro import acceso_de
from postventa.consola.admin.empresas import PERSONAS
from postventa.consola.base import (
    AdminDeEmpresa,
    FormularioDeEmpresa,
    TablaDeEmpresa,
)
from postventa.consola.contexto import administra, administra_en
from postventa.personas.models import Membresia, Usuario

ETIQUETAS = {
    "username": "Usuario",
    "email": "Correo",
    "is_active": "Activo",
    "is_superuser": "Administra el sistema entero",
}
AYUDAS = {
    "username": "Con el que entra. Letras, números y @ . + - _",
    "is_active": "Desmárcalo para que no pueda entrar; lo que hizo queda registrado.",
    "is_superuser": "Ve y edita todo, de todas las empresas.",
}


class AltaDeUsuario(BaseUserCreationForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clave, otra_vez = self.fields["password1"], self.fields["password2"]
        clave.label, otra_vez.label = "Clave", "La misma clave, otra vez"
        clave.help_text = "Al menos 8 caracteres, que no sean solo números ni una clave común."
        otra_vez.help_text = ""

    class Meta:
        model = Usuario
        fields = ["username", "first_name", "last_name", "email", "telefono"]


class FormularioDeRol(FormularioDeEmpresa):
    class Meta:
        model = Membresia
        fields = ["empresa", "sede", "rol"]

    @staticmethod
    def _es_ajeno(valor, empresa_id):
        # The role is what makes its person belong to the company.
        return not isinstance(valor, Usuario) and FormularioDeEmpresa._es_ajeno(valor, empresa_id)


class FilasConUna(forms.BaseInlineFormSet):
    """An administrator of a company leaves nobody without a role: they would lose sight of them."""

    def clean(self):
        super().clean()
        quedan = [
            f for f in self.forms if f.cleaned_data.get("rol") and f not in self.deleted_forms
        ]
        if not quedan and not self.por.is_superuser:
            raise forms.ValidationError("Dale al menos un rol en tu empresa.")
        for form in quedan:
            sede, empresa = form.cleaned_data.get("sede"), form.cleaned_data.get("empresa")
            if empresa and not administra_en(self.por, empresa.pk, sede and sede.pk):
                raise forms.ValidationError("Elige un proyecto de los que administras.")


class RolesDelUsuario(TablaDeEmpresa):
    model = Membresia
    form = FormularioDeRol
    formset = FilasConUna

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.por = request.user
        return formset

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def get_field_queryset(self, db, db_field, request):
        consulta = super().get_field_queryset(db, db_field, request)
        if db_field.name == "empresa" and not request.user.is_superuser:
            propias = [m.empresa_id for m in request.user._membresias]
            consulta = consulta.filter(pk__in=[e for e in propias if administra(request.user, e)])
        return consulta


def _pierde(form, formsets) -> bool:
    """True if the form takes something away: the account, its reach or one of its roles."""
    quitado = {"is_active", "is_superuser"} & set(form.changed_data)
    return any(not form.cleaned_data[campo] for campo in quitado) or any(
        formset.deleted_objects or formset.changed_objects for formset in formsets
    )


@admin.register(Usuario)
class UsuarioAdmin(AdminDeEmpresa, UserAdmin):
    grupo, descripcion = PERSONAS, "Quién trabaja en cada empresa y con qué rol"
    form = UserAdmin.form
    add_form = AltaDeUsuario
    change_password_form = FormClaveDeOtro
    list_display = ["username", "nombre", "email", "roles", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    filter_horizontal = ()
    inlines = [RolesDelUsuario]
    fieldsets = [
        (None, {"fields": ["username", "is_active"]}),
        ("Persona", {"fields": ["first_name", "last_name", "email", "telefono"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "password1", "password2"]}),
        ("Persona", {"fields": ["first_name", "last_name", "email", "telefono"]}),
    ]

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, labels=ETIQUETAS, help_texts=AYUDAS, **kwargs)

    def get_fieldsets(self, request, obj=None):
        grupos = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            return [*grupos, ("Permisos", {"fields": ["is_superuser"]})]
        return grupos

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("membresias__empresa")

    @admin.display(description="Nombre")
    def nombre(self, usuario):
        return usuario.get_full_name()

    @admin.display(description="Roles")
    def roles(self, usuario):
        return ", ".join(dict.fromkeys(m.get_rol_display() for m in usuario.membresias.all()))

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request)

    def puede_editar(self, request, obj=None):
        """Never somebody with more reach than oneself: their password opens their companies."""
        if request.user.is_superuser or obj is None:
            return administra(request.user)
        if obj.is_superuser:
            return False
        suyas = Membresia.objects.filter(usuario=obj).values_list("empresa_id", "sede_id")
        return bool(suyas) and all(administra_en(request.user, *donde) for donde in suyas)

    def get_urls(self):
        vista = self.admin_site.admin_view(acceso_de)
        return [
            path("<int:pk>/acceso/", vista, name="personas_usuario_acceso"),
            *super().get_urls(),
        ]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change and _pierde(form, formsets):
            form.instance.cerrar_sesiones()
            if form.instance == request.user:
                update_session_auth_hash(request, form.instance)

    def save_model(self, request, obj, form, change):
        # Every account made here is for the console.
        obj.is_staff = True
        super().save_model(request, obj, form, change)

    def user_change_password(self, request, id, form_url=""):
        with transaction.atomic():
            respuesta = super().user_change_password(request, id, form_url)
            if request.method == "POST" and respuesta.status_code == 302:
                cambios.anotar(request, self.get_object(request, id), "clave", {})
        return respuesta
