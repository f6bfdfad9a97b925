"""COMTECO's procedures in the console: the trámites, their requirements and their tariffs."""

import re

from django.contrib import admin
from django.db.models import F, Prefetch
from django.template.loader import render_to_string
from django.utils.html import format_html

from comteco.procedimientos import documentos
from comteco.procedimientos.consola import CONSOLA
from comteco.procedimientos.consola_espera import puestos
from comteco.procedimientos.models import Requisito, Tarifa, Tramite
from comteco.procedimientos.pasos import PASOS
from comteco.procedimientos.sala import SALA
from postventa.consola import salas
from postventa.consola.alcances import declarar
from postventa.consola.base import AdminDeEmpresa
from postventa.consola.busqueda import buscar
from postventa.consola.caso import AdminDeCaso
from postventa.consola.columnas import (
    FiltroEstado,
    FiltroPlazoDeCaso,
    FiltroResponsable,
    columnas_de,
)
from postventa.consola.contexto import momento
from postventa.consola.exportar import Columna, en_su_muro
from postventa.consola.lista import ConListado
from postventa.consola.papeles import ConDocumentos
from postventa.consola.tablero.filtros import DE_CASOS
from postventa.personas.actores import Actor
from postventa.plazos.models import Plazo
from postventa.visitas.models import Visita

declarar(Tramite, "empresa_id", "sede_id", casos=("pk",))
declarar(Requisito)
declarar(Tarifa)
salas.registrar(CONSOLA)

PASO_DE_VERBO = re.compile(r"([a-j]\d)(?:_(\d))?_")
EXPORTABLES = (
    Columna("Código", lambda t: t.folio),
    Columna("Procedimiento", lambda t: t.get_procedimiento_display()),
    Columna("Producto", lambda t: t.producto),
    Columna("Servicio", lambda t: t.get_servicio_display()),
    Columna("Cliente", lambda t: t.cliente.nombre),
    Columna("Oficina", lambda t: t.sede.nombre),
    Columna("Paso", lambda t: t.get_estado_display()),
    Columna("Etapa", lambda t: t.etapa_general.label),
    Columna("Próximo plazo", lambda t: en_su_muro(t.proximo_vence_en, t.sede.tz)),
    Columna("Asesor", lambda t: t.responsable or ""),
    Columna("Abierto", lambda t: en_su_muro(t.creado_en, t.sede.tz)),
    Columna("Terminado", lambda t: en_su_muro(t.cerrado_en, t.sede.tz)),
)


