"""Forms of verbs: a short form that says what will happen, to which clock and which mail leaves."""

from datetime import date, datetime, time

from django import forms
from django.utils.text import capfirst

from postventa.calendario.horario import ANIO_MAXIMO, ANIO_MINIMO
from postventa.calendario.zonas import a_instante, epoca_local, existe


def instante_local(sede, fecha: date, hora: time) -> datetime:
    """Instant of a wall reading of a place. ValueError, in words, for one that never happens.

    Of an hour that happens twice (the night the clocks go back) it is the second one.
    """
    if not ANIO_MINIMO <= fecha.year <= ANIO_MAXIMO:
        raise ValueError(f"Escribe un año entre {ANIO_MINIMO} y {ANIO_MAXIMO}.")
    if not existe(fecha, hora, sede.tz):
        raise ValueError("Esa hora no existe ese día, porque se adelantan los relojes.")
    return a_instante(epoca_local(fecha, hora, sede.tz))


def leer_instante(
    formulario: forms.Form, sede, campo_fecha: str, campo_hora: str
) -> datetime | None:
    """Instant of two cleaned fields on the wall of a place; None, with the error beside the hour,
    if it could not be read."""
    fecha, hora = (formulario.cleaned_data.get(c) for c in (campo_fecha, campo_hora))
    if fecha is None or hora is None:
        return None
    try:
        return instante_local(sede, fecha, hora)
    except ValueError as error:
        formulario.add_error(campo_hora, str(error))
        return None


class CampoFecha(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class CampoHora(forms.TimeField):
    def __init__(self, **kwargs):
        super().__init__(widget=forms.TimeInput({"type": "time"}, format="%H:%M"), **kwargs)


class CampoVarios(forms.ModelMultipleChoiceField):
    """Several rows of a list. A key too large for any row is one that is not in it."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError:
            raise forms.ValidationError(
                "Elige solo de la lista que se muestra.", code="invalid_choice"
            ) from None


def texto(label: str, filas: int = 3, **kwargs) -> forms.CharField:
    """A text of several lines, as long as what people write to each other in a case."""
    return forms.CharField(
        label=label, max_length=1000, widget=forms.Textarea({"rows": filas}), **kwargs
    )


# What to do, in the voice of the console, where Django's own words say "usted".
FALLAS = (
    (forms.DateField, {"invalid": "Escribe la fecha como dd-mm-aaaa."}),
    (forms.TimeField, {"invalid": "Escribe la hora como 10:30."}),
    (
        forms.IntegerField,
        {
            "invalid": "Escribe un número entero.",
            "min_value": "Escribe un número desde %(limit_value)s.",
            "max_value": "Escribe un número hasta %(limit_value)s.",
        },
    ),
)


def hablar(campo: forms.Field) -> None:
    """Give a field its errors in our words; those that it declares itself stay."""
    suyos = campo.error_messages
    for clase, palabras in FALLAS:
        if isinstance(campo, clase):
            for clave, texto in palabras.items():
                if suyos.get(clave) == clase.default_error_messages.get(clave):
                    suyos[clave] = texto
    if campo.label and suyos["required"] == forms.Field.default_error_messages["required"]:
        suyos["required"] = _falta(campo)


def _falta(campo: forms.Field) -> str:
    if isinstance(campo, forms.BooleanField):
        return f"Marca «{capfirst(campo.label)}»."
    es_lista = isinstance(campo, forms.ChoiceField | forms.ModelChoiceField)
    return f"{'Elige una opción en' if es_lista else 'Completa'} «{capfirst(campo.label)}»."


class FormularioDeVerbo(forms.Form):
    """Base of every verb form. Subclasses say what the verb does and give the door its data."""

    boton = "Guardar"
    # Words of the button of the case page; empty: the room's own.
    etiqueta = ""
    es_peligroso = False
    # Field of the door's refusal -> field of this form.
    equivalencias: dict[str, str] = {}

    def __init__(self, *args, caso, objeto, usuario, ahora, **kwargs):
        self.caso, self.objeto, self.usuario, self.ahora = caso, objeto, usuario, ahora
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.preparar()
        for campo in self.fields.values():
            hablar(campo)
        for nombre, campo in self.fields.items():
            self._vestir(nombre, campo)

    def _vestir(self, nombre, campo):
        if not isinstance(campo.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            if not isinstance(campo.widget, forms.CheckboxInput):
                campo.widget.attrs.setdefault("class", "entrada")
        if self.is_bound and nombre in self.errors:
            campo.widget.attrs["aria-invalid"] = "true"

    def preparar(self):
        """Hook: choices and initial values that depend on the case."""

    @classmethod
    def etiqueta_para(cls, objeto) -> str:
        return cls.etiqueta

    @classmethod
    def falta_para(cls, objeto, ahora) -> str:
        """What is missing beyond the machine's guards, in words; empty if nothing is."""
        return ""

    def que_pasara(self) -> str:
        """What firing the verb does, in a sentence or two."""
        return ""

    def reloj(self) -> str:
        """What it does to which clock; empty: to none."""
        return ""

    def correo(self) -> str:
        """Which mail leaves; empty: none."""
        return ""

    def datos(self) -> dict:
        """What the door receives."""
        return dict(self.cleaned_data)

    def hecho(self) -> str:
        """What to say once it is done."""
        return "Listo."

    def con_rechazo(self, campos: dict[str, str]) -> None:
        """Put the door's own messages beside the fields they speak of."""
        for campo, mensaje in campos.items():
            nombre = self.equivalencias.get(campo, campo)
            self.add_error(nombre if nombre in self.fields else None, mensaje)
            if nombre in self.fields:
                self.fields[nombre].widget.attrs["aria-invalid"] = "true"

    def instante(self, campo_fecha: str, campo_hora: str) -> datetime | None:
        """Instant of two fields on the wall of the case's place; None if it could not be read."""
        return leer_instante(self, self.caso.sede, campo_fecha, campo_hora)

    def escrito(self) -> list[tuple[str, str]]:
        """Label and text of what was typed, to give it back when the verb is no longer possible."""
        return [
            (campo.label, valor)
            for nombre, campo in self.fields.items()
            if (valor := ", ".join(self.data.getlist(nombre))) and campo.label
        ]
