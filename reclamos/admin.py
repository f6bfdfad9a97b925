"""CAPERA in the console: its complaints, what was learned of them and the closed register."""

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.template.loader import render_to_string
from django.utils.html import format_html

from postventa.consola import salas
from postventa.consola.alcances import acotar, declarar
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
from postventa.plazos.models import Plazo
from postventa.visitas.models import Visita
from reclamos import documentos, registro
from reclamos.adjuntar import ConAdjuntos
from reclamos.consola import CONSOLA
from reclamos.consola_espera import POR_DESPACHAR, por_despachar
from reclamos.flujo import EstadoReclamo as E
from reclamos.flujo import hay_propuesta
from reclamos.lista import AYUDA, hallar, ver_reclamo
from reclamos.models import (
    Agregado,
    Canal,
    Causa,
    Cierre,
    Constancia,
    Deber,
    Gestion,
    Mejora,
    Que,
    Reclamo,
)
from reclamos.registros import CausaAdmin, CierreAdmin, MejoraAdmin

declarar(Reclamo, "empresa_id", "sede_id", casos=("pk",))
declarar(Mejora, "reclamo__empresa_id", "reclamo__sede_id", casos=("reclamo_id", "iguales"))
declarar(Cierre, "reclamo__empresa_id", "reclamo__sede_id", casos=("reclamo_id",))
declarar(Causa)
salas.registrar(CONSOLA)
admin.site.register(Cierre, CierreAdmin)
admin.site.register(Mejora, MejoraAdmin)
admin.site.register(Causa, CausaAdmin)


class FiltroCanal(admin.SimpleListFilter):
    title = "canal"
    parameter_name = "canal"

    def lookups(self, request, model_admin):
        return Canal.choices

    def queryset(self, request, queryset):
        return queryset.filter(canal=self.value()) if self.value() in Canal.values else queryset


class FiltroCarta(admin.SimpleListFilter):
    title = "respuesta por carta"
    parameter_name = "carta"

    def lookups(self, request, model_admin):
        return [(POR_DESPACHAR, "Por despachar")]

    def queryset(self, request, queryset):
        return queryset.filter(por_despachar()) if self.value() == POR_DESPACHAR else queryset


EXPORTABLES = (
    Columna("Código", lambda r: r.codigo),
    Columna("N° de Ingreso", lambda r: r.numero_ingreso),
    Columna("Tipo", lambda r: r.get_clase_display()),
    Columna("Reclamante", lambda r: r.contacto.nombre),
    Columna("Establecimiento", lambda r: r.sede.nombre),
    Columna("Estado", lambda r: r.get_estado_display()),
    Columna("Próximo plazo", lambda r: en_su_muro(r.proximo_vence_en, r.sede.tz)),
    Columna("Responsable", lambda r: r.responsable or ""),
    Columna("Recibido", lambda r: en_su_muro(r.recibida_en, r.sede.tz)),
)


