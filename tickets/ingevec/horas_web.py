"""The hours that an owner may choose by themselves: those of the term, and nothing else (R7)."""

from dataclasses import dataclass
from datetime import datetime

from postventa.tramitacion.errores import Conflicto
from tickets.ingevec.cupos import Cupo, ofrecer, siguiente
from tickets.ingevec.horas import pauta_del_proyecto
from tickets.ingevec.limites import por_que_no_mas
from tickets.ingevec.personas import que_visitan

SIN_PUBLICAR = "Su proyecto todavía no tiene publicadas sus horas de inspección."


class HoraPerdida(Conflicto):
    """Somebody took the hour that was chosen."""


@dataclass(frozen=True)
class Horas:
    """Free hours of the term in order, and in the owner's words why there is none."""

    cupos: tuple[Cupo, ...]
    por_que_no: str = ""

    @property
    def comienzos(self) -> list[datetime]:
        """Each start once: who goes is not the owner's to choose."""
        return list(dict.fromkeys(c.inicio for c in self.cupos))

    def en(self, inicia: datetime, persona=None) -> list[Cupo]:
        """Those that begin then, `persona`'s first."""
        iguales = [c for c in self.cupos if c.inicio == inicia]
        return sorted(iguales, key=lambda c: c.inspector != persona)

    def siguiente_a(self, inicia: datetime) -> datetime | None:
        """The start to put before who lost that one."""
        if not self.cupos:
            return None
        # Of nobody: the same hour with somebody else is still that hour.
        cupo = siguiente(Cupo(inicia, inicia, None), self)
        return cupo and cupo.inicio

    @property
    def todos(self) -> list[Cupo]:
        return list(self.cupos)


def horas_para(
    proyecto_id: int, llamada_en: datetime, ahora: datetime, salvo=None, cliente=None
) -> Horas:
    """What the web offers for a request made at `llamada_en`; `salvo`, the visit that is moved.

    With `cliente`, nothing more to that owner if they hold enough already.
    """
    pauta = pauta_del_proyecto(proyecto_id)
    if pauta is None:
        return Horas((), SIN_PUBLICAR)
    if cliente is not None and (dicho := por_que_no_mas(cliente, pauta, ahora)):
        return Horas((), dicho)
    oferta = ofrecer(pauta, llamada_en, ahora, salvo=salvo)
    if salvo is not None:
        return Horas(tuple(c for c in oferta.cupos if c.inicio != salvo.inicia_en))
    if not oferta.cupos and not que_visitan(pauta, "inspeccion"):
        return Horas((), SIN_PUBLICAR)
    return Horas(oferta.cupos, oferta.excepcion)
