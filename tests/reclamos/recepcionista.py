"""Somebody of the staff at the reception's screen, as its own form would post."""

from uuid import uuid4

from django.test import Client

from postventa.avisos.models import Aviso
from postventa.expedientes.models import Adjunto, Correlativo, Movimiento
from postventa.personas.models import Cliente
from postventa.plazos.models import Plazo
from reclamos.models import Constancia, Reclamo
from reclamos.toma.pagina import url_de

BASE = "/consola/capera/recepcion/"


class Recepcionista:
    """Their browser, on the reception of one person on file (or of a new one)."""

    def __init__(self, persona, sede, cliente=None):
        self.web, self.persona, self.sede, self.cliente = Client(), persona, sede, cliente
        self.web.force_login(persona)

    @property
    def url(self):
        return url_de(self.persona, self.cliente.pk) if self.cliente else f"{BASE}nueva/"

    def pagina(self, **consulta):
        return self.web.get(self.url, consulta)

    def datos(self, **cambios):
        datos = {
            "nonce": uuid4(),
            "canal": "telefono",
            "sede": self.sede.pk,
            "clase": "RECLAMO",
            "es_consumidor": "si",
            "origen": "externa",
            "motivo": "El lote no es el del contrato",
            "hechos": "Faltan 12 metros cuadrados.",
            "ocurrio_el": "2026-11-20",
            "lugar": "Urbanización Los Algarrobos",
            "bien": "producto",
            "como": "formalizar",
            "leido": "on",
            "reclamante": "Rosa Chunga Silva",
            "informado": "on",
            "guardar": "1",
            **cambios,
        }
        return {c: v for c, v in datos.items() if v is not None}

    def guardar(self, **cambios):
        return self.web.post(self.url, self.datos(**cambios))


def foto_de_todo():
    """What a refused post must leave as it was."""
    return (
        list(Reclamo.objects.order_by("pk").values()),
        list(Cliente.objects.order_by("pk").values()),
        list(Plazo.objects.order_by("pk").values()),
        list(Correlativo.objects.order_by("pk").values()),
        Constancia.objects.count(),
        Movimiento.objects.count(),
        Aviso.objects.count(),
        Adjunto.objects.count(),
    )
