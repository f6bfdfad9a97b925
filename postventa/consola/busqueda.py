"""One search for every list: folio, identity document and phone however typed, unit or name."""

import re

from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Replace
from django.db.models.lookups import Contains

from postventa.consola.salas import todas
from postventa.expedientes.models import Expediente
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


def casos_con(propios: QuerySet, texto: str, orden: tuple, hasta: int) -> QuerySet:
    """The first so many of those cases in which the header's search would find that."""
    propios, texto, campos = propios.order_by(), texto.strip()[:LARGO], campos_de_caso()
    hallados = _por_entero(propios, texto, campos, "cliente")
    if hallados is None and len(texto.split()) == 1:
        # A word that every home has: the first of each field, and not all of them put in order.
        hay = _por_campo(propios, texto, [texto], _con_nombre(campos, "cliente"))
        primeros = [filas.order_by(*orden)[:hasta].values("pk") for filas in hay]
        hallados = propios.filter(
            pk__in=_juntas([Expediente.objects.filter(pk__in=claves) for claves in primeros])
        )
    elif hallados is None:
        hallados = propios.filter(_por_palabras(Expediente, texto, campos, "cliente"))
    return hallados.order_by(*orden)[:hasta]


def como_folio(texto: str) -> str:
    """`ica 2026 0418` is a way to say `ICA-2026-0418`."""
    return re.sub(r"[\s_/.\-\u2010-\u2015]+", "-", texto.strip().upper())


def _hallados(consulta, texto, campos, cliente) -> QuerySet:
    enteros = _por_entero(consulta, texto, campos, cliente)
    if enteros is not None:
        return enteros
    return consulta.filter(_por_palabras(consulta.model, texto, campos, cliente))


def _por_entero(consulta, texto, campos, cliente) -> QuerySet | None:
    """Rows of a whole folio, document or phone; None if it looks like none of them."""
    folio = next((campo for campo in campos if campo.endswith("folio")), "")
    if folio and FOLIO.fullmatch(como_folio(texto)):
        return consulta.filter(**{folio: como_folio(texto)})
    if numeros := _por_numero(texto):
        if not cliente:
            return consulta.filter(numeros)
        return consulta.filter(**{f"{cliente}__in": Cliente.objects.filter(numeros).values("pk")})
    return None


def _por_palabras(modelo, texto, campos, cliente) -> Q:
    encontrados, palabras = Q(), texto.split()
    for palabra in palabras:
        todas_las = modelo._base_manager.all()
        hay = _por_campo(todas_las, palabra, palabras, _con_nombre(campos, cliente))
        encontrados &= Q(pk__in=_juntas(hay))
    return encontrados


def _con_nombre(campos, cliente) -> list[str]:
    return [f"{cliente}__nombre" if cliente else "nombre", *campos]


def _por_campo(filas, palabra, palabras, campos) -> list[QuerySet]:
    """Those rows that have that word, field by field: an OR would read the whole table."""
    es_de_folio = re.search(r"\d", palabra) and (len(palabras) == 1 or len(palabra) > 2)
    donde = [c for c in campos if es_de_folio or not c.endswith("folio")]
    return [_contiene(filas, campo, palabra) for campo in donde]


def _juntas(consultas: list[QuerySet]) -> QuerySet:
    """The keys of all of them, each found by its own index."""
    primera, *otras = (consulta.order_by().values("pk") for consulta in consultas)
    return primera.union(*otras, all=True) if otras else primera


def _contiene(filas: QuerySet, campo: str, palabra: str) -> QuerySet:
    """Those rows that have that word in a field, own or of a related row."""
    *camino, nombre = campo.split("__")
    contiene, ajeno = {f"{nombre}__icontains": palabra}, filas.model
    for paso in camino:
        ajeno = ajeno._meta.get_field(paso).related_model
    if camino:
        hallados = ajeno._base_manager.filter(**contiene).order_by()
        contiene = {f"{'__'.join(camino)}__in": hallados.values("pk")}
    return filas.filter(**contiene)


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