@admin.register(Reclamo)
class ReclamoAdmin(ConListado, ConAdjuntos, ConDocumentos, AdminDeCaso):
    tipo = "capera"
    plantilla = "consola/reclamos/caso.html"
    pestanas = ("reclamo", "cierre", "plazos", "correos", "documentos", "historial")
    en_filas = ()
    list_display = ["ver_codigo", "quien", "ver_estado", "a_cargo"]
    list_display_links = None
    list_filter = [
        FiltroEstado, "clase", FiltroCanal, FiltroCarta, "situacion", FiltroPlazoDeCaso,
        FiltroResponsable, *DE_CASOS,
    ]  # fmt: skip
    search_fields = ["folio"]
    search_help_text = AYUDA
    ordering = [F("proximo_vence_en").asc(nulls_last=True), "-creado_en", "-pk"]
    ordenes_con_indice = ("proximo_vence_en", "creado_en")
    list_select_related = ["cliente", "sede__empresa", "responsable"]
    exportables = EXPORTABLES
    archivos = registro.ARCHIVOS
    vacio = "No hay quejas ni reclamos con estos filtros."

    def get_list_display(self, request):
        """Columns with the request's own now: the admin is one object for every thread."""
        if not hasattr(request, "_columnas"):
            *primeras, a_cargo = self.list_display
            proximo, creado = columnas_de(momento(request))
            request._columnas = [*primeras, proximo, a_cargo, creado]
        return request._columnas

    def get_search_results(self, request, queryset, search_term):
        return hallar(queryset, search_term), False

    # --- columns

    @admin.display(description="Código e ingreso", ordering="folio")
    def ver_codigo(self, reclamo):
        return ver_reclamo(reclamo)

    @admin.display(description="Reclamante", ordering="cliente__nombre")
    def quien(self, reclamo):
        return format_html(
            '{}<span class="sub">{}, {}</span>',
            reclamo.contacto.nombre,
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

    def documentos_de(self, caso):
        return documentos.documentos_de(caso)

    def descargar(self, caso, tipo, ordinal):
        return documentos.descargar(caso, tipo, ordinal)

    def para_pagina(self, request, pestana):
        de_lo_dicho = pestana == self.pestanas[0]
        comunes = Mejora.iguales.through.objects.filter(reclamo_id=OuterRef("pk"))
        constancias = Constancia.objects.filter(reclamo_id=OuterRef("pk")).order_by("pk")
        personas = ("causa", "encargado", "verificada_por")
        return (
            super()
            .para_pagina(request, pestana)
            .select_related("cierre__por")
            # CAPERA visits nobody: what every case reads of its visits is not asked.
            .prefetch_related(None)
            .prefetch_related(
                Prefetch("plazos", Plazo.objects.select_related("politica__jornada")),
                Prefetch("visitas", Visita.objects.none()),
                Prefetch("mejoras", Mejora.objects.select_related(*personas)),
                Prefetch("cierre__agregados", Agregado.objects.select_related("por")),
                "aludidos",
                *([Prefetch("deberes", Deber.objects.select_related("por"))] * de_lo_dicho),
            )
            .annotate(
                es_de_un_grupo=Exists(comunes),
                constancia_de=Subquery(constancias.values("reclamante")[:1]),
                constancia_en=Subquery(constancias.values("en")[:1]),
            )
        )

    def caso_o_404(self, request, pk, pestana=""):
        caso = super().caso_o_404(request, pk, pestana)
        if pestana == "cierre" or caso.estado == E.CONTROVERSIA:
            con_quien = Gestion.objects.select_related("por")
            prefetch_related_objects([caso], Prefetch("gestiones", con_quien))
        return caso

    def partes(self, caso):
        mejoras = list(caso.mejoras.all())
        if not mejoras and not caso.es_de_un_grupo and caso.ingreso_numero:
            # The one that is not yet: a complaint has one improvement, its own or its group's.
            mejoras = [Mejora(pk=0, reclamo=caso)]
        return {**super().partes(caso), "mejora": mejoras}

    def _tramitar(self, request, caso, instancia, verbo, formulario):
        if instancia._state.adding:
            instancia.pk = None
        return super()._tramitar(request, caso, instancia, verbo, formulario)

    def contexto_de(self, request, caso, pestana, verbos, elegido, formulario):
        contexto = super().contexto_de(request, caso, pestana, verbos, elegido, formulario)
        contexto["canal"] = dict(Canal.choices).get(caso.canal, caso.canal)
        if pestana == "reclamo":
            contexto |= _del_reclamo(caso)
        elif pestana == "cierre":
            contexto |= _del_cierre(caso, request.user)
        return contexto


def _del_reclamo(caso) -> dict:
    """The duties, the answers as they went out and the extensions."""
    hechos = {d.que: d for d in caso.deberes.all() if d.vuelta == caso.vuelta}
    # An extension is a new ordinal of the clock of the answer.
    hay_prorrogas = sum(p.codigo == "respuesta" for p in caso.plazos.all()) > 1
    return {
        "deberes": [(que.label, hechos.get(que.value)) for que in Que] if caso.vuelta else [],
        "por_visar": caso.estado == E.POR_VISAR or hay_propuesta(caso),
        "respuestas": list(caso.respuestas.select_related("por", "visada_por", "despachada_por")),
        "prorrogas": list(caso.prorrogas.all()) if hay_prorrogas else [],
        "legal_corre": any(
            p.codigo == "plazo_legal" and p.detenido_en is None for p in caso.plazos.all()
        ),
    }


def _del_cierre(caso, usuario) -> dict:
    """What was agreed, what was learned and the row of the register."""
    cierre = getattr(caso, "cierre", None)
    visibles = acotar(Reclamo.objects.order_by("-pk"), usuario)
    # A group is as hidden as each of its complaints (0050).
    suyas = acotar(Mejora.objects.filter(Q(reclamo=caso) | Q(iguales=caso)), usuario).distinct()
    return {
        "gestiones": list(caso.gestiones.all()),
        "mejoras": list(
            suyas.select_related("causa", "encargado", "verificada_por", "reclamo")
            .prefetch_related(Prefetch("iguales", visibles))
            .order_by("pk")
        ),
        "cierre": cierre,
        "agregados": list(cierre.agregados.all()) if cierre else [],
    }
