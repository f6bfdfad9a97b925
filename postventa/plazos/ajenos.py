"""Clocks that are nobody's debt."""

from django.db.models import Q

from postventa.expedientes.salas import todas


def ajenos() -> Q:
    """Clocks (or their policies) whose end is an act of the room, the owner's silence: nobody's
    debt."""
    ajenos = Q(pk__in=[])
    for sala in todas():
        if codigos := [fila.codigo for fila in sala.al_vencer]:
            ajenos |= Q(empresa__codigo=sala.empresa, codigo__in=codigos)
    return ajenos
