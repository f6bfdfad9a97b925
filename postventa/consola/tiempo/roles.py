"""Who is told of a clock, as boxes to mark: the roles that exist where the clock runs."""

from django import forms

from postventa.expedientes.salas import todas
from postventa.personas.models import Rol
from postventa.plazos.models import ROLES_QUE_SE_AVISAN

# Those that a document names and no member of staff holds.
OTROS = {"responsable": "Responsable", "reclamante": "Reclamante"}
NOMBRES = {**{r.value: r.label for r in Rol}, **OTROS}


def roles_de(empresa) -> list[str]:
    """Roles whose people the company's room can find; every one, without a room or a company."""
    suyos = {r for s in todas() if empresa and s.empresa == empresa.codigo for r in s.avisables}
    return [r for r in NOMBRES if r in (suyos or ROLES_QUE_SE_AVISAN)]


def recordado_de(empresa, codigo: str) -> str:
    """The customer's role, where that clock's warning is a mail to them; empty if to staff."""
    suyas = (s for s in todas() if empresa and s.empresa == empresa.codigo)
    return next((s.recordado for s in suyas if codigo in s.recuerda), "")


def en_palabras(roles: str) -> str:
    return ", ".join(NOMBRES.get(r, r) for r in roles.split())


class CampoDeRoles(forms.MultipleChoiceField):
    """Roles, kept as words with spaces between."""

    widget = forms.CheckboxSelectMultiple

    def ofrecer(self, roles: list[str], puestos: str) -> None:
        """Those and the ones that are already there: nothing goes unseen."""
        otros = [r for r in puestos.split() if r not in roles]
        self.choices = [(r, NOMBRES.get(r, r)) for r in [*roles, *otros]]

    def prepare_value(self, value):
        return value.split() if isinstance(value, str) else value

    def clean(self, value):
        return " ".join(super().clean(value))

    def has_changed(self, initial, data):
        return set((initial or "").split()) != set(data or [])
