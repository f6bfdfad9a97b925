"""The console: plain Django admin with our header, our home, our menu and our refusals."""

from functools import update_wrapper

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache

from postventa.consola.contexto import (
    desenvuelto,
    documento_de,
    membresias,
    momento,
    reloj_movido,
    unica_empresa,
    zona_de,
)
from postventa.expedientes.salas import sala_de

SECCIONES = [
    ("Hoy", "admin:index", "hoy"),
    ("Casos", "", "casos"),
    ("Visitas", "admin:visitas_visita_changelist", "visitas"),
    ("Plazos", "admin:plazos_plazo_changelist", "plazos"),
    ("Tablero", "admin:tablero", "tablero"),
    ("Clientes", "admin:personas_cliente_changelist", "clientes"),
    ("Correos", "admin:avisos_aviso_changelist", "correos"),
    ("Datos", "admin:datos", "datos"),
]
PAGINAS_DE_MODELO = ("_changelist", "_add", "_change", "_delete", "_history")

# Pages of the console that are no list: the section that each belongs to.
PAGINAS = {"index": "hoy", "espera": "hoy", "buscar": "casos", "reasignar": "casos"}

# Libraries whose own admin pages have no place here.
AJENAS = ("allauth.", "axes.")

TITULOS = {
    403: "No tienes permiso para esto",
    404: "No encontramos esta página",
    405: "Esta dirección no se abre así",
}


