"""A history moved by whole weeks: each due date asked of the calendar anew.

Weekdays and hours of the wall stay. A week in which it could not have gone the same way (a visit on
a holiday, an act that would now come before or after a term that it did not) is not used.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from postventa.calendario.palabras import explicar
from postventa.calendario.zonas import a_instante, epoca_local
from postventa.plazos.calculo import avisar_antes_de, calcular_plazo, horario_del_lugar
from postventa.plazos.models import ABIERTOS, EstadoPlazo, Plazo
from postventa.tramitacion.simulacion.molde import Molde, Paso

UN_SEGUNDO = timedelta(seconds=1)
CALCULADOS = ("inicia_en", "inicio_efectivo_en", "vence_en", "limite_en", "avisar_en")


@dataclass
class Tiempos:
    """From each instant of a mould to that of its copy."""

    molde: Molde
    dias: int
    tz: ZoneInfo
    anclas: dict[datetime, datetime]
    plazos: dict[int, dict]
    hasta: datetime
    corte: Paso | None = None

    def instante(self, t: datetime | None) -> datetime | None:
        if t is None:
            return None
        if t not in self.anclas:
            self.anclas[t] = _mover(t, self.dias, self.tz)
        return self.anclas[t]

    def fecha(self, dia: date | None) -> date | None:
        return dia and dia + timedelta(days=self.dias)


def _mover(t: datetime, dias: int, tz: ZoneInfo) -> datetime:
    local = t.astimezone(tz)
    pared = local.time().replace(microsecond=0)
    return a_instante(epoca_local(local.date() + timedelta(days=dias), pared, tz))


def mover(molde: Molde, semanas: int, demora: timedelta, hasta: datetime) -> Tiempos | None:
    """The copy's instants, its first `demora` later; None if it could not have gone the same."""
    sede = molde.lugar.sede
    tiempos = Tiempos(molde, semanas * 7, sede.tz, {}, {}, hasta)
    primero = tiempos.instante(molde.creado_en)
    siguiente = next((t for t in molde.instantes if t > molde.creado_en), None)
    if siguiente:
        demora = min(demora, (siguiente - molde.creado_en) / 2)
    tiempos.anclas[molde.creado_en] = (primero + demora).replace(microsecond=0)
    if tiempos.anclas[molde.creado_en] > hasta or not _en_dias_habiles(molde, tiempos):
        return None
    for plazo in _ultimos_plazos(molde):
        tiempos.plazos[plazo["id"]] = _recalcular(molde, tiempos, plazo, sede)
    if not _del_mismo_lado(molde, tiempos) or _ambiguos(tiempos):
        return None
    tiempos.corte = _cortar(molde, tiempos, hasta)
    return tiempos


def _ultimos_plazos(molde: Molde) -> list[dict]:
    filas = molde.ultimo.filas[Plazo].values()
    return sorted(filas, key=lambda p: (p["inicia_en"], p["codigo"], p["ordinal"]))


def _en_dias_habiles(molde: Molde, tiempos: Tiempos) -> bool:
    """What somebody did on a working day is done on one."""
    horario = horario_del_lugar(molde.lugar.sede)
    tz = tiempos.tz
    for t in molde.instantes:
        if t in molde.debidos:
            continue
        nuevo = tiempos.instante(t)
        if horario.es_habil(t.astimezone(tz).date()) and not horario.es_habil(
            nuevo.astimezone(tz).date()
        ):
            return False
    return True


