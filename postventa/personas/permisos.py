"""Predicates over staff and companies: the single place that says who sees what."""

from django.db.models import Q, QuerySet

from postventa.personas.actores import membresias_de
from postventa.personas.models import Usuario


def empresas_de(usuario: Usuario, *roles: str) -> set[int]:
    """Ids of the companies in which `usuario` has any role (or one of `roles`)."""
    return {m.empresa_id for m in membresias_de(usuario) if not roles or m.rol in roles}


def tiene_rol(usuario: Usuario, empresa_id: int, *roles: str) -> bool:
    """True if `usuario` plays one of `roles` in the company, whatever the place."""
    return any(m.empresa_id == empresa_id and m.rol in roles for m in membresias_de(usuario))


def alcance(
    usuario: Usuario,
    empresa: str = "empresa_id",
    sede: str = "sede_id",
    roles: tuple[str, ...] = (),
) -> Q:
    """Return the filter of what `usuario` may see: own companies, and own places where bound.

    `empresa` and `sede` are the lookups that lead from the filtered model to the ids; pass
    `sede=""` for models that belong to the whole company. A superuser sees everything, so that
    an empty installation can be filled; the verbs of a case still ask for a role. With `roles`,
    only where the person holds one of them, superuser or not.
    """
    if usuario.is_superuser and not roles:
        return Q()
    lugares: dict[int, set] = {}
    for m in membresias_de(usuario):
        if not roles or m.rol in roles:
            lugares.setdefault(m.empresa_id, set()).add(m.sede_id if sede else None)
    # Each place once and nothing beside the whole company: an index follows equality, not OR.
    filtro = Q(pk__in=[])
    for empresa_id, sedes in lugares.items():
        parte = Q(**{empresa: empresa_id})
        if None not in sedes:
            uno = next(iter(sedes)) if len(sedes) == 1 else None
            parte &= Q(**{sede: uno} if uno else {f"{sede}__in": sorted(sedes)})
        filtro |= parte
    return filtro


def visibles(consulta: QuerySet, usuario: Usuario, **caminos: str) -> QuerySet:
    """Return `consulta` cut to what `usuario` may see (see `alcance`)."""
    return consulta.filter(alcance(usuario, **caminos))
