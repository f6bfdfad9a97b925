"""The guard of the staff's door: django-axes counts what fails, our three limits decide (TM-30).

Nothing locks for ever: a count is forgotten `VENTANA` after the last failure, and what arrives
while the door is shut is not one more.
"""

import hashlib

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.db.models import Q, Sum
from django.http import HttpRequest
from django.utils import timezone

from postventa.accesos import equipos, limites
from postventa.accesos.alertas import alertar
from postventa.accesos.models import Motivo
from postventa.personas.models import Usuario


def exceso(cuenta: str | None, direccion: str | None, request: HttpRequest) -> Motivo | None:
    """The limit that this account and this address have reached, if any. One query."""
    de_cuenta, de_aqui = Q(username=cuenta), Q(ip_address=direccion)
    fallas = AccessAttempt.objects.filter(
        de_cuenta | de_aqui, attempt_time__gt=timezone.now() - limites.VENTANA
    ).aggregate(
        las_dos=Sum("failures_since_start", filter=de_cuenta & de_aqui),
        direccion=Sum("failures_since_start", filter=de_aqui),
        cuenta=Sum("failures_since_start", filter=de_cuenta),
    )
    if (fallas["las_dos"] or 0) >= limites.POR_CUENTA_Y_DIRECCION:
        return Motivo.CUENTA_Y_RED
    if (fallas["direccion"] or 0) >= limites.POR_DIRECCION:
        return Motivo.DIRECCION
    if (fallas["cuenta"] or 0) >= limites.POR_CUENTA and not equipos.conoce(request, cuenta):
        return Motivo.CUENTA
    return None


class Guardia(AxesDatabaseHandler):
    """django-axes with our limits, and an alert row for whoever administers."""

    def get_failures(self, request, credentials=None) -> int:
        """1, which is axes' limit, once one of ours is reached; else 0."""
        cuenta = get_client_username(request, credentials)
        if motivo := exceso(cuenta, request.axes_ip_address, request):
            request.motivo_de_bloqueo = motivo
            return 1
        return 0

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        super().user_login_failed(sender, credentials, request, **kwargs)
        motivo = getattr(request, "motivo_de_bloqueo", None)
        if motivo:
            _avisar(motivo, get_client_username(request, credentials), request.axes_ip_address)


def _avisar(motivo: Motivo, cuenta: str | None, direccion: str | None) -> None:
    usuario, empresas = None, [None]
    # Of an address that tries many accounts, none in particular is told.
    if motivo != Motivo.DIRECCION:
        usuario = Usuario.objects.filter(username=cuenta).first()
    if usuario:
        suyas = usuario.membresias.values_list("empresa_id", flat=True).distinct()
        empresas = list(suyas) or [None]
    de_donde = hashlib.sha256(f"{cuenta if usuario else ''}|{direccion}".encode()).hexdigest()[:32]
    alertar(motivo, de_donde, timezone.now(), empresas=empresas, usuario=usuario)


def desbloquear(usuario: Usuario) -> int:
    """Forget the failures of an account; return how many rows of them there were."""
    return AccessAttempt.objects.filter(username=usuario.username).delete()[0]


def fallas_de(usuario: Usuario) -> int:
    """Failures of an account that still count."""
    recientes = AccessAttempt.objects.filter(
        username=usuario.username, attempt_time__gt=timezone.now() - limites.VENTANA
    )
    return recientes.aggregate(n=Sum("failures_since_start"))["n"] or 0
