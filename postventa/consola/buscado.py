"""What was searched for, in the audit: it may name who complains of whoever reads it (0050)."""

from postventa.consola.alcances import vedados_de
from postventa.consola.busqueda import buscar, campos_de_caso
from postventa.expedientes.models import Expediente

CALLADO = "no está a tu vista"


def callar(cambios, usuario) -> list:
    """Those edits, without what others searched for that finds a case kept from the reader."""
    cambios = list(cambios)
    ajenos = [c for c in cambios if c.por_id != usuario.pk and hasattr(c, "reserva")]
    vedados = [pks for _, pks in vedados_de(usuario) if pks.exists()] if ajenos else []
    for cambio in ajenos if vedados else ():
        cambio.reserva.datos = {
            campo: CALLADO if _halla(vedados, str(dicho)) else dicho
            for campo, dicho in cambio.reserva.datos.items()
        }
    return cambios


def _halla(vedados, texto: str) -> bool:
    propios = (Expediente.objects.filter(pk__in=pks) for pks in vedados)
    return any(buscar(p, texto, campos_de_caso(), "cliente").exists() for p in propios)
