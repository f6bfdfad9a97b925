"""What happened and what was sent: to read, never to edit."""

from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from postventa.accesos.models import AlertaAcceso
from postventa.avisos.models import Aviso, EstadoAviso
from postventa.avisos.outbox import dar_pista
from postventa.consola.base import FiltroAcotado, SoloLectura
from postventa.consola.buscado import callar
from postventa.consola.busqueda import AYUDA, buscar, campos_de_caso
from postventa.consola.exportar import Columna, en_su_muro
from postventa.consola.hoy import url_de_caso
from postventa.consola.lista import ConListado, FiltroEmpresa
from postventa.consola.tablero.filtros import DE_ACTOS
from postventa.expedientes.models import CambioMaestro, Movimiento
from postventa.personas.models import Rol

REGISTROS = "5. Registros"
TONOS = {EstadoAviso.ENVIADO: "ok", EstadoAviso.FALLIDO: "mal", EstadoAviso.DESCARTADO: "alerta"}


# Without a case there is no place: the company's wall.
EXPORTABLES = (
    Columna("Correo", lambda a: a.asunto or a.tipo),
    Columna("Nombre", lambda a: a.nombre),
    Columna("Dirección", lambda a: a.destino),
    Columna("Caso", lambda a: a.expediente.folio if a.expediente else ""),
    Columna("Estado", lambda a: a.get_estado_display()),
    Columna("Error", lambda a: a.error),
    Columna("Creado", lambda a: en_su_muro(a.creado_en, ZoneInfo(a.empresa.zona))),
)


@admin.register(Aviso)
class AvisoAdmin(ConListado, SoloLectura):
    list_display = ["asunto_o_tipo", "para", "caso", "ver_estado", "creado_en"]
    list_filter = ["estado", FiltroEmpresa]
    list_select_related = ["empresa", "expediente"]
    search_fields = ["asunto"]
    search_help_text = f"{AYUDA}, correo o asunto"
    ordering = ["-pk"]
    exportables = EXPORTABLES
    fields = ["tipo", "nombre", "destino", "asunto", "estado", "error", "intentos", "creado_en",
              "no_antes_en", "enviado_en", "resumen"]  # fmt: skip
    change_form_template = "consola/aviso.html"
    vacio = "Todavía no sale ningún correo."

    def get_search_results(self, request, queryset, search_term):
        campos = ("asunto", "destino", "nombre", *campos_de_caso("expediente__"))
        return buscar(queryset, search_term, campos, "expediente__cliente"), False

    def get_urls(self):
        reintentar = self.admin_site.admin_view(self.reintentar_view)
        return [
            path("<int:pk>/reintentar/", reintentar, name="avisos_aviso_reintentar"),
            *super().get_urls(),
        ]

    @admin.display(description="Correo", ordering="asunto")
    def asunto_o_tipo(self, aviso):
        return aviso.asunto or aviso.tipo

    @admin.display(description="Para", ordering="destino")
    def para(self, aviso):
        return format_html('{}<span class="sub">{}</span>', aviso.nombre, aviso.destino)

    @admin.display(description="Caso", ordering="expediente__folio")
    def caso(self, aviso):
        if aviso.expediente is None:
            return "—"
        return format_html(
            '<a href="{}">{}</a>', url_de_caso(aviso.expediente), aviso.expediente.folio
        )

    @admin.display(description="Estado", ordering="estado")
    def ver_estado(self, aviso):
        return format_html(
            '<span class="pildora {}">{}</span><span class="sub">{}</span>',
            TONOS.get(aviso.estado, "info"),
            aviso.get_estado_display(),
            aviso.error,
        )

    def reintentar_view(self, request, pk):
        """Put a failed message back in the queue."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        aviso = self.get_queryset(request).filter(pk=pk).first()
        if aviso is None:
            raise Http404
        # Conditional: a message that left meanwhile is not sent again.
        repuestos = Aviso.objects.filter(pk=pk, estado=EstadoAviso.FALLIDO).update(
            estado=EstadoAviso.EN_COLA, intentos=0, error="", enviar_desde_en=timezone.now()
        )
        if repuestos:
            dar_pista()
            messages.success(request, f"El correo a {aviso.destino} vuelve a la cola.")
        else:
            messages.warning(request, "Ese correo ya no está fallido: no hay nada que reintentar.")
        return HttpResponseRedirect(self._volver(request, pk))

    def _volver(self, request, pk):
        volver = request.POST.get("volver", "")
        if url_has_allowed_host_and_scheme(volver, allowed_hosts=None):
            return volver
        return reverse("admin:avisos_aviso_change", args=[pk])


@admin.register(CambioMaestro)
class CambioMaestroAdmin(SoloLectura):
    grupo, descripcion = REGISTROS, "Quién cambió qué dato maestro, y de qué a qué"
    roles_que_ven = (Rol.ADMINISTRADOR, Rol.JEFE, Rol.GERENTE)
    vacio = "Nadie ha cambiado datos maestros."
    list_display = ["numero", "modelo", "objeto_id", "accion", "por", "ocurrido_en", "empresa"]
    list_filter = ["accion", ("empresa", FiltroAcotado)]
    list_select_related = ["por", "empresa"]
    search_fields = ["modelo", "objeto_id"]
    ordering = ["-ocurrido_en", "-id"]
    fields = ["empresa", "numero", "modelo", "objeto_id", "accion", "por", "ocurrido_en", "ver",
              "hash"]  # fmt: skip
    readonly_fields = ["ver"]

    def get_object(self, request, object_id, from_field=None):
        cambio = super().get_object(request, object_id, from_field)
        return callar([cambio], request.user)[0] if cambio else None

    @admin.display(description="Cambios")
    def ver(self, cambio):
        return "; ".join(
            f"{campo}: {antes or '—'} → {despues or '—'}"
            for campo, (antes, despues) in cambio.a_la_vista.items()
        )


@admin.register(Movimiento)
class MovimientoAdmin(SoloLectura):
    grupo, descripcion = REGISTROS, "Cada acto sobre cada caso, encadenado"
    roles_que_ven = (Rol.ADMINISTRADOR, Rol.JEFE, Rol.GERENTE, Rol.SUPERVISOR)
    vacio = "Todavía no hay movimientos."
    list_display = ["caso", "numero", "verbo", "antes", "despues", "por", "canal", "ocurrido_en"]
    list_display_links = ["numero"]
    list_filter = ["canal", *DE_ACTOS]
    list_select_related = ["expediente", "por"]
    search_fields = ["expediente__folio", "verbo"]
    ordering = ["-ocurrido_en", "-id"]

    @admin.display(description="Caso", ordering="expediente__folio")
    def caso(self, movimiento):
        caso = movimiento.expediente
        return format_html('<a class="folio" href="{}">{}</a>', url_de_caso(caso), caso.folio)


@admin.register(AlertaAcceso)
class AlertaAccesoAdmin(SoloLectura):
    grupo, descripcion = REGISTROS, "Límites alcanzados al entrar: barridos y claves erradas"
    roles_que_ven = (Rol.ADMINISTRADOR,)
    vacio = "Nadie ha llegado a un límite en los últimos 30 días."
    list_display = ["motivo", "cuenta", "empresa", "creado_en"]
    list_filter = ["motivo", ("empresa", FiltroAcotado)]
    list_select_related = ["usuario", "empresa"]
    fields = ["motivo", "usuario", "empresa", "creado_en"]

    @admin.display(description="Cuenta", ordering="usuario__username")
    def cuenta(self, alerta):
        return alerta.usuario or "—"
