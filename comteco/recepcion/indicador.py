"""DSC-IND: customers satisfied with the information given, each half-year (003:113-120).

Satisfied x 100 over customers attended; READ X-18 and D-10: 90 % or more is Bueno.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from comteco.recepcion.flujo import EstadoFicha
from comteco.recepcion.models import Ficha

BUENO = 90


@dataclass(frozen=True)
class Semestre:
    """Half a year: `mitad` is 1 or 2."""

    anio: int
    mitad: int

    @classmethod
    def de(cls, dia: date) -> "Semestre":
        return cls(dia.year, 1 if dia.month <= 6 else 2)

    @property
    def anterior(self) -> "Semestre":
        return Semestre(self.anio, 1) if self.mitad == 2 else Semestre(self.anio - 1, 2)

    @property
    def dias(self) -> tuple[date, date]:
        if self.mitad == 1:
            return date(self.anio, 1, 1), date(self.anio, 6, 30)
        return date(self.anio, 7, 1), date(self.anio, 12, 31)

    def __str__(self):
        return f"{'Primer' if self.mitad == 1 else 'Segundo'} semestre de {self.anio}"


@dataclass(frozen=True)
class Medida:
    semestre: Semestre
    atendidos: int
    respondieron: int
    satisfechos: int

    @property
    def tiene_datos(self) -> bool:
        return self.atendidos > 0

    @property
    def porcentaje(self) -> float | None:
        return self.satisfechos * 100 / self.atendidos if self.tiene_datos else None

    @property
    def parametro(self) -> str:
        """Compared in whole numbers: 90 % is 90 %."""
        if not self.tiene_datos:
            return "sin datos"
        return "Bueno" if self.satisfechos * 100 >= BUENO * self.atendidos else "Bajo"


def medir(sedes, semestre: Semestre) -> Medida:
    """The figure of those places; who was sent on to another desk is counted there, once."""
    atendidas = Ficha.objects.filter(
        sede__in=sedes, estado=EstadoFicha.ATENDIDA, dia__range=semestre.dias
    ).order_by()
    cuentas = atendidas.aggregate(
        atendidos=Count("pk"),
        respondieron=Count("pk", filter=Q(satisfecho__isnull=False)),
        satisfechos=Count("pk", filter=Q(satisfecho=True)),
    )
    return Medida(semestre, **cuentas)
