"""The page of a customer's contact: what it is, what waits, and who may do what about it."""

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from postventa.consola import contactos
from postventa.consola.alcances import acotar
from postventa.consola.contexto import momento
from postventa.personas.correos import sin_control
from postventa.personas.models import Cliente
from postventa.tramitacion.errores import NoAutorizado, Rechazo


class FormContacto(forms.Form):
    correo = forms.EmailField(
        validators=[sin_control],
        label="Correo",
        max_length=254,
        required=False,
        error_messages={"invalid": "Escribe el correo completo: nombre@ejemplo.cl."},
    )
    telefono = forms.CharField(label="Teléfono", max_length=40, required=False)
    evidencia = forms.CharField(
        label="Cómo comprobaste que lo pide el cliente",
        max_length=300,
        help_text="Lo leerá quien apruebe el cambio.",
        error_messages={"required": "Cuenta cómo lo comprobaste: otra persona lo revisará."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for campo in self.fields.values():
            campo.widget.attrs["class"] = "entrada"


@require_http_methods(["GET", "HEAD", "POST"])
def contacto(request, pk):
    """Ask for a change, approve one or stop one."""
    propios = acotar(Cliente.objects.select_related("empresa"), request.user)
    cliente = propios.filter(pk=pk).first()
    if cliente is None:
        raise Http404
    if request.method != "POST":
        return _pagina(request, cliente)
    form = FormContacto(request.POST) if request.POST.get("accion") == "pedir" else None
    try:
        hecho = _hacer(request, cliente, form)
    except NoAutorizado as error:
        return admin.site.rechazo(request, 403, error.mensaje)
    except Rechazo as error:
        return _pagina(request, cliente, form=form, aviso=error.mensaje, status=error.status)
    if not hecho:
        return _pagina(request, cliente, form=form, status=422)
    messages.success(request, hecho)
    return HttpResponseRedirect(request.path)


def _hacer(request, cliente, form) -> str:
    """What was done, in words; "" if the form has errors."""
    ahora, accion = momento(request), request.POST.get("accion", "")
    if form is not None:
        if not form.is_valid():
            return ""
        contactos.pedir(cliente, request.user, ahora=ahora, **form.cleaned_data)
        return "Cambio pedido. Falta que otra persona lo apruebe."
    numero = request.POST.get("cambio", "")
    cambio = contactos.abiertos().filter(
        cliente=cliente, pk=int(numero) if numero.isdecimal() and len(numero) < 18 else 0
    )
    verbo = {"aprobar": contactos.aprobar, "detener": contactos.detener}.get(accion)
    if verbo is None or not cambio:
        raise Http404
    verbo(cambio[0], request.user, ahora)
    if accion == "detener":
        return "Cambio detenido: el contacto sigue como estaba."
    return "Cambio aprobado. Se aplica en 24 horas y avisamos a las dos direcciones."


def _pagina(request, cliente, *, form=None, aviso="", status=200):
    cambio = contactos.abiertos().filter(cliente=cliente)
    cambio = cambio.select_related("pedido_por", "aprobado_por").first()
    aprueba = contactos.puede(request.user, cliente, contactos.APRUEBAN)
    es_suyo = cambio is not None and cambio.pedido_por_id == request.user.pk
    contexto = {
        **admin.site.each_context(request),
        "title": f"Contacto de {cliente}",
        "cliente": cliente,
        "cambio": cambio,
        "pide": cambio is None and contactos.puede(request.user, cliente, contactos.PIDEN),
        "aprueba": cambio and not cambio.aprobado_por and aprueba and not es_suyo,
        "es_suyo": es_suyo,
        "detiene": cambio and (aprueba or es_suyo),
        "form": form
        or FormContacto(initial={"correo": cliente.correo, "telefono": cliente.telefono}),
        "aviso": aviso,
    }
    return TemplateResponse(request, "consola/contacto.html", contexto, status=status)
