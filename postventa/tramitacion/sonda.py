"""The tick that finds nothing due: one statement for every source, written once per process.

Most ticks of the sweep are that. Each source is the very queryset that its work claims from, so
that nothing can be due which this does not see.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from django.db import connection, models

from postventa.plazos.models import Latido
from postventa.sentencias import Valor, con_valores

# Told the instant, or the place in a statement where it goes.
Fuente = Callable[[datetime | Valor], models.QuerySet]
INSTANTE = models.DateTimeField()


def latir_si_nada(
    fuentes: tuple[Fuente, ...], ahora: datetime, nombre: str, visto_en: datetime
) -> bool:
    """Write that sign of life if no source has a row at that instant; True if it was written.

    Not so either where `nombre` never gave one: then somebody has to look.
    """
    sql, parametros = _escrita(fuentes)
    valores = {"ahora": ahora, "nombre": nombre, "visto_en": visto_en}
    with connection.cursor() as cursor:
        cursor.execute(sql, con_valores(parametros, valores, connection))
        return bool(cursor.rowcount)


@lru_cache(maxsize=8)
def _escrita(fuentes: tuple[Fuente, ...]) -> tuple[str, list]:
    partes, parametros = [], [Valor("visto_en", INSTANTE), Valor("nombre", models.CharField())]
    for fuente in fuentes:
        filas = fuente(Valor("ahora", INSTANTE))
        # Its first row in the order of its index, and not EXISTS, which on tables that were not
        # counted lately would read all of them.
        filas = filas if filas.query.order_by else filas.order_by()
        sql, suyos = filas.values("pk")[:1].query.sql_with_params()
        partes.append(f"({sql}) IS NULL")
        parametros += suyos
    tabla = connection.ops.quote_name(Latido._meta.db_table)
    nada = " AND ".join(partes)
    return f"UPDATE {tabla} SET visto_en = %s WHERE nombre = %s AND {nada}", parametros  # noqa: S608
