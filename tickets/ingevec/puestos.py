"""Who of Ingevec's staff works at what in the console, and in which projects."""

from django.db.models import Q, QuerySet

from postventa.consola.contexto import membresias
from postventa.personas.models import Membresia, Rol

EMPRESA = "ingevec"


def puestos(usuario, *roles: str) -> list[Membresia]:
    """Memberships of a person in Ingevec with one of those roles."""
    return [m for m in membresias(usuario) if m.rol in roles and m.empresa.codigo == EMPRESA]


def atienden(usuario) -> list[Membresia]:
    """Memberships with which this person takes calls."""
    return puestos(usuario, Rol.CALL_CENTER)


def visitan(usuario) -> list[Membresia]:
    """Memberships with which this person goes to homes."""
    return puestos(usuario, Rol.INSPECTOR, Rol.MAESTRO)


def acotar_a(consulta: QuerySet, suyos: list[Membresia], empresa: str, sede: str) -> QuerySet:
    """Rows of the companies of those memberships, and of their places where bound to one."""
    propias = Q(pk__in=[])
    for m in suyos:
        parte = Q(**{empresa: m.empresa_id})
        propias |= parte & Q(**{sede: m.sede_id}) if m.sede_id else parte
    return consulta.filter(propias)
