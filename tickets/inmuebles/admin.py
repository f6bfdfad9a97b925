"""Projects, units, owners and the catalogue of what can fail, in the console."""

from django.contrib import admin

from postventa.consola.admin.clientes import ClienteAdmin
from postventa.consola.alcances import declarar
from postventa.consola.base import AdminDeEmpresa, FiltroAcotado, TablaDeEmpresa
from tickets.inmuebles.menu import DeViviendas
from tickets.inmuebles.models import (
    CargaPadron,
    Item,
    Lugar,
    Propiedad,
    Proyecto,
    Recinto,
    Unidad,
)
from tickets.inmuebles.padron.ficha import CargaPadronAdmin

declarar(Proyecto, "empresa_id", "pk")
declarar(Unidad, "proyecto__empresa_id", "proyecto_id")
declarar(Propiedad, "unidad__proyecto__empresa_id", "unidad__proyecto_id")
declarar(Recinto)
declarar(Lugar, "recinto__empresa_id")
declarar(Item, "lugar__recinto__empresa_id")

admin.site.register(CargaPadron, CargaPadronAdmin)

PROYECTOS, CATALOGO = "2. Proyectos y propietarios", "3. Catálogo de recintos"


class UnidadesDelProyecto(TablaDeEmpresa):
    model = Unidad
    fields = ["nombre", "recepcion_definitiva_el", "inscripcion_el", "entrega_el"]
    show_change_link = True


@admin.register(Proyecto)
class ProyectoAdmin(DeViviendas, AdminDeEmpresa):
    grupo, descripcion = PROYECTOS, "Supervisor, Jefe, correos y conserjería de cada edificio"
    vacio = "Todavía no hay proyectos. Agrega el primero y después sus unidades."
    list_display = ["nombre", "empresa", "comuna", "supervisor", "jefe", "es_activa"]
    list_filter = [("empresa", FiltroAcotado), "es_activa"]
    list_select_related = ["empresa", "supervisor", "jefe"]
    search_fields = ["nombre", "codigo", "comuna"]
    inlines = [UnidadesDelProyecto]
    fieldsets = [
        (None, {"fields": ["empresa", "codigo", "nombre", "direccion", "comuna", "es_activa"]}),
        ("Quién atiende", {"fields": ["supervisor", "jefe", "correo", "telefono",
                                      "tiene_conserjeria"]}),
        ("Tiempo propio", {"classes": ["collapse"],
                           "fields": ["zona_propia", "calendario_propio", "jornada_propia"]}),
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return ["empresa"] if obj else []


class PropietariosDeLaUnidad(TablaDeEmpresa):
    model = Propiedad
    autocomplete_fields = ["cliente"]


@admin.register(Unidad)
class UnidadAdmin(DeViviendas, AdminDeEmpresa):
    grupo, descripcion = PROYECTOS, "Fechas legales y dueños de cada vivienda"
    vacio = "No hay unidades. Agrégalas aquí o desde su proyecto."
    list_display = ["nombre", "proyecto", "recepcion_definitiva_el", "inscripcion_el", "entrega_el"]
    list_filter = [("proyecto", FiltroAcotado)]
    list_select_related = ["proyecto"]
    search_fields = ["nombre", "proyecto__nombre", "propiedades__cliente__nombre"]
    autocomplete_fields = ["proyecto"]
    inlines = [PropietariosDeLaUnidad]
    fieldsets = [
        (None, {"fields": ["proyecto", "nombre"]}),
        ("Fechas legales", {
            "description": "De ellas se calcula la garantía de cada observación.",
            "fields": ["recepcion_definitiva_el", "inscripcion_el", "entrega_el"],
        }),
    ]  # fmt: skip


class PropiedadesDelCliente(TablaDeEmpresa):
    model = Propiedad
    autocomplete_fields = ["unidad"]


# The customer belongs to a lower room; what they own is told by this one.
ClienteAdmin.inlines = [*ClienteAdmin.inlines, PropiedadesDelCliente]
ClienteAdmin.buscables = (*ClienteAdmin.buscables, "propiedades__unidad__nombre")


class LugaresDelRecinto(TablaDeEmpresa):
    model = Lugar
    fields = ["nombre", "orden"]
    show_change_link = True


@admin.register(Recinto)
class RecintoAdmin(DeViviendas, AdminDeEmpresa):
    grupo, descripcion = CATALOGO, "Los recintos que el propietario recorre"
    vacio = "El catálogo está vacío: sin recintos, el propietario no puede describir qué falla."
    list_display = ["nombre", "empresa", "orden", "es_activo"]
    list_filter = [("empresa", FiltroAcotado), "es_activo"]
    list_select_related = ["empresa"]
    search_fields = ["nombre"]
    inlines = [LugaresDelRecinto]


class ItemsDelLugar(TablaDeEmpresa):
    model = Item
    fields = ["nombre", "clase", "orden"]


@admin.register(Lugar)
class LugarAdmin(DeViviendas, AdminDeEmpresa):
    grupo, descripcion = CATALOGO, "Los ítems de cada lugar y su clase de garantía"
    vacio = "No hay lugares. Agrégalos desde su recinto."
    list_display = ["nombre", "recinto", "orden"]
    list_filter = [("recinto", FiltroAcotado)]
    list_select_related = ["recinto"]
    search_fields = ["nombre", "recinto__nombre"]
    inlines = [ItemsDelLugar]
