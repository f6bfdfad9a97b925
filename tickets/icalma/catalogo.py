"""The catalogue that an owner chooses from: recinto -> lugar -> ítem, each with a way out."""

from dataclasses import dataclass

from postventa.calendario.palabras import enumerar
from tickets.inmuebles.models import ClaseElemento, Recinto

OTRO = "otro"


@dataclass(frozen=True)
class Catalogo:
    """The active catalogue of a company, read once (three queries)."""

    recintos: tuple

    @classmethod
    def de(cls, empresa) -> "Catalogo":
        filas = Recinto.objects.filter(empresa=empresa, es_activo=True)
        return cls(tuple(filas.prefetch_related("lugares__items")))

    def recinto(self, valor: str):
        """The recinto of a posted value; None if it is not of this catalogue."""
        return _con_pk(self.recintos, valor)

    def lugar(self, recinto, valor: str):
        return _con_pk(recinto.lugares.all(), valor) if recinto else None

    def item(self, lugar, valor: str):
        return _con_pk(lugar.items.all(), valor) if lugar else None

    def sin_mirar(self, nombres: set[str]) -> str:
        """Recintos of which nothing was reported yet, in words (I-05: forgotten ones need another
        ticket); "" if none."""
        faltan = [r.nombre for r in self.recintos if r.nombre not in nombres]
        return enumerar(faltan) if faltan else ""

    def en_json(self) -> list[dict]:
        """The whole tree for the page's script: it fills the lists without asking again."""
        return [
            {
                "id": str(r.pk),
                "nombre": r.nombre,
                "lugares": [
                    {
                        "id": str(lugar.pk),
                        "nombre": lugar.nombre,
                        "items": [{"id": str(i.pk), "nombre": i.nombre} for i in lugar.items.all()],
                    }
                    for lugar in r.lugares.all()
                ],
            }
            for r in self.recintos
        ]


def _con_pk(filas, valor: str):
    return next((f for f in filas if str(f.pk) == valor), None)


def clase_de(item) -> str:
    """Element class of a chosen item; what the owner wrote by hand belongs to none."""
    return item.clase if item else ClaseElemento.OTRO
