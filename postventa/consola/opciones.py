"""The short lists that a page offers (saved filters, projects, people), read in one statement."""

from typing import NamedTuple

from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim

NOMBRE = Coalesce(
    NullIf(Trim(Concat("first_name", Value(" "), "last_name")), Value("")),
    F("username"),
    output_field=TextField(),
)


class Opcion(NamedTuple):
    """One thing to choose. What `mas`, `de` and `en` hold is up to its kind (`clase`)."""

    clase: str
    pk: int
    nombre: str
    mas: str = ""
    de: int | None = None
    en: int | None = None


def corta(clase: str, consulta: QuerySet, nombre="nombre", mas="", de=None, en=None) -> QuerySet:
    """A short list for `leer`: `nombre`, `mas`, `de` and `en` are fields or expressions."""

    def numero(campo):
        return Cast(F(campo) if campo else Value(None), BigIntegerField())

    def texto(campo):
        valor = F(campo) if isinstance(campo, str) and campo else campo or Value("")
        return Cast(valor, TextField())

    return consulta.order_by().values_list(
        Cast(Value(clase), TextField()), "pk", texto(nombre), texto(mas), numero(de), numero(en)
    )


def leer(cortas: list[QuerySet]) -> list[Opcion]:
    """Every row of these short lists, by name."""
    primera, *otras = cortas
    filas = primera.union(*otras, all=True) if otras else primera
    return sorted((Opcion(*fila) for fila in filas), key=lambda o: (o.clase, o.nombre.lower()))
