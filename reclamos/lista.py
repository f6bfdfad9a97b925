"""How a complaint is found and named in every list of the console."""

import re

from django.urls import reverse
from django.utils.html import format_html

from postventa.consola.busqueda import buscar

BUSCA = ("folio", "motivo", "sede__nombre")
AYUDA = "Código, N° de Ingreso, documento o nombre"
# The number as people write it: `12-2026`, `0012/2026`.
INGRESO = re.compile(r"0*(\d{1,6})\s*[-/ ]\s*(20\d\d)")


def hallar(consulta, texto, reclamo=""):
    """By código, document, name or place; a whole N° de Ingreso is one complaint."""
    if numero := INGRESO.fullmatch(texto.strip()):
        suyo = {"ingreso_numero": int(numero[1]), "ingreso_anio": int(numero[2])}
        return consulta.filter(**{f"{reclamo}{campo}": valor for campo, valor in suyo.items()})
    return buscar(consulta, texto, tuple(f"{reclamo}{c}" for c in BUSCA), f"{reclamo}cliente")


def ver_reclamo(reclamo, ancla=""):
    """Both identifiers, that lead to the case."""
    return format_html(
        '<a class="folio" href="{}{}">{}</a><span class="sub">{}</span>',
        reverse("admin:reclamos_reclamo_change", args=[reclamo.pk]),
        ancla,
        reclamo.codigo,
        f"Ingreso {reclamo.numero_ingreso}" if reclamo.numero_ingreso else "Sin N° de Ingreso",
    )
