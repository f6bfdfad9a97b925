"""Numbers of cases."""

from django.db import connection


def siguiente(serie: str) -> int:
    """Take the next number of a series, inside the caller's transaction.

    One statement that locks the counter's row until commit: no gaps and no repeats on either
    database.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO expedientes_correlativo (serie, ultimo) VALUES (%s, 1) "
            "ON CONFLICT (serie) DO UPDATE SET ultimo = expedientes_correlativo.ultimo + 1 "
            "RETURNING ultimo",
            [serie],
        )
        return cursor.fetchone()[0]


def folio_de(empresa, anio: int) -> str:
    """Return a new folio of a company: `ICA-2026-0418`."""
    return f"{empresa.prefijo_folio}-{anio}-{siguiente(f'{empresa.codigo}-{anio}'):04d}"
