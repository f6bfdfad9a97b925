"""Word of a reached limit, once an hour: whoever watches must not be flooded either."""

from collections.abc import Iterable
from datetime import datetime

from postventa.accesos.models import AlertaAcceso, Motivo
from postventa.personas.models import Usuario


def alertar(
    motivo: Motivo,
    de_donde: str,
    ahora: datetime,
    *,
    empresas: Iterable[int | None],
    usuario: Usuario | None = None,
) -> None:
    """Write one row per company for people to look at; `de_donde` is a hash, never an address."""
    AlertaAcceso.objects.bulk_create(
        [
            AlertaAcceso(
                empresa_id=empresa_id,
                motivo=motivo,
                usuario=usuario,
                clave=f"{motivo}:{empresa_id or ''}:{de_donde}:{ahora:%Y%m%d%H}",
                creado_en=ahora,
            )
            for empresa_id in empresas
        ],
        ignore_conflicts=True,
    )