@admin.register(Tramite)
class TramiteAdmin(ConListado, ConDocumentos, AdminDeCaso):
    tipo = "comteco_tramite"
    plantilla = "consola/tramites/caso.html"
    pestanas = ("pasos", "plazos", "correos", "documentos", "historial")
    en_filas = ()
    list_display = ["ver_codigo", "quien", "ver_paso", "a_cargo"]
    list_display_links = None
    list_filter = [
        "procedimiento", "servicio", FiltroEstado, "situacion", FiltroPlazoDeCaso,
        FiltroResponsable, *DE_CASOS,
    ]  # fmt: skip
    search_fields = ["folio"]
    search_help_text = "Código, producto, documento o nombre"
    ordering = [F("proximo_vence_en").asc(nulls_last=True), "-creado_en", "-pk"]
    ordenes_con_indice = ("proximo_vence_en", "creado_en")
    list_select_related = ["cliente", "sede__empresa", "responsable"]
    exportables = EXPORTABLES
    vacio = "No hay trámites con estos filtros."

    def get_list_display(self, request):
        """Columns with the request's own now: the admin is one object for every thread."""
        if not hasattr(request, "_columnas"):
            *primeras, a_cargo = self.list_display
            proximo, creado = columnas_de(momento(request))
            request._columnas = [*primeras, proximo, a_cargo, creado]
        return request._columnas

    def get_search_results(self, request, queryset, search_term):
        return buscar(queryset, search_term, ("folio", "producto"), "cliente"), False

    # --- columns

    @admin.display(description="Código y procedimiento", ordering="folio")
    def ver_codigo(self, tramite):
        return format_html(
            '<a class="folio" href="{}">{}</a><span class="sub">{}</span>',
            self._url(tramite.pk),
            tramite.folio,
            tramite.get_procedimiento_display(),
        )

    @admin.display(description="Cliente", ordering="cliente__nombre")
    def quien(self, tramite):
        return format_html(
            '{}<span class="sub">{}, producto {}</span>',
            tramite.cliente.nombre,
            tramite.get_servicio_display(),
            tramite.producto,
        )

    @admin.display(description="Paso", ordering="estado")
    def ver_paso(self, tramite):
        datos = {"estado": tramite.estado, "texto": tramite.get_estado_display()}
        return render_to_string(self.pildora, datos)

    @admin.display(description="Asesor", ordering="responsable__first_name")
    def a_cargo(self, tramite):
        return tramite.responsable or "—"

    # --- page

    def documentos_de(self, caso):
        return documentos.documentos_de(caso)

    def descargar(self, caso, tipo, ordinal):
        return documentos.descargar(caso, tipo, ordinal)

    def para_pagina(self, request, pestana):
        return (
            super()
            .para_pagina(request, pestana)
            # Nobody is visited from here: what every case reads of its visits is not asked.
            .prefetch_related(None)
            .prefetch_related(
                Prefetch("plazos", Plazo.objects.select_related("politica__jornada")),
                Prefetch("visitas", Visita.objects.none()),
            )
        )

    def _pagina(self, request, caso, pestana, *, abierto="", **mas):
        """The next step is open from the start: it is what one comes for."""
        if not abierto and pestana == self.pestanas[0]:
            abierto = paso_que_sigue(caso, Actor.de(request.user))
        return super()._pagina(request, caso, pestana, abierto=abierto, **mas)

    def contexto_de(self, request, caso, pestana, verbos, elegido, formulario):
        contexto = super().contexto_de(request, caso, pestana, verbos, elegido, formulario)
        if pestana == self.pestanas[0]:
            contexto |= {
                "pasos": pasos_de(caso),
                "requisitos": list(caso.requisitos.select_related("por")),
                "cobros": list(caso.cobros.select_related("por")),
                "confirmaciones": list(caso.confirmaciones.all()),
            }
        return contexto


def paso_que_sigue(caso, actor) -> str:
    """Verb with which that person goes on from where it stands; empty if it is not theirs."""
    for verbo, permiso in SALA.caso.permisos.items():
        transicion = getattr(caso, verbo)._django_fsm.get_transition(caso.estado)
        if verbo != "anular" and transicion is not None and permiso(actor, caso):
            return verbo
    return ""


def pasos_de(caso) -> list[dict]:
    """The document's steps: done, the next one, or not (yet) come to."""
    hechos = {}
    for m in caso.movimientos.select_related("por").order_by("numero"):
        if paso := PASO_DE_VERBO.match(m.verbo):
            hechos[paso[1].upper()] = m
    actual = caso.estado.partition(".")[0]
    return [
        {
            "paso": paso,
            "hecho": hechos.get(paso.codigo),
            "sigue": paso.codigo == actual,
            "en_caja": paso.codigo == actual and "." in caso.estado or caso.estado == "G5",
        }
        for paso in PASOS[caso.procedimiento]
    ]


class DeComteco:
    """Mixin of what only those who work there see in their menu."""

    grupo = "7. Trámites de post venta"

    def has_view_permission(self, request, obj=None):
        suya = bool(puestos(request.user)) or request.user.is_superuser
        return suya and super().has_view_permission(request, obj)


@admin.register(Requisito)
class RequisitoAdmin(DeComteco, AdminDeEmpresa):
    descripcion = "Lo que pide cada anexo, con sus fechas"
    list_display = ["texto", "procedimiento", "anexo", "persona", "quien", "desde_el", "hasta_el"]
    list_filter = ["procedimiento", "persona", "quien"]
    search_fields = ["texto"]
    vacio = "No hay requisitos."


@admin.register(Tarifa)
class TarifaAdmin(DeComteco, AdminDeEmpresa):
    descripcion = "Lo que cuesta cada concepto, con sus fechas"
    list_display = ["concepto", "servicio", "en_bolivianos", "desde_el", "hasta_el", "fuente"]
    list_filter = ["concepto", "servicio"]
    vacio = "No hay tarifas."

    @admin.display(description="Monto", ordering="monto")
    def en_bolivianos(self, tarifa):
        return tarifa.en_palabras
