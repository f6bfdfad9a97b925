"""Customers: who they are, how they are reached and how many cases they have."""

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import path, reverse
from django.utils.html import format_html

from postventa.consola.admin.empresas import PERSONAS
from postventa.consola.alcances import acotar, empresa_id_de
from postventa.consola.base import AdminDeEmpresa
from postventa.consola.busqueda import AYUDA, buscar
from postventa.consola.contactos_vistas import contacto
from postventa.consola.contexto import administra, unica_empresa
from postventa.consola.exportar import Columna
from postventa.consola.lista import ConListado, FiltroEmpresa
from postventa.consola.salas import propias, visitan
from postventa.expedientes.models import Expediente
from postventa.personas.models import Cliente

EXPORTABLES = (
    Columna("Nombre", lambda c: c.nombre),
    Columna("Documento", lambda c: c.documento),
    Columna("Correo", lambda c: c.correo),
    Columna("Teléfono", lambda c: c.telefono),
    Columna("Casos", lambda c: c.num_casos),
    Columna("Empresa", lambda c: c.empresa.nombre),
)


@admin.register(Cliente)
class ClienteAdmin(ConListado, AdminDeEmpresa):
    grupo = PERSONAS
    list_display = ["nombre", "documento", "correo", "telefono", "casos", "empresa"]
    list_filter = [FiltroEmpresa]
    list_select_related = ["empresa"]
    search_fields = ["nombre"]
    search_help_text = AYUDA
    ordering = ["nombre", "pk"]
    exportables = EXPORTABLES
    inlines = []
    # What else finds a customer; upper rooms add what they own.
    buscables = ("numero", "correo", "expedientes__folio")
    fieldsets = [
        (None, {"fields": ["empresa", "tipo_documento", "numero", "nombre"]}),
        ("Contacto", {"fields": ["correo", "telefono"]}),
    ]
    change_form_template = "consola/cliente.html"

    def descripcion_para(self, request):
        quienes = " y ".join(dict.fromkeys(c.clientes for c in propias(request.user))) or "clientes"
        return f"{quienes.capitalize()}, con su documento y contacto"

    def vacio_para(self, request):
        if not visitan(request.user):
            return "No hay clientes: se registran al recibir su primer caso."
        return "No hay clientes. Agrega al propietario con su RUT y después su unidad."

    def puede_editar(self, request, obj=None):
        # A customer is of the whole company, and whoever administers a project has theirs there.
        return administra(request.user, empresa_id_de(obj) if obj is not None else None)

    def puede_crear(self, request):
        return self.puede_editar(request)

    def get_queryset(self, request):
        suyos = acotar(Expediente.objects.filter(cliente=OuterRef("pk")), request.user)
        cuenta = suyos.order_by().values("cliente").annotate(n=Count("pk")).values("n")
        cuenta = Coalesce(Subquery(cuenta, output_field=IntegerField()), 0)
        return super().get_queryset(request).annotate(num_casos=cuenta)

    def get_list_display(self, request):
        *de_uno, _ = self.list_display
        return de_uno if unica_empresa(request.user) else self.list_display

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        hallados = buscar(Cliente.objects.order_by(), search_term, self.buscables, "")
        return queryset.filter(pk__in=hallados.values("pk")), False

    @admin.display(description="Casos", ordering="num_casos")
    def casos(self, cliente):
        """How many, with the way to exactly those."""
        if not cliente.num_casos:
            return "—"
        url = f"{reverse('admin:buscar')}?cliente={cliente.pk}"
        palabras = f"{cliente.num_casos} caso{'s' * (cliente.num_casos > 1)}"
        return format_html('<a href="{}">{}</a>', url, palabras)

    def get_readonly_fields(self, request, obj=None):
        # TM-08: where codes go changes with two people and a day, on its own page.
        return ["empresa", "correo", "telefono"] if obj else []

    def get_urls(self):
        vista = self.admin_site.admin_view(contacto)
        return [path("<int:pk>/contacto/", vista, name="contacto"), *super().get_urls()]
