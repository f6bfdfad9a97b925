"""Amounts of money as Peru writes them: `1500.50` or `1,500.50`, and shown `S/ 1,500.50`."""

import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError

# With its thousands apart, or all together; a comma before one or two digits can only be céntimos.
_FORMAS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?|(\d+),(\d{1,2})", re.ASCII)


class CampoMonto(forms.DecimalField):
    """Optional amount in soles. `ejemplo` is what is said, whatever is wrong with it."""

    widget = forms.TextInput

    def __init__(self, *, ejemplo: str, **opciones):
        claves = ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits")
        super().__init__(
            max_digits=12,
            decimal_places=2,
            min_value=0,
            required=False,
            error_messages=dict.fromkeys(claves, ejemplo),
            **opciones,
        )
        self.widget.attrs.setdefault("inputmode", "decimal")
        # The browser's own box for numbers takes no thousands.
        self.localize = False

    def to_python(self, valor):
        if valor in self.empty_values or isinstance(valor, Decimal):
            return super().to_python(valor)
        escrito = re.sub(r"^S/\.?|\s", "", str(valor).strip(), flags=re.IGNORECASE)
        forma = _FORMAS.fullmatch(escrito)
        if forma is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        soles, centimos = forma[1] or forma[3], forma[2] or forma[4] or "0"
        return super().to_python(f"{soles.replace(',', '')}.{centimos}")


def con_miles(monto) -> str:
    """`1,500.50`, of an amount or of what was once fixed as text."""
    try:
        return f"{Decimal(str(monto).replace(',', '')):,.2f}"
    except InvalidOperation:
        return str(monto)
