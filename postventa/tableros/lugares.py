"""The business time of each place of a company, read with its stamps in one row each."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from postventa.calendario.horario import Horario
from postventa.calendario.models import Calendario, Jornada
from postventa.calendario.servicio import horario_de, horario_sellado


def medida_de_la_sede():
    """Text of a Sede that `Lugar.leer` reads: how its time is counted."""
    partes = (
        Coalesce("calendario_propio_id", "empresa__calendario_id"),
        Coalesce("jornada_propia_id", "empresa__jornada_id"),
        Coalesce(NullIf("zona_propia", Value("")), "empresa__zona", output_field=CharField()),
        Coalesce("calendario_propio__sello", "empresa__calendario__sello"),
        Coalesce("jornada_propia__sello", "empresa__jornada__sello"),
    )
    textos = [Cast(parte, TextField()) for parte in partes]
    separados = [pieza for texto in textos for pieza in (texto, Value("|"))][:-1]
    return Concat(*separados, output_field=TextField())


@dataclass(frozen=True)
class Lugar:
    """How a place counts its time."""

    calendario: int
    jornada: int
    zona: str
    sello_calendario: str
    sello_jornada: str

    @classmethod
    def leer(cls, texto: str) -> "Lugar":
        calendario, jornada, *resto = texto.split("|")
        return cls(int(calendario), int(jornada), *resto)

    @cached_property
    def horario(self) -> Horario:
        return horario_sellado(
            self.calendario,
            self.jornada,
            ZoneInfo(self.zona),
            UUID(self.sello_calendario),
            UUID(self.sello_jornada),
        )

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zona)


class Lugares:
    """The places in hand, by their id."""

    def __init__(self, por_sede: dict[int, Lugar]):
        self.por_sede = por_sede
        self._otros: dict[tuple, Horario] = {}

    @classmethod
    def de(cls, sedes: QuerySet) -> "Lugares":
        filas = sedes.order_by().values_list("pk", medida_de_la_sede())
        return cls({pk: Lugar.leer(texto) for pk, texto in filas})

    def horario(self, sede_id: int, jornada_id: int | None = None) -> Horario:
        """Business time of a place; of a clock with hours of its own, with those."""
        lugar = self.por_sede[sede_id]
        if jornada_id in (None, lugar.jornada):
            return lugar.horario
        clave = lugar.calendario, jornada_id, lugar.zona
        if clave not in self._otros:
            calendario = Calendario.objects.get(pk=lugar.calendario)
            jornada = Jornada.objects.get(pk=jornada_id)
            self._otros[clave] = horario_de(calendario, jornada, lugar.zona)
        return self._otros[clave]

    def grupos(self) -> dict[Lugar, list[int]]:
        """Places that count alike, the most numerous first."""
        grupos: dict[Lugar, list[int]] = {}
        for sede_id, lugar in sorted(self.por_sede.items()):
            grupos.setdefault(lugar, []).append(sede_id)
        return dict(sorted(grupos.items(), key=lambda par: -len(par[1])))
