"""DSC-IND: customers satisfied with the information given, each half-year (003:113-120).

Satisfied x 100 over customers attended; READ X-18 and D-10: 90 % or more is Bueno.
"""

import re
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

    @classmethod
    def leer(cls, texto: str) -> "Semestre | None":
        """Of `2026-2`; None of anything else."""
        dicho = re.fullmatch(r"(20[0-9]{2})-([12])", texto)
        return cls(int(dicho[1]), int(dicho[2])) if dicho else None

    @property
    def clave(self) -> str:
        return f"{self.anio}-{self.mitad}"

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
    # Of the answers, those that the desk wrote down.
    en_meson: int = 0

    @property
    def insatisfechos(self) -> int:
        return self.respondieron - self.satisfechos

    @property
    def callados(self) -> int:
        """Attended, and not a word: the formula counts them as not satisfied."""
        return self.atendidos - self.respondieron

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


# What each figure counts, among the numbers attended.
CUALES = {
    "atendidos": Q(),
    "respondieron": Q(satisfecho__isnull=False),
    "satisfechos": Q(satisfecho=True),
    "insatisfechos": Q(satisfecho=False),
    "callados": Q(satisfecho__isnull=True),
    "en_meson": Q(encuestada_por__isnull=False),
}


def atendidas(sedes, semestre: Semestre):
    """The numbers of the figure; who was sent on to another desk is counted there, once."""
    return Ficha.objects.filter(
        sede__in=sedes, estado=EstadoFicha.ATENDIDA, dia__range=semestre.dias
    )


def medir(sedes, semestre: Semestre) -> Medida:
    """The figure of those places."""
    suyas = atendidas(sedes, semestre).order_by()
    cuentas = suyas.aggregate(
        atendidos=Count("pk"),
        respondieron=Count("pk", filter=CUALES["respondieron"]),
        satisfechos=Count("pk", filter=CUALES["satisfechos"]),
        en_meson=Count("pk", filter=CUALES["en_meson"]),
    )
    return Medida(semestre, **cuentas)
