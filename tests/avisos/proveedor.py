"""A provider that takes every mail and gives each a name of its own."""

from itertools import count

from anymail.backends.test import EmailBackend as DePrueba
from anymail.message import AnymailRecipientStatus


class EmailBackend(DePrueba):
    def parse_recipient_status(self, response, payload, message):
        if not hasattr(type(self), "_numeros"):
            type(self)._numeros = count(1)
        nombre = f"<envio-{next(type(self)._numeros)}@proveedor.example>"
        return {
            a.addr_spec: AnymailRecipientStatus(message_id=nombre, status="sent")
            for a in payload.params["to"]
        }
