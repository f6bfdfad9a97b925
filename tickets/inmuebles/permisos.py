"""Who may fire a verb of a case about a home: tables verb -> roles as the door's predicates."""

from collections.abc import Callable, Mapping

from postventa.personas.actores import Actor, roles_en
from postventa.personas.models import Rol


def roles_de(actor: Actor, caso) -> frozenset[str]:
    """Parts that `actor` plays in a case; the owner's follows from the case itself."""
    if actor.clase == "cliente":
        propio = actor.cliente.pk == caso.cliente_id
        return frozenset({Rol.PROPIETARIO}) if propio else frozenset()
    return roles_en(actor, caso.empresa_id, caso.sede_id)


def predicados(
    tabla: Mapping[str, set], caso_de: Callable, roles_de: Callable = roles_de
) -> dict[str, Callable]:
    """Turn a table verb -> roles into the door's predicates. `caso_de` leads from what the verb
    is fired on to its case; `roles_de` replaces who is what in it."""
    return {
        verbo: lambda actor, objeto, roles=roles: bool(roles & roles_de(actor, caso_de(objeto)))
        for verbo, roles in tabla.items()
    }
