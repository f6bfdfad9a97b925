"""Browsers where somebody of staff has come in: a mark of ours that nobody else can make."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from postventa.accesos import limites
from postventa.personas.models import Usuario

GALLETA = "equipo"
SAL = "postventa.accesos.equipo"
# A shared computer of the call centre knows several people.
CUANTOS = 8


def conoce(request: HttpRequest, cuenta: str | None) -> bool:
    """True if the person of that account has come in from this browser before."""
    return bool(cuenta) and cuenta in _conocidos(request)


def recordar(request: HttpRequest, respuesta: HttpResponse, usuario: Usuario) -> None:
    """Mark this browser as one where `usuario` comes in."""
    otros = [c for c in _conocidos(request) if c != usuario.username]
    respuesta.set_cookie(
        GALLETA,
        signing.dumps([usuario.username, *otros][:CUANTOS], salt=SAL),
        max_age=limites.EQUIPO_CONOCIDO,
        path="/consola/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _conocidos(request: HttpRequest) -> list[str]:
    try:
        return signing.loads(
            request.COOKIES.get(GALLETA, ""), salt=SAL, max_age=limites.EQUIPO_CONOCIDO
        )
    except signing.BadSignature:
        return []
