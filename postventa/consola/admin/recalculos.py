"""The register of revisions of clocks: how each goes, and what it moved."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from postventa.consola import cambios
from postventa.consola.admin.registros import REGISTROS
from postventa.consola.alcances import acotar
from postventa.consola.base import SoloLectura
from postventa.consola.contexto import momento
from postventa.consola.hoy import url_de_caso
from postventa.consola.tiempo.compartido import puede_editar
from postventa.consola.tiempo.movidos import PAGINA, fecha
from postventa.tramitacion.errores import Conflicto
from postventa.tramitacion.models import PlazoRecalculado, Recalculo
from postventa.tramitacion.recalculo_masivo import reintentar

Linea = PlazoRecalculado.Estado
TONOS = {Linea.MOVIDO: "ok", Linea.FALLIDO: "mal", Linea.IGUAL: "", Linea.PENDIENTE: "info"}


@admin.register(Recalculo)
class RecalculoAdmin(SoloLectura):
    grupo, descripcion = REGISTROS, "Qué plazos movió cada cambio de calendario"
    vacio = "Ningún cambio de calendario ha movido plazos."
    list_display = ["numero", "dato", "motivo", "pedido_por", "pedido_en", "estado"]
    list_filter = ["estado"]
    list_select_related = ["calendario", "jornada", "pedido_por"]
    search_fields = ["motivo", "calendario__nombre", "jornada__nombre"]

    def get_urls(self):
        vista = self.admin_site.admin_view(self.reintentar_view)
        return [
            path("<int:pk>/reintentar/", vista, name="tramitacion_recalculo_reintentar"),
            *super().get_urls(),
        ]

    @admin.display(description="Revisión", ordering="pk")
    def numero(self, recalculo):
        return f"N.º {recalculo.pk}"

    @admin.display(description="Calendario o jornada")
    def dato(self, recalculo):
        return recalculo.dato

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """How far it is, and each clock with both its dates, of those one may see."""
        if request.method not in ("GET", "HEAD"):
            return self.admin_site.rechazo(request, 405)
        recalculo = self.get_object(request, object_id)
        if recalculo is None:
            raise Http404
        if not self.has_view_permission(request, recalculo):
            raise PermissionDenied
        lineas = acotar(recalculo.lineas.all(), request.user)
        cuentas = lineas.aggregate(
            total=Count("pk"),
            **{e.name.lower(): Count("pk", filter=Q(estado=e)) for e in Linea},
        )
        lineas = lineas.select_related(
            "plazo__politica", "expediente__sede__empresa", "expediente__cliente"
        ).order_by("antes", "pk")
        pagina = Paginator(lineas, PAGINA).get_page(request.GET.get("p"))
        campo = recalculo.dato._meta.model_name
        contexto = {
            **self.admin_site.each_context(request),
            "title": f"Revisión de plazos n.º {recalculo.pk}",
            "opts": self.opts,
            "recalculo": recalculo,
            "cuentas": cuentas,
            "hechos": cuentas["total"] - cuentas["pendiente"],
            "pagina": pagina,
            "paginas": pagina.paginator.get_elided_page_range(pagina.number, on_each_side=2),
            "filas": [_fila(linea, momento(request)) for linea in pagina],
            "url_dato": reverse(f"admin:calendario_{campo}_change", args=[recalculo.dato.pk]),
            "url_lista": reverse(f"admin:calendario_{campo}_mueve", args=[recalculo.dato.pk]),
            "reintenta": cuentas["fallido"] and puede_editar(request.user, recalculo.dato),
        }
        return TemplateResponse(request, "consola/tiempo/recalculo.html", contexto)

    def reintentar_view(self, request, pk):
        """Try again what could not be moved."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        recalculo = self.get_queryset(request).filter(pk=pk).first()
        if recalculo is None:
            raise Http404
        if not puede_editar(request.user, recalculo.dato):
            raise PermissionDenied
        try:
            with transaction.atomic():
                if reintentar(recalculo):
                    cambios.anotar(request, recalculo, "reintentar", {})
                else:
                    messages.warning(request, "No hay nada que reintentar.")
        except Conflicto as error:
            messages.warning(request, error.mensaje)
        return HttpResponseRedirect(reverse("admin:tramitacion_recalculo_change", args=[pk]))


def _fila(linea, ahora) -> dict:
    caso = linea.expediente
    zona = caso.sede.tz
    return {
        "caso": caso,
        "url": url_de_caso(caso),
        "plazo": linea.plazo.politica.nombre,
        "antes": fecha(linea.antes, zona, ahora),
        "despues": fecha(linea.despues, zona, ahora),
        "estado": linea.get_estado_display(),
        "tono": TONOS[linea.estado],
    }
