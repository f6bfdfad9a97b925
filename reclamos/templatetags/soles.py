"""`{{ monto|soles }}`."""

from django import template

from reclamos.montos import con_miles

register = template.Library()


@register.filter
def soles(monto) -> str:
    """`S/ 1,500.50`."""
    return f"S/\N{NO-BREAK SPACE}{con_miles(monto)}"
