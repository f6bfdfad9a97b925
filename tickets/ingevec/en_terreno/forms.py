"""Ingevec's forms on the on-site screen: what is diagnosed and done in the home."""

from django import forms

from postventa.consola.formularios import FormularioDeVerbo
from tickets.ingevec import forms_consola as f
from tickets.ingevec import forms_visita as fv
from tickets.inmuebles.terreno import formularios as terreno
from tickets.inmuebles.terreno.formularios import Acto, exigir_en_el_telefono

SIN_MOTIVO = "Explica por qué no corresponde: el propietario lo leerá tal cual."


class Ingreso(terreno.Ingreso, fv.Iniciar):
    """Arrival, conserjería and who receives for the owner (G-13)."""

    titulo = "Llegada y quién recibe"
    recibe = "representante"
    nadie_recibe = "Anota quién recibe por el propietario: sin alguien, no se entra."

    @property
    def advertencia(self):
        return "Si no autorizan, no se entra: queda registrado y el call center da otra hora." * (
            self.objeto.exige_conserjeria
        )


class Ausencia(terreno.Ausencia, fv.NoHabiaNadie):
    """Nobody was there: only after the agreed hour."""


class Diagnosticar(FormularioDeVerbo):
    """G-09: what was seen in one requerimiento and whether the warranty covers it."""

    boton = "Guardar el diagnóstico"

    decision = forms.ChoiceField(
        label="¿Corresponde a garantía?",
        choices=[("corresponder", "Corresponde"), ("no_corresponder", "No corresponde")],
        widget=forms.RadioSelect,
    )
    diagnostico = f.texto("Diagnóstico", 3, help_text="Qué encontraste.")
    motivo = f.texto(
        "Por qué no corresponde", 3, required=False,
        help_text="Solo si no corresponde. El propietario lo leerá tal cual.",
    )  # fmt: skip

    def preparar(self):
        exigir_en_el_telefono(self.fields["motivo"], SIN_MOTIVO, "decision=no_corresponder")

    def clean(self):
        super().clean()
        datos = self.cleaned_data
        if datos.get("decision") == "no_corresponder" and not (datos.get("motivo") or "").strip():
            self.add_error("motivo", SIN_MOTIVO)

    def acto(self):
        datos = {"diagnostico": self.cleaned_data["diagnostico"]}
        if self.cleaned_data["decision"] == "no_corresponder":
            datos["motivo"] = self.cleaned_data["motivo"]
        return Acto(self.objeto, self.cleaned_data["decision"], datos)

    def hecho(self):
        return f"Requerimiento {self.objeto.numero} diagnosticado."


class Ejecutar(terreno.DeUnActo, fv.Ejecutar):
    """The work done on one requerimiento."""

    verbo = "ejecutar"


class EmpezarTrabajos(terreno.DeUnActo, FormularioDeVerbo):
    """12.3: an urgency that is mended in the same visit."""

    boton = "Reparar ahora"
    verbo = "iniciar_trabajos"

    def que_pasara(self):
        return "La urgencia pasa a trabajos en esta misma visita y empieza su plazo."

    def hecho(self):
        return "Trabajos iniciados."


class OtraVisita(terreno.DeUnActo, f.InterrumpirTrabajos):
    """The works need another day."""

    verbo = "interrumpir_trabajos"


class Terminar(terreno.Terminar, fv.Realizar):
    """The end of the inspection, or of the works."""
