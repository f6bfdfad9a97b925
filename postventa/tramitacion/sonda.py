"""Whether anything at all is due: one statement for every source, written once per process.

Most ticks of the sweep find nothing. Each source is the very queryset that its work claims from,
so that nothing can be due which this does not see.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from django.db import connection, models

from postventa.sentencias import Valor, con_valores

# Told the instant, or the place in a statement where it goes.
Fuente = Callable[[datetime | Valor], models.QuerySet]


def hay_algo(fuentes: tuple[Fuente, ...], ahora: datetime) -> bool:
    """True if any of them has a row at that instant."""
    sql, parametros = _escrita(fuentes)
    with connection.cursor() as cursor:
        cursor.execute(sql, con_valores(parametros, {"ahora": ahora}, connection))
        return bool(cursor.fetchone()[0])


@lru_cache(maxsize=8)
def _escrita(fuentes: tuple[Fuente, ...]) -> tuple[str, list]:
    partes, parametros = [], []
    for fuente in fuentes:
        filas = fuente(Valor("ahora", models.DateTimeField()))
        sql, suyos = filas.order_by().values("pk").query.sql_with_params()
        partes.append(f"EXISTS ({sql})")
        parametros += suyos
    return f"SELECT {' OR '.join(partes)}", parametros
