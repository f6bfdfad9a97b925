"""A member of staff with the visit on a phone."""

from postventa.documentos.actas import huella
from tests.inmuebles.telefono import TelefonoDeTerreno
from tickets.icalma.acta import contenido_del_acta
from tickets.icalma.models import Ticket

CONSERJERIA = {"conserje": "Luis Pino", "conserjeria_autoriza": "si"}
INGRESO = {
    "llegada": "09:58",
    "personal_identificado": "Rodrigo Sepúlveda, credencial",
    "recibe_rol": "propietario",
    **CONSERJERIA,
}
DIBUJO = "[[[10, 20], [30, 60], [80, 90]], [[100, 20], [140, 90]]]"
TRAZO = "M10 20L30 60L80 90M100 20L140 90"


class Telefono(TelefonoDeTerreno):
    """In a home of Icalma's."""

    tipo, modelo, partes = "icalma", Ticket, "observaciones"

    @property
    def ticket(self):
        return self.caso

    @property
    def obs(self):
        return self.las_partes()

    def aprobar(self, o, **datos):
        return self.hacer(f"decidir-{o.pk}", decision="aprobar", **datos)

    def rechazar(self, o, exclusion="E4", fundamento="Aireador con sarro", **datos):
        return self.hacer(
            f"decidir-{o.pk}",
            decision="rechazar",
            exclusion=exclusion,
            fundamento=fundamento,
            **datos,
        )

    def firmar(self, **datos):
        return self.postear("firma", json=True, **{**self.lo_firmado(), **datos})

    def lo_firmado(self):
        return {
            "firmante": "propietario",
            "nombre": "Camila Rojas Fuentealba",
            "leido": "on",
            "trazo": DIBUJO,
            "huella": huella(contenido_del_acta(self.ticket)),
        }
