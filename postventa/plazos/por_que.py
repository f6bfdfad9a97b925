"""Why a date is what it is: the day strip and the sentence of a clock, for its owner."""

from dataclasses import dataclass, replace

from postventa.calendario.palabras import (
    DIAS,
    cantidad_en_palabras,
    dia_en_palabras,
    enumerar,
    explicar,
    vence_en_palabras,
)
from postventa.calendario.unidades import Motivo, Unidad
from postventa.plazos.calculo import Calculado, calcular_plazo
from postventa.plazos.models import Plazo, PoliticaPlazo

CASILLAS = 15
NO_CUENTAN = {
    Motivo.FIN_DE_SEMANA: "No cuenta",
    Motivo.FERIADO: "Feriado",
    Motivo.CERRADO: "Cerrado",
}


@dataclass(frozen=True)
class Casilla:
    """One day of the strip. `clase` is `no`, `fin` or nothing."""

    dia: str
    numero: int
    rotulo: str
    clase: str = ""


@dataclass(frozen=True)
class PorQue:
    """The answer to "why this date?" of one clock."""

    cantidad: str
    vence: str
    explicacion: str
    dias: tuple[Casilla, ...]
    saltados: str
    proximo_feriado: str


def por_que(plazo: Plazo, sede) -> PorQue:
    """Explain a clock. The strip is left out if the calendar was edited since it started: what
    was promised then stands, in its own words."""
    calculado = calcular_plazo(plazo.politica, sede, plazo.inicia_en)
    if calculado.vence_en == plazo.vence_en:
        return replace(
            explicado(plazo.politica, calculado, "Enviado"), explicacion=plazo.explicacion
        )
    return PorQue(
        cantidad=_cantidad(plazo.politica),
        vence=vence_en_palabras(plazo.vence_en, sede.tz),
        explicacion=plazo.explicacion,
        dias=(),
        saltados="",
        proximo_feriado=_feriado(calculado.vencimiento),
    )


def explicado(politica: PoliticaPlazo, calculado: Calculado, inicio="Empieza") -> PorQue:
    """Explain a term that was just worked out; `inicio` is what happened on its first day."""
    v = calculado.vencimiento
    return PorQue(
        cantidad=_cantidad(politica),
        vence=vence_en_palabras(calculado.vence_en, v.horario.zona),
        explicacion=explicar(v, es_estricto=politica.es_estricto),
        dias=tuple(_casillas(v, v.dias, inicio)) if len(v.dias) <= CASILLAS else (),
        saltados=_saltados(v, v.dias, dict(v.feriados_saltados)),
        proximo_feriado=_feriado(v),
    )


def _cantidad(politica) -> str:
    return cantidad_en_palabras(politica.cantidad, Unidad(politica.unidad))


def _casillas(v, dias, inicio):
    for fecha, motivo in dias:
        yield Casilla(
            DIAS[fecha.weekday()][:3].capitalize(),
            fecha.day,
            _rotulo(v, fecha, motivo, inicio),
            "no" if _no_cuenta(v, fecha, motivo) else "fin" if motivo == Motivo.VENCE else "",
        )


def _no_cuenta(v, fecha, motivo) -> bool:
    """A day off, or the day it was sent when the office did not open again that day."""
    return motivo in NO_CUENTAN or (motivo == Motivo.INICIO and fecha < v.fecha(v.inicio_efectivo))


def _rotulo(v, fecha, motivo, inicio) -> str:
    hora_inicio = v.desde.astimezone(v.horario.zona)
    if motivo in NO_CUENTAN:
        return NO_CUENTAN[motivo]
    if motivo == Motivo.INICIO:
        return f"{inicio} {hora_inicio:%H:%M}"
    if motivo == Motivo.EMPIEZA:
        return f"Desde {v.inicio_efectivo.astimezone(v.horario.zona):%H:%M}"
    if motivo == Motivo.VENCE:
        return f"Hasta {v.vence.astimezone(v.horario.zona):%H:%M}"
    return "Cuenta"


def _saltados(v, dias, feriados) -> str:
    """Days left out, named: `sábado 21 y domingo 22 de noviembre; martes 8 ... (Inmaculada)`."""
    nombres = [
        dia_en_palabras(fecha) + (f" ({feriados[fecha]})" if fecha in feriados else "")
        for fecha, motivo in dias
        if _no_cuenta(v, fecha, motivo)
    ]
    return enumerar(nombres) if nombres else ""


def _feriado(v) -> str:
    fila = v.horario.proximo_feriado(v.fecha(v.vence))
    return f"{dia_en_palabras(fila[0])}, {fila[1]}" if fila else ""
