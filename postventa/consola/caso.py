"""The page of a case and the posts of its verbs, for any room.

A case is never edited as a form: its page shows it, and each verb goes through the door.
"""

from dataclasses import replace

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import (
    FileResponse,
    Http404,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse

from postventa.avisos.models import Aviso, EstadoAviso
from postventa.consola.base import SoloLectura
from postventa.consola.contexto import momento
from postventa.consola.historial import movimiento
from postventa.consola.relojes import relojes_de
from postventa.consola.salas import consola_de
from postventa.consola.verbos import verbos_posibles
from postventa.expedientes import subidas
from postventa.expedientes.models import Adjunto
from postventa.expedientes.salas import sala_de
from postventa.personas.actores import Actor
from postventa.plazos.models import Plazo
from postventa.tramitacion.acciones import DEL_CASO, anotar, exigir_permiso, tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from postventa.visitas.models import Visita

PESTANAS = ("observaciones", "visitas", "plazos", "correos", "documentos", "historial")


class AdminDeCaso(SoloLectura):
    """Base of a room's case admin. The room says its `tipo`, its template and its parts."""

    tipo = ""
    plantilla = ""
    # Tabs of the page; the first one is open from the start.
    pestanas = PESTANAS
    # Machines whose verbs stand in the row of their part, not among those of the case.
    en_filas = ("observacion",)

    @property
    def sala(self):
        return sala_de(self.tipo)

    @property
    def consola(self):
        return consola_de(self.tipo)

    @property
    def pildora(self) -> str:
        """Template of a state in the room's colours, given `estado` and `texto`: it stands beside
        that of the page."""
        return f"{self.plantilla.rpartition('/')[0]}/pildora.html"

    def get_urls(self):
        opts = self.opts
        base = f"{opts.app_label}_{opts.model_name}"
        vista = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/<slug:objeto>/<int:objeto_id>/<slug:verbo>/",
                self._con_sesion(vista(self.verbo_view)),
                name=f"{base}_verbo",
            ),
            path(
                "<int:pk>/adjunto/<slug:publico>/",
                vista(self.adjunto_view),
                name=f"{base}_adjunto",
            ),
            *super().get_urls(),
        ]

    def _con_sesion(self, vista):
        """Who lost the session meanwhile comes back to the case with that form open, not to the
        form's own address, which takes only posts."""

        def envuelta(request, pk, objeto, objeto_id, verbo):
            if not self.admin_site.has_permission(request):
                siguiente = f"{self._url(pk)}?verbo={objeto}-{objeto_id}-{verbo}#formulario"
                return redirect_to_login(siguiente, reverse("admin:login"))
            return vista(request, pk, objeto, objeto_id, verbo)

        return envuelta

    # --- the case, read once

    def para_pagina(self, request, pestana):
        """Queryset of the page: the case with what its clocks, guards and tab need."""
        return (
            self.get_queryset(request)
            .select_related(*DEL_CASO, *self.sala.caso.relacionados)
            .prefetch_related(
                Prefetch("plazos", Plazo.objects.select_related("politica__jornada")),
                Prefetch("visitas", Visita.objects.select_related("persona")),
            )
            .annotate(num_correos=_contar(Aviso))
        )

    def partes(self, caso) -> dict:
        """Machine name to the parts of the case that have verbs: the room's own and its visits."""
        return {"visita": list(caso.visitas.all())}

    def caso_o_404(self, request, pk, pestana=""):
        try:
            return self.para_pagina(request, pestana).get(pk=pk)
        except (self.model.DoesNotExist, ValueError, OverflowError):
            raise Http404 from None

    # --- reading

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        pestana = request.GET.get("ver", "")
        pestana = pestana if pestana in self.pestanas else self.pestanas[0]
        caso = self.caso_o_404(request, unquote(object_id), pestana)
        return self._pagina(request, caso, pestana, abierto=request.GET.get("verbo", ""))

    def history_view(self, request, object_id, extra_context=None):
        return HttpResponseRedirect(f"{self._url(object_id)}?ver=historial")

    def _url(self, pk):
        opts = self.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[pk])

    def _pagina(self, request, caso, pestana, *, abierto="", formulario=None, status=200, **mas):
        """The case page; `abierto` names the verb whose form is open, `formulario` is it, bound."""
        ahora = momento(request)
        verbos = verbos_posibles(
            self.sala, self.consola, caso, self.partes(caso), Actor.de(request.user), ahora
        )
        elegido = _elegir(verbos, abierto)
        if elegido and formulario is None and not elegido.falta:
            formulario = self._formulario(request, caso, elegido.instancia, elegido.verbo)
        relojes = relojes_de(list(caso.plazos.all()), caso.sede, ahora)
        contexto = {
            **self.admin_site.each_context(request),
            "title": caso.folio,
            "opts": self.opts,
            "caso": caso,
            "tz": caso.sede.tz,
            "relojes": relojes,
            "corriendo": [r for r in relojes if not r.detenido],
            "detenidos": [r for r in relojes if r.detenido],
            "verbos": verbos,
            "elegido": elegido,
            "formulario": formulario if elegido else None,
            "formulario_perdido": formulario if formulario and not elegido else None,
            "pestana": pestana,
            "pestanas": self.pestanas,
            "plantilla_pildora": self.pildora,
            "url_lista": self.consola.lista,
            "en_filas": self.en_filas,
            "url_visita": self.consola.visita,
            "vigente": max(caso.visitas.all(), key=lambda v: v.pk, default=None),
            "url_caso": self._url(caso.pk),
            "url_base": self._url(caso.pk).removesuffix("change/"),
            **self.contexto_de(request, caso, pestana, verbos, elegido, formulario),
            **mas,
        }
        return TemplateResponse(request, self.plantilla, contexto, status=status)

    def contexto_de(self, request, caso, pestana, verbos, elegido, formulario) -> dict:
        """Rows of the open tab. `formulario` is that of the verb `elegido`, bound or not."""
        if pestana == "correos":
            return {"correos": list(caso.avisos.order_by("-id"))}
        if pestana == "documentos":
            return {"documentos": list(caso.documentos.select_related("firma").order_by("-id"))}
        if pestana == "historial":
            filas = caso.movimientos.select_related("detalle", "por").order_by("-numero")
            zona = caso.sede.tz
            plazos = dict(caso.plazos.values_list("codigo", "politica__nombre"))
            return {
                "movimientos": [movimiento(self.sala, self.consola, m, zona, plazos) for m in filas]
            }
        return {}

    def verbos_de(self, parte, request, caso, verbos, elegido, formulario) -> list:
        """The verbs of a part, each with its form at hand: they are decided one after another."""
        suyos = []
        for verbo in verbos:
            if verbo.instancia is parte:
                suyo = formulario if verbo is elegido else None
                if suyo is None and not verbo.falta:
                    suyo = self._formulario(request, caso, parte, verbo.verbo)
                suyos.append(replace(verbo, formulario=suyo))
        return suyos

    def _formulario(self, request, caso, instancia, verbo, datos=None):
        clase = self.consola.formularios[self.sala.nombre_de(instancia), verbo]
        return clase(
            datos,
            caso=caso,
            objeto=instancia,
            usuario=request.user,
            ahora=momento(request),
            auto_id=f"{instancia._meta.model_name}{instancia.pk}_{verbo}_%s",
        )

    # --- firing a verb

    def verbo_view(self, request, pk, objeto, objeto_id, verbo):
        """POST of a verb. 405, 404, 403, 409 and 422 change nothing."""
        if request.method != "POST":
            respuesta = self.admin_site.rechazo(
                request, 405, "Aquí solo llega lo que se envía con un formulario.", self._url(pk)
            )
            respuesta.headers["Allow"] = "POST"
            return respuesta
        caso = self.caso_o_404(request, pk, self.pestanas[0])
        instancia = self._instancia_o_404(caso, objeto, objeto_id)
        abierto = f"{objeto}-{objeto_id}-{verbo}"
        formulario = None
        try:
            formulario = self._exigir(request, caso, instancia, objeto, verbo)
            return self._tramitar(request, caso, instancia, verbo, formulario)
        except NoAutorizado as rechazo:
            return self.admin_site.rechazo(request, 403, rechazo.mensaje)
        except Conflicto as rechazo:
            caso = self.caso_o_404(request, pk, self.pestanas[0])
            return self._pagina(
                request,
                caso,
                self.pestanas[0],
                abierto=abierto,
                formulario=formulario,
                status=409,
                conflicto=rechazo.mensaje,
            )
        except DatosInvalidos as rechazo:
            formulario.con_rechazo(rechazo.campos)
            return self._pagina(
                request, caso, self.pestanas[0], abierto=abierto, formulario=formulario, status=422
            )

    def _instancia_o_404(self, caso, objeto, objeto_id):
        ficha = self.sala.objetos.get(objeto)
        if ficha is None:
            raise Http404
        suyas = self.partes(caso).get(objeto, ()) if ficha.padre else (caso,)
        for instancia in suyas:
            if instancia.pk == objeto_id:
                return instancia
        raise Http404

    def _exigir(self, request, caso, instancia, objeto, verbo):
        """The bound form of a verb that this person may fire; 404 if it has no screen."""
        ficha = self.sala.objetos[objeto]
        if verbo not in ficha.anotaciones:
            exigir_permiso(ficha, instancia, verbo, Actor.de(request.user))
        elif not ficha.anotaciones[verbo].permiso(Actor.de(request.user), instancia):
            raise NoAutorizado(f"No puedes hacer esto: {ficha.etiqueta(verbo).lower()}.")
        if (objeto, verbo) not in self.consola.formularios:
            raise Http404
        return self._formulario(request, caso, instancia, verbo, request.POST)

    def _tramitar(self, request, caso, instancia, verbo, formulario):
        visto = request.POST.get("visto", "")
        # No page of ours sends another thing: what is not a plausible count has gone stale.
        visto = int(visto) if visto.isdecimal() and len(visto) < 10 else -1
        if visto != caso.cadena_largo:
            raise Conflicto(
                "El caso cambió mientras mirabas esta página. Revisa cómo está ahora e inténtalo "
                "de nuevo."
            )
        if not formulario.is_valid():
            raise DatosInvalidos({})
        ultimo = caso.avisos.order_by("-id").values_list("id", flat=True).first() or 0
        ficha = self.sala.objetos[self.sala.nombre_de(instancia)]
        por_la_puerta = anotar if verbo in ficha.anotaciones else tramitar
        por_la_puerta(
            instancia,
            verbo,
            request.user,
            canal="consola",
            ahora=momento(request),
            visto=visto,
            **formulario.datos(),
        )
        nuevos = list(caso.avisos.filter(id__gt=ultimo))
        messages.success(request, " ".join([formulario.hecho(), *map(_en_palabras, nuevos)]))
        return HttpResponseRedirect(self._url(caso.pk))

    # --- files

    def adjunto_view(self, request, pk, publico):
        """A file of a case of one's own: exact type, never run (TM-22); small, with `?m=1`."""
        caso = self.get_queryset(request).filter(pk=pk).first()
        adjunto = caso and Adjunto.objects.filter(expediente_id=caso.pk, publico=publico).first()
        if not adjunto:
            raise Http404
        try:
            contenido, tipo = subidas.abrir(adjunto, "m" in request.GET)
        except FileNotFoundError:
            raise Http404 from None
        respuesta = FileResponse(
            contenido, as_attachment=True, filename=adjunto.nombre, content_type=tipo
        )
        respuesta["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return respuesta


def _contar(modelo):
    filas = modelo.objects.filter(expediente_id=OuterRef("pk")).order_by()
    return Coalesce(Subquery(filas.values("expediente_id").annotate(n=Count("pk")).values("n")), 0)


def _elegir(verbos, abierto):
    """The verb that a link names: by its key, or by its bare name if only one object has it."""
    for verbo in verbos:
        if abierto and abierto in (verbo.clave, verbo.verbo):
            return verbo
    return None


def _en_palabras(aviso) -> str:
    if aviso.estado == EstadoAviso.DESCARTADO:
        return f"{aviso.nombre} no tiene correo registrado: avísale por teléfono."
    return f"Sale un correo a {aviso.nombre} ({aviso.destino})."
