"""Staff of a case: who holds a role in its company, or in its place alone."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from postventa.personas.models import Membresia, Usuario


def a_quien(usuario: Usuario) -> tuple[str, str]:
    """(name, mail) to tell a person."""
    return str(usuario), usuario.email


def con_roles(casos: list, roles: Iterable[str]) -> dict[int, dict[str, list]]:
    """{case id: {role: [(name, mail)]}} of who holds those roles there; one query for any number
    of cases."""
    if not casos:
        return {}
    por_rol = defaultdict(list)
    for m in Membresia.objects.filter(
        empresa__in={c.empresa_id for c in casos}, rol__in=roles, usuario__is_active=True
    ).select_related("usuario"):
        por_rol[m.empresa_id, m.rol].append(m)
    return {
        c.pk: {
            rol: [
                a_quien(m.usuario)
                for m in por_rol[c.empresa_id, rol]
                if m.sede_id in (None, c.sede_id)
            ]
            for rol in roles
        }
        for c in casos
    }


def equipo_de(caso, *roles: str) -> QuerySet[Usuario]:
    """Who may be put to work on a case: those of its company, or of its place where bound."""
    propias = Membresia.objects.filter(
        Q(sede_id=caso.sede_id) | Q(sede=None), empresa_id=caso.empresa_id, rol__in=roles
    )
    return Usuario.objects.filter(is_active=True, pk__in=propias.values("usuario_id"))
