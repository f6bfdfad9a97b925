"""Ingevec in the console: its solicitudes, how each project receives visits, who is on duty."""

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html

from postventa.consola import salas
from postventa.consola.alcances import acotar, declarar, declarar_uso
from postventa.consola.base import AdminDeEmpresa, FiltroAcotado, TablaDeEmpresa
from postventa.consola.busqueda import buscar, digitos_de, sin_adornos
from postventa.consola.caso import AdminDeCaso
from postventa.consola.contexto import membresias
from postventa.consola.exportar import Columna
from postventa.consola.opciones import corta
from postventa.personas.permisos import alcance
from tickets.ingevec.consola import CONSOLA
from tickets.ingevec.flujo import EstadoRequerimiento as R
from tickets.ingevec.flujo import EstadoSolicitud
from tickets.ingevec.models import (
    Canal,
    Inspector,
    Pauta,
    Requerimiento,
    Solicitud,
    Turno,
)
from tickets.ingevec.permisos import ANOTACIONES
from tickets.ingevec.personas import VISITAN
from tickets.ingevec.puestos import atienden
from tickets.ingevec.sala import SALA
from tickets.inmuebles.admin import PROYECTOS
from tickets.inmuebles.filtros import PROYECTO
from tickets.inmuebles.garantia import garantia_de
from tickets.inmuebles.lista import DEL_CASO, FOLIO, ListaDeCasos
from tickets.inmuebles.models import Proyecto


def _turnos(usuario):
    """Those of one's places, and those of the whole company."""
    return alcance(usuario) | (alcance(usuario, sede="") & Q(sede=None))


declarar(Pauta, "proyecto__empresa_id", "proyecto_id")
declarar(Inspector, "pauta__proyecto__empresa_id", "pauta__proyecto_id")
declarar(Turno, filtro=_turnos)
for _jornada in ("jornada_inspeccion_id", "jornada_trabajo_id"):
    declarar_uso("jornada", Pauta, _jornada, "proyecto__empresa_id")


class AdminDeIngevec(AdminDeEmpresa):
    """Shown to those who work there: another company's menu does not speak of it."""

    grupo = PROYECTOS

    def has_view_permission(self, request, obj=None):
        usuario = request.user
        suya = any(m.empresa.codigo == SALA.empresa for m in membresias(usuario))
        return (suya or usuario.is_superuser) and super().has_view_permission(request, obj)


def _con_rol(consulta, roles):
    """Staff that play one of those parts, each once."""
    return consulta.filter(membresias__rol__in=roles).distinct()


class InspectoresDeLaPauta(TablaDeEmpresa):
    model = Inspector
    fields = ["usuario", "cupos_por_dia"]
    verbose_name_plural = "quiénes visitan este proyecto"

    def get_field_queryset(self, db, db_field, request):
        consulta = super().get_field_queryset(db, db_field, request)
        return _con_rol(consulta, {rol for roles in VISITAN.values() for rol in roles})


