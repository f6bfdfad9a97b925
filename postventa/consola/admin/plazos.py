"""Policies, edited by adding a version, and the clocks that run."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Exists, Max, OuterRef
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html

from postventa.calendario.palabras import fecha_corta
from postventa.consola.admin.calendario import TIEMPO
from postventa.consola.alcances import acotar
from postventa.consola.base import (
    AdminDeEmpresa,
    FiltroAcotado,
    FormularioDeEmpresa,
    SoloLectura,
)
from postventa.consola.busqueda import lugar
from postventa.consola.contexto import membresias, momento
from postventa.consola.exportar import Columna, en_su_muro
from postventa.consola.hoy import del_personal, url_de_caso
from postventa.consola.lista import FiltroEmpresa, FiltroPlazo
from postventa.consola.medidas import lo_que_falta
from postventa.consola.opciones import corta
from postventa.consola.por_caso import PorCaso
from postventa.consola.relojes import tono_de
from postventa.consola.tablero.filtros import DE_PLAZOS
from postventa.consola.tiempo import politicas
from postventa.consola.tiempo.calculadora import calculadora
from postventa.consola.tiempo.roles import CampoDeRoles, en_palabras, recordado_de, roles_de
from postventa.empresas.models import Empresa
from postventa.plazos.models import ABIERTOS, EstadoPlazo, Plazo, PoliticaPlazo


class FormularioDePolitica(FormularioDeEmpresa):
    avisa_a = CampoDeRoles(label="Advertencia a", required=False)
    escala_a = CampoDeRoles(label="Vencimiento también a", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        nueva = self.instance._state.adding
        roles = roles_de(None if nueva else self.instance.empresa)
        for campo in ("avisa_a", "escala_a"):
            if campo in self.fields:
                self.fields[campo].ofrecer(roles, getattr(self.instance, campo))
        self.recordado = "" if nueva else recordado_de(self.instance.empresa, self.instance.codigo)
        if self.recordado and "avisa_a" in self.fields:
            self._fijar_recordado(self.fields["avisa_a"])

    def _fijar_recordado(self, campo):
        """The warning is a mail to the customer: nobody of staff is offered it."""
        campo.ofrecer([self.recordado], "")
        campo.disabled, self.initial["avisa_a"] = True, [self.recordado]
        campo.help_text = "Es un correo para quien presentó el caso: no va al personal."

    def clean(self):
        datos = super().clean()
        empresa, codigo = datos.get("empresa"), datos.get("codigo")
        if empresa and codigo and self.instance._state.adding:
            if PoliticaPlazo.objects.filter(empresa=empresa, codigo=codigo).exists():
                raise ValidationError(
                    {"codigo": "Esa política ya existe: edítala y queda como versión nueva."}
                )
        # Of a new one the boxes could not know the company yet.
        for campo in ("avisa_a", "escala_a") if empresa else ():
            propios = {*roles_de(empresa), self.recordado}
            ajenos = set(datos.get(campo, "").split()) - propios
            if ajenos:
                nombres = en_palabras(" ".join(sorted(ajenos)))
                self.add_error(campo, f"En esta empresa nadie tiene ese rol: {nombres}.")
        return datos


@admin.register(PoliticaPlazo)
class PoliticaPlazoAdmin(AdminDeEmpresa):
    grupo, descripcion = TIEMPO, "Cuánto dura cada plazo, cuándo avisa y a quién"
    vacio = "No hay políticas: sin ellas ningún plazo puede empezar."
    enlaces = (("Calculadora de plazos", "Cuándo vencería algo, y por qué", "admin:calculadora"),)
    change_form_template = "consola/tiempo/politica.html"
    form = FormularioDePolitica
    list_display = ["nombre", "empresa", "cantidad", "unidad", "version", "es_vigente"]
    list_filter = ["es_vigente", ("empresa", FiltroAcotado)]
    list_select_related = ["empresa"]
    search_fields = ["nombre", "codigo"]
    readonly_fields = ["version", "es_vigente"]
    fieldsets = [
        (None, {
            "description": "Al guardar queda una versión nueva. Los plazos que ya corren conservan "
            "la que tenían.",
            "fields": ["empresa", "codigo", "nombre", "version", "es_vigente"],
        }),
        ("Plazo", {"fields": ["cantidad", "unidad", "rueda_a_apertura", "es_estricto", "jornada",
                              "limite_cantidad"]}),
        ("Avisos", {"fields": ["aviso_cantidad", "aviso_unidad", "avisa_a", "escala_a",
                               "es_inmediata"]}),
        ("De dónde sale", {"fields": ["es_supuesto", "fuente"]}),
    ]  # fmt: skip

    def get_urls(self):
        vista = self.admin_site.admin_view(calculadora)
        return [path("calculadora/", vista, name="calculadora"), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["versiones"] = politicas.versiones(obj, request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Before an edit is stored, what it changes in words."""
        if request.method == "POST" and object_id and "_confirmada" not in request.POST:
            if pregunta := self._pregunta(request, object_id):
                return pregunta
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _pregunta(self, request, object_id):
        """The page that asks; None if there is nothing to ask, or nobody who may."""
        politica = self.get_object(request, unquote(object_id))
        if politica is None or not self.has_change_permission(request, politica):
            return None
        form = self.get_form(request, politica, change=True)(request.POST, instance=politica)
        if not form.is_valid() or not form.has_changed():
            return None
        contexto = {
            **self.admin_site.each_context(request),
            "title": f"Cambiar «{form.initial['nombre']}»",
            "opts": self.opts,
            "politica": politica,
            "diferencias": politicas.diferencias(form),
            "corren": politicas.corren_en_palabras(politica, request.user),
            "escrito": [
                (campo, valor)
                for campo, valores in request.POST.lists()
                for valor in valores
                if campo != "csrfmiddlewaretoken"
            ],
        }
        return TemplateResponse(request, "consola/tiempo/politica_cambia.html", contexto)

    def cambios_de(self, objeto):
        return politicas.cambios_de(politicas.mismas(objeto))

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, *(["empresa", "codigo"] if obj else [])]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.es_vigente)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        """A change is a new row; the old one stays for the clocks that run on it."""
        if not change:
            obj.save()
        elif form.has_changed():
            Empresa.objects.select_for_update(no_key=True).get(pk=obj.empresa_id)
            mismas = PoliticaPlazo.objects.filter(empresa_id=obj.empresa_id, codigo=obj.codigo)
            mismas.update(es_vigente=False)
            obj.version = mismas.aggregate(n=Max("version"))["n"] + 1
            obj.pk, obj._state.adding, obj.es_vigente = None, True, True
            obj.save()


