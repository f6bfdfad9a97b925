"""Find a home by its project and number, or by the RUT, telephone or name of who owns it today."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from postventa.consola.busqueda import digitos_de, rut_de, sin_adornos
from postventa.consola.toma.marco import Busqueda
from tickets.inmuebles.models import Propiedad

BUSQUEDA = Busqueda(
    "RUT, teléfono, nombre, o proyecto y departamento",
    "RUT, teléfono, nombre o depto.",
    "Busca por el proyecto y el número del departamento.",
)


# How people call an apartment; its number finds it, whatever word the register uses.
DEPTO = frozenset({"departamento", "depto", "dpto", "depa", "dep"})


def hallar(unidades: QuerySet, texto: str, hoy: date, mas: Q | None = None) -> QuerySet:
    """The homes among `unidades` that the text names; each with `duenios`, its owners of `hoy`.

    `mas` finds others besides, by what only the room knows (a number left in a request).
    """
    vigentes = Propiedad.objects.vigentes(hoy)
    encontradas = Q()
    palabras = texto.split()
    dichas = [p for p in palabras if p.casefold().rstrip(".") not in DEPTO]
    for palabra in dichas or palabras:
        del_duenio = vigentes.filter(cliente__nombre__icontains=palabra).values("unidad_id")
        encontradas &= (
            Q(nombre__icontains=palabra)
            | Q(proyecto__nombre__icontains=palabra)
            | Q(pk__in=del_duenio)
        )
    if rut := rut_de(texto):
        encontradas |= Q(pk__in=vigentes.filter(cliente__numero=rut).values("unidad_id"))
    if digitos := digitos_de(texto):
        por_digitos = vigentes.alias(_telefono=sin_adornos("cliente__telefono")).filter(
            Q(_telefono__contains=digitos) | Q(cliente__numero__startswith=digitos)
        )
        encontradas |= Q(pk__in=por_digitos.values("unidad_id"))
    if mas is not None:
        encontradas |= mas
    return con_duenios(unidades.filter(encontradas), hoy).order_by("proyecto__nombre", "nombre")


def con_duenios(unidades: QuerySet, hoy: date) -> QuerySet:
    """The homes with `duenios`: their ownerships in force, and the owner of each."""
    vigentes = Propiedad.objects.vigentes(hoy).select_related("cliente").order_by("desde", "pk")
    return unidades.select_related("proyecto__empresa").prefetch_related(
        Prefetch("propiedades", vigentes, to_attr="duenios")
    )
