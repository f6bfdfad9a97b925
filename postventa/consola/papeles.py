"""The documents of a case as PDF, from its page: only to who may see the case."""

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.http import content_disposition_header

from postventa.documentos.sobres import SinDocumento


class ConDocumentos:
    """Mixin of the admins of cases whose room composes documents."""

    def documentos_de(self, caso) -> list[dict]:
        """Rows {tipo, titulo, fecha, ordinal} of what can be downloaded."""
        raise NotImplementedError

    def descargar(self, caso, tipo: str, ordinal: int | None) -> tuple[str, bytes]:
        """(filename, PDF); SinDocumento if there is none."""
        raise NotImplementedError

    def get_urls(self):
        vista = self.admin_site.admin_view(self.documento_view)
        nombre = f"{self.opts.app_label}_{self.opts.model_name}_documento"
        return [
            path("<int:pk>/documento/<slug:tipo>/", vista, name=nombre),
            path("<int:pk>/documento/<slug:tipo>/<int:ordinal>/", vista, name=nombre),
            *super().get_urls(),
        ]

    def documento_view(self, request, pk, tipo, ordinal=None):
        caso = self.get_queryset(request).filter(pk=pk).first()
        if caso is None:
            raise Http404
        try:
            nombre, contenido = self.descargar(caso, tipo, ordinal)
        except SinDocumento:
            raise Http404 from None
        respuesta = HttpResponse(contenido, content_type="application/pdf")
        respuesta["Content-Disposition"] = content_disposition_header(True, nombre)
        return respuesta

    def contexto_de(self, request, caso, pestana, verbos, elegido, formulario):
        contexto = super().contexto_de(request, caso, pestana, verbos, elegido, formulario)
        if pestana == "documentos":
            contexto["pdfs"] = self.documentos_de(caso)
        return contexto
