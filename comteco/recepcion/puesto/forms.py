"""What reception types: the check in Smartflex, and a visitor's credential."""

from django import forms

from comteco.recepcion.models import Atencion
from postventa.consola.formularios import hablar

CUMPLE = "cumple"
RESULTADOS = [
    (CUMPLE, "Cumple los requisitos y no tiene deuda"),
    ("falta", "Le faltan requisitos"),
    ("deuda", "Tiene deuda"),
    ("ambos", "Le faltan requisitos y tiene deuda"),
]


class DeLaSala(forms.Form):
    """In the console's voice, with the door's refusals beside their fields."""

    equivale: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for nombre, campo in self.fields.items():
            hablar(campo)
            if not isinstance(campo.widget, (forms.RadioSelect, forms.CheckboxInput)):
                campo.widget.attrs.setdefault("class", "entrada")
            if self.is_bound and nombre in self.errors:
                campo.widget.attrs["aria-invalid"] = "true"

    def con_rechazo(self, campos: dict[str, str]) -> None:
        for campo, mensaje in campos.items():
            nombre = self.equivale.get(campo, campo)
            self.add_error(nombre if nombre in self.fields else None, mensaje)
            if nombre in self.fields:
                self.fields[nombre].widget.attrs["aria-invalid"] = "true"


class FormTramite(DeLaSala):
    """Activities 6 and 7."""

    referencia = forms.CharField(
        label="Referencia de la consulta en Smartflex",
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    resultado = forms.ChoiceField(
        label="Requisitos y estado de cuentas", choices=RESULTADOS, widget=forms.RadioSelect
    )
    pendientes = forms.CharField(
        label="Lo que falta, para decírselo",
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Solo si no cumple o tiene deuda.",
    )

    def clean(self):
        datos = super().clean()
        resultado = datos.get("resultado")
        if resultado and resultado != CUMPLE and not datos.get("pendientes"):
            self.add_error("pendientes", "Anota lo que le falta, para decírselo.")
            self.fields["pendientes"].widget.attrs["aria-invalid"] = "true"
        return datos

    def datos(self) -> dict:
        resultado = self.cleaned_data["resultado"]
        return {
            "referencia": self.cleaned_data["referencia"],
            "cumple": resultado in (CUMPLE, "deuda"),
            "deuda": resultado in ("deuda", "ambos"),
            "pendientes": self.cleaned_data["pendientes"],
        }


class FormVisita(DeLaSala):
    """Activity 4."""

    finalidad = forms.ChoiceField(
        label="Para qué entra", choices=Atencion.Finalidad.choices, widget=forms.RadioSelect
    )
    pidio_documento = forms.BooleanField(label="Mostró su documento de identificación")
    credencial = forms.CharField(
        label="Credencial que se le da",
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def datos(self) -> dict:
        return dict(self.cleaned_data)
