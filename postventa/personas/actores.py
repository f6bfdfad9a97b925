"""Who acts: one value for staff, customer, replacement and the system itself."""

from dataclasses import dataclass
from typing import Any

from postventa.personas.models import Cliente, Rol, Usuario


@dataclass(frozen=True)
class Actor:
    """The author of an act. `clase` is `usuario`, `cliente`, `reemplazo` or `sistema`."""

    clase: str
    nombre: str
    usuario: Usuario | None = None
    cliente: Cliente | None = None
    documento: str = ""

    @classmethod
    def de(cls, quien: Any) -> "Actor":
        """Return the actor for a Usuario, a Cliente or an Actor; TypeError otherwise."""
        if isinstance(quien, Actor):
            return quien
        if isinstance(quien, Usuario):
            return cls("usuario", str(quien), usuario=quien)
        if isinstance(quien, Cliente):
            return cls("cliente", quien.nombre, cliente=quien, documento=quien.numero)
        raise TypeError(f"{quien!r} no puede tramitar")

    @classmethod
    def reemplazo(cls, nombre: str, documento: str) -> "Actor":
        """The person announced by the owner for one visit (000:52); `documento` normalised."""
        return cls("reemplazo", nombre, documento=documento)


SISTEMA = Actor("sistema", "Sistema")


def roles_en(actor: Actor, empresa_id: int, sede_id: int | None = None) -> frozenset[str]:
    """Return the staff roles of `actor` in a company and, where they are bound to one, a place.

    Superusers get no role by being so: nobody works cases as superuser. One query, remembered
    on the user object.
    """
    if actor.clase == "sistema":
        return frozenset({Rol.SISTEMA})
    if actor.usuario is None or not actor.usuario.is_active:
        return frozenset()
    return frozenset(
        m.rol
        for m in membresias_de(actor.usuario)
        if m.empresa_id == empresa_id and (m.sede_id is None or m.sede_id == sede_id)
    )


def membresias_de(usuario: Usuario) -> list:
    """Memberships of a user, read once per user object (that is, once per request)."""
    # hasattr, for the request's user is a lazy wrapper whose own __dict__ is another.
    if not hasattr(usuario, "_membresias"):
        usuario._membresias = list(usuario.membresias.all())
    return usuario._membresias
