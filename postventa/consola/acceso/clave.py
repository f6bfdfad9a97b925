"""One's own password: to change it, and to prove once more who one is.

A wrong one counts like a wrong one at the door: an open session does not help to guess it (TM-30).
"""

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AdminPasswordChangeForm, PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView

NO_COINCIDE = "La clave no coincide."


def es_la_suya(request, clave: str) -> bool:
    """True for the password of who asks; the guard of the door counts it and may shut."""
    credenciales = {"username": request.user.get_username(), "password": clave}
    return authenticate(request, **credenciales) == request.user


class FormClave(PasswordChangeForm):
    """The password that one has, and twice the new one."""

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        palabras = {
            "old_password": ("Tu clave de ahora", "Escribe tu clave de ahora."),
            "new_password1": ("Clave nueva", "Escribe la clave nueva."),
            "new_password2": ("La misma clave nueva, otra vez", "Repite la clave nueva."),
        }
        for nombre, (etiqueta, falta) in palabras.items():
            campo = self.fields[nombre]
            campo.label, campo.error_messages["required"] = etiqueta, falta

    def clean_old_password(self):
        clave = self.cleaned_data["old_password"]
        if not es_la_suya(self.request, clave):
            raise forms.ValidationError(NO_COINCIDE, code="password_incorrect")
        return clave


class FormClaveDeOtro(AdminPasswordChangeForm):
    """Twice the new password of somebody; nobody enters the console without one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        palabras = {
            "password1": ("Clave nueva", "Escribe la clave nueva."),
            "password2": ("La misma clave nueva, otra vez", "Repite la clave nueva."),
        }
        for nombre, (etiqueta, falta) in palabras.items():
            campo = self.fields[nombre]
            campo.label, campo.required = etiqueta, True
            campo.error_messages["required"] = falta


class CambiarClave(PasswordChangeView):
    form_class = FormClave

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}
