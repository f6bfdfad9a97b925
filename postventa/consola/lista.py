"""Lists as a product: few questions to the database, saved filters, export, plain paging."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import slugify

from postventa.consola import exportar, guardados, topes
from postventa.consola.alcances import acotar, alcance_de
from postventa.consola.contexto import documento_de, enteras, membresias, momento, zona_de
from postventa.consola.hoy import filtros_de_plazo
from postventa.consola.medidas import medidos
from postventa.consola.opciones import leer
from postventa.consola.salas import visitan
from postventa.consola.topes import Paginador
from postventa.empresas.models import Empresa
from postventa.tramitacion.errores import NoAutorizado, Rechazo


class Lista(ChangeList):
    """Django's list, on the rows that the paginator has already read."""

    # Asked to order what is too much to order: it stays as it was.
    sin_ordenar = False

    def get_results(self, request):
        self.request, self.get_params = request, request.GET
        ayuda = self.search_help_text or ""
        if not visitan(request.user):
            ayuda = ayuda.replace("unidad, ", "")
        self.vacio = self.model_admin.vacio_para(request)
        self.search_help_text = ayuda.replace("RUT", documento_de(request.user))
        consulta, paginador = self.queryset, None
        if self._ordena_todo():
            # Up to TOPE rows are put in any order; of more, nobody would see which come first.
            pocas = consulta.order_by().values("pk")[: topes.TOPE + 1]
            en_orden = self.root_queryset.filter(pk__in=pocas).order_by(*consulta.query.order_by)
            paginador = self._paginador(en_orden)
            pagina = paginador.get_page(self.page_num)
            self.sin_ordenar = paginador.hay_mas
            if self.sin_ordenar:
                self.params.pop(ORDER_VAR)
                consulta = consulta.order_by(*self.get_ordering(request, consulta))
        if paginador is None or self.sin_ordenar:
            paginador = self._paginador(consulta)
            pagina = paginador.get_page(self.page_num)
        self.result_count = self.full_result_count = paginador.count
        self.show_full_result_count = False
        self.show_admin_actions = False
        self.can_show_all = False
        self.multi_page = self.result_count > self.list_per_page
        self.paginator = paginador
        self.page_num, self.result_list = pagina.number, pagina.object_list

    def _paginador(self, consulta):
        orden = consulta.query.order_by
        completas = medidos(self.apply_select_related(self.root_queryset)).order_by(*orden)
        return self.model_admin.get_paginator(
            self.request, consulta, self.list_per_page, completas=completas
        )

    def _ordena_todo(self) -> bool:
        """Somebody asked for an order that no index gives."""
        if not self.params.get(ORDER_VAR):
            return False
        primero, *_ = self.queryset.query.order_by
        return str(primero).lstrip("-") not in self.model_admin.ordenes_con_indice

    # --- what the page offers beside the rows

    def parametros(self):
        return guardados.parametros(self)

    def consulta(self):
        return guardados.urlencode(self.parametros())

    def guardados(self):
        """Chips: one's own filters and the shared ones, with the one that is on."""
        usuario, actual = self.request.user, self.parametros()
        comparte = {e.pk for e in guardados.comparte_en(usuario)}
        return [
            {
                "pk": o.pk,
                "nombre": o.nombre,
                "url": f"?{o.mas}",
                "es_actual": guardados.en_palabras(o.mas) == actual,
                "es_compartido": o.en is not None,
                "se_quita": o.de == usuario.pk or o.en in comparte,
            }
            for o in self.model_admin.opciones(self.request, guardados.CLASE)
        ]

    def comparte_en(self):
        return guardados.comparte_en(self.request.user)

    def es_amplia(self):
        return self.model_admin.es_amplia(self.request)

    def exporta(self):
        return self.model_admin.puede_exportar(self.request.user)

    def elegible(self):
        return self.model_admin.elegible(self.request)


