"""The hall in the console: who was received, and its tables (routing, units, people, desks)."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from comteco.recepcion.consola import CONSOLA
from comteco.recepcion.direccionamiento import versionar
from comteco.recepcion.models import (
    Atencion,
    Destino,
    Ficha,
    Funcionario,
    Meson,
    SalaDeEspera,
    Unidad,
)
from comteco.recepcion.puesto import alli
from postventa.consola import salas
from postventa.consola.alcances import declarar
from postventa.consola.base import AdminDeEmpresa, FormularioDeEmpresa
from postventa.consola.busqueda import buscar
from postventa.consola.caso import AdminDeCaso
from postventa.consola.columnas import FiltroEstado, columnas_de
from postventa.consola.contexto import membresias, momento
from postventa.consola.lista import ConListado
from postventa.consola.tablero.filtros import DE_CASOS
from postventa.personas.models import Usuario

declarar(Atencion, "empresa_id", "sede_id", casos=("pk",))
declarar(Unidad)
declarar(Funcionario, "unidad__empresa_id")
declarar(Destino)
declarar(SalaDeEspera, "sede__empresa_id", "sede_id")
declarar(Meson, "sede__empresa_id", "sede_id")
declarar(Ficha, "sede__empresa_id", "sede_id", casos=("atencion_id",))
salas.registrar(CONSOLA)


class DeLaSala(AdminDeEmpresa):
    """Mixin of what only those who work there see in their menu."""

    grupo = "7. Sala de atención"

    def has_view_permission(self, request, obj=None):
        empresa = alli.SALA.empresa
        suya = any(m.empresa.codigo == empresa for m in membresias(request.user))
        return (suya or request.user.is_superuser) and super().has_view_permission(request, obj)


@admin.register(Atencion)
class AtencionAdmin(ConListado, AdminDeCaso):
    tipo = "comteco_sala"
    plantilla = "consola/recepcion/caso.html"
    pestanas = ("atencion", "plazos", "correos", "historial")
    en_filas = ()
    list_display = ["ver_folio", "ver_estado", "que"]
    list_display_links = None
    list_filter = [FiltroEstado, *DE_CASOS]
    search_fields = ["folio"]
    search_help_text = "Folio o sede"
    ordering = ["-creado_en", "-pk"]
    ordenes_con_indice = ("creado_en",)
    list_select_related = ["cliente", "sede__empresa", "destino"]
    vacio = "No se ha recibido a nadie con estos filtros."

    def get_list_display(self, request):
        if not hasattr(request, "_columnas"):
            _, creado = columnas_de(momento(request))
            request._columnas = [*self.list_display, creado]
        return request._columnas

    def get_search_results(self, request, queryset, search_term):
        return buscar(queryset, search_term, ("folio", "sede__nombre")), False

    @admin.display(description="Folio", ordering="folio")
    def ver_folio(self, atencion):
        return format_html(
            '<a class="folio" href="{}">{}</a><span class="sub">{}</span>',
            reverse("admin:recepcion_atencion_change", args=[atencion.pk]),
            atencion.folio,
            atencion.sede.nombre,
        )

    @admin.display(description="Cómo terminó", ordering="estado")
    def ver_estado(self, atencion):
        datos = {"estado": atencion.estado, "texto": atencion.get_estado_display()}
        return render_to_string(self.pildora, datos)

    @admin.display(description="Qué buscaba")
    def que(self, atencion):
        return atencion.destino or atencion.lugar or atencion.tema or "Información general"

    def para_pagina(self, request, pestana):
        fichas = Ficha.objects.select_related("meson", "unidad")
        return super().para_pagina(request, pestana).prefetch_related(Prefetch("fichas", fichas))

    def partes(self, caso):
        return {**super().partes(caso), "ficha": list(caso.fichas.all())}


class FormularioDeDestino(FormularioDeEmpresa):
    def clean(self):
        datos = super().clean()
        empresa, codigo = datos.get("empresa"), datos.get("codigo")
        if empresa and codigo and self.instance._state.adding:
            if Destino.objects.filter(empresa=empresa, codigo=codigo).exists():
                raise ValidationError(
                    {"codigo": "Ese destino ya existe: edítalo y queda como versión nueva."}
                )
        desde, hasta = datos.get("vigente_desde"), datos.get("vigente_hasta")
        if desde and hasta and hasta < desde:
            self.add_error("vigente_hasta", "Elige un día desde el primero en que vale.")
        antes = self.initial.get("vigente_desde")
        if antes and desde and self.deja_otra_version() and desde <= antes:
            mensaje = f"Elige desde qué día vale el cambio, después del {antes:%d-%m-%Y}."
            self.add_error("vigente_desde", mensaje)
        return datos

    def deja_otra_version(self) -> bool:
        """To end a row is not to change it."""
        return bool(set(self.changed_data) - {"vigente_hasta"})


@admin.register(Destino)
class DestinoAdmin(DeLaSala):
    descripcion = "Adónde va cada cosa que pide un cliente, y desde cuándo"
    vacio = "La tabla está vacía: sin ella no se direcciona a nadie."
    form = FormularioDeDestino
    list_display = ["pedido", "grupo", "unidad", "lugar", "vigente_desde", "vigente_hasta"]
    list_filter = ["grupo"]
    list_select_related = ["unidad"]
    search_fields = ["pedido", "palabras", "codigo"]
    ordering = ["grupo", "codigo", "-vigente_desde", "-pk"]
    fieldsets = [
        (None, {
            "description": "Un cambio queda como versión nueva desde el día que digas; lo ya "
            "direccionado conserva la suya. Para retirar un destino, pon hasta cuándo vale.",
            "fields": ["empresa", "codigo", "grupo", "pedido", "palabras"],
        }),
        ("Adónde va", {"fields": ["unidad", "lugar", "prefijo"]}),
        ("Qué debe traer", {"fields": ["requisitos", "requisitos_juridica"]}),
        ("Vigencia", {"fields": ["vigente_desde", "vigente_hasta", "fuente"]}),
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return ["empresa", "codigo"] if obj else []

    def has_change_permission(self, request, obj=None):
        """Only its last version."""
        if obj is None or not super().has_change_permission(request, obj):
            return super().has_change_permission(request, obj)
        mismas = Destino.objects.filter(empresa=obj.empresa_id, codigo=obj.codigo)
        return not mismas.filter(pk__gt=obj.pk).exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if change and form.deja_otra_version():
            versionar(obj, obj.pk)
        elif form.has_changed():
            obj.save()


@admin.register(Unidad)
class UnidadAdmin(DeLaSala):
    descripcion = "Dónde está cada unidad de la empresa"
    vacio = "No hay unidades: sin ellas no se ubica ni se direcciona a nadie."
    list_display = ["nombre", "ubicacion", "es_activa"]
    search_fields = ["nombre", "ubicacion"]


@admin.register(Funcionario)
class FuncionarioAdmin(DeLaSala):
    descripcion = "A quién puede buscar un visitante, y dónde está"
    vacio = "No hay funcionarios: agrega a quienes reciben visitas."
    list_display = ["nombre", "cargo", "unidad", "ubicacion", "es_activo"]
    list_select_related = ["unidad"]
    search_fields = ["nombre", "cargo"]


@admin.register(Meson)
class MesonAdmin(DeLaSala):
    descripcion = "Qué fichas llama cada mesón, y quién atiende"
    vacio = "No hay mesones: sin ellos no se da ninguna ficha."
    list_display = ["codigo", "sede", "unidad", "prefijos", "atiende", "es_activo"]
    ordering = ["sede_id", "codigo", "pk"]
    list_select_related = ["sede__empresa", "unidad", "atiende"]
    search_fields = ["codigo"]

    def get_field_queryset(self, db, db_field, request):
        consulta = super().get_field_queryset(db, db_field, request)
        if db_field.remote_field.model is Usuario:
            return consulta.filter(is_active=True).distinct()
        return consulta


@admin.register(SalaDeEspera)
class SalaDeEsperaAdmin(DeLaSala):
    descripcion = "Cuántas veces se llama una ficha, y la dirección de su panel"
    vacio = "No hay salas: agrega la de cada sede que da fichas."
    enlaces = (
        ("Panel de la sala", "La dirección del televisor: darla o revocarla", "admin:sala_panel"),
    )
    list_display = ["sede", "llamadas_para_ausente", "llave_dada_en"]
    ordering = ["sede_id", "pk"]
    list_select_related = ["sede__empresa"]
    search_fields = ["sede__nombre"]

    def get_readonly_fields(self, request, obj=None):
        return ["sede"] if obj else []
