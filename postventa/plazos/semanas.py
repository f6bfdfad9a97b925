"""What can still change the figures of a week that is over leaves a mark, in its transaction.

The boards keep past weeks computed. Nothing of what happens on time touches one, so nobody pays for
them there: only a clock that moves once it was due, or a case that changes hands, says which week
must be counted anew. A mark locks nothing and is one row.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from postventa.calendario.semanas import comienzo, lunes_de
from postventa.plazos.models import Plazo, SemanaTocada


def tocar(empresa_id: int, instantes: Iterable[datetime]) -> None:
    """Mark the weeks in which those instants fall: they are told apart by who counts them."""
    marcas = [SemanaTocada(empresa_id=empresa_id, de_en=i) for i in dict.fromkeys(instantes)]
    if marcas:
        SemanaTocada.objects.bulk_create(marcas)


def tocar_vencidos(plazos: Iterable[Plazo], ahora: datetime) -> None:
    """Mark the weeks of those of the clocks that were due already."""
    por_empresa: dict[int, list] = {}
    for plazo in plazos:
        if plazo.vence_en <= ahora:
            por_empresa.setdefault(plazo.empresa_id, []).append(plazo.vence_en)
    for empresa_id, instantes in por_empresa.items():
        tocar(empresa_id, instantes)


def tocar_las_de(caso, plazos: Iterable[Plazo], ahora: datetime) -> None:
    """Mark every week that is over in which something of a case counts: it changed hands."""
    tz = ZoneInfo(caso.empresa.zona)
    esta = comienzo(lunes_de(ahora, tz), tz)
    instantes = [plazo.vence_en for plazo in plazos]
    if caso.creado_en < esta:
        instantes += caso.movimientos.values_list("ocurrido_en", flat=True)
    tocar(caso.empresa_id, {comienzo(lunes_de(i, tz), tz) for i in instantes if i < esta})