class ConListado:
    """Mixin of the admins whose list is a product. `exportables` are the columns of its file:
    data that the list shows, no other; `archivos`, by their slug, are registers that a procedure
    asks for, of the same rows."""

    exportables: tuple[exportar.Columna, ...] = ()
    archivos: dict[str, exportar.Archivo] = {}
    # Columns by which a list of any length is put in order.
    ordenes_con_indice: tuple[str, ...] = ()
    paginator = Paginador

    def get_paginator(self, request, queryset, per_page, completas=None, **mas):
        return self.paginator(queryset, per_page, completas=completas)

    def get_changelist(self, request, **kwargs):
        return Lista

    def elegible(self, request) -> bool:
        """Its rows carry a box to choose them for a reassignment."""
        return False

    def es_amplia(self, request) -> bool:
        """Its search found more than the list looks at: there may be rows that it lacks."""
        return False

    def cortas(self, request) -> list:
        """Short lists that the filters of this list offer, for `opciones`."""
        return []

    def opciones(self, request, clase) -> list:
        """What there is to choose of one kind; everything is read at once and once."""
        if not hasattr(request, "_opciones"):
            propios = guardados.corta_de(request.user, self.opts.label_lower)
            request._opciones = leer([propios, *self.cortas(request)])
        return [o for o in request._opciones if o.clase == clase]

    def get_urls(self):
        base = f"{self.opts.app_label}_{self.opts.model_name}"
        vista = self.admin_site.admin_view
        return [
            path("guardar-filtro/", vista(self.guardar_view), name=f"{base}_guardar"),
            path("quitar-filtro/<int:pk>/", vista(self.quitar_view), name=f"{base}_quitar"),
            path("exportar/<slug:formato>/", vista(self.exportar_view), name=f"{base}_exportar"),
            path(
                "exportar/<slug:archivo>/<slug:formato>/",
                vista(self.exportar_view),
                name=f"{base}_archivo",
            ),
            *super().get_urls(),
        ]

    def _url_de_lista(self, consulta=""):
        ruta = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return f"{ruta}?{consulta}" if consulta else ruta

    def _lista(self, request):
        """The list that the address of this post asks for; None if the address asks too much."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            raise Http404 from None

    def _solo_post(self, request):
        if request.method == "POST":
            return None
        mensaje = "Aquí solo llega lo que se envía con un botón de la lista."
        return self.admin_site.rechazo(request, 405, mensaje)

    def guardar_view(self, request):
        if rechazo := self._solo_post(request):
            return rechazo
        lista = self._lista(request)
        empresa = request.POST.get("empresa", "")
        try:
            filtro = guardados.guardar(
                request.user,
                self.opts.label_lower,
                request.POST.get("nombre", ""),
                lista.parametros(),
                momento(request),
                int(empresa) if empresa.isdecimal() and len(empresa) < 18 else None,
            )
        except NoAutorizado as error:
            return self.admin_site.rechazo(request, 403, error.mensaje)
        except Rechazo as error:
            messages.error(request, error.mensaje)
        else:
            quienes = " Lo ve tu empresa." if filtro.empresa_id else ""
            dias = guardados.CON_TEXTO_SE_GUARDA.days
            hasta = f" Como busca un texto, dura {dias} días." if filtro.busca_texto else ""
            messages.success(request, f"Filtro «{filtro.nombre}» guardado.{quienes}{hasta}")
        return HttpResponseRedirect(self._url_de_lista(lista.consulta()))

    def quitar_view(self, request, pk):
        if rechazo := self._solo_post(request):
            return rechazo
        nombre = guardados.quitar(request.user, self.opts.label_lower, pk)
        if nombre is None:
            raise Http404
        messages.success(request, f"Filtro «{nombre}» quitado.")
        return HttpResponseRedirect(self._url_de_lista(self._lista(request).consulta()))

    # --- export

    def puede_exportar(self, usuario) -> bool:
        if not self.exportables:
            return False
        if usuario.is_superuser:
            return True
        if not alcance_de(self.model).sede:
            return bool(enteras(usuario, *exportar.EXPORTAN))
        return any(m.rol in exportar.EXPORTAN for m in membresias(usuario))

    def exportar_view(self, request, formato, archivo=""):
        """The list as a file: only rows of where one's role may take them out."""
        otro = self.archivos.get(archivo)
        if formato not in exportar.FORMATOS or (archivo and otro is None):
            raise Http404
        if rechazo := self._solo_post(request):
            return rechazo
        if not self.puede_exportar(request.user):
            return self.admin_site.rechazo(request, 403, "Tu rol no exporta listas.")
        lista = self._lista(request)
        if lista.es_amplia():
            messages.error(request, "Lo que buscas está en demasiados casos. Agrega otra palabra.")
            return HttpResponseRedirect(self._url_de_lista(lista.consulta()))
        consulta = lista.queryset
        if not request.user.is_superuser:
            consulta = acotar(consulta, request.user, exportar.EXPORTAN)
        if otro:
            consulta = otro.preparar(consulta)
        with transaction.atomic():
            if consulta[: exportar.LIMITE + 1].count() > exportar.LIMITE:
                messages.error(
                    request,
                    f"La lista tiene más de {exportar.LIMITE:,} filas. Fíltrala y exporta por "
                    "partes.".replace(",", "."),
                )
                return HttpResponseRedirect(self._url_de_lista(lista.consulta()))
            detalle = {"lista": self.opts.label_lower, "formato": formato, **lista.parametros()}
            buscado = detalle.pop(SEARCH_VAR, "")
            if otro:
                detalle["archivo"] = otro.nombre
            exportar.dejar_escrito(consulta, request.user, momento(request), detalle, buscado)
        local = momento(request).astimezone(zona_de(request.user))
        nombre = f"{archivo or slugify(self.opts.verbose_name_plural)}-{local:%Y%m%d-%H%M}"
        columnas = otro.columnas if otro else self.exportables
        return exportar.FORMATOS[formato](columnas, consulta, nombre, request.user)


class FiltroEmpresa(admin.SimpleListFilter):
    """Offered to who works for several companies; asks the database nothing."""

    title = "empresa"
    parameter_name = "empresa"
    camino = "empresa_id"

    def lookups(self, request, model_admin):
        if request.user.is_superuser:
            empresas = dict(Empresa.objects.values_list("pk", "nombre"))
        else:
            empresas = {m.empresa_id: m.empresa.nombre for m in membresias(request.user)}
        return [(str(pk), nombre) for pk, nombre in empresas.items()] if len(empresas) > 1 else []

    def queryset(self, request, queryset):
        valor = self.value()
        if valor is None:
            return queryset
        ofrecidas = {pk for pk, _ in self.lookup_choices}
        return queryset.filter(**{self.camino: valor}) if valor in ofrecidas else queryset.none()


class FiltroPlazo(admin.SimpleListFilter):
    """Late, due today or at risk, from now."""

    title = "plazo"
    parameter_name = "plazo"
    campo = "vence_en"

    def lookups(self, request, model_admin):
        return [("vencidos", "Vencidos"), ("hoy", "Vencen hoy"), ("riesgo", "En riesgo")]

    def queryset(self, request, queryset):
        q = filtros_de_plazo(momento(request), zona_de(request.user)).get(self.value())
        return queryset if q is None else self.acotar(queryset, q)

    def acotar(self, queryset, q):
        return queryset.filter(q)
