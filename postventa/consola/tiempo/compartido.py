"""Who may change what several companies count their time with."""

from postventa.calendario.models import Calendario, Jornada
from postventa.consola.alcances import usos
from postventa.consola.contexto import enteras


def puede_editar(usuario, dato: Calendario | Jornada) -> bool:
    """An administrador of every company that uses it, whole: time is not of one place."""
    if usuario.is_superuser:
        return True
    propias = enteras(usuario)
    return bool(propias) and _empresas(dato) <= propias


def de_varias(dato: Calendario | Jornada) -> bool:
    """More than one company counts with it."""
    return len(_empresas(dato)) > 1


def _empresas(dato: Calendario | Jornada) -> set[int]:
    return usos(dato._meta.model_name).get(dato.pk, set())
