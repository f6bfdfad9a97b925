"""The company's own systems, each behind a small port. No interface of theirs is described, so the
adapter of today is the operator: they work in the other window and type the number it gave.

`settings.COMTECO_SISTEMAS` names the adapter of each; one that talks to the system takes its place
without any step knowing.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from comteco.procedimientos.opciones import Sistema
from postventa.tramitacion.errores import Conflicto


class SistemaNoDisponible(Conflicto):
    """That system does not answer. Nothing was written, and what was typed is given back."""

    def __init__(self, sistema: str, estado: str = ""):
        super().__init__(
            f"El sistema {Sistema(sistema).label} no responde. El trámite sigue en el mismo paso: "
            "inténtalo de nuevo cuando vuelva.",
            estado,
        )


@dataclass(frozen=True)
class Pedido:
    """What a step asks of a system. `campo` names the form's field, for what is wrong with it."""

    tramite: Any
    paso: str
    que: str
    dicho: str = ""
    campo: str = "referencia"


def sistema(nombre: str):
    """The adapter in use of that system."""
    return import_string(settings.COMTECO_SISTEMAS[nombre])()
