"""What every page of the customers' side needs: words by form of address, hours, demo, fields."""

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html

from postventa.calendario import hora
from postventa.calendario.palabras import fecha_en_palabras
from postventa.expedientes.salas import PortalDeSala, sala_de_empresa
from postventa.portal import horas, sesion

register = template.Library()


@register.simple_tag(takes_context=True)
def trato(context, tu: str, usted: str) -> str:
    """The form of address of the page's company: `{% trato "tus" "sus" %}`."""
    empresa = _empresa(context)
    return tu if empresa is None or empresa.trato == "tu" else usted


@register.simple_tag(takes_context=True)
def del_portal(context, palabra: str) -> str:
    """A word of the company's room for its customers: `{% del_portal "casos" %}`."""
    sala = sala_de_empresa(_empresa(context).codigo)
    return getattr(sala.portal if sala else PortalDeSala, palabra)


@register.simple_tag(takes_context=True)
def idioma(context) -> str:
    """Language tag with the company's country (`es-CL`)."""
    empresa = _empresa(context)
    return f"es-{empresa.pais}" if empresa else "es"


@register.simple_tag
def atencion(lugar) -> str:
    """`Atendemos de lunes a viernes, de 08:00 a 18:00`, for a company or a place."""
    return horas.atencion_en_palabras(lugar)


@register.filter
def tiene_portal(empresa) -> bool:
    """The company's customers can come in by the portal."""
    return sala_de_empresa(empresa.codigo) is not None


@register.filter
def se_cierra(request) -> bool:
    """There is something of a customer open here: the page offers to leave."""
    return sesion.hay_algo_abierto(request)


@register.filter
def telefono(texto: str) -> str:
    """A telephone as a `tel:` link wants it: only its digits and the plus."""
    return "".join(c for c in texto if c.isdigit() or c == "+")


@register.filter
def partible(correo: str):
    """An address that, where it does not fit, breaks before its domain."""
    nombre, arroba, dominio = correo.partition("@")
    return format_html("{}<wbr>{}{}", nombre, arroba, dominio)


@register.inclusion_tag("portal/_aviso_demo.html", takes_context=True)
def aviso_demo(context):
    """Banner of a demonstration: what day it is here, if the clock was moved."""
    if not (settings.DEMO or settings.RELOJ_MOVIBLE) or _empresa(context) is None:
        return {"demo": settings.DEMO and _empresa(context) is None}
    empresa, ahora = _empresa(context), hora.ahora()
    movido = abs((ahora - timezone.now()).total_seconds()) > 60
    return {
        "demo": settings.DEMO,
        "movido": movido,
        "hoy": fecha_en_palabras(ahora, horas.zona(empresa), con_anio=True),
    }


@register.simple_tag
def errores_de(form) -> list[tuple[str, str]]:
    """(id of the field, or of its frame, or "", message) for each error, in the page's order."""
    sueltos = [("", mensaje) for mensaje in form.non_field_errors()]
    return sueltos + [
        (campo.id_for_label or campo.auto_id, campo.errors[0])
        for campo in form.visible_fields()
        if campo.errors
    ]


@register.simple_tag
def control(campo):
    """The field's own control, tied to its hint and its error."""
    referencias = [
        f"{campo.id_for_label}-{sufijo}"
        for sufijo, hay in (("pista", campo.help_text), ("error", campo.errors))
        if hay
    ]
    atributos = {"class": f"entrada {campo.field.widget.attrs.get('class', '')}".strip()}
    if referencias:
        atributos["aria-describedby"] = " ".join(referencias)
    if campo.errors:
        atributos["aria-invalid"] = "true"
    return campo.as_widget(attrs=atributos)


def _empresa(context):
    return getattr(context.get("request"), "empresa", None)
