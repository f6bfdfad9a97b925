"""One case on its way: what its people do, each act at its own time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from postventa.tramitacion.acciones import anotar, tramitar
from postventa.tramitacion.simulacion.registro import Lugar, Mesa


class Historia:
    """Walks one case. `andar` yields the instant of its next act, and goes on when it has come.

    What is yielded is when somebody means to act: meanwhile others may have moved the case, so the
    case is read again before going on and each step looks at where it is.
    """

    canal = "consola"

    def __init__(self, mesa: Mesa, lugar: Lugar, azar: Random, cuando: datetime):
        self.mesa, self.lugar, self.azar, self.ahora = mesa, lugar, azar, cuando
        self.ritmo, self.gente = lugar.ritmo, lugar.gente
        self.caso = None

    def andar(self) -> Iterator[datetime]:
        raise NotImplementedError

    def releer(self) -> None:
        """The case as it is now."""
        if self.caso is not None:
            self.caso = type(self.caso).objects.get(pk=self.caso.pk)

    # --- acts

    def tramitar(self, objeto, verbo: str, por, canal: str = "", **datos) -> None:
        canal = canal or self.canal
        self.caso = tramitar(objeto, verbo, por, canal=canal, ahora=self.ahora, **datos)

    def anotar(self, objeto, que: str, por, canal: str = "", **datos) -> None:
        canal = canal or self.canal
        self.caso = anotar(objeto, que, por, canal=canal, ahora=self.ahora, **datos)

    def ademas(self, cuando: datetime, andar: Iterator[datetime]) -> None:
        """Somebody else acts meanwhile."""
        self.mesa.agendar(cuando, andar, self)

    # --- chance

    def suerte(self, de_cada_cien: float) -> bool:
        return self.azar.random() * 100 < de_cada_cien

    def clave(self) -> UUID:
        return UUID(int=self.azar.getrandbits(128), version=4)

    def demora(self, *pesos: float) -> int:
        """A number of days: 0 with the first weight, 1 with the second..."""
        return self.azar.choices(range(len(pesos)), pesos)[0]

    def oficina(self, dias: int) -> datetime:
        """A moment of office time, that many business days from now."""
        return self.ritmo.habil(self.azar, self.ahora, dias)

    def en_casa(self, dias: int) -> datetime:
        """A moment of somebody at home, that many days from now."""
        return self.ritmo.cualquiera(self.azar, self.ahora, dias)

    def minutos(self, desde: int, hasta: int) -> datetime:
        return self.ahora + timedelta(minutes=self.azar.randint(desde, hasta))
