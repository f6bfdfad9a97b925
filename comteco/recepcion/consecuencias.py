"""Derived effects of the hall: a number is born of the step that gives it."""

from comteco.recepcion.flujo import EstadoFicha
from comteco.recepcion.models import Ficha
from comteco.recepcion.turnos import hay_meson


def al_entregar(atencion, datos):
    """Activity 8, "ficha de atención según corresponda": where somebody calls it."""
    destino = atencion.destino
    if destino.prefijo and hay_meson(atencion.sede_id, destino.unidad, destino.prefijo):
        nueva = Ficha(atencion=atencion, unidad=destino.unidad, prefijo=destino.prefijo)
        yield nueva, "emitir", {}


def al_derivar(ficha, datos):
    """Another number, of the same letter, at the unit that goes on."""
    if ficha.estado == EstadoFicha.DERIVADA:
        nueva = Ficha(
            atencion=ficha.atencion,
            unidad=ficha.deriva_a,
            prefijo=ficha.prefijo,
            viene_de=ficha,
        )
        yield nueva, "emitir", {}


CONSECUENCIAS = {
    ("atencion", "entregar_ficha"): al_entregar,
    ("ficha", "derivar"): al_derivar,
}
