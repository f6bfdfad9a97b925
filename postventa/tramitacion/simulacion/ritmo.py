"""When things happen: seasons, business days and office hours of a place."""

from datetime import date, datetime, time, timedelta
from random import Random

from postventa.calendario.zonas import a_instante, epoca_local
from postventa.plazos.calculo import horario_del_lugar

# Monday to Sunday: people report what they saw on the weekend.
DIAS = (1.3, 1.1, 1.0, 1.0, 0.9, 0.45, 0.4)
FERIADO = 0.25
# How much more comes at the end than at the beginning: a company delivers more homes.
CRECE = 0.6
# So that something is going on at the end, whatever the years: these of each hundred come in the
# last days.
RECIENTES, DIAS_RECIENTES = 0.12, 24
HORAS = range(8, 23)
PESO_HORAS = (2, 4, 6, 6, 5, 3, 3, 4, 4, 4, 5, 6, 6, 4, 2)


def azar_de(*partes) -> Random:
    """Chance that only depends on those: a history repeats, and nothing secret hangs from it."""
    return Random(":".join(map(str, partes)))  # noqa: S311


class Ritmo:
    """Business time of a place, as whoever works there lives it."""

    def __init__(self, sede):
        self.horario = horario_del_lugar(sede)
        self.tz = self.horario.zona

    def dia(self, instante: datetime) -> date:
        return instante.astimezone(self.tz).date()

    def en(self, dia: date, reloj: time) -> datetime:
        return a_instante(epoca_local(dia, reloj, self.tz))

    def habil(self, azar: Random, desde: datetime, dias: int) -> datetime:
        """A moment of office time, that many business days after; of 0, later that day if it is
        still possible."""
        hoy = self.dia(desde)
        if dias == 0:
            for abre, cierra in self.horario.ventanas(hoy):
                primero = max(abre, desde + timedelta(minutes=6))
                if primero < cierra - timedelta(minutes=10):
                    return _entre(azar, primero, cierra)
            dias = 1
        for n in range(dias, dias + 10):
            ventanas = self.horario.ventanas(self.horario.sumar_habiles(hoy, n))
            if ventanas:
                return _entre(azar, *azar.choice(ventanas))
        raise ValueError(f"{self.horario} no abre nunca")

    def cualquiera(self, azar: Random, desde: datetime, dias: int) -> datetime:
        """A moment of somebody at home, that many calendar days after."""
        return max(
            self._en_casa(azar, self.dia(desde) + timedelta(days=dias)),
            desde + timedelta(minutes=azar.randint(20, 300)),
        )

    def _en_casa(self, azar: Random, dia: date) -> datetime:
        hora = azar.choices(HORAS, PESO_HORAS)[0]
        return self.en(dia, time(hora, azar.randrange(60), azar.randrange(60)))

    def llegadas(
        self, azar: Random, cuantas: int, desde: datetime, hasta: datetime, meses
    ) -> list[datetime]:
        """When that many cases come in, in order: by month, by weekday, fewer on holidays."""
        primero, ultimo = self.dia(desde), self.dia(hasta) - timedelta(days=1)
        dias = [primero + timedelta(days=n) for n in range((ultimo - primero).days + 1)]
        pesos = [self._peso(dia, n / len(dias), meses) for n, dia in enumerate(dias)]
        recientes = round(cuantas * RECIENTES) or (cuantas > 0)
        tramo = min(DIAS_RECIENTES, len(dias))
        elegidos = azar.choices(dias, pesos, k=cuantas - recientes)
        elegidos += azar.choices(dias[-tramo:], pesos[-tramo:], k=recientes)
        return sorted(self._en_casa(azar, dia) for dia in elegidos)

    def _peso(self, dia: date, avance: float, meses) -> float:
        peso = meses[dia.month - 1] * DIAS[dia.weekday()] * (1 + CRECE * avance)
        return peso * (FERIADO if dia in self.horario.feriados else 1)


def _entre(azar: Random, desde: datetime, hasta: datetime) -> datetime:
    segundos = int((hasta - desde).total_seconds())
    return (desde + timedelta(seconds=azar.randrange(max(segundos, 1)))).replace(microsecond=0)
