"""Somebody of the call centre at the console, as the page's own forms would post."""

import re
from uuid import uuid4

from django.test import Client

from postventa.avisos.models import Aviso
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Cliente
from postventa.plazos.models import Plazo
from postventa.visitas.models import Ocupacion, Visita
from tickets.ingevec.models import Requerimiento, Solicitud

SIN_URGENCIA = {f"u_{u}": "no" for u in ("agua", "gas", "luz", "otra")}


class Telefonista:
    """Their browser, on the calls of one home."""

    def __init__(self, persona, unidad):
        self.web, self.unidad, self.persona = Client(), unidad, persona
        self.web.force_login(persona)

    @property
    def url(self):
        return f"/consola/ingevec/llamada/{self.unidad.pk}/"

    def pagina(self, **consulta):
        return self.web.get(self.url, consulta)

    def horas(self, respuesta=None):
        """Values of the hours on the page, in order."""
        contexto = (respuesta or self.pagina()).context
        return [o.valor for d in contexto["dias"] for _, franja in d.franjas for o in franja]

    def datos(self, **cambios):
        duenios = [p.cliente for p in self.unidad.propiedades.select_related("cliente")]
        datos = {
            "nonce": uuid4(),
            "cuantas": "1",
            "canal": "fijo",
            "cliente": duenios[0].pk if duenios else "nueva",
            "llamante": "Héctor Saldías",
            "relacion": "propietario",
            "telefonos": "+56 9 7777 8888",
            "clase": "REQUERIMIENTO",
            "r1-descripcion": "Gotera bajo el lavaplatos",
            **SIN_URGENCIA,
            "guardar": "1",
            **cambios,
        }
        return {c: v for c, v in datos.items() if v is not None}

    def guardar(self, **cambios):
        if "cupo" not in cambios:
            cambios["cupo"] = self.horas()[0]
        return self.web.post(self.url, self.datos(**cambios))


def foto():
    """What a refused post must leave as it was."""
    return (
        list(Solicitud.objects.order_by("pk").values()),
        list(Requerimiento.objects.order_by("pk").values()),
        list(Visita.objects.order_by("pk").values()),
        list(Cliente.objects.order_by("pk").values()),
        list(Plazo.objects.order_by("pk").values()),
        Movimiento.objects.count(),
        Aviso.objects.count(),
        Ocupacion.objects.count(),
    )


def texto_de(respuesta):
    """What the page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", respuesta.content.decode()))
