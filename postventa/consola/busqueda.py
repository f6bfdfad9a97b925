"""What is typed to find somebody: a RUT however it is written, a telephone, a name, a place."""

import re

from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Replace

from postventa.personas.documentos import normalizar_rut

# Fewer digits than this would match half the phones.
DIGITOS = 6
ADORNOS = " -()+."


def sin_adornos(campo: str):
    """Expression: the text of a field without what people put between digits."""
    expresion = F(campo)
    for adorno in ADORNOS:
        expresion = Replace(expresion, Value(adorno), Value(""), output_field=CharField())
    return expresion


def rut_de(texto: str) -> str:
    """The RUT that was typed, as it is stored; empty if it is not one."""
    try:
        return normalizar_rut(texto)
    except ValidationError:
        return ""


def digitos_de(texto: str) -> str:
    """The digits, if what was typed may be a telephone or the beginning of a document."""
    digitos = re.sub(r"\D", "", texto)
    if len(digitos) < DIGITOS or re.search(r"[^\W\d_]{2}", texto):
        return ""
    return digitos


def con_palabras(texto: str, *campos: str) -> Q:
    """Every word stands in some of the fields."""
    encontrados = Q()
    for palabra in texto.split():
        alguno = Q(pk__in=[])
        for campo in campos:
            alguno |= Q(**{f"{campo}__icontains": palabra})
        encontrados &= alguno
    return encontrados


def buscar_casos(queryset, texto: str, *campos: str, telefonos: tuple[str, ...] = ()):
    """Cases by the words of those fields, by the customer's RUT, or by any of their telephones."""
    texto = texto.strip()
    if not texto:
        return queryset
    encontrados = con_palabras(texto, *campos)
    if rut := rut_de(texto):
        encontrados |= Q(cliente__numero=rut)
    if digitos := digitos_de(texto):
        encontrados |= Q(cliente__numero__startswith=digitos)
        for n, campo in enumerate(telefonos):
            queryset = queryset.alias(**{f"_telefono{n}": sin_adornos(campo)})
            encontrados |= Q(**{f"_telefono{n}__contains": digitos})
    return queryset.filter(encontrados)