@admin.register(Pauta)
class PautaAdmin(AdminDeIngevec):
    descripcion = "El día de inspecciones de cada proyecto, sus horas y quiénes lo visitan"
    vacio = "No hay pautas: sin la suya, un proyecto no tiene horas que ofrecer."
    list_display = ["proyecto", "dia", "minutos_inspeccion", "minutos_trabajo"]
    list_filter = ["dia"]
    list_select_related = ["proyecto"]
    search_fields = ["proyecto__nombre", "proyecto__codigo"]
    ordering = ["proyecto__nombre", "pk"]
    inlines = [InspectoresDeLaPauta]
    fieldsets = [
        (None, {"fields": ["proyecto", "dia"]}),
        ("Horas", {"fields": ["jornada_inspeccion", "jornada_trabajo"]}),
        ("Duración", {
            "description": "Supuesto: el procedimiento no dice cuánto dura una visita. Cada hora "
            "se ofrece a continuación de la anterior. Lo ya agendado no cambia.",
            "fields": ["minutos_inspeccion", "minutos_trabajo"],
        }),
        ("Reserva por la web", {
            "description": "Supuesto: el procedimiento no dice cuántas horas puede tener tomadas "
            "un propietario. Quien llega al tope llama al call center.",
            "fields": ["horas_por_propietario"],
        }),
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return ["proyecto"] if obj else []


@admin.register(Turno)
class TurnoAdmin(AdminDeIngevec):
    descripcion = "Quién recibe el aviso de una urgencia, y desde cuándo hasta cuándo"
    vacio = "Nadie está de turno: las urgencias se avisan al call center."
    list_display = ["persona", "sede", "desde_en", "hasta_en"]
    list_filter = [("sede", FiltroAcotado)]
    list_select_related = ["persona", "sede"]
    search_fields = ["persona__first_name", "persona__last_name", "persona__username"]
    fields = ["empresa", "sede", "persona", "desde_en", "hasta_en"]

    def get_readonly_fields(self, request, obj=None):
        return ["empresa"] if obj else []

    def get_field_queryset(self, db, db_field, request):
        consulta = super().get_field_queryset(db, db_field, request)
        if db_field.name == "persona":
            return _con_rol(consulta, ANOTACIONES["acusar_urgencia"])
        return consulta


# --- the cases

BUSCA = ("folio", "llamante", "unidad__nombre", "sede__nombre")

declarar(Solicitud, "empresa_id", "sede_id")
declarar(Requerimiento, "solicitud__empresa_id", "solicitud__sede_id")
salas.registrar(CONSOLA)


class FiltroUrgencia(admin.SimpleListFilter):
    title = "urgencia"
    parameter_name = "urgente"

    def lookups(self, request, model_admin):
        return [("si", "Urgentes"), ("no", "No urgentes")]

    def queryset(self, request, queryset):
        if self.value() == "si":
            return queryset.exclude(urgencia="")
        return queryset.filter(urgencia="") if self.value() == "no" else queryset


class FiltroCanal(admin.SimpleListFilter):
    title = "canal"
    parameter_name = "canal"

    def lookups(self, request, model_admin):
        return Canal.choices

    def queryset(self, request, queryset):
        return queryset.filter(canal=self.value()) if self.value() in Canal.values else queryset


EXPORTABLES = (
    FOLIO,
    Columna("Llamante", lambda s: s.llamante),
    Columna("Propietario", lambda s: s.cliente.nombre),
    *DEL_CASO,
)


@admin.register(Solicitud)
class SolicitudAdmin(ListaDeCasos, AdminDeCaso):
    tipo = "ingevec"
    plantilla = "consola/ingevec/caso.html"
    pestanas = ("requerimientos", "visitas", "plazos", "correos", "historial")
    en_filas = ("requerimiento",)
    list_display = ["ver_folio", "quien", "vivienda", "ver_estado", "a_cargo"]
    list_filter = [*ListaDeCasos.list_filter, FiltroUrgencia, FiltroCanal]
    exportables = EXPORTABLES
    vacio = "No hay solicitudes con estos filtros. Las nuevas entran con «Nueva llamada»."

    def cortas(self, request):
        propios = acotar(Proyecto.objects.filter(empresa__codigo=self.tipo), request.user)
        return [corta(PROYECTO, propios)]

    def get_search_results(self, request, queryset, search_term):
        hallados = buscar(queryset, search_term, BUSCA)
        if digitos := digitos_de(search_term):
            # Also by the number that somebody left in the call.
            en_la_llamada = queryset.alias(_digitos=sin_adornos("telefonos")).filter(
                _digitos__contains=digitos
            )
            ids = Q(pk__in=hallados.values("pk")) | Q(pk__in=en_la_llamada.order_by().values("pk"))
            hallados = queryset.filter(ids)
        return hallados, False

    # --- columns

    @admin.display(description="Llamante y propietario", ordering="llamante")
    def quien(self, solicitud):
        propietario = solicitud.cliente.nombre
        if propietario == solicitud.llamante:
            propietario = solicitud.cliente.documento
        return format_html('{}<span class="sub">{}</span>', solicitud.llamante, propietario)

    # --- page

    def para_pagina(self, request, pestana):
        pedido = super().para_pagina(request, pestana).select_related("recibida_por")
        if pestana != "requerimientos":
            return pedido.prefetch_related("requerimientos")
        return pedido.prefetch_related("requerimientos__fotos", "requerimientos__fotos_personal")

    def partes(self, caso):
        return {**super().partes(caso), "requerimiento": list(caso.requerimientos.all())}

    def contexto_de(self, request, caso, pestana, verbos, elegido, formulario):
        filas = [
            {
                "r": r,
                "garantia": garantia_de(caso.unidad, r.clase) if r.clase else None,
                "verbos": self.verbos_de(r, request, caso, verbos, elegido, formulario),
            }
            for r in caso.requerimientos.all()
        ]
        return {
            **super().contexto_de(request, caso, pestana, verbos, elegido, formulario),
            "filas": filas,
            "al": caso.creado_en.astimezone(caso.sede.tz).date(),
            "canal": dict(Canal.choices).get(caso.canal, caso.canal),
            "faltas": _faltas(caso, filas),
            "llama": caso.estado == EstadoSolicitud.POR_LLAMAR and bool(atienden(request.user)),
        }


def _faltas(caso, filas):
    """What the requerimientos wait for, said once, when a visit is agreed."""
    abiertos = any(f["r"].estado in (R.PENDIENTE, R.CORRESPONDE) for f in filas)
    if not abiertos or not caso.visitas.all():
        return []
    return list(dict.fromkeys(v.falta for f in filas for v in f["verbos"] if v.falta))
