"""Addresses of the door. Of allauth's pages these exist and no other; their names are its own."""

from django.contrib import admin
from django.urls import path
from django.views.decorators.cache import never_cache

from postventa.consola.acceso import cuenta, entrada

dentro = admin.site.admin_view

urlpatterns = [
    path("login/", admin.site.login, name="account_login"),
    path("segundo-paso/", never_cache(entrada.SegundoPaso.as_view()), name="mfa_authenticate"),
    path("cuenta/", dentro(cuenta.cuenta), name="mfa_index"),
    path("cuenta/sesiones/", dentro(cuenta.cerrar_sesiones), name="cerrar_sesiones"),
    path("cuenta/confirmar/", dentro(cuenta.Confirmar.as_view()), name="account_reauthenticate"),
    path("cuenta/segundo-paso/", dentro(cuenta.Activar.as_view()), name="mfa_activate_totp"),
    path(
        "cuenta/segundo-paso/quitar/",
        dentro(cuenta.Quitar.as_view()),
        name="mfa_deactivate_totp",
    ),
    path("cuenta/respaldo/", dentro(cuenta.Codigos.as_view()), name="mfa_view_recovery_codes"),
    path(
        "cuenta/respaldo/nuevos/",
        dentro(cuenta.CodigosNuevos.as_view()),
        name="mfa_generate_recovery_codes",
    ),
]
