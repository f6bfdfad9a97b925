"""How far the console counts and pages, whatever a table holds (docs/decisiones/0041)."""

from django.core.paginator import Paginator
from django.db.models import BooleanField, F, Func, IntegerField, QuerySet, Subquery
from django.utils.functional import cached_property

# Nobody pages further than this: beyond it lists and the home say "more than".
TOPE = 2_000


class Contados(Subquery):
    """How many rows these are, as a column: no more than one beyond TOPE are read."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS contados)"
    output_field = IntegerField()

    def __init__(self, consulta: QuerySet, **extra):
        super().__init__(consulta.order_by().values("pk")[: TOPE + 1], **extra)


class _Claves(Subquery):
    # None of them: then no row, as with Django's own, and not an unknown.
    empty_result_set_value = NotImplemented


class EnClaves(Func):
    """Rows whose key is among these few, found first.

    Django's own `pk__in=` says the same; PostgreSQL, told so beside eight joins or more, joins the
    whole table before it looks.
    """

    output_field = BooleanField()
    arg_joiner = " IN "
    template = "%(expressions)s"

    def __init__(self, claves: QuerySet, campo: str = "pk"):
        super().__init__(F(campo), _Claves(claves.values("pk")))

    def as_postgresql(self, compiler, connection, **mas):
        return self.as_sql(
            compiler,
            connection,
            arg_joiner=" = ANY(ARRAY",
            template="%(expressions)s)",
            **mas,
        )


def juntos(numeros) -> int:
    """The sum of figures each counted no further than TOPE, as its own list would count it."""
    return min(sum(numeros), TOPE + 1)


def en_palabras(cuantos: int) -> str:
    """`418`, or `más de 2.000`: a figure beyond TOPE is not known."""
    return f"más de {TOPE:,}".replace(",", ".") if cuantos > TOPE else str(cuantos)


class Paginador(Paginator):
    """Reads one row more than a page: a list that fits in one needs no COUNT, and a COUNT stops
    at TOPE.

    `completas` are the rows with what they show. The page's keys are found first, in one
    statement with them: only those rows are joined, not every candidate.
    """

    def __init__(self, consulta, por_pagina, completas: QuerySet | None = None, **mas):
        super().__init__(consulta, por_pagina, **mas)
        self.completas = consulta if completas is None else completas

    @cached_property
    def primera(self) -> list:
        return self._leer(0, self.per_page + 1)

    @property
    def count(self):
        if not hasattr(self, "_count"):
            cabe = len(self.primera) <= self.per_page
            claves = self.object_list.order_by().values("pk")
            self._count = len(self.primera) if cabe else claves[: TOPE + 1].count()
        return min(self._count, TOPE)

    @property
    def hay_mas(self):
        return self.count == TOPE and self._count > TOPE

    @property
    def en_palabras(self) -> str:
        return en_palabras(self.count + self.hay_mas)

    def page(self, number):
        number = self.validate_number(number)
        if number == 1:
            filas = self.primera[: self.per_page]
        else:
            filas = self._leer((number - 1) * self.per_page, number * self.per_page)
        return self._get_page(filas, number, self)

    def _leer(self, desde: int, hasta: int) -> list:
        return list(self.completas.filter(EnClaves(self.object_list[desde:hasta])))
