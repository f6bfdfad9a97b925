"""Who may change what several companies count their time with."""

from postventa.calendario.models import Calendario, Jornada
from postventa.consola.alcances import usos
from postventa.consola.contexto import administra, membresias
from postventa.personas.models import Rol


def puede_editar(usuario, dato: Calendario | Jornada) -> bool:
    """An administrador of every company that uses it."""
    return usuario.is_superuser or (
        administra(usuario) and all(administra(usuario, e) for e in _empresas(dato))
    )


def puede_mover(usuario, dato: Calendario | Jornada) -> bool:
    """The same, in the whole of each company: what moves is not of one place."""
    if usuario.is_superuser:
        return True
    enteras = {
        m.empresa_id
        for m in membresias(usuario)
        if m.rol == Rol.ADMINISTRADOR and m.sede_id is None
    }
    return bool(enteras) and _empresas(dato) <= enteras


def _empresas(dato) -> set[int]:
    return usos(dato._meta.model_name).get(dato.pk, set())
