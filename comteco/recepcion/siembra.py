"""First rows of the hall: its units and the routing table, as the procedure prints them."""

from datetime import date

from comteco.recepcion.models import Destino, Unidad
from postventa.tramitacion.siembra import leer

# The version in the file is "May 2018": the table holds since then.
DESDE = date(2018, 5, 1)
PREFIJOS = {"A": "V", "B": "P", "C": "R"}


def sembrar(empresas: dict) -> None:
    """Create the units and rows that are missing; never touch one that exists, in any version."""
    empresa = empresas["comteco"]
    datos = leer("comteco_direccionamiento.json")
    unidades = {}
    for fila in datos["unidades"]:
        codigo = fila.pop("codigo")
        unidades[codigo] = Unidad.objects.get_or_create(
            empresa=empresa, codigo=codigo, defaults=fila
        )[0]
    sembrados = set(Destino.objects.filter(empresa=empresa).values_list("codigo", flat=True))
    for fila in datos["destinos"]:
        if fila["codigo"] in sembrados:
            continue
        unidad = unidades[fila.pop("unidad")]
        Destino.objects.create(
            empresa=empresa,
            unidad=unidad,
            prefijo=PREFIJOS[fila["grupo"]],
            vigente_desde=DESDE,
            **fila,
        )
