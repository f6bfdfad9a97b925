"""The page where a spreadsheet comes in."""

from dataclasses import replace

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from postventa.consola.contexto import membresias, momento
from postventa.empresas.models import Empresa
from postventa.personas.models import Rol
from postventa.tramitacion.errores import Rechazo
from tickets.inmuebles.models import Proyecto
from tickets.inmuebles.padron import carga
from tickets.inmuebles.padron.columnas import COLUMNAS, Columna
from tickets.inmuebles.padron.limites import BYTES, ArchivoEnorme, pesa_demasiado

# What the rest of the form adds to the file.
BYTES_DEL_ENVIO = BYTES + 100_000


class FormularioDeCarga(forms.Form):
    empresa = forms.ModelChoiceField(
        Empresa.objects.none(), label="Empresa", empty_label="Elige la empresa",
        error_messages={"required": "Elige de qué empresa son estos propietarios."},
    )  # fmt: skip
    archivo = forms.FileField(
        label="Planilla", help_text="XLSX o CSV, de hasta 10 MB y 20.000 filas.",
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": "Elige la planilla que quieres revisar.",
            "empty": "El archivo está vacío. Elige otro.",
        },
    )  # fmt: skip

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        propias = {m.empresa_id for m in membresias(usuario) if m.rol == Rol.ADMINISTRADOR}
        empresas = Empresa.objects.filter(sedes__proyecto__isnull=False).distinct()
        if not usuario.is_superuser:
            empresas = empresas.filter(pk__in=propias)
        self.fields["empresa"].queryset = empresas
        self.empresas = list(empresas)
        if len(self.empresas) == 1:
            del self.fields["empresa"]

    @property
    def duenia(self) -> Empresa:
        return self.cleaned_data.get("empresa") or self.empresas[0]


def columnas_de_ejemplo(empresas: list[Empresa]) -> tuple[Columna, ...]:
    """The columns, with a project that these companies have: an example gets copied as it is."""
    codigos = Proyecto.objects.filter(empresa__in=empresas).order_by("nombre")
    codigo = codigos.values_list("codigo", flat=True).first() or ""
    return tuple(replace(c, ejemplo=codigo) if c.clave == "proyecto" else c for c in COLUMNAS)


def puerta(ficha):
    """The view of the upload. The size comes before the token, for reading it reads the body."""

    def vista(request):
        if not ficha.has_add_permission(request):
            raise PermissionDenied
        largo = request.META.get("CONTENT_LENGTH") or "0"
        if largo.isdecimal() and int(largo) > BYTES_DEL_ENVIO:
            vacio = FormularioDeCarga(usuario=request.user)
            return _pagina(ficha, request, vacio, 413, pesa_demasiado())
        return csrf_protect(lambda r: _subir(ficha, r))(request)

    return csrf_exempt(vista)


def _subir(ficha, request):
    if request.method != "POST":
        return _pagina(ficha, request, FormularioDeCarga(usuario=request.user))
    form = FormularioDeCarga(request.POST, request.FILES, usuario=request.user)
    if not form.is_valid():
        return _pagina(ficha, request, form, 422)
    archivo = form.cleaned_data["archivo"]
    try:
        if archivo.size > BYTES:
            raise ArchivoEnorme(pesa_demasiado())
        nueva = carga.revisar(
            form.duenia, request.user, archivo.name, archivo.read(), momento(request)
        )
    except Rechazo as error:
        form.add_error("archivo", error.mensaje)
        return _pagina(ficha, request, form, error.status)
    return HttpResponseRedirect(reverse("admin:inmuebles_cargapadron_change", args=[nueva.pk]))


def _pagina(ficha, request, form, status=200, aviso=""):
    for campo in form.fields.values():
        campo.widget.attrs["class"] = "entrada"
    contexto = {
        **ficha.admin_site.each_context(request),
        "title": "Cargar propietarios",
        "form": form,
        "aviso": aviso,
        "columnas": columnas_de_ejemplo(form.empresas),
        "dias": carga.SE_GUARDAN.days,
        "hay_empresas": bool(form.empresas),
    }
    return TemplateResponse(request, "consola/padron/subir.html", contexto, status=status)
