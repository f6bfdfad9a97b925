"""What a concept costs on a day, from the rows that say it."""

from datetime import date
from decimal import Decimal

from django.db.models import Q

from comteco.procedimientos.models import Tarifa, Tramite
from comteco.procedimientos.opciones import Concepto
from postventa.tramitacion.errores import DatosInvalidos


def vigentes(empresa_id: int, dia: date):
    return Tarifa.objects.filter(
        Q(hasta_el=None) | Q(hasta_el__gte=dia), empresa_id=empresa_id
    ).filter(desde_el__lte=dia)


def tarifa(tramite: Tramite, concepto: str, dia: date) -> Tarifa | None:
    """The one in force: of that service, or of all; the newest of several."""
    suyas = vigentes(tramite.empresa_id, dia).filter(
        concepto=concepto, servicio__in=("", tramite.servicio)
    )
    return suyas.order_by("-servicio", "-desde_el").first()


def monto(tramite: Tramite, concepto: str, dia: date) -> Decimal:
    """DatosInvalidos, in words, where nobody has written what it costs."""
    fila = tarifa(tramite, concepto, dia)
    if fila is None:
        raise DatosInvalidos(
            f"No hay una tarifa vigente de «{Concepto(concepto).label}» para "
            f"{tramite.get_servicio_display()}. Pide a Administración que la registre."
        )
    return fila.monto
