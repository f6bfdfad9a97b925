"""The second factor of the staff, as django-allauth keeps it."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from postventa.personas.models import Usuario


def tiene(usuario: Usuario) -> bool:
    """True if the person has enrolled something besides recovery codes."""
    return (
        Authenticator.objects.filter(user=usuario)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .exists()
    )


def falta(request: HttpRequest) -> bool:
    """True if this session must not open the console yet: it came in without a second factor."""
    if not settings.SEGUNDO_FACTOR_OBLIGATORIO:
        return False
    registros = get_authentication_records(request, request.user)
    return not any(r.get("method") == "mfa" for r in registros)


def quitar(usuario: Usuario) -> bool:
    """Forget every factor of a person and close their sessions; False if there was none."""
    borrados, _ = Authenticator.objects.filter(user=usuario).delete()
    usuario.cerrar_sesiones()
    return bool(borrados)
