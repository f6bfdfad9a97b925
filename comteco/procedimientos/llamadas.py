"""G) Which months of calls are asked for, and what they cost: only the past ones are paid."""

import re

from comteco.procedimientos.opciones import ComoPaga, Concepto
from comteco.procedimientos.requisitos import hoy
from comteco.procedimientos.tarifas import monto
from postventa.tramitacion.errores import DatosInvalidos

MES = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def revisar_meses(tramite, puerta, actor, datos):
    meses, actual = datos.get("meses") or [], mes_actual(tramite, puerta)
    if not meses or not all(MES.fullmatch(str(mes)) for mes in meses):
        raise DatosInvalidos({"meses": "Elige los meses que solicita."})
    if max(meses) > actual:
        raise DatosInvalidos({"meses": "Ese mes todavía no llega."})
    tramite.meses = datos["meses"] = sorted(set(meses))


def mes_actual(tramite, puerta) -> str:
    return f"{hoy(tramite, puerta):%Y-%m}"


def pasados(tramite, puerta) -> list[str]:
    return [mes for mes in tramite.meses if mes < mes_actual(tramite, puerta)]


def fijar_costo(tramite, puerta, actor, datos):
    """G3.1: this month has no cost. G3.2: past ones, so much each."""
    cuantos = len(pasados(tramite, puerta))
    if not cuantos:
        tramite.como_paga = datos["como_paga"] = ComoPaga.NADA
        return
    if datos.get("como_paga") not in (ComoPaga.AHORA, ComoPaga.RECURRENTE):
        raise DatosInvalidos({"como_paga": "Di si cancela ahora o con su factura."})
    tramite.como_paga = datos["como_paga"]
    tramite.importe = cuantos * monto(tramite, Concepto.DETALLE, hoy(tramite, puerta))
    datos["importe"] = tramite.importe
