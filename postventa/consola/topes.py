"""How far the console counts and pages, whatever a table holds (docs/decisiones/0041)."""

from django.core.paginator import Paginator
from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    Func,
    IntegerField,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models.lookups import GreaterThan

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
    """Reads a page and how many there are in one statement; the count stops at TOPE.

    `completas` are the rows with what they show. The page's keys are found first, in the same
    statement: only those rows are joined, not every candidate.
    """

    def __init__(self, consulta, por_pagina, completas: QuerySet | None = None, **mas):
        super().__init__(consulta, por_pagina, **mas)
        self.completas = consulta if completas is None else completas
        self._cuantas: int | None = None

    @property
    def count(self):
        if self._cuantas is None:
            self._leer(1)
        return min(self._cuantas, TOPE)

    @property
    def hay_mas(self):
        return self.count == TOPE and self._cuantas > TOPE

    @property
    def en_palabras(self) -> str:
        return en_palabras(self.count + self.hay_mas)

    def get_page(self, number):
        """That page; of one that is no longer there, the last."""
        numero = min(max(number, 1), -(-TOPE // self.per_page))
        filas = self._leer(numero)
        if not filas and numero > 1:
            filas, numero = self._leer(1), self.num_pages
            filas = filas if numero == 1 else self._leer(numero)
        return self._get_page(filas[: self.per_page], numero, self)

    def _leer(self, numero: int) -> list:
        desde, hasta = (numero - 1) * self.per_page, numero * self.per_page
        cuantas = Contados(self.object_list)
        if numero == 1:
            # One row more than a page: a list that fits in one needs no COUNT.
            hasta += 1
            no_cabe = GreaterThan(Window(Count("*")), self.per_page)
            cuantas = Case(When(no_cabe, then=cuantas), default=Window(Count("*")))
        pagina = self.completas.filter(EnClaves(self.object_list[desde:hasta]))
        filas = list(pagina.annotate(cuantas_son=cuantas))
        self._cuantas = filas[0].cuantas_son if filas else 0
        return filas
