"""What follows in CAPERA when a mail will never arrive."""

from postventa.calendario import hora
from postventa.personas.actores import SISTEMA
from postventa.tramitacion.acciones import anotar
from reclamos.anotaciones import archivada
from reclamos.models import Reclamo


def ingreso_sin_entregar(aviso) -> None:
    """RF-18: the duty of C-07 is owed again, and legal knows."""
    reclamo = Reclamo.objects.get(pk=aviso.expediente_id)
    if not archivada(reclamo, hora.ahora()):
        # The mail was written at the instant that counted as told.
        datos = {"del_aviso_de": aviso.creado_en}
        anotar(reclamo, "no_llego_ingreso", SISTEMA, canal="sistema", **datos)
