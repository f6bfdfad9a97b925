"""From a policy, a place and an instant to a deadline: the only use of `habiles` for clocks."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from postventa.calendario.habiles import Vencimiento, calcular, restar
from postventa.calendario.horario import Horario
from postventa.calendario.servicio import horario_y_version
from postventa.calendario.unidades import PlazoInvalido
from postventa.plazos.models import PoliticaPlazo

log = logging.getLogger(__name__)

# What a Sede is read with, so that its calendar and hours ask nothing more.
DE_LA_SEDE = ("empresa__calendario", "empresa__jornada", "calendario_propio", "jornada_propia")


@dataclass(frozen=True)
class Calculado:
    """A deadline worked out. Instants are aware, UTC, whole seconds; `vence_en` is on time."""

    vencimiento: Vencimiento
    vence_en: datetime
    limite_en: datetime | None
    avisar_en: datetime | None
    version_calendario: str


def horario_del_lugar(lugar, jornada=None) -> Horario:
    """Return the business time of a Sede or an Empresa (`jornada` overrides its own)."""
    return _del_lugar(lugar, jornada)[0]


def _del_lugar(lugar, jornada) -> tuple[Horario, str]:
    """Whoever asks has read the place for what is being done now: its calendar and hours carry
    today's stamps, and are not asked for them again."""
    jornada = jornada or lugar.jornada
    return horario_y_version(lugar.calendario, jornada, lugar.zona, son_recientes=True)


def espera_de_apertura(lugar, ahora: datetime) -> datetime | None:
    """Next opening of a Sede or an Empresa; None if it is open now, or if it never opens."""
    try:
        abre = horario_del_lugar(lugar).proxima_apertura(ahora)
    except PlazoInvalido:
        # No office hours to wait for: late is worse than at night.
        log.warning("La jornada %s no abre nunca: el aviso sale ya", lugar.jornada.pk)
        return None
    return abre if abre > ahora else None


def calcular_plazo(
    politica: PoliticaPlazo, lugar, desde: datetime, horario: Horario | None = None
) -> Calculado:
    """Work out the deadline of `politica` at `lugar` (a Sede or an Empresa) from `desde`.

    ValueError, in Spanish, if the policy's amount does not fit its unit. `horario` replaces the
    place's own, for the calculator's extra holidays.
    """
    version = ""
    if horario is None:
        horario, version = _del_lugar(lugar, politica.jornada)
    previo = timedelta(seconds=1 if politica.es_estricto else 0)

    def hasta(cantidad):
        return calcular(
            horario,
            desde,
            cantidad,
            politica.unidad,
            rueda_a_apertura=politica.rueda_a_apertura,
        )

    v = hasta(politica.cantidad)
    limite = politica.limite_cantidad and hasta(politica.limite_cantidad).vence - previo
    return Calculado(
        vencimiento=v,
        vence_en=v.vence - previo,
        limite_en=limite or None,
        avisar_en=_avisar_en(politica, horario, v, previo),
        version_calendario=version,
    )


def avisar_antes_de(politica: PoliticaPlazo, lugar, vence_en: datetime, ahora: datetime):
    """When to warn of a date that was set by hand; None if that has passed already."""
    if not politica.aviso_cantidad:
        return None
    horario = horario_del_lugar(lugar, politica.jornada)
    avisar = restar(horario, vence_en, politica.aviso_cantidad, politica.aviso_unidad)
    return avisar if avisar > ahora else None


def anios_sin_feriados(calculado: Calculado) -> list[int]:
    """Years of the term for which the calendar has no holiday at all: it is counted without."""
    v = calculado.vencimiento
    ultimo = v.fecha(max(filter(None, (calculado.vence_en, calculado.limite_en))))
    return v.horario.anios_sin_feriados(v.fecha(v.desde).year, ultimo.year)


def _avisar_en(politica, horario, v, previo):
    """Instant of the warning, or None: one that falls before the start would warn of nothing."""
    if not politica.aviso_cantidad:
        return None
    avisar = restar(horario, v.vence - previo, politica.aviso_cantidad, politica.aviso_unidad)
    return avisar if avisar > v.desde else None
