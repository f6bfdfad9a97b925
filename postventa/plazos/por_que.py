"""Why a date is what it is: the day strip and the sentence of a clock, for its owner."""

from dataclasses import dataclass

from postventa.calendario.palabras import (
    DIAS,
    cantidad_en_palabras,
    dia_en_palabras,
    enumerar,
    vence_en_palabras,
)
from postventa.calendario.unidades import Motivo, Unidad
from postventa.plazos.calculo import calcular_plazo
from postventa.plazos.models import Plazo

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
    v = calculado.vencimiento
    vigente = calculado.vence_en == plazo.vence_en
    dias = v.dias if vigente else ()
    feriados = dict(v.feriados_saltados) if vigente else {}
    return PorQue(
        cantidad=cantidad_en_palabras(plazo.politica.cantidad, Unidad(plazo.politica.unidad)),
        vence=vence_en_palabras(plazo.vence_en, sede.tz),
        explicacion=plazo.explicacion,
        dias=tuple(_casillas(v, dias)) if len(dias) <= CASILLAS else (),
        saltados=_saltados(v, dias, feriados),
        proximo_feriado=_feriado(v.horario.proximo_feriado(v.fecha(v.vence))),
    )


def _casillas(v, dias):
    for fecha, motivo in dias:
        yield Casilla(
            DIAS[fecha.weekday()][:3].capitalize(),
            fecha.day,
            _rotulo(v, fecha, motivo),
            "no" if _no_cuenta(v, fecha, motivo) else "fin" if motivo == Motivo.VENCE else "",
        )


def _no_cuenta(v, fecha, motivo) -> bool:
    """A day off, or the day it was sent when the office did not open again that day."""
    return motivo in NO_CUENTAN or (motivo == Motivo.INICIO and fecha < v.fecha(v.inicio_efectivo))


def _rotulo(v, fecha, motivo) -> str:
    hora_inicio = v.desde.astimezone(v.horario.zona)
    if motivo in NO_CUENTAN:
        return NO_CUENTAN[motivo]
    if motivo == Motivo.INICIO:
        return f"Enviado {hora_inicio:%H:%M}"
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


def _feriado(fila) -> str:
    return f"{dia_en_palabras(fila[0])}, {fila[1]}" if fila else ""
