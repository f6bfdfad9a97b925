"""One search for every list: folio, identity document and phone however typed, unit or name."""

import re

from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Replace
from django.db.models.lookups import Contains

from postventa.consola.salas import todas
from postventa.personas.documentos import normalizar_rut

LARGO = 100
# Fewer digits than this would match half the phones.
DIGITOS = 6
AYUDA = "Folio, RUT, unidad, teléfono o nombre"


def buscar(
    consulta: QuerySet, texto: str, campos: tuple[str, ...], cliente: str = "cliente"
) -> QuerySet:
    """Rows of which every word is in one of `campos` or the customer's name, or whose customer has
    that document or phone. `cliente` leads to the customer; "" if the rows are customers."""
    texto = texto.strip()[:LARGO]
    if not texto:
        return consulta
    camino = f"{cliente}__" if cliente else ""
    encontrados, palabras = Q(), texto.split()
    for palabra in palabras:
        # The 1 of "Casa 1" is in half the folios.
        suelta = len(palabras) > 1 and palabra.isdigit() and len(palabra) < 3
        una = Q(**{f"{camino}nombre__icontains": palabra})
        for campo in campos:
            if not (suelta and campo.endswith("folio")):
                una |= Q(**{f"{campo}__icontains": palabra})
        encontrados &= una
    return consulta.filter(encontrados | _por_documento(texto, camino))


def campos_de_caso(prefijo: str = "") -> tuple[str, ...]:
    """What identifies a case besides its customer, in every room; `prefijo` leads to the case."""
    lugares = [consola.lugar for consola in todas() if consola.lugar]
    return tuple(f"{prefijo}{campo}" for campo in ("folio", "sede__nombre", *lugares))


def lugar(prefijo: str = ""):
    """What the case is about (a home), in its room's words, as a column of a list."""
    lugares = [F(f"{prefijo}{consola.lugar}") for consola in todas() if consola.lugar]
    return Coalesce(*lugares, Value("")) if lugares else Value("")


def _por_documento(texto: str, camino: str) -> Q:
    encontrados = Q()
    limpio = re.sub(r"[\s.\-]", "", texto).upper()
    if len(limpio) >= DIGITOS and re.fullmatch(r"[A-Z]*\d+[A-Z\d]*", limpio):
        # The documents of the other countries are kept without ornaments.
        encontrados |= Q(**{f"{camino}numero": limpio})
    try:
        encontrados |= Q(**{f"{camino}numero": normalizar_rut(texto)})
    except ValidationError:
        pass
    digitos = re.sub(r"\D", "", texto)
    if len(digitos) >= DIGITOS and not re.search(r"[a-z]{2}", texto.lower()):
        encontrados |= Q(**{f"{camino}numero__startswith": digitos})
        encontrados |= Q(Contains(_sin_adornos(f"{camino}telefono"), digitos))
    return encontrados


def _sin_adornos(campo: str):
    """A phone with nothing but its digits, whatever it was typed with."""
    expresion = F(campo)
    for adorno in " -()+.":
        expresion = Replace(expresion, Value(adorno), Value(""), output_field=CharField())
    return expresion
