"""How each project receives visits, and who is on duty, in the console's data menu."""

from django.contrib import admin
from django.db.models import Q

from postventa.consola.alcances import declarar, declarar_uso
from postventa.consola.base import AdminDeEmpresa, FiltroAcotado, TablaDeEmpresa
from postventa.consola.contexto import membresias
from postventa.personas.permisos import alcance
from tickets.ingevec.models import Inspector, Pauta, Turno
from tickets.ingevec.permisos import ANOTACIONES
from tickets.ingevec.personas import VISITAN
from tickets.ingevec.sala import SALA
from tickets.inmuebles.admin import PROYECTOS


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
    inlines = [InspectoresDeLaPauta]
    fieldsets = [
        (None, {"fields": ["proyecto", "dia"]}),
        ("Horas", {"fields": ["jornada_inspeccion", "jornada_trabajo"]}),
        ("Duración", {
            "description": "Supuesto: el procedimiento no dice cuánto dura una visita. Cada hora "
            "se ofrece a continuación de la anterior. Lo ya agendado no cambia.",
            "fields": ["minutos_inspeccion", "minutos_trabajo"],
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
