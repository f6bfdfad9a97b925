"""Forms of Ingevec's owners."""

from django import forms

from tickets.ingevec.actos import tiene_numero
from tickets.ingevec.borrador import LLAMAR
from tickets.ingevec.models import Urgencia
from tickets.inmuebles.paginas import FormHora

CAMPOS = ("descripcion", "recinto")
CONFORME, NO_CONFORME = "conforme", "no"


def _texto(etiqueta: str, filas: int, **mas) -> forms.CharField:
    largo = mas.setdefault("max_length", 4000)
    mas["error_messages"] = {
        "max_length": f"Use como máximo {largo} letras.",
        **mas.get("error_messages", {}),
    }
    return forms.CharField(label=etiqueta, widget=forms.Textarea(attrs={"rows": filas}), **mas)


class FormUrgencia(forms.Form):
    """The first question (G-14, G-15); "no" is an answer too."""

    NO = "no"
    urgencia = forms.ChoiceField(
        choices=[*Urgencia.choices, (NO, "No, puede esperar una visita")],
        error_messages={
            "required": "Responda si es una urgencia.",
            "invalid_choice": "Elija una de las respuestas.",
        },
    )


class FormRequerimiento(forms.Form):
    """One thing that is asked for, in the owner's words. Photos travel beside it."""

    descripcion = _texto(
        "¿Qué falla?",
        4,
        help_text="Qué pasa, desde cuándo y si empeora.",
        error_messages={"required": "Describa qué falla."},
    )
    recinto = forms.CharField(
        label="¿En qué recinto?",
        help_text="Por ejemplo: cocina, baño principal, terraza.",
        max_length=60,
        required=False,
        error_messages={"max_length": "Use como máximo 60 letras."},
    )


def tecleado(post) -> dict:
    """What was typed, fit to keep in the draft."""
    return {campo: post.get(campo, "").replace("\x00", "")[:4000] for campo in CAMPOS}


class FormConsulta(forms.Form):
    consulta = _texto(
        "¿Qué desea consultar?", 6, error_messages={"required": "Escriba su consulta."}
    )


class FormContacto(forms.Form):
    """Who to call about this request, and where (G-02). The file on the owner stays as it is."""

    llamante = forms.CharField(
        label="Nombre de contacto",
        max_length=120,
        error_messages={
            "required": "Escriba el nombre de la persona de contacto.",
            "max_length": "Use como máximo 120 letras.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    telefonos = forms.CharField(
        label="Números de contacto",
        help_text="Uno o más, separados por coma.",
        max_length=120,
        error_messages={
            "required": "Escriba al menos un número de contacto.",
            "max_length": "Use como máximo 120 letras.",
        },
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def clean_telefonos(self):
        telefonos = self.cleaned_data["telefonos"]
        if not tiene_numero(telefonos):
            raise forms.ValidationError("Escriba el número completo: +56 9 1234 5678.")
        return telefonos


class FormVisita(FormContacto):
    """Contact and hour together; `hora` is asked for only where there are hours to choose."""

    hora = forms.CharField(max_length=20, required=False)

    def __init__(self, *args, hay_horas: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.hay_horas = hay_horas

    def clean_hora(self):
        elegida = self.cleaned_data["hora"]
        if self.hay_horas and not elegida:
            raise forms.ValidationError("Elija una hora, o que le llamemos.")
        return elegida if self.hay_horas else LLAMAR


class FormUrgente(FormRequerimiento, FormContacto):
    """Everything that an urgency needs, in one page."""

    field_order = ["descripcion", "recinto", "llamante", "telefonos"]


class FormOtraHora(FormHora):
    elige = "Elija una de las horas libres."


class FormConformidad(forms.Form):
    """For each executed requerimiento, whether it is right and, if not, what is wrong."""

    LARGO = 900
    visto = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, ejecutados):
        super().__init__(data)
        self.ejecutados = ejecutados
        for r in ejecutados:
            self.fields[f"resultado_{r.pk}"] = forms.ChoiceField(
                choices=[(CONFORME, "Sí, quedé conforme"), (NO_CONFORME, "No quedé conforme")],
                error_messages={
                    "required": f"Responda por el requerimiento {r.numero}.",
                    "invalid_choice": "Elija una de las dos respuestas.",
                },
            )
            self.fields[f"motivo_{r.pk}"] = _texto(
                "¿Qué no quedó bien?", 2, max_length=300, required=False
            )

    @property
    def filas(self) -> list[tuple]:
        """(requerimiento, its answer, its reason) for the page."""
        return [(r, self[f"resultado_{r.pk}"], self[f"motivo_{r.pk}"]) for r in self.ejecutados]

    def clean(self):
        datos = super().clean()
        for r in self.disconformes:
            campo = f"motivo_{r.pk}"
            if campo not in self.errors and not datos.get(campo):
                self.add_error(campo, f"Cuente qué no quedó bien en el requerimiento {r.numero}.")
        if not self.errors and len(self.motivo) > self.LARGO:
            self.add_error(None, f"Resuma un poco: entre todos, hasta {self.LARGO} letras.")
        return datos

    @property
    def disconformes(self) -> list:
        datos = self.cleaned_data
        return [r for r in self.ejecutados if datos.get(f"resultado_{r.pk}") == NO_CONFORME]

    @property
    def motivo(self) -> str:
        """What is wrong with each, as the call centre will read it."""
        return "; ".join(
            f"N° {r.numero}: {self.cleaned_data[f'motivo_{r.pk}']}" for r in self.disconformes
        )
