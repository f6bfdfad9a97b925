"""Who may type for an owner, for which homes, and the leave that a right code gives."""

from datetime import timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from postventa.consola.contexto import membresias
from postventa.personas.models import Rol
from tickets.icalma.models import Ticket
from tickets.inmuebles.models import Propiedad

ROLES = (Rol.CALL_CENTER, Rol.SUPERVISOR)
EMPRESA = "icalma"
EN_SESION = "asistido"
# Real time, as codes and sessions: how long a right code lets the request be typed.
DURA = timedelta(minutes=30)


def asisten(usuario) -> list:
    """Memberships with which this person may type for an owner."""
    return [m for m in membresias(usuario) if m.rol in ROLES and m.empresa.codigo == EMPRESA]


def propiedades(usuario, ahora):
    """Ownerships in force today in the companies and places where this person assists."""
    suyas = Q(pk__in=[])
    for m in asisten(usuario):
        hoy = ahora.astimezone(ZoneInfo(m.empresa.zona)).date()
        parte = Q(unidad__proyecto__empresa=m.empresa_id, unidad__proyecto__es_activa=True)
        if m.sede_id:
            parte &= Q(unidad__proyecto=m.sede_id)
        vigentes = Propiedad.objects.vigentes(hoy).values("pk")
        suyas |= parte & Q(pk__in=vigentes)
    return Propiedad.objects.filter(suyas).select_related(
        "cliente__empresa", "unidad__proyecto__empresa"
    )


def conceder(request, propiedad) -> None:
    """The code was right: this session may send one request for that home, for a while."""
    request.session[EN_SESION] = {
        "propiedad": propiedad.pk,
        "usuario": request.user.pk,
        "hasta": (timezone.now() + DURA).timestamp(),
        "nonce": str(uuid4()),
    }


def concedido(request, propiedad) -> UUID | None:
    """The key of the one request that may be sent; None without a right code in force."""
    datos = request.session.get(EN_SESION) or {}
    vale = (
        datos.get("propiedad") == propiedad.pk
        and datos.get("usuario") == request.user.pk
        and datos.get("hasta", 0) > timezone.now().timestamp()
    )
    return UUID(datos["nonce"]) if vale else None


def por_usar(request, propiedad) -> bool:
    """Whether a request may be typed: the code was right, and no ticket was made with it yet."""
    nonce = concedido(request, propiedad)
    return nonce is not None and not Ticket.objects.filter(nonce=nonce).exists()
