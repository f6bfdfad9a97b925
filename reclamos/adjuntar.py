"""Files that staff add to a complaint while it is worked on, from its page."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import path

from postventa.calendario.palabras import contar
from postventa.consola.contexto import momento
from postventa.expedientes import subidas
from postventa.expedientes.salas import sala_de
from postventa.personas.actores import Actor
from postventa.tramitacion.acciones import anotar
from postventa.tramitacion.errores import NoAutorizado, Rechazo
from postventa.tramitacion.fotos import SinEspacio, con_fotos, limpias
from reclamos.flujo import EstadoReclamo as E

NO_CABEN = f"Agrega hasta {subidas.POR_OBSERVACION} archivos a la vez."


def puede(usuario, reclamo) -> bool:
    """That person adds files to it."""
    return sala_de(reclamo.tipo).caso.anotaciones["adjuntar"].permiso(Actor.de(usuario), reclamo)


class ConAdjuntos:
    """Mixin of the complaint's admin: takes files by post and comes back to its page."""

    def adjuntar_view(self, request, pk):
        if request.method != "POST":
            mensaje = "Aquí solo llega lo que se envía con un formulario."
            return self.admin_site.rechazo(request, 405, mensaje, self._url(pk))
        caso = self.get_queryset(request).filter(pk=pk).first()
        if caso is None:
            raise Http404
        try:
            cuantos = self._adjuntar(request, caso)
        except NoAutorizado as rechazo:
            return self.admin_site.rechazo(request, 403, rechazo.mensaje)
        except Rechazo as rechazo:
            return self._rechazo_de_archivos(request, rechazo, pk)
        hecho = contar(cuantos, "archivo agregado", "archivos agregados")
        messages.success(request, f"{hecho.capitalize()} al caso.")
        return HttpResponseRedirect(f"{self._url(pk)}#archivos")

    @staticmethod
    def _adjuntar(request, caso) -> int:
        if not puede(request.user, caso):
            # Before any file is decoded.
            raise NoAutorizado("No puedes agregar archivos a este caso.")
        fotos = limpias(request, subidas.POR_OBSERVACION, NO_CABEN, con_pdf=True)
        try:
            with subidas.todo_o_nada() as escritos:
                anotar(
                    caso, "adjuntar", request.user, ahora=momento(request), fotos=fotos,
                    escritos=escritos,
                )  # fmt: skip
        except OSError as error:
            if not subidas.sin_espacio(error):
                raise
            raise SinEspacio(subidas.SIN_ESPACIO) from error
        return len(fotos)

    def _rechazo_de_archivos(self, request, rechazo, pk):
        """The case page again, with what is wrong beside the files."""
        caso = self.caso_o_404(request, pk, self.pestanas[0])
        return self._pagina(
            request,
            caso,
            self.pestanas[0],
            falla_de_archivos=rechazo.mensaje,
            status=rechazo.status,
        )

    def get_urls(self):
        # What is enormous is refused unread.
        vista = con_fotos(self._rechazo_de_archivos)(self.adjuntar_view)
        ruta = path(
            "<int:pk>/adjuntar/",
            self.admin_site.admin_view(vista),
            name="reclamos_reclamo_adjuntar",
        )
        return [ruta, *super().get_urls()]

    def contexto_de(self, request, caso, pestana, verbos, elegido, formulario):
        contexto = super().contexto_de(request, caso, pestana, verbos, elegido, formulario)
        if pestana == self.pestanas[0]:
            contexto |= {
                "archivos": list(caso.adjuntos.order_by("pk")),
                "puede_adjuntar": caso.estado != E.ARCHIVADA and puede(request.user, caso),
                "acepta": subidas.ACEPTA_CON_PDF,
                "caben": subidas.POR_OBSERVACION,
            }
        return contexto
