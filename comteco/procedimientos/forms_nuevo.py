"""The two forms with which a trámite is opened: who asks, and what."""

from django import forms
from django.core.exceptions import ValidationError

from comteco.procedimientos.flujos.base import Procedimiento
from comteco.procedimientos.opciones import Persona, Pide, Servicio
from postventa.consola.formularios import hablar
from postventa.personas.documentos import TipoDocumento, normalizar_ajeno

TRAMITADOR = {"es_tercero", "tercero", "tercero_documento"}
VACIO = [("", "Elige")]


class _Vestido(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for campo in self.fields.values():
            hablar(campo)
            if not isinstance(campo.widget, (forms.RadioSelect, forms.CheckboxInput)):
                campo.widget.attrs.setdefault("class", "entrada")


class Buscar(_Vestido):
    """By document, as it is carried: CI of a person, NIT of a company. And the procedure, for what
    the next step asks depends on it."""

    tipo_documento = forms.ChoiceField(
        label="Documento",
        choices=[(t.value, t.label) for t in (TipoDocumento.CI, TipoDocumento.NIT)],
    )
    numero = forms.CharField(label="Número", max_length=30)
    procedimiento = forms.ChoiceField(
        label="Procedimiento", choices=[*VACIO, *Procedimiento.choices]
    )

    def clean(self):
        datos = super().clean()
        if {"tipo_documento", "numero"} <= datos.keys():
            try:
                datos["numero"] = normalizar_ajeno(datos["tipo_documento"], datos["numero"])
            except ValidationError as error:
                self.add_error("numero", error)
        return datos


class Nuevo(_Vestido):
    """What is asked for; and who it is, if nobody has that document."""

    nombre = forms.CharField(label="Nombre completo o razón social", max_length=120)
    telefono = forms.CharField(label="Celular de referencia", max_length=40, required=False)
    correo = forms.EmailField(label="Correo", required=False)
    pide = forms.ChoiceField(label="Qué pide", choices=[*VACIO, *Pide.choices])
    producto = forms.CharField(label="Número de producto", max_length=30)
    servicio = forms.ChoiceField(label="Servicio", choices=[*VACIO, *Servicio.choices])
    persona = forms.ChoiceField(label="Clase de persona", choices=[*VACIO, *Persona.choices])
    sede = forms.ModelChoiceField(label="Oficina", queryset=None, empty_label="Elige")
    es_tercero = forms.BooleanField(label="Tramita un tercero", required=False)
    tercero = forms.CharField(label="Nombre del tramitador", max_length=120, required=False)
    tercero_documento = forms.CharField(
        label="Cédula del tramitador", max_length=20, required=False
    )

    def __init__(self, *args, procedimiento, cliente, sedes, **kwargs):
        super().__init__(*args, **kwargs)
        self.procedimiento = procedimiento
        for campo in self._no_piden():
            del self.fields[campo]
        if cliente is not None:
            for campo in ("nombre", "telefono", "correo"):
                del self.fields[campo]
        # A box that is left empty says no, and who is not named by it is nobody: not "optional".
        for campo in TRAMITADOR & self.fields.keys():
            self.fields[campo].se_exige = True
        self.fields["sede"].queryset = sedes
        if len(sedes) == 1:
            self.fields["sede"].initial = sedes[0]

    @property
    def titulo(self) -> str:
        return Procedimiento(self.procedimiento).label

    def _no_piden(self):
        """Fields that this procedure does not ask. A third party's box stays where it is ticked:
        of the detail of calls, it is refused in words."""
        if self.procedimiento != Procedimiento.D:
            yield "pide"
        if self.procedimiento == Procedimiento.G:
            yield from ("tercero", "tercero_documento")

    def datos(self) -> dict:
        """What `abrir` takes."""
        ajenos = ("nombre", "telefono", "correo")
        return {"procedimiento": self.procedimiento} | {
            c: v for c, v in self.cleaned_data.items() if c not in ajenos
        }
