"""The few fields of the door, in our words."""

from allauth.account.forms import ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

from postventa.consola.acceso.clave import NO_COINCIDE

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
