"""Legal warranty of a home (LGUC art. 18): a computation to read, never a rejection by itself."""

import calendar
from dataclasses import dataclass
from datetime import date

from tickets.inmuebles.models import ClaseElemento, Unidad

# Class of element -> (years, attribute of the unit the term is counted from). Dominio 10.1.
TERMINOS = {
    ClaseElemento.ESTRUCTURA: (10, "recepcion_definitiva_el"),
    ClaseElemento.CONSTRUCTIVO: (5, "recepcion_definitiva_el"),
    ClaseElemento.INSTALACION: (5, "recepcion_definitiva_el"),
    ClaseElemento.TERMINACION: (3, "inscripcion_el"),
    ClaseElemento.OTRO: (5, "recepcion_definitiva_el"),
}


@dataclass(frozen=True)
class Garantia:
    """Legal term of one element. `hasta_el` is None while the unit lacks the date."""

    clase: str
    anios: int
    desde_el: date | None
    hasta_el: date | None

    def esta_vencida(self, al: date) -> bool | None:
        """True if the term had run out on that date; None when it cannot be known."""
        return None if self.hasta_el is None else al > self.hasta_el

    def en_palabras(self, al: date) -> dict:
        """How the term stands on a date, to read before deciding; `vencida` as in
        `esta_vencida`."""
        vencida = self.esta_vencida(al)
        if vencida is None:
            cuando = "Faltan las fechas legales de la unidad"
        else:
            cuando = f"{'Vencida el' if vencida else 'Vigente hasta el'} {self.hasta_el:%d-%m-%Y}"
        return {
            "anios": self.anios,
            "vencida": vencida,
            "cuando": cuando,
            "desde": self.desde_el,
        }


def garantia_de(unidad: Unidad, clase: str) -> Garantia:
    """Return the legal term of a class of element in a unit."""
    anios, atributo = TERMINOS[ClaseElemento(clase or ClaseElemento.OTRO)]
    desde = getattr(unidad, atributo)
    return Garantia(clase, anios, desde, desde and _sumar_anios(desde, anios))


def _sumar_anios(fecha: date, anios: int) -> date:
    anio = fecha.year + anios
    ultimo = calendar.monthrange(anio, fecha.month)[1]
    return fecha.replace(year=anio, day=min(fecha.day, ultimo))
