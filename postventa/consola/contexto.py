"""What every page of the console needs to know of its request, read once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.personas.models import Rol

# Less than this between the two clocks is the time the page took.
NOTABLE = timedelta(seconds=30)


def momento(request) -> datetime:
    """The product's time of this request: taken once, the same on the whole page."""
    if not hasattr(request, "_momento"):
        request._momento = hora.ahora()
    return request._momento


def desenvuelto(usuario):
    """The user itself, out of Django's lazy wrapper: what is remembered on it is then found."""
    return getattr(usuario, "_wrapped", usuario) if usuario.is_authenticated else usuario


def membresias(usuario) -> list:
    """Memberships with their company, read once per request for the header and every scope."""
    if usuario.is_anonymous:
        return []
    if "_membresias" not in usuario.__dict__:
        usuario._membresias = list(usuario.membresias.select_related("empresa"))
    return usuario._membresias


def unica_empresa(usuario) -> Empresa | None:
    """The company of a person who works for one: it lends name and colour to the console."""
    empresas = {m.empresa_id: m.empresa for m in membresias(usuario)}
    return next(iter(empresas.values())) if len(empresas) == 1 else None


def documento_de(usuario) -> str:
    """What the identity document is called where that person works; each country has its own."""
    paises = {m.empresa.pais for m in membresias(usuario)}
    return "RUT" if paises == {"CL"} else "documento"


def zona_de(usuario) -> ZoneInfo:
    """The wall clock of a member of staff: their first company's."""
    propia = next((m.empresa.zona for m in membresias(usuario)), None)
    if propia is None:
        # Of everybody and of nobody: that of the company that was here first.
        propia = Empresa.objects.order_by("pk").values_list("zona", flat=True).first()
    return ZoneInfo(propia or "America/Santiago")


def administra(usuario, empresa_id: int | None = None) -> bool:
    """May edit master data of that company (of any, without one)."""
    return usuario.is_superuser or any(
        m.rol == Rol.ADMINISTRADOR and empresa_id in (None, m.empresa_id)
        for m in membresias(usuario)
    )


def administra_en(usuario, empresa_id: int | None, sede_id: int | None) -> bool:
    """May edit what belongs to that place; to the company as a whole, without one."""
    return usuario.is_superuser or any(
        m.rol == Rol.ADMINISTRADOR and m.empresa_id == empresa_id and m.sede_id in (None, sede_id)
        for m in membresias(usuario)
    )


def enteras(usuario, *roles: str) -> set[int]:
    """Companies as a whole in which this person has one of `roles`; administers, without any."""
    roles = roles or (Rol.ADMINISTRADOR,)
    return {m.empresa_id for m in membresias(usuario) if m.rol in roles and m.sede_id is None}


def reloj_movido(request) -> bool:
    """True while the demonstration's clock shows another time than the real one."""
    return abs(momento(request) - timezone.now()) > NOTABLE
