"""What the console's templates need to say: instants on the wall of a place."""

import json

from django import template
from django.utils.html import format_html

from postventa.calendario.palabras import dia_en_palabras, fecha_en_palabras
from postventa.consola import topes
from postventa.personas.documentos import mostrar_rut

register = template.Library()


@register.filter
def en_palabras(instante, zona):
    """`jueves 26 de noviembre de 2026, a las 09:11` on the wall of a zone; empty without one."""
    return fecha_en_palabras(instante, zona, con_anio=True) if instante else ""


@register.filter
def en_corto(instante, zona):
    """`26-11-2026 09:11` on the wall of a zone; empty without an instant."""
    return f"{instante.astimezone(zona):%d-%m-%Y %H:%M}" if instante else ""


@register.filter
def hora_local(instante, zona):
    """`09:11` on the wall of a zone."""
    return f"{instante.astimezone(zona):%H:%M}" if instante else ""


@register.filter
def cuantos(numero):
    """A figure of the home: `418`, or `más de 2.000` where nobody counted further."""
    return topes.en_palabras(numero)


@register.filter
def rut(numero):
    """`12345678-5` as people write it; empty without one."""
    return mostrar_rut(numero) if numero else ""


@register.filter
def marcar(campo):
    """Bound field with its messages tied to it for screen readers."""
    partes = [f"{campo.auto_id}_pista"] if campo.help_text else []
    if campo.errors:
        partes.append(f"{campo.auto_id}_error")
    return campo.as_widget(attrs={"aria-describedby": " ".join(partes)} if partes else None)


@register.filter
def datos_de_filas(filas):
    """What Django's script knows of some rows of a parent, whose name it would capitalise."""
    datos = json.loads(filas.inline_formset_data())
    datos["options"]["addText"] = f"Agregar {filas.opts.verbose_name}"
    return json.dumps(datos)


@register.filter
def sin_cortar(texto, parte):
    """A sentence with that part of it, a number to read out, kept on one line."""
    antes, esta, despues = texto.partition(parte)
    return format_html('{}<b class="junto">{}</b>{}', antes, esta, despues) if esta else texto


@register.filter
def con_falla(campo, mal):
    """Bound field tied to the message that the page shows beside it, if there is one."""
    if not mal:
        return campo
    return campo.as_widget(
        attrs={"aria-invalid": "true", "aria-describedby": f"{campo.id_for_label}_error"}
    )


@register.filter
def dia_y_hora(instante, zona):
    """`Jueves 26 de noviembre, 09:11` on the wall of a zone."""
    local = instante.astimezone(zona)
    return f"{dia_en_palabras(local.date()).capitalize()}, {local:%H:%M}"


@register.filter
def de_a_cuatro(clave):
    """The groups of a long key, for the eye: each in an element of its own, nothing between them,
    so that it is copied whole."""
    return [clave[n : n + 4] for n in range(0, len(clave), 4)]


@register.filter
def campo(formulario, nombre):
    """A field of a form by a name that is only known now."""
    return formulario[nombre]


@register.filter
def last_de(filas, clave):
    """A datum of the last row; empty without rows."""
    return filas[-1][clave] if filas else ""