class ConsolaSite(AdminSite):
    site_title = "Consola Postventa"
    site_header = "Postventa"
    index_title = "Hoy"
    site_url = None
    enable_nav_sidebar = False
    index_template = "consola/hoy.html"
    empty_value_display = "—"

    def register(self, model_or_iterable, admin_class=None, **options):
        """What a library registers by itself stays out: it does not cut by company (TM-10)."""
        if admin_class and admin_class.__module__.startswith(AJENAS):
            return
        super().register(model_or_iterable, admin_class, **options)

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        """Django's page, with allauth's second step behind it."""
        from postventa.consola.acceso.entrada import Entrada

        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        request.current_app = self.name
        contexto = {
            **self.each_context(request),
            "title": "Entrar",
            "app_path": request.get_full_path(),
            "next": request.GET.get("next") or reverse("admin:index", current_app=self.name),
            **(extra_context or {}),
        }
        return Entrada.as_view(
            extra_context=contexto,
            authentication_form=AdminAuthenticationForm,
            template_name="admin/login.html",
        )(request)

    def password_change(self, request, extra_context=None):
        """Django's page, where a wrong password counts like one at the door."""
        from postventa.consola.acceso.clave import CambiarClave

        request.current_app = self.name
        return CambiarClave.as_view(
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )(request)

    def i18n_javascript(self, request, extra_context=None):
        from postventa.consola.voz import CatalogoDelNavegador

        return CatalogoDelNavegador.as_view()(request)

    def get_urls(self):
        from postventa.consola import hallar, reparto
        from postventa.consola.agenda_propia import llave
        from postventa.consola.reloj_demo import mover_reloj
        from postventa.consola.salas import todas
        from postventa.consola.tablero import paginas as tablero

        return [
            *(ruta for consola in todas() for ruta in consola.urls(self)),
            path("datos/", self.admin_view(self.datos_maestros), name="datos"),
            path("mi-agenda/", self.admin_view(llave), name="agenda_llave"),
            path("buscar/", self.admin_view(hallar.hallar), name="buscar"),
            path("espera/", self.admin_view(self.espera), name="espera"),
            path("reasignar/", self.admin_view(reparto.reasignar), name="reasignar"),
            path("tablero/", self.admin_view(tablero.tablero), name="tablero"),
            path(
                "tablero/<slug:tabla>/<slug:formato>/",
                self.admin_view(tablero.archivo),
                name="tablero_archivo",
            ),
            path("reloj/", self.admin_view(mover_reloj), name="reloj"),
            *super().get_urls(),
        ]

    def admin_view(self, view, cacheable=False):
        """Django's, with refusals that wear the console's frame."""
        interna = super().admin_view(view, cacheable)

        def envuelta(request, *args, **kwargs):
            request.user = desenvuelto(request.user)
            membresias(request.user)
            try:
                return self._en_su_zona(request, interna, args, kwargs)
            except Http404:
                return self.rechazo(request, 404)
            except PermissionDenied as rechazo:
                return self.rechazo(request, 403, str(rechazo))

        return update_wrapper(envuelta, interna)

    @staticmethod
    def _en_su_zona(request, vista, args, kwargs):
        """Run and render on the wall clock of the person: no list shows the database's UTC."""
        if request.user.is_anonymous:
            return vista(request, *args, **kwargs)
        with timezone.override(zona_de(request.user)):
            respuesta = vista(request, *args, **kwargs)
            if hasattr(respuesta, "render"):
                respuesta.render()
        return respuesta

    def rechazo(self, request, status, mensaje="", volver=""):
        """The page of a 403, a 404 or a 405 inside the console; `volver` is where to go on."""
        contexto = {
            **self.each_context(request),
            "title": TITULOS[status],
            "status": status,
            "mensaje": mensaje,
            "volver": volver,
        }
        return TemplateResponse(request, "consola/rechazo.html", contexto, status=status).render()

    def each_context(self, request):
        contexto = super().each_context(request)
        if request.user.is_anonymous or not self.has_permission(request):
            return contexto
        from postventa.consola.salas import unidad_de

        zona = zona_de(request.user)
        return {
            **contexto,
            "que_se_busca": unidad_de(request.user),
            "marca": unica_empresa(request.user),
            "documento": documento_de(request.user),
            "secciones": self.secciones(request),
            "reloj_movido": reloj_movido(request),
            "ahora": momento(request),
            "zona": zona,
        }

    def secciones(self, request):
        """Header links, with the one where we are."""
        from postventa.consola.salas import todas, visitan
        from postventa.consola.tablero.alcance import mira_tableros

        salas = [s for s in todas() if self._puede_ver(request, s)]
        visibles = []
        for nombre, ruta, clave in SECCIONES:
            if clave == "visitas" and not visitan(request.user):
                continue
            if clave == "tablero" and not mira_tableros(request.user):
                continue
            if clave == "casos":
                visibles += self._casos(salas)
            else:
                url = reverse(ruta, current_app=self.name)
                visibles.append({"nombre": nombre, "url": url, "clave": clave})
        actual = self._actual(request, visibles)
        for seccion in visibles:
            seccion["es_actual"] = seccion["clave"] == actual
        return visibles

    def _casos(self, salas) -> list[dict]:
        """The list of cases of each room of the person; the header searches the first one."""
        son_varias = len({sala_de(s.tipo).empresa for s in salas}) > 1
        # Within one company its own words are enough.
        nombres = [
            f"Casos {n}" if son_varias else n for n in (sala_de(s.tipo).nombre for s in salas)
        ]
        return [
            {
                "nombre": nombre if len(salas) > 1 else "Casos",
                "url": reverse(s.lista, current_app=self.name),
                "clave": "casos" if s is salas[0] else s.tipo,
            }
            for s, nombre in zip(salas, nombres, strict=True)
        ]

    def _actual(self, request, visibles) -> str:
        """The section of this page; "" on those of none."""
        for seccion in visibles:
            if seccion["clave"] != "hoy" and request.path.startswith(seccion["url"]):
                return seccion["clave"]
        return PAGINAS.get(_pagina(request)) or _de_datos(request)

    def _puede_ver(self, request, consola) -> bool:
        """The list exists, and it is of a company of that person."""
        try:
            reverse(consola.lista)
        except NoReverseMatch:
            return False
        propias = {m.empresa.codigo for m in membresias(request.user)}
        return request.user.is_superuser or sala_de(consola.tipo).empresa in propias

    def index(self, request, extra_context=None):
        from postventa.consola.hoy import hoy

        return super().index(
            request, {**hoy(request), "grupos": self.grupos(request), **(extra_context or {})}
        )

    def espera(self, request):
        """Everything that waits for this person, of which the home shows the first."""
        from postventa.consola.hoy import todo_lo_que_espera

        contexto = {
            **self.each_context(request),
            "title": "Esperan por ti",
            "esperan": todo_lo_que_espera(request.user, momento(request)),
        }
        return TemplateResponse(request, "consola/espera.html", contexto)

    def app_index(self, request, app_label, extra_context=None):
        # One menu is enough: the one of the master data.
        return HttpResponseRedirect(reverse("admin:datos"))

    def datos_maestros(self, request):
        contexto = {
            **self.each_context(request),
            "title": "Datos maestros",
            "grupos": self.grupos(request),
        }
        return TemplateResponse(request, "consola/datos.html", contexto)

    def grupos(self, request):
        """The admins that this person may see, under their headings."""
        grupos: dict[str, list] = {}
        for modelo, ficha in self._registry.items():
            grupo = getattr(ficha, "grupo", "")
            if grupo and ficha.has_view_permission(request):
                opts = modelo._meta
                nombre = f"admin:{opts.app_label}_{opts.model_name}"
                grupos.setdefault(grupo, []).append(
                    {
                        "nombre": capfirst(str(opts.verbose_name_plural)),
                        "descripcion": ficha.descripcion_para(request),
                        "url": reverse(f"{nombre}_changelist"),
                        "agregar": reverse(f"{nombre}_add")
                        if ficha.has_add_permission(request)
                        else "",
                    }
                )
                grupos[grupo] += [
                    {"nombre": palabras, "descripcion": para_que, "url": reverse(ruta)}
                    for palabras, para_que, ruta in ficha.enlaces
                ]
        return [
            (grupo, sorted(filas, key=lambda f: f["nombre"]))
            for grupo, filas in sorted(grupos.items())
        ]


def _de_datos(request):
    """Key of the master data's section on the pages of a model; "" on those of no section."""
    nombre = _pagina(request)
    es_de_modelo = nombre.count("_") > 1 and nombre.endswith(PAGINAS_DE_MODELO)
    return "datos" if es_de_modelo or nombre == "contacto" else ""


def _pagina(request) -> str:
    """Name of the page's address."""
    return (request.resolver_match and request.resolver_match.url_name) or ""
