"""Forms of the access."""

from django import forms
from django.core.exceptions import ValidationError

from postventa.empresas.models import Empresa
from postventa.personas import documentos
from postventa.personas.documentos import TipoDocumento


class FormAcceso(forms.Form):
    """Place and identity document. Says what is badly written, never who owns what."""

    sede = forms.ModelChoiceField(queryset=None)
    documento = forms.ChoiceField(label="Tipo de documento")
    numero = forms.CharField(max_length=20)

    def __init__(self, *args, empresa, portal, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        self.empresa, self.sedes = empresa, portal.sedes(empresa)
        self.tipo: list[str] = []
        usted = empresa.trato == Empresa.Trato.USTED
        if portal.pide_sede:
            self._preguntar_sede(usted)
        else:
            del self.fields["sede"]
        if portal.documentos:
            self.fields["documento"].choices = portal.documentos
            que = "número de documento", f"{'su' if usted else 'tu'} número de documento"
        else:
            del self.fields["documento"]
            propio = f"{empresa.documento_local} del propietario"
            que = propio, f"el {propio}"
        self._preguntar_numero(usted, *que)

    def _preguntar_sede(self, usted):
        sede = self.fields["sede"]
        sede.label = "Proyecto"
        sede.help_text = f"El nombre de {'su' if usted else 'tu'} edificio o condominio."
        sede.empty_label = "Elija un proyecto" if usted else "Elige un proyecto"
        sede.queryset = self.sedes
        sede.label_from_instance = lambda s: f"{s.nombre}, {s.comuna}" if s.comuna else s.nombre
        sede.error_messages = dict.fromkeys(
            ("required", "invalid_choice"), f"{'Elija' if usted else 'Elige'} el proyecto."
        )

    def _preguntar_numero(self, usted, etiqueta, que):
        numero = self.fields["numero"]
        numero.widget.attrs |= {
            "class": "rut",
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        }
        numero.label = etiqueta[0].upper() + etiqueta[1:]
        escribe = f"{'Escriba' if usted else 'Escribe'} {que}"
        numero.error_messages |= {
            "required": f"{escribe}.",
            "max_length": f"{escribe}, sin nada más.",
        }
        if "documento" not in self.fields and self.empresa.documento_local == TipoDocumento.RUT:
            numero.help_text = "Con o sin puntos y guion. Por ejemplo: 12.345.678-5"
            numero.widget.attrs["data-rut"] = ""

    def clean_numero(self):
        tipo = self.empresa.documento_local
        if "documento" in self.fields:
            if not (tipo := self.cleaned_data.get("documento")):
                return self.cleaned_data["numero"]
            self.tipo = [tipo]
        usted = self.empresa.trato == Empresa.Trato.USTED
        return documentos.normalizar(tipo, self.cleaned_data["numero"], usted)

    def clean(self):
        datos = super().clean()
        if "sede" not in self.fields:
            datos["sede"] = self.sedes.first()
            if datos["sede"] is None:
                raise ValidationError("Todavía no se puede entrar por aquí. Escríbanos o llámenos.")
        return datos


NO_SON_SEIS = "El código tiene 6 dígitos, tal como llegó al correo."


class FormCodigo(forms.Form):
    """The six digits of the mail; spaces between them do no harm."""

    codigo = forms.CharField(
        label="Código de 6 dígitos",
        max_length=20,
        error_messages={
            "required": "Faltan los 6 dígitos que llegaron al correo.",
            "max_length": NO_SON_SEIS,
        },
        widget=forms.TextInput(
            attrs={"class": "codigo", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)

    def clean_codigo(self):
        digitos = "".join(c for c in self.cleaned_data["codigo"] if c.isdecimal())
        if len(digitos) != 6:
            raise ValidationError(NO_SON_SEIS)
        return digitos