def _recalcular(molde: Molde, tiempos: Tiempos, plazo: dict, sede) -> dict:
    """The clock as the house would open it at its new instant."""
    inicia = tiempos.instante(plazo["inicia_en"])
    continua = next(
        (
            p
            for p in _ultimos_plazos(molde)
            if (p["codigo"], p["inicia_en"]) == (plazo["codigo"], plazo["inicia_en"])
            and p["ordinal"] == plazo["ordinal"] - 1
        ),
        None,
    )
    if plazo["es_pactado"]:
        campos = {
            "inicia_en": inicia,
            "inicio_efectivo_en": tiempos.instante(plazo["inicio_efectivo_en"]),
            "vence_en": tiempos.instante(plazo["vence_en"]),
            "limite_en": None,
        }
        prometido = tiempos.instante(continua["detenido_en"])
        politica = molde.politicas[plazo["politica_id"]]
        campos["avisar_en"] = avisar_antes_de(politica, sede, campos["vence_en"], prometido)
    elif continua:
        campos = {c: tiempos.plazos[continua["id"]][c] for c in CALCULADOS}
        campos["explicacion"] = tiempos.plazos[continua["id"]]["explicacion"]
        campos["avisar_en"] = campos["avisar_en"] if plazo["avisar_en"] else None
    else:
        politica = molde.politicas[plazo["politica_id"]]
        c = calcular_plazo(politica, sede, inicia)
        campos = {
            "inicia_en": c.vencimiento.desde,
            "inicio_efectivo_en": c.vencimiento.inicio_efectivo,
            "vence_en": c.vence_en,
            "limite_en": c.limite_en,
            "avisar_en": c.avisar_en,
            "explicacion": explicar(c.vencimiento, es_estricto=politica.es_estricto),
        }
    for campo in ("vence_en", "limite_en", "avisar_en"):
        if plazo[campo] and campos[campo]:
            tiempos.anclas[plazo[campo]] = campos[campo]
    tiempos.anclas[plazo["vence_en"] + UN_SEGUNDO] = campos["vence_en"] + UN_SEGUNDO
    return campos


def _del_mismo_lado(molde: Molde, tiempos: Tiempos) -> bool:
    """Every act comes before or after each term and each warning as it did, and in its order."""
    nuevos = [tiempos.instante(t) for t in molde.instantes]
    if any(a > b for a, b in zip(nuevos, nuevos[1:], strict=False)):
        return False
    for plazo in _ultimos_plazos(molde):
        suyo = tiempos.plazos[plazo["id"]]
        if bool(plazo["avisar_en"]) != bool(suyo["avisar_en"]):
            return False
        for campo in ("vence_en", "avisar_en"):
            if plazo[campo] and bisect_right(molde.instantes, plazo[campo]) != bisect_right(
                nuevos, suyo[campo]
            ):
                return False
    return True


def escritos(tiempos: Tiempos) -> Iterator[tuple[str, str]]:
    """The dates that the mould's texts spell out, and how the copy's do."""
    for forma, valor, texto in tiempos.molde.escritos:
        es_instante = isinstance(valor, datetime)
        otro = tiempos.instante(valor) if es_instante else tiempos.fecha(valor)
        yield texto, forma(otro, tiempos.tz)


def _ambiguos(tiempos: Tiempos) -> bool:
    """The same words would have to be written in two ways: two dates that were one part."""
    vistos = {}
    return any(vistos.setdefault(texto, otro) != otro for texto, otro in escritos(tiempos))


def _cortar(molde: Molde, tiempos: Tiempos, hasta: datetime) -> Paso:
    """The last step that has come by then."""
    hechos = [paso for paso in molde.pasos if tiempos.instante(paso.en) <= hasta]
    return hechos[-1] if hechos else molde.pasos[0]


def poner_plazo(fila: dict, tiempos: Tiempos) -> None:
    """Write on a clock's row what the calendar says, and how it stands at the end."""
    fila |= tiempos.plazos[fila["id"]]
    if fila["estado"] not in ABIERTOS:
        fila["proximo_en"] = None
        return
    vence, avisar = fila["vence_en"], fila["avisar_en"]
    fila["advertido_en"] = fila["vencido_en"] = None
    if avisar and avisar <= tiempos.hasta:
        fila["advertido_en"] = avisar
    if vence < tiempos.hasta:
        fila |= {
            "estado": EstadoPlazo.VENCIDO,
            "vencido_en": vence + UN_SEGUNDO,
            "proximo_en": None,
        }
    elif fila["advertido_en"]:
        fila |= {"estado": EstadoPlazo.ADVERTIDO, "proximo_en": vence + UN_SEGUNDO}
    else:
        fila |= {"estado": EstadoPlazo.CORRIENDO, "proximo_en": avisar or vence + UN_SEGUNDO}
