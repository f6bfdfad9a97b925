"""Who may read a complaint: its owner who came in, or whoever proved to read its own mail.

Like sessions and codes, it runs on real time and not on the product's movable clock.
"""

from django.http import Http404, HttpRequest
from django.utils import timezone

from postventa.portal import sesion
from postventa.portal.limites import SESION_INACTIVA
from reclamos.models import Reclamo
from reclamos.portal import ajenos

CLAVE = "reclamos"
sesion.cerrar_tambien(CLAVE, "capera")
# A browser keeps a few open: the rest ask for another code.
CUANTOS = 5
# How it was opened: by having just sent it, which shows that sheet, or by a code.
ENVIO, CODIGO = "envio", "codigo"


def reclamo_o_404(empresa, publico: str) -> Reclamo:
    """By its public id, which nobody guesses; what it shows depends on `abierto`."""
    con = ("empresa", "sede__empresa", "cliente")
    reclamo = Reclamo.objects.select_related(*con).filter(empresa=empresa, publico=publico).first()
    if reclamo is None:
        raise Http404("No existe ese reclamo")
    return reclamo


def abrir(request: HttpRequest, reclamo: Reclamo, como: str) -> None:
    """Let this browser read it for a while, under a new session key."""
    request.session.cycle_key()
    hasta = (timezone.now() + SESION_INACTIVA).timestamp()
    otros = [(k, v) for k, v in request.session.get(CLAVE, {}).items() if k != reclamo.publico]
    request.session[CLAVE] = dict([*otros, (reclamo.publico, [como, hasta])][-CUANTOS:])


def abierto(request: HttpRequest, reclamo: Reclamo) -> str:
    """How this browser opened it: ENVIO, CODIGO or ""."""
    como, hasta = request.session.get(CLAVE, {}).get(reclamo.publico, ("", 0))
    return como if hasta > timezone.now().timestamp() else ""


def es_suyo(request: HttpRequest, reclamo: Reclamo) -> bool:
    """The customer whose session this is may read it."""
    cliente = request.cliente
    if cliente is None or cliente.pk != reclamo.cliente_id:
        return False
    return not ajenos(cliente).filter(pk=reclamo.pk).exists()
