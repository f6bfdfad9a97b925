"""What follows by itself for the visits of a case, whatever the company."""

from postventa.visitas.flujo import EstadoVisita as V


def dejar_la_anterior(caso, datos):
    """Another hour was agreed: the visit that had one ends as moved."""
    nueva = caso.ultima_visita()
    for visita in caso.visitas.all():
        if visita.estado == V.COORDINADA and visita.pk != nueva.pk:
            yield visita, "reprogramar", {"motivo": datos.get("motivo", "")}


def terminar_la_de_hoy(caso, datos):
    """The visit that fell short ends as held; the new one is already in its place."""
    # Read at once: what is yielded is done before the next one is looked at.
    for visita in [v for v in caso.visitas.all() if v.estado == V.EN_CURSO]:
        yield visita, "realizar", {}


def terminar_las_visitas(caso, motivo: str):
    """The case ends: what was agreed is cancelled, what goes on ends as held."""
    for visita in caso.visitas.all():
        if visita.estado == V.COORDINADA:
            yield visita, "cancelar", {"motivo": motivo}
        elif visita.estado == V.EN_CURSO:
            yield visita, "realizar", {}
