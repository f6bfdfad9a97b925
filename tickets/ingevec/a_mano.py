"""An hour that is none of those on offer, written by hand with who goes: on the case page and in
the satisfaction call."""

from django import forms

from postventa.consola.formularios import CampoFecha, CampoHora, leer_instante
from postventa.personas.models import Usuario
from tickets.ingevec.cupos import TRABAJO
from tickets.ingevec.eleccion import Eleccion, leer_valor
from tickets.ingevec.horas import horario_de, termino_de
from tickets.ingevec.personas import equipo_de_visitas

# The value of a choice of hour that says: it is written in the fields beside.
OTRA = "otra"
A_MANO = ("dia", "desde", "persona")


class HoraAMano(forms.Form):
    """Fields of the hour and the person, beside a choice among those that are free.

    Whoever uses it sets `caso` and `pauta`, and says with `llamada_en` where the term counts from.
    """

    dia = CampoFecha(label="Otra hora: día", required=False)
    desde = CampoHora(label="Otra hora: desde", required=False)
    persona = forms.ModelChoiceField(
        Usuario.objects.none(), label="Otra hora: quién va", required=False,
        empty_label="Elige a alguien",
    )  # fmt: skip

    def ofrecer_equipo(self, tipo: str) -> None:
        """Offer who can be sent to a visit of that kind."""
        if self.pauta is not None:
            self.fields["persona"].queryset = equipo_de_visitas(self.pauta, tipo)

    def eleccion_de(self, campo: str, tipo: str) -> Eleccion | None:
        """What was chosen in `campo`, or is written beside it; None, with errors, if not whole."""
        elegido = self.cleaned_data.get(campo) or ""
        if elegido != OTRA:
            return leer_valor(elegido)
        inicia_en = leer_instante(self, self.caso.sede, "dia", "desde")
        persona = self.cleaned_data.get("persona")
        if inicia_en is None and not {"dia", "desde"} & self.errors.keys():
            self.add_error("dia", "Escribe el día y la hora, o elige una de las libres.")
        if persona is None and "persona" not in self.errors:
            self.add_error("persona", "Elige quién va a esa hora.")
        if inicia_en is None or persona is None:
            return None
        return Eleccion(inicia_en, persona.pk, self._excepcion_de(inicia_en, tipo))

    def _excepcion_de(self, inicia_en, tipo: str) -> str:
        """What a day written by hand needs; the door refuses it without its reason."""
        if tipo == TRABAJO or self.pauta is None:
            return ""
        horario = horario_de(self.pauta, self.pauta.jornada_inspeccion)
        termino = termino_de(horario, self.llamada_en, self.pauta.dia)
        return termino.excepcion_de(inicia_en.astimezone(horario.zona).date()) or ""


def quien_de(eleccion: Eleccion) -> Usuario | None:
    return Usuario.objects.filter(pk=eleccion.persona_id).first()
