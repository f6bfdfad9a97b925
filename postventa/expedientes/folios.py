"""Numbers of cases."""

from django.db import connection


def siguiente(serie: str, cuantos: int = 1) -> int:
    """Take the next number of a series, inside the caller's transaction; the last of `cuantos`.

    One statement that locks the counter's row until commit: no gaps and no repeats on either
    database.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO expedientes_correlativo (serie, ultimo) VALUES (%s, %s) "
            "ON CONFLICT (serie) DO UPDATE SET ultimo = expedientes_correlativo.ultimo + %s "
            "RETURNING ultimo",
            [serie, cuantos, cuantos],
        )
        return cursor.fetchone()[0]


def folio_de(empresa, anio: int) -> str:
    """Return a new folio of a company: `ICA-2026-0418`."""
    return f"{empresa.prefijo_folio}-{anio}-{siguiente(f'{empresa.codigo}-{anio}'):04d}"
