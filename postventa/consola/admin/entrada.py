"""Mails that arrived: read, turned into a case by its room's own screen, or left aside."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from postventa.consola.admin.registros import REGISTROS
from postventa.consola.alcances import acotar
from postventa.consola.base import SoloLectura
from postventa.consola.contexto import momento
from postventa.consola.correos import LEEN
from postventa.consola.hoy import url_de_caso
from postventa.consola.lista import ConListado, FiltroEmpresa
from postventa.consola.salas import de_empresa
from postventa.empresas.models import Empresa
from postventa.entrada import tratar
from postventa.entrada.models import CorreoEntrante, EstadoEntrante, FotoEntrante
from postventa.entrada.recepcion import entran_pdf, pegar
from postventa.expedientes import subidas
from postventa.personas.correos import sin_control

YA = "Otra persona trató este correo mientras lo mirabas: así quedó."


class FormDescartar(forms.Form):
    motivo = forms.CharField(
        label="Por qué se descarta",
        max_length=300,
        widget=forms.TextInput(attrs={"class": "entrada"}),
        error_messages={"required": "Escribe por qué se descarta: otra persona lo leerá."},
    )


class FormPegar(forms.Form):
    """A mail copied from the mailbox, by hand."""

    empresa = forms.ModelChoiceField(Empresa.objects.none(), label="Empresa")
    de = forms.EmailField(
        validators=[sin_control],
        label="De",
        error_messages={"required": "Escribe el correo de quien lo mandó."},
    )
    asunto = forms.CharField(label="Asunto", max_length=200, required=False)
    texto = forms.CharField(
        label="Texto del correo",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Pega el texto del correo."},
    )

    def __init__(self, *args, empresas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["empresa"].queryset = empresas
        if empresas.count() == 1:
            self.fields["empresa"].initial = empresas.get().pk
        for campo in self.fields.values():
            campo.widget.attrs["class"] = "entrada"


@admin.register(CorreoEntrante)
class CorreoEntranteAdmin(ConListado, SoloLectura):
    grupo, descripcion = REGISTROS, "Los que llegaron: por revisar o ya tratados"
    roles_que_ven = LEEN
    vacio = "No hay correos por revisar. Los que lleguen a la dirección de la empresa caen aquí."
    list_display = ["asunto_y_de", "caso", "estado", "recibido_en", "tratado_por"]
    list_filter = ["estado", FiltroEmpresa]
    list_select_related = ["expediente", "tratado_por"]
    search_fields = ["asunto", "de", "de_nombre", "texto"]
    change_form_template = "consola/correo_recibido.html"

    def get_urls(self):
        vista = self.admin_site.admin_view
        return [
            path("pegar/", vista(self.pegar_view), name="entrada_correoentrante_pegar"),
            path("<int:pk>/foto/<int:foto>/", vista(self.foto_view), name="entrada_foto"),
            *super().get_urls(),
        ]

    @admin.display(description="Correo", ordering="asunto")
    def asunto_y_de(self, correo):
        de = correo.de_nombre or correo.de or "Sin remitente"
        return format_html('{}<span class="sub">{}</span>', str(correo), de)

    @admin.display(description="Caso", ordering="expediente__folio")
    def caso(self, correo):
        return correo.expediente.folio if correo.expediente else "—"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The mail as plain text; a post leaves it aside."""
        correo = self.get_object(request, object_id)
        if correo is None:
            raise Http404
        if not self.has_view_permission(request, correo):
            raise PermissionDenied
        form = FormDescartar(request.POST if request.method == "POST" else None)
        if request.method != "POST":
            return self._pagina(request, correo, form)
        if not form.is_valid():
            return self._pagina(request, correo, form, status=422)
        try:
            tratar.descartar(correo, request.user, form.cleaned_data["motivo"], momento(request))
        except tratar.YaTratado:
            correo.refresh_from_db()
            return self._pagina(request, correo, form, aviso=YA, status=409)
        messages.success(request, "Correo descartado.")
        return HttpResponseRedirect(reverse("admin:entrada_correoentrante_changelist"))

    def _pagina(self, request, correo, form, aviso="", status=200):
        consola = de_empresa(correo.empresa.codigo)
        contexto = {
            **self.admin_site.each_context(request),
            "title": str(correo),
            "opts": self.opts,
            "correo": correo,
            "fotos": list(correo.fotos.all()),
            "con_pdf": entran_pdf(correo.empresa),
            "pendiente": correo.estado == EstadoEntrante.PENDIENTE,
            "url_caso": correo.expediente and url_de_caso(correo.expediente),
            "url_ingresar": consola.de_correo(correo) if consola and consola.de_correo else "",
            "que_unidad": consola.unidad if consola else "",
            "form": form,
            "aviso": aviso,
        }
        return TemplateResponse(request, self.change_form_template, contexto, status=status)

    def pegar_view(self, request):
        """Paste a mail from the mailbox: it becomes the same draft as one that arrived."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        empresas = acotar(Empresa.objects.filter(es_activa=True), request.user)
        form = FormPegar(request.POST or None, empresas=empresas)
        if request.method == "POST" and form.is_valid():
            empresa = form.cleaned_data.pop("empresa")
            correo = pegar(empresa, request.user, **form.cleaned_data)
            return HttpResponseRedirect(
                reverse("admin:entrada_correoentrante_change", args=[correo.pk])
            )
        contexto = {
            **self.admin_site.each_context(request),
            "title": "Pegar un correo",
            "opts": self.opts,
            "form": form,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "consola/correo_pegar.html", contexto, status=status)

    def foto_view(self, request, pk, foto):
        """A file of a mail of one's own company: exact type, never run (TM-22)."""
        correo = self.get_queryset(request).filter(pk=pk).first()
        fila = correo and FotoEntrante.objects.filter(correo=correo, pk=foto).first()
        if not fila:
            raise Http404
        try:
            contenido = fila.archivo.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        tipo = fila.tipo
        respuesta = FileResponse(
            contenido,
            as_attachment=True,
            filename=f"adjunto{subidas.EXTENSIONES[tipo]}",
            content_type=tipo,
        )
        respuesta["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return respuesta
