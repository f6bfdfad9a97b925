"""First requirements and tariffs of COMTECO, from `fixtures/`. Safe to repeat."""

from decimal import Decimal

from comteco.procedimientos.models import Requisito, Tarifa
from postventa.empresas.models import Empresa
from postventa.tramitacion.siembra import leer


def sembrar(empresas: dict[str, Empresa]) -> None:
    """Create what is missing; never touch a list that exists: it may have been edited."""
    empresa = empresas["comteco"]
    if not Requisito.objects.filter(empresa=empresa).exists():
        Requisito.objects.bulk_create(
            Requisito(empresa=empresa, orden=n, **fila)
            for n, fila in enumerate(leer("comteco_requisitos.json"), 1)
        )
    if not Tarifa.objects.filter(empresa=empresa).exists():
        Tarifa.objects.bulk_create(
            Tarifa(empresa=empresa, **{**fila, "monto": Decimal(fila["monto"])})
            for fila in leer("comteco_tarifas.json")
        )
