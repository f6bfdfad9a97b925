"""Companies: created by the superuser, edited by their own administrator."""

from django.contrib import admin

from postventa.consola import salas
from postventa.consola.base import AdminDeEmpresa, TablaDeEmpresa
from postventa.consola.contexto import documento_de
from postventa.empresas.models import Empresa, Sede

PERSONAS = "1. Empresa y personas"


class SedesDeLaEmpresa(TablaDeEmpresa):
    """Where a room has no page of its own for its places: they are written here."""

    model = Sede
    fields = ["nombre", "identificacion", "direccion", "comuna", "es_activa"]
    max_num = 0
    can_delete = False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "comuna" and documento_de(request.user) != "RUT":
            kwargs["label"] = "Distrito"
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Empresa)
class EmpresaAdmin(AdminDeEmpresa):
    grupo, descripcion = PERSONAS, "Remitente, horario, trato y acceso al portal"
    vacio = "No hay empresas. Antes de la primera, crea su calendario y su jornada."
    list_display = ["nombre", "codigo", "pais", "remitente", "exige_codigo", "es_activa"]
    list_filter = ["es_activa"]
    search_fields = ["nombre", "codigo"]
    fieldsets = [
        (None, {
            "fields": [
                "codigo", "nombre", "razon_social", "tributario", "pais", "trato", "es_activa"
            ],
        }),
        ("Correo y teléfono", {
            "fields": ["remitente", "correo_contacto", "telefono", "celulares", "color"],
        }),
        ("Tiempo", {"fields": ["zona", "calendario", "jornada"]}),
        ("Casos y acceso", {"fields": ["prefijo_folio", "exige_codigo"]}),
    ]  # fmt: skip

    def get_inlines(self, request, obj):
        suya = obj and salas.de_empresa(obj.codigo)
        return [SedesDeLaEmpresa] if suya and suya.edita_sedes else []

    def puede_crear(self, request):
        return request.user.is_superuser

    def get_readonly_fields(self, request, obj=None):
        # The code names the portal's address and the room; folios carry the prefix.
        return ["codigo", "prefijo_folio"] if obj else []
