"""Clocks as people read them: time left in words and a tone, always computed from now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from postventa.calendario.horario import Horario
from postventa.calendario.palabras import (
    cantidad_en_palabras,
    dia_en_palabras,
    duracion_en_palabras,
    duracion_habil_en_palabras,
    fecha_corta,
    vence_en_palabras,
)
from postventa.calendario.unidades import Unidad
from postventa.plazos.calculo import horario_del_lugar
from postventa.plazos.models import ABIERTOS, EstadoPlazo, Plazo

UN_DIA = timedelta(days=1)


@dataclass(frozen=True)
class Reloj:
    """One clock on a page. `tono` is corre, alerta, mal, ok or empty (cancelled)."""

    plazo: Plazo
    que: str
    dura: str
    falta: str
    tono: str
    icono: str
    transcurrido: int
    total: int
    vence: str
    detenido: str


def tono_de(vence_en: datetime, ahora: datetime, avisar_en: datetime | None = None) -> str:
    """Red once it is late, amber from its warning on (or from a day before), else quiet."""
    if vence_en < ahora:
        return "mal"
    return "alerta" if (avisar_en or vence_en - UN_DIA) <= ahora else "corre"


def falta(horario: Horario, ahora: datetime, vence_en: datetime, unidad, empieza) -> str:
    """What is left of a clock, or has gone by: the same words on its case and on every list."""
    palabras = duracion_habil_en_palabras(horario, ahora, vence_en, Unidad(unidad), empieza)
    return f"Vencido h{palabras[1:]}" if vence_en < ahora else palabras


def horario_en(sede, jornada=None):
    """Business time of a place, asked once per page: it is remembered on the row in hand."""
    horarios = sede.__dict__.setdefault("_horarios", {})
    clave = jornada.pk if jornada else None
    if clave not in horarios:
        horarios[clave] = horario_del_lugar(sede, jornada)
    return horarios[clave]


def relojes_de(plazos: list[Plazo], sede, ahora: datetime) -> list[Reloj]:
    """The clocks of one case: running ones first, the most urgent ahead."""
    ordenados = sorted(plazos, key=lambda p: (p.estado not in ABIERTOS, p.vence_en))
    # An extension is the next ordinal of the same clock, with the date that was told.
    nuevas = {(p.codigo, p.ordinal - 1): p.vence_en for p in plazos if p.es_pactado}
    return [_reloj(p, sede, ahora, nuevas.get((p.codigo, p.ordinal))) for p in ordenados]


def _reloj(plazo, sede, ahora, hasta_el=None) -> Reloj:
    abierto = plazo.estado in ABIERTOS
    hasta = ahora if abierto else plazo.detenido_en
    total = max(int((plazo.vence_en - plazo.inicia_en).total_seconds()), 1)
    transcurrido = max(int((hasta - plazo.inicia_en).total_seconds()), 0)
    tono, icono, palabras = (
        _corriendo(plazo, sede, ahora) if abierto else _detenido(plazo, transcurrido)
    )
    if hasta_el and plazo.estado == EstadoPlazo.CANCELADO:
        dia = dia_en_palabras(hasta_el.astimezone(sede.tz).date())
        icono, palabras = "calendario", f"Prorrogado hasta el {dia}"
    return Reloj(
        plazo=plazo,
        que=plazo.politica.nombre,
        dura=cantidad_en_palabras(plazo.politica.cantidad, plazo.politica.unidad),
        falta=palabras,
        tono=tono,
        icono=icono,
        transcurrido=min(transcurrido, total),
        total=total,
        vence=vence_en_palabras(plazo.vence_en, sede.tz),
        detenido="" if abierto else fecha_corta(plazo.detenido_en, sede.tz, ahora),
    )


def _corriendo(plazo, sede, ahora):
    tono = tono_de(plazo.vence_en, ahora, plazo.avisar_en)
    politica = plazo.politica
    horario = horario_en(sede, politica.jornada)
    palabras = falta(horario, ahora, plazo.vence_en, politica.unidad, plazo.inicio_efectivo_en)
    return tono, "alerta" if tono == "mal" else "reloj", palabras


def _detenido(plazo, transcurrido):
    if plazo.estado == EstadoPlazo.CUMPLIDO:
        return "ok", "visto", f"Cumplido en {duracion_en_palabras(transcurrido)}"
    if plazo.estado == EstadoPlazo.CUMPLIDO_TARDE:
        tarde = int((plazo.detenido_en - plazo.vence_en).total_seconds())
        return "mal", "alerta", f"Cumplido {duracion_en_palabras(tarde)} tarde"
    return "", "pausa", "Cancelado"
