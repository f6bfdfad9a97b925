"""Coming in: the password, then the second step; and the page of who tried too often (TM-30)."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.base.views import AuthenticateView
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_credentials
from django.contrib import admin
from django.contrib.auth import logout
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.crypto import constant_time_compare

from postventa.accesos import limites
from postventa.consola.acceso.formularios import FormSegundoPaso

# Of the password that was given, in what waits for the second step.
SELLO = "sello"


class Entrada(LoginView):
    """The console's login page. Who has a second factor is not in until they gave it."""

    def form_valid(self, form):
        destino, usuario = self.get_success_url(), form.get_user()
        if self.request.user.is_authenticated:
            logout(self.request)
        return perform_password_login(
            self.request,
            {"username": usuario.username},
            Login(
                user=usuario,
                redirect_url=destino,
                state={SELLO: usuario.get_session_auth_hash()},
            ),
        )


class SegundoPaso(AuthenticateView):
    """The code, after the password. A wrong one counts like a wrong password."""

    template_name = "consola/acceso/segundo_paso.html"
    form_class = FormSegundoPaso

    def get(self, request, *args, **kwargs):
        if not self._sigue():
            return self.stage.abort()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if not self._sigue():
            return self.stage.abort()
        if "code" not in request.POST:
            return HttpResponseRedirect(request.path)
        if not AxesProxyHandler.is_allowed(request, self._credenciales()):
            request.axes_locked_out = True
            return HttpResponse(status=429)  # the page itself is the middleware's: `cerrada`
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form):
        user_login_failed.send(
            sender=__name__, credentials=self._credenciales(), request=self.request
        )
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        return {**admin.site.each_context(self.request), **super().get_context_data(**kwargs)}

    def _sigue(self) -> bool:
        """False once what ends the sessions of that person has happened (TM-31)."""
        usuario, sello = self.stage.login.user, self.stage.login.state.get(SELLO, "")
        return usuario.is_active and constant_time_compare(sello, usuario.get_session_auth_hash())

    def _credenciales(self):
        return get_credentials(self.stage.login.user.username)


def cerrada(request, respuesta, credenciales):
    """429, the same for an account that exists and for one that does not."""
    minutos = int(limites.VENTANA.total_seconds()) // 60
    pagina = render(
        request,
        "consola/acceso/cerrada.html",
        {**admin.site.each_context(request), "minutos": minutos},
        status=429,
    )
    pagina["Retry-After"] = str(minutos * 60)
    pagina["Cache-Control"] = "no-store"
    return pagina
