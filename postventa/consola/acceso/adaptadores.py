"""What django-allauth asks of us: a door for staff only, with no sign-up and no mail."""

import base64
import hashlib
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse

from postventa.accesos import equipos, sesiones
from postventa.accesos.red import direccion

# Who proved to be themselves this recently is not asked again before touching their factors.
RECIENTE_S = 300


class Cuentas(DefaultAccountAdapter):
    """The staff's accounts."""

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return direccion(request)

    def login(self, request, user):
        super().login(request, user)
        sesiones.iniciar(request)

    def post_login(self, request, user, **kwargs):
        respuesta = super().post_login(request, user, **kwargs)
        equipos.recordar(request, respuesta, user)
        return respuesta

    def respond_user_inactive(self, request, user):
        return HttpResponseRedirect(reverse("account_login"))

    def add_message(self, request, level, *args, **kwargs):
        """Nothing: each page of ours says what happened, in its own words."""

    def is_reauthentication_required(self, *, app, **kwargs):
        peticion = context.request
        registros = get_authentication_records(peticion, peticion.user)
        return not any(time.time() - r["at"] < RECIENTE_S for r in registros)


class Factores(DefaultMFAAdapter):
    """The second factor: our words, and secrets that a copy of the database does not tell."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "El código no coincide. Espera el siguiente y escríbelo sin espacios.",
        "cannot_delete_authenticator": "Aquí el segundo paso es obligatorio: no se puede quitar.",
    }

    def get_totp_label(self, user):
        return user.username

    def can_delete_authenticator(self, authenticator):
        return not settings.SEGUNDO_FACTOR_OBLIGATORIO

    def encrypt(self, text):
        return cofre().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return cofre().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # Its key is gone: no code opens it, and an administrator takes it away.
            return generate_totp_secret()


def cofre() -> MultiFernet:
    """What locks the secrets: the key of the installation; its former ones still open them."""
    claves = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"postventa.factor:{c}".encode()).digest()))
        for c in claves
    )