RELOJ = "reloj"


class FiltroPlazoAbierto(FiltroPlazo):
    """The running clocks; each filter means those that staff still owe, as on the home page."""

    def lookups(self, request, model_admin):
        return [*super().lookups(request, model_admin), ("todos", "Todos, también los detenidos")]

    def choices(self, changelist):
        corriendo, *otros = super().choices(changelist)
        return [{**corriendo, "display": "Corriendo"}, *otros]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset.filter(estado__in=ABIERTOS)
        return super().queryset(request, queryset)

    def acotar(self, queryset, q):
        return del_personal(queryset).filter(q)


def columnas_de(ahora):
    """The columns that speak of now."""

    @admin.display(description="Falta", ordering="vence_en")
    def falta(plazo):
        return _falta(plazo, ahora)

    @admin.display(description="Empezó", ordering="inicia_en")
    def inicio(plazo):
        return fecha_corta(plazo.inicia_en, plazo.expediente.sede.tz, ahora)

    return falta, inicio


class FiltroReloj(admin.SimpleListFilter):
    """One clock of one company, as the home page counts them: `<empresa>-<código>`."""

    title = "reloj"
    parameter_name = "reloj"

    def lookups(self, request, model_admin):
        empresas = {m.empresa_id: m.empresa.nombre for m in membresias(request.user)}
        varias = len(empresas) > 1
        return [
            (f"{o.en}-{o.mas}", f"{o.nombre} · {empresas.get(o.en)}" if varias else o.nombre)
            for o in model_admin.opciones(request, RELOJ)
        ]

    def queryset(self, request, queryset):
        if not (valor := self.value()):
            return queryset
        if valor not in {clave for clave, _ in self.lookup_choices}:
            return queryset.none()
        empresa_id, _, codigo = valor.partition("-")
        return queryset.filter(empresa_id=empresa_id, codigo=codigo)


