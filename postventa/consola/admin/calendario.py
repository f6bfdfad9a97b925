"""Business time as data: shared by the companies that use it."""

from django.contrib import admin

from postventa.calendario.carga import PAQUETE
from postventa.calendario.models import Calendario, ConfirmacionAnual, Feriado, Jornada, Tramo
from postventa.consola.alcances import usos
from postventa.consola.base import AdminDeEmpresa, TablaDeEmpresa
from postventa.consola.contexto import administra, momento

TIEMPO = "4. Tiempo y plazos"


class DatoCompartido(AdminDeEmpresa):
    """Edited only by who administers every company that uses it."""

    grupo = TIEMPO
    campo = ""

    def puede_editar(self, request, obj=None):
        if request.user.is_superuser or obj is None:
            return administra(request.user)
        empresas = usos(self.campo).get(obj.pk, set())
        return administra(request.user) and all(administra(request.user, e) for e in empresas)


class FeriadosDelCalendario(TablaDeEmpresa):
    model = Feriado


class ConfirmacionesDelCalendario(TablaDeEmpresa):
    model = ConfirmacionAnual
    fields = ["anio", "confirmado_en", "confirmado_por"]
    readonly_fields = ["confirmado_en", "confirmado_por"]


@admin.register(Calendario)
class CalendarioAdmin(DatoCompartido):
    campo, descripcion = "calendario", "Feriados de cada país o comuna, con su fuente"
    vacio = "No hay calendarios. Sin uno no se puede crear una empresa."
    list_display = ["nombre", "codigo", "pais", "padre", "version"]
    list_filter = ["pais"]
    list_select_related = ["padre"]
    search_fields = ["nombre", "codigo"]
    inlines = [FeriadosDelCalendario, ConfirmacionesDelCalendario]

    def save_formset(self, request, form, formset, change):
        if formset.model is ConfirmacionAnual:
            for fila in formset.extra_forms:
                fila.instance.confirmado_en = momento(request)
                fila.instance.confirmado_por = str(request.user)[:120]
        huellas = _de_lo_cargado(formset, request.user) if formset.model is Feriado else []
        super().save_formset(request, form, formset, change)
        for huella in huellas:
            huella.save()


def _de_lo_cargado(formset, usuario) -> list[Feriado]:
    """Make theirs the loaded holidays that somebody edits, so that the next load spares them.

    Returns the rows to keep, not in force, for the dates that were moved away or deleted: without
    them the load would bring those dates back.
    """
    huellas = []
    for fila in formset.initial_forms:
        antes = fila.initial
        if not str(antes.get("fuente", "")).startswith(PAQUETE):
            continue
        borrada = fila in formset.deleted_forms
        if borrada or "fecha" in fila.changed_data:
            huellas.append(
                Feriado(
                    calendario=formset.instance,
                    fecha=antes["fecha"],
                    nombre=antes["nombre"],
                    fuente=f"{'Quitado' if borrada else 'Trasladado'} por {usuario}"[:300],
                    es_vigente=False,
                )
            )
        if fila.has_changed() and "fuente" not in fila.changed_data:
            fila.instance.fuente = f"Editado por {usuario}"[:300]
    return huellas


class TramosDeLaJornada(TablaDeEmpresa):
    model = Tramo


@admin.register(Jornada)
class JornadaAdmin(DatoCompartido):
    campo, descripcion = "jornada", "Días y horas de atención"
    vacio = "No hay jornadas. Sin una no se puede crear una empresa."
    list_display = ["nombre", "codigo", "version"]
    search_fields = ["nombre", "codigo"]
    inlines = [TramosDeLaJornada]
