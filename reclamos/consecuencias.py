"""Derived effects of CAPERA: what follows by itself, done by Sistema in the same transaction."""

from reclamos.flujo import EstadoReclamo as E


def al_callar(reclamo, datos):
    """C-T15: through SILENCIO into the closed register."""
    if reclamo.estado == E.SILENCIO:
        yield reclamo, "archivar_por_silencio", {}


CONSECUENCIAS = {("reclamo", "archivar_por_silencio"): al_callar}
