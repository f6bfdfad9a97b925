"""A row of each of the hall's models, as if another company kept its own hall there."""

from comteco.recepcion.models import (
    Atencion,
    Destino,
    Ficha,
    Funcionario,
    Meson,
    SalaDeEspera,
    Unidad,
)
from tests.conftest import LUNES


def filas_de_la_sala(otra, palabra):
    """`otra` is the second company of the console's tests; every text says `palabra`."""
    sede, dia = otra.unidad.proyecto, LUNES.date()
    unidad = Unidad.objects.create(empresa=otra.empresa, codigo="u", nombre=palabra)
    Funcionario.objects.create(unidad=unidad, nombre=palabra)
    destino = Destino.objects.create(
        empresa=otra.empresa, codigo="d", grupo="A", pedido=palabra, unidad=unidad,
        prefijo="V", vigente_desde=dia,
    )  # fmt: skip
    SalaDeEspera.objects.create(sede=sede)
    meson = Meson.objects.create(
        sede=sede, codigo=palabra, unidad=unidad, prefijos="V", atiende=otra.supervisora
    )
    atencion = Atencion.objects.create(
        tipo="comteco_sala", folio=f"{palabra[:3].upper()}-S20261123-0001", empresa=otra.empresa,
        sede=sede, cliente=otra.cliente, canal="sala", estado="END_FICHA", etapa="END_FICHA",
        situacion="CERRADO", creado_en=LUNES, destino=destino, tema=palabra, pendientes=palabra,
    )  # fmt: skip
    Ficha.objects.create(
        atencion=atencion, sede=sede, unidad=unidad, meson=meson, prefijo="V", numero=1, dia=dia,
        estado="LLAMADA", emitida_en=LUNES, llamada_en=LUNES,
    )  # fmt: skip
