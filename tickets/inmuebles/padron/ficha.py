"""The console's pages of a padrón: upload, look, apply, take the refused rows away."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from postventa.consola.alcances import declarar
from postventa.consola.base import AdminDeEmpresa
from postventa.consola.contexto import administra, membresias, momento
from postventa.personas.models import Rol
from postventa.tramitacion.errores import Rechazo
from tickets.inmuebles.menu import DeViviendas
from tickets.inmuebles.models import CargaPadron, FilaPadron, ResultadoFila
from tickets.inmuebles.padron import aplicacion, carga, hoja, listas, subida

POR_PAGINA = 50
# Seconds that a page may take to apply; a worker goes on with what is left.
SEGUNDOS_DE_PAGINA = 15


def _cargas_de(usuario):
    """Those of the companies that one administers; who administers only some projects sees only
    their own, for a load may hold people of the others."""
    filtro = Q(pk__in=[])
    for m in membresias(usuario):
        if m.rol == Rol.ADMINISTRADOR:
            propias = Q(empresa_id=m.empresa_id)
            filtro |= propias & Q(subida_por=usuario) if m.sede_id else propias
    return filtro


declarar(CargaPadron, "empresa_id", filtro=_cargas_de)
declarar(FilaPadron, "carga__empresa_id")


class CargaPadronAdmin(DeViviendas, AdminDeEmpresa):
    grupo = "2. Proyectos y propietarios"
    descripcion = "Unidades, dueños y fechas legales desde una planilla"
    vacio = "Todavía no hay cargas. Sube la primera planilla de propietarios."
    roles_que_ven = (Rol.ADMINISTRADOR,)
    list_display = ["archivo", "resumen", "subida_en", "subida_por", "empresa"]
    list_display_links = ["archivo"]
    list_select_related = ["empresa", "subida_por"]
    search_fields = ["archivo"]

    @admin.display(description="Estado")
    def resumen(self, objeto):
        return listas.resumen(objeto)

    def puede_editar(self, request, obj=None):
        # Each row of it is asked for its own project.
        return administra(request.user, obj.empresa_id if obj is not None else None)

    def puede_crear(self, request):
        return self.puede_editar(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        def vista(funcion):
            return self.admin_site.admin_view(funcion)

        return [
            path("add/", vista(subida.puerta(self)), name="inmuebles_cargapadron_add"),
            path("plantilla.<str:formato>", vista(self.plantilla), name="padron_plantilla"),
            path("<int:pk>/aplicar/", vista(require_POST(self.aplicar)), name="padron_aplicar"),
            path("<int:pk>/olvidar/", vista(require_POST(self.olvidar)), name="padron_olvidar"),
            path("<int:pk>/rechazadas.<str:formato>", vista(self.rechazadas),
                 name="padron_rechazadas"),
            *super().get_urls(),
        ]  # fmt: skip

    def plantilla(self, request, formato):
        if not self.has_view_permission(request):
            raise PermissionDenied
        columnas = subida.columnas_de_ejemplo(
            subida.FormularioDeCarga(usuario=request.user).empresas
        )
        return self._descarga(formato, "plantilla-propietarios", listas.plantilla(columnas))

    # --- look

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in ("GET", "HEAD"):
            return self.admin_site.rechazo(request, 405)
        propia = self.get_object(request, object_id)
        if propia is None:
            raise Http404
        return self._pagina(request, propia)

    def _pagina(self, request, propia, aviso="", status=200):
        if propia.pedida_en:
            carga.contar(propia)
        ver = request.GET.get("ver", "")
        filas = listas.filtrar(propia.filas.select_related("cliente"), ver)
        pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("p"))
        contexto = {
            **self.admin_site.each_context(request),
            "title": propia.archivo,
            "carga": propia,
            "aviso": aviso,
            "pagina": pagina,
            "paginas": pagina.paginator.get_elided_page_range(pagina.number, on_each_side=2),
            "filtros": listas.filtros(propia, ver),
            "ver": ver if ver in listas.FILTROS else "",
            "t": propia.totales,
            "dias": carga.SE_GUARDAN.days,
            "se_olvida_el": propia.subida_en + carga.SE_GUARDAN,
            "puede": self.puede_editar(request, propia),
        }
        return TemplateResponse(request, "consola/padron/carga.html", contexto, status=status)

    # --- apply

    def _mia(self, request, pk) -> CargaPadron:
        propia = self.get_queryset(request).select_related("empresa").filter(pk=pk).first()
        if propia is None:
            raise Http404
        if not administra(request.user, propia.empresa_id):
            raise PermissionDenied
        return propia

    def aplicar(self, request, pk):
        propia, ahora = self._mia(request, pk), momento(request)
        version = request.POST.get("version", "")
        version = int(version) if version.isdecimal() and len(version) < 9 else 0
        try:
            propia = aplicacion.pedir(propia, request.user, version, ahora)
        except Rechazo as error:
            return self._pagina(request, propia, error.mensaje, error.status)
        if not aplicacion.es_larga(propia):
            aplicacion.aplicar(propia, ahora, SEGUNDOS_DE_PAGINA)
            propia.refresh_from_db()
            if propia.aplicada_en and not propia.pedida_en:
                messages.success(request, f"Listo: {listas.resumen(propia).lower()}.")
        return HttpResponseRedirect(reverse("admin:inmuebles_cargapadron_change", args=[pk]))

    def olvidar(self, request, pk):
        propia = self._mia(request, pk)
        if propia.pedida_en:
            return self._pagina(request, propia, "Espera a que termine de aplicarse.", 409)
        carga.olvidar(propia, momento(request))
        messages.success(request, "Borramos las filas de esta carga. Lo ya aplicado no cambia.")
        return HttpResponseRedirect(reverse("admin:inmuebles_cargapadron_changelist"))

    def rechazadas(self, request, pk, formato):
        propia = self._mia(request, pk)
        malas = propia.filas.filter(resultado=ResultadoFila.RECHAZADA).order_by("numero")
        return self._descarga(
            formato, f"rechazadas-{slugify(propia.archivo)[:60]}", listas.rechazadas(malas)
        )

    @staticmethod
    def _descarga(formato, nombre, hojas):
        if formato not in hoja.TIPOS:
            raise Http404
        respuesta = HttpResponse(hoja.escribir(formato, hojas), content_type=hoja.TIPOS[formato])
        respuesta["Content-Disposition"] = f'attachment; filename="{nombre}.{formato}"'
        respuesta["Cache-Control"] = "no-store"
        return respuesta
