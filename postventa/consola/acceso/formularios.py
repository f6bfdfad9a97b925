"""The few fields of the door, in our words."""

from allauth.account.forms import ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

from postventa.consola.acceso.clave import NO_COINCIDE, es_la_suya

SEIS_CIFRAS = {
    "class": "entrada",
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "maxlength": "12",
    "autofocus": True,
}


class FormSegundoPaso(AuthenticateForm):
    code = forms.CharField(
        label="Código",
        max_length=12,
        help_text="Las seis cifras de tu aplicación, o uno de tus códigos de respaldo.",
        widget=forms.TextInput(SEIS_CIFRAS),
        error_messages={"required": "Escribe el código."},
    )


class FormActivar(ActivateTOTPForm):
    code = forms.CharField(
        label="Código que muestra la aplicación",
        max_length=12,
        widget=forms.TextInput(SEIS_CIFRAS),
        error_messages={"required": "Escribe las seis cifras que muestra la aplicación."},
    )


class FormQuitarAOtro(forms.Form):
    """Why somebody else's second factor goes, and the password of who takes it away."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=200,
        help_text="Cómo comprobaste que es esa persona. Lo leen ella y quienes administran.",
        widget=forms.TextInput({"class": "entrada"}),
        error_messages={"required": "Escribe cómo comprobaste que es esa persona."},
    )
    password = forms.CharField(
        label="Tu clave",
        strip=False,
        widget=forms.PasswordInput({"class": "entrada", "autocomplete": "current-password"}),
        error_messages={"required": "Escribe tu clave."},
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self):
        # Only with the rest in order: a try that changes nothing does not tell a good password.
        if self.cleaned_data.get("motivo") and not es_la_suya(
            self.request, self.cleaned_data["password"]
        ):
            raise forms.ValidationError(NO_COINCIDE)
        return self.cleaned_data["password"]


class FormConfirmar(ReauthenticateForm):
    password = forms.CharField(
        label="Tu clave",
        strip=False,
        widget=forms.PasswordInput(
            {"class": "entrada", "autocomplete": "current-password", "autofocus": True}
        ),
        error_messages={"required": "Escribe tu clave."},
    )

    def clean_password(self):
        try:
            return super().clean_password()
        except forms.ValidationError:
            raise forms.ValidationError(NO_COINCIDE) from None
