"""The days go by: each act at its time, and the sweep wherever something is due between two."""

import heapq
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from postventa.plazos.models import ABIERTOS, Plazo
from postventa.sentencias import Lectura
from postventa.tramitacion import barrido
from postventa.tramitacion.errores import Rechazo
from postventa.tramitacion.simulacion.correos import Cartero
from postventa.tramitacion.simulacion.historia import Historia

log = logging.getLogger(__name__)
# Reminders and digests have no clock of their own: somebody looks every so often.
RONDA = timedelta(hours=3)
# Its own sign of life: that of the process that sweeps each minute is not its to give.
NOMBRE = "simulacion"
UN_SEGUNDO = timedelta(seconds=1)
# Asked before every act: written once.
_PRIMERO = Lectura(
    lambda: (
        Plazo.objects.filter(proximo_en__isnull=False, estado__in=ABIERTOS)
        .order_by("proximo_en")
        .values_list("proximo_en")[:1]
    )
)


class Marcha:
    """A queue of what is to happen, from `desde` to `hasta`; nothing after."""

    def __init__(self, desde: datetime, hasta: datetime, al_pasar: Callable[["Marcha"], None]):
        self.ahora, self.hasta, self.al_pasar = desde, hasta, al_pasar
        self.cartero = Cartero()
        self.ronda = desde + RONDA
        self.cola, self.turno, self.hechos, self.tropiezos = [], 0, 0, []

    def agendar(self, cuando: datetime, andar: Iterator[datetime], historia: Historia) -> None:
        if cuando <= self.hasta:
            self.turno += 1
            heapq.heappush(self.cola, (cuando, self.turno, andar, historia))

    def correr(self) -> None:
        while self.cola:
            cuando, _, andar, historia = heapq.heappop(self.cola)
            self._avanzar(cuando)
            historia.ahora = self.ahora
            self._seguir(andar, historia)
            self.al_pasar(self)
        self._avanzar(self.hasta)
        self.cartero.terminar(self.hasta)

    def _seguir(self, andar, historia) -> None:
        """One turn of a history. What the house refuses ends it: it stays as it is."""
        self.hechos += 1
        historia.releer()
        try:
            cuando = next(andar, None)
        except Rechazo as rechazo:
            log.warning("%s se detuvo: %s", historia.caso, rechazo)
            self.tropiezos.append((str(historia.caso), str(rechazo)))
            return
        if cuando is not None:
            self.agendar(max(cuando, self.ahora + UN_SEGUNDO), andar, historia)

    def _avanzar(self, hasta: datetime) -> None:
        """Sweep at every instant at which something is due up to then."""
        while (debido := min(self._debido(), self.ronda)) <= hasta:
            self.ahora = max(self.ahora, debido)
            if barrido.barrer(self.ahora, NOMBRE):
                self.al_pasar(self)
            if self.ahora >= self.ronda:
                self.cartero.repartir(self.ahora)
                self.ronda = self.ahora + RONDA
        self.ahora = max(self.ahora, hasta)

    def _debido(self) -> datetime:
        return next(iter(_PRIMERO.todas()), (self.hasta + RONDA,))[0]
