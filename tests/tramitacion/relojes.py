"""Clocks for the tests of the sweep."""

from postventa.plazos.models import Plazo


def repetir(plazo, cantidad):
    """More clocks like that one, on the same case."""
    filas = []
    for n in range(cantidad):
        fila = Plazo.objects.get(pk=plazo.pk)
        fila.pk, fila.ordinal = None, n + 2
        filas.append(fila)
    return Plazo.objects.bulk_create(filas)
