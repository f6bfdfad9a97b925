"""My account: my second factor, my backup codes and my sessions."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import logout, update_session_auth_hash
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from postventa.consola.acceso.formularios import FormActivar, FormConfirmar
from postventa.consola.contexto import membresias


@require_safe
def cuenta(request):
    """What there is of me here."""
    guardados = {a.type: a for a in Authenticator.objects.filter(user=request.user)}
    respaldo = guardados.get(Authenticator.Type.RECOVERY_CODES)
    contexto = {
        **admin.site.each_context(request),
        "title": "Mi cuenta",
        "factor": guardados.get(Authenticator.Type.TOTP),
        "quedan": len(respaldo.wrap().get_unused_codes()) if respaldo else 0,
        "obligatorio": settings.SEGUNDO_FACTOR_OBLIGATORIO,
        "roles": membresias(request.user),
        "inactiva": settings.CONSOLA_INACTIVA_MIN,
    }
    return TemplateResponse(request, "consola/acceso/cuenta.html", contexto)


@require_POST
def cerrar_sesiones(request):
    """End my sessions everywhere, this one too."""
    request.user.cerrar_sesiones()
    logout(request)
    return TemplateResponse(
        request,
        "registration/logged_out.html",
        {**admin.site.each_context(request), "en_todas": True},
    )


class ConMarco:
    """The console's frame around a page of allauth's."""

    titulo = ""

    def get_context_data(self, **kwargs):
        marco = admin.site.each_context(self.request)
        return {**marco, "title": self.titulo, **super().get_context_data(**kwargs)}


class Activar(ConMarco, ActivateTOTPView):
    template_name, form_class = "consola/acceso/activar.html", FormActivar
    titulo = "Activar el segundo paso"

    def get_context_data(self, **kwargs):
        obligatorio = settings.SEGUNDO_FACTOR_OBLIGATORIO
        return {**super().get_context_data(**kwargs), "obligatorio": obligatorio}

    def form_valid(self, form):
        respuesta = super().form_valid(form)
        # Sessions that came in with the password alone end; this one has just given both.
        self.request.user.cerrar_sesiones()
        update_session_auth_hash(self.request, self.request.user)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return respuesta


class Quitar(ConMarco, DeactivateTOTPView):
    template_name = "consola/acceso/quitar.html"
    titulo = "Quitar el segundo paso"


class Codigos(ConMarco, ViewRecoveryCodesView):
    template_name = "consola/acceso/codigos.html"
    titulo = "Códigos de respaldo"


class CodigosNuevos(ConMarco, GenerateRecoveryCodesView):
    template_name = "consola/acceso/codigos_nuevos.html"
    titulo = "Códigos de respaldo nuevos"


class Confirmar(ConMarco, ReauthenticateView):
    """The password once more, before touching what protects the account."""

    template_name, form_class = "consola/acceso/confirmar.html", FormConfirmar
    titulo = "Confirma que eres tú"
