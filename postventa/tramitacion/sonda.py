"""Whether anything at all is due: one statement for every source, written once per process.

Most ticks of the sweep find nothing. Each source is the very queryset that its work claims from,
so that nothing can be due which this does not see.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

from django.db import connection, models

Fuente = Callable[[datetime], models.QuerySet]

# Two instants that nobody has: where the compiled statement shows them, today's goes.
MARCAS = (datetime(1901, 1, 1, 1, 1, 1, tzinfo=UTC), datetime(1902, 2, 2, 2, 2, 2, tzinfo=UTC))


class Indescifrable(Exception):
    """A source whose statement depends on the instant in some other way than by comparing it."""


def hay_algo(fuentes: tuple[Fuente, ...], ahora: datetime) -> bool:
    """True if any of them has a row at that instant."""
    sql, valores = _escrita(fuentes, connection.alias)
    instante = _adaptado(ahora)
    with connection.cursor() as cursor:
        cursor.execute(sql, [instante if es_marca else valor for es_marca, valor in valores])
        return bool(cursor.fetchone()[0])


@lru_cache(maxsize=8)
def _escrita(fuentes: tuple[Fuente, ...], _alias: str) -> tuple[str, list[tuple[bool, object]]]:
    """The statement, and of each parameter whether it is the instant, and else its value."""
    (sql, unos), (otra_sql, otros) = (_compilar(fuentes, marca) for marca in MARCAS)
    marcas = tuple(_adaptado(marca) for marca in MARCAS)
    valores = [((uno, otro) == marcas, uno) for uno, otro in zip(unos, otros, strict=True)]
    fijos = all(
        es_marca or uno == otro for (es_marca, uno), otro in zip(valores, otros, strict=True)
    )
    if sql != otra_sql or not fijos:
        raise Indescifrable
    return sql, valores


def _compilar(fuentes, ahora) -> tuple[str, list]:
    partes, valores = [], []
    for fuente in fuentes:
        sql, suyos = fuente(ahora).order_by().values("pk").query.sql_with_params()
        partes.append(f"EXISTS ({sql})")
        valores += suyos
    return f"SELECT {' OR '.join(partes)}", valores


def _adaptado(instante: datetime):
    return connection.ops.adapt_datetimefield_value(instante)
