"""The weeks of a board, and which of them may already be stored."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from postventa.calendario.semanas import SEMANA, comienzo, lunes, lunes_de, semanas_entre

# A transaction that began before the week was over has ended by then: nothing of that week is
# still on its way (no request and no task lives that long).
GRACIA = timedelta(hours=1)
LARGOS = (4, 8, 13, 26, 52)
HABITUAL = 8


@dataclass(frozen=True)
class Periodo:
    """Whole weeks from the Monday `desde` up to `hasta`, not included."""

    desde: date
    hasta: date

    @property
    def semanas(self) -> list[date]:
        return semanas_entre(self.desde, self.hasta)

    @property
    def ultimo_dia(self) -> date:
        return self.hasta - timedelta(days=1)

    def contiene(self, semana: date) -> bool:
        return self.desde <= semana < self.hasta

    def instantes(self, zona: ZoneInfo) -> tuple[datetime, datetime]:
        """First instant, and the first that is no longer of it."""
        return comienzo(self.desde, zona), comienzo(self.hasta, zona)

    def __str__(self):
        return f"{self.desde}_{self.ultimo_dia}"


def leer(texto: str) -> Periodo | None:
    """`2026-10-05_2026-11-29` as the weeks that those dates touch; None if it says nothing good."""
    try:
        desde, hasta = (date.fromisoformat(parte) for parte in texto.split("_"))
        if not (date(2000, 1, 1) <= desde <= hasta <= date(2100, 1, 1)):
            return None
    except ValueError:
        return None
    return Periodo(lunes(desde), lunes(hasta) + SEMANA)


def de_semanas(cuantas: int, hasta: date) -> Periodo:
    """That many weeks, the last of them that of `hasta`."""
    fin = lunes(hasta) + SEMANA
    return Periodo(fin - cuantas * SEMANA, fin)


def primera_viva(ahora: datetime, zona: ZoneInfo) -> date:
    """The first week that is counted anew each time: this one, and at first the one before it."""
    return lunes_de(ahora - GRACIA, zona)
