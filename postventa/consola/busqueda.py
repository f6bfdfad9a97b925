"""One search for every list: folio, identity document and phone however typed, unit or name."""

import re

from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Replace
from django.db.models.lookups import Contains

from postventa.consola.salas import todas
from postventa.personas.documentos import normalizar_rut
from postventa.personas.models import Cliente

LARGO = 100
# Fewer digits than this would match half the phones.
DIGITOS = 6
# A whole folio: it is one case, nobody means anything else by it.
FOLIO = re.compile(r"[A-Z]{2,6}-\d{4}-\d{4,8}")
# More matches than this are not found apart: it is more than a list counts or a file holds.
FRENO = 10_001
AYUDA = "Folio, RUT, unidad, teléfono o nombre"


def buscar(
    consulta: QuerySet, texto: str, campos: tuple[str, ...], cliente: str = "cliente"
) -> QuerySet:
    """Rows of which every word is in one of `campos` or the customer's name. A whole document or
    phone finds by the customer alone. `cliente` leads to the customer; "" if the rows are those.

    What is related is looked for in its own table first, and never joined: the difference between
    seconds and minutes in a table of a million cases.
    """
    texto = texto.strip()[:LARGO]
    if not texto:
        return consulta
    hallados = _hallados(consulta.order_by(), texto, campos, cliente)
    # A slice is where the planner stops: found first, and only then put in order.
    return consulta.filter(pk__in=hallados.values("pk")[:FRENO])


def casos_con(propios: QuerySet, texto: str) -> QuerySet:
    """Those cases of which every word is in what identifies them, as in the header's search."""
    return _hallados(propios.order_by(), texto.strip()[:LARGO], campos_de_caso(), "cliente")


def como_folio(texto: str) -> str:
    """`ica 2026 0418` is a way to say `ICA-2026-0418`."""
    return re.sub(r"[\s_/.\-\u2010-\u2015]+", "-", texto.strip().upper())


def _hallados(consulta, texto, campos, cliente) -> QuerySet:
    folio = next((campo for campo in campos if campo.endswith("folio")), "")
    if folio and FOLIO.fullmatch(como_folio(texto)):
        return consulta.filter(**{folio: como_folio(texto)})
    if numeros := _por_numero(texto):
        if not cliente:
            return consulta.filter(numeros)
        return consulta.filter(**{f"{cliente}__in": Cliente.objects.filter(numeros).values("pk")})
    return consulta.filter(_por_palabras(consulta.model, texto, campos, cliente))


def _por_palabras(modelo, texto, campos, cliente) -> Q:
    campos = [f"{cliente}__nombre" if cliente else "nombre", *campos]
    encontrados, palabras = Q(), texto.split()
    for palabra in palabras:
        es_de_folio = re.search(r"\d", palabra) and (len(palabras) == 1 or len(palabra) > 2)
        donde = [c for c in campos if es_de_folio or not c.endswith("folio")]
        # Each field by its own index, and then all together: an OR would read the whole table.
        primero, *otros = (_contiene(modelo, campo, palabra) for campo in donde)
        encontrados &= Q(pk__in=primero.union(*otros, all=True) if otros else primero)
    return encontrados


def _contiene(modelo, campo: str, palabra: str) -> QuerySet:
    """Keys of the rows that have that word in a field, own or of a related row."""
    *camino, nombre = campo.split("__")
    contiene, ajeno = {f"{nombre}__icontains": palabra}, modelo
    for paso in camino:
        ajeno = ajeno._meta.get_field(paso).related_model
    if camino:
        hallados = ajeno._base_manager.filter(**contiene).order_by()
        contiene = {f"{'__'.join(camino)}__in": hallados.values("pk")}
    return modelo._base_manager.filter(**contiene).order_by().values("pk")


def campos_de_caso(prefijo: str = "") -> tuple[str, ...]:
    """What identifies a case besides its customer, in every room; `prefijo` leads to the case."""
    lugares = [consola.lugar for consola in todas() if consola.lugar]
    return tuple(f"{prefijo}{campo}" for campo in ("folio", "sede__nombre", *lugares))


def lugar(prefijo: str = ""):
    """What the case is about (a home), in its room's words, as a column of a list."""
    lugares = [F(f"{prefijo}{consola.lugar}") for consola in todas() if consola.lugar]
    return Coalesce(*lugares, Value("")) if lugares else Value("")


def _por_numero(texto: str) -> Q:
    """Customers with that document or phone, however typed; nothing if it looks like neither."""
    encontrados = Q()
    limpio = re.sub(r"[\s.\-]", "", texto).upper()
    if len(limpio) >= DIGITOS and re.fullmatch(r"\d+[A-Z]{0,3}", limpio):
        # The documents of the other countries are kept without ornaments.
        encontrados |= Q(numero=limpio)
    if rut := rut_de(texto):
        encontrados |= Q(numero=rut)
    if digitos := digitos_de(texto):
        encontrados |= Q(numero__startswith=digitos)
        encontrados |= Q(Contains(sin_adornos("telefono"), digitos))
    return encontrados


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


def sin_adornos(campo: str):
    """A phone with nothing but its digits, whatever it was typed with."""
    expresion = F(campo)
    for adorno in " -()+.":
        expresion = Replace(expresion, Value(adorno), Value(""), output_field=CharField())
    return expresion
