"""A member of staff with the visit on a phone."""

from uuid import uuid4

from django.test import Client

from postventa.documentos.actas import huella
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


class Telefono:
    """Posts each act of a visit as the on-site screen would."""

    def __init__(self, persona, visita):
        self.web, self.pk, self.caso = Client(), visita.pk, visita.expediente_id
        self.web.force_login(persona)

    @property
    def ticket(self):
        return Ticket.objects.get(pk=self.caso)

    @property
    def visita(self):
        return self.ticket.visitas.get(pk=self.pk)

    @property
    def obs(self):
        return list(self.ticket.observaciones.all())

    def url(self, accion=""):
        base = f"/consola/icalma/visita/{self.pk}/terreno/"
        return f"{base}{accion}/" if accion else base

    def pagina(self):
        return self.web.get(self.url())

    def postear(self, accion, json=False, **datos):
        datos.setdefault("visto", self.ticket.cadena_largo)
        datos.setdefault("clave", str(uuid4()))
        mas = {"headers": {"Accept": "application/json"}} if json else {}
        return self.web.post(self.url(accion), datos, **mas)

    def hacer(self, accion, **datos):
        respuesta = self.postear(accion, json=True, **datos)
        assert (respuesta.status_code, accion) == (200, accion), respuesta.content.decode()[:2000]
        return respuesta.json()

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
