"""What every address of the console goes through: the session's end and the second factor."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.cache import patch_cache_control

from postventa.accesos import factor, sesiones

RAIZ = reverse_lazy("admin:index")
# Where somebody may go who has still to enrol.
LIBRES = {
    "account_login",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_view_recovery_codes",
    "login",
    "logout",
    "jsi18n",
}


class Vigilancia:
    """Idle or too long a session ends (TM-31); without the factor that is asked nothing opens
    (TM-30); and nothing of the console stays in the browser."""

    def __init__(self, siguiente):
        self.siguiente = siguiente

    def __call__(self, request):
        if not request.path.startswith(str(RAIZ)):
            return self.siguiente(request)
        if request.user.is_authenticated and not sesiones.sigue(request):
            logout(request)
            messages.info(request, "Tu sesión se cerró por tiempo. Entra de nuevo para seguir.")
        respuesta = self.siguiente(request)
        patch_cache_control(respuesta, no_store=True, private=True)
        return respuesta

    def process_view(self, request, vista, args, kwargs):
        if not request.path.startswith(str(RAIZ)) or not request.user.is_authenticated:
            return None
        if request.resolver_match.url_name in LIBRES or not factor.falta(request):
            return None
        if factor.tiene(request.user):
            # It was enrolled elsewhere, and this session never gave it.
            logout(request)
            return HttpResponseRedirect(reverse("account_login"))
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