EXPORTABLES = (
    Columna("Caso", lambda p: p.expediente.folio),
    Columna("Cliente", lambda p: p.expediente.cliente.nombre),
    Columna("Lugar", lambda p: p.lugar),
    Columna("Sede", lambda p: p.expediente.sede.nombre),
    Columna("Plazo", lambda p: p.politica.nombre),
    Columna("Situación", lambda p: _situacion(p)),
    Columna("Vence", lambda p: en_su_muro(p.vence_en, p.expediente.sede.tz)),
    Columna("Empezó", lambda p: en_su_muro(p.inicia_en, p.expediente.sede.tz)),
)


@admin.register(Plazo)
class PlazoAdmin(PorCaso, SoloLectura):
    list_display = ["caso", "que"]
    list_display_links = None
    list_filter = [FiltroPlazoAbierto, FiltroReloj, "estado", FiltroEmpresa, *DE_PLAZOS]
    list_select_related = ["expediente__sede__empresa", "expediente__cliente", "politica"]
    ordering = ["vence_en", "pk"]
    ordenes_con_indice = ("vence_en",)
    exportables = EXPORTABLES
    vacio = "Ningún plazo está en esta situación."

    def get_queryset(self, request):
        nuevo = Plazo.objects.filter(
            expediente_id=OuterRef("expediente_id"),
            codigo=OuterRef("codigo"),
            ordinal=OuterRef("ordinal") + 1,
            es_pactado=True,
        )
        return (
            super()
            .get_queryset(request)
            .annotate(lugar=lugar("expediente__"), prorrogado=Exists(nuevo.order_by()))
        )

    def cortas(self, request):
        vigentes = PoliticaPlazo.objects.filter(es_vigente=True)
        suyas = corta(RELOJ, acotar(vigentes, request.user), mas="codigo", en="empresa_id")
        return [*super().cortas(request), suyas]

    def get_list_display(self, request):
        if not hasattr(request, "_columnas"):
            falta, inicio = columnas_de(momento(request))
            request._columnas = ["caso", "donde", "que", falta, inicio]
        return request._columnas

    @admin.display(description="Lugar", ordering="lugar")
    def donde(self, plazo):
        return format_html(
            '{}<span class="sub">{}</span>', plazo.lugar, plazo.expediente.sede.nombre
        )

    @admin.display(description="Caso", ordering="expediente__folio")
    def caso(self, plazo):
        caso = plazo.expediente
        return format_html(
            '<a class="folio" href="{}">{}</a><span class="sub">{}</span>',
            url_de_caso(caso),
            caso.folio,
            caso.cliente.nombre,
        )

    @admin.display(description="Plazo", ordering="codigo")
    def que(self, plazo):
        return plazo.politica.nombre

    def has_change_permission(self, request, obj=None):
        return False


def _situacion(plazo) -> str:
    """An extension cancels the clock in whose place it puts another: it did not just end."""
    es_otro = plazo.estado == EstadoPlazo.CANCELADO and plazo.prorrogado
    return "Prorrogado" if es_otro else plazo.get_estado_display()


def _falta(plazo, ahora):
    if plazo.estado in ABIERTOS:
        tono = tono_de(plazo.vence_en, ahora, plazo.avisar_en)
        texto = lo_que_falta(plazo, plazo.vence_en, plazo.expediente.sede.tz, ahora)
    else:
        tono, texto = "", _situacion(plazo)
    return format_html(
        '<span class="falta {}">{}</span><span class="sub">{}</span>',
        tono,
        texto,
        fecha_corta(plazo.vence_en, plazo.expediente.sede.tz, ahora),
    )
