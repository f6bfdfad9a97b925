"""The staff's session: idle it ends, after a day's work too, on real time (TM-31)."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from postventa.accesos import limites

CLAVE = "consola"


def marcas() -> dict:
    """What the session keeps of a person who comes in now."""
    ahora = timezone.now().timestamp()
    return {"desde": ahora, "visto": ahora}


def iniciar(request: HttpRequest) -> None:
    """Start counting; called where the person has just come in, with every factor."""
    request.session[CLAVE] = marcas()


def sigue(request: HttpRequest) -> bool:
    """True while the session may go on; notes the use, at most once a minute.

    A session without marks did not come in by our door: it ends.
    """
    datos = request.session.get(CLAVE)
    if not datos:
        return False
    ahora = timezone.now().timestamp()

    def hace(clave: str) -> timedelta:
        return timedelta(seconds=ahora - datos[clave])

    if hace("visto") > limites.SESION_INACTIVA or hace("desde") > limites.SESION_MAXIMA:
        return False
    if hace("visto") >= limites.SESION_ANOTAR:
        request.session[CLAVE] = {**datos, "visto": ahora}
    return True
