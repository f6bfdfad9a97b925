"""A submission: the final send of a request, beside the floor that leaves the same rows."""

import re
from itertools import count

from bench import datos
from bench.medidas import decir, por_turnos, razon, resumen
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postventa.calendario import hora
from postventa.plazos.models import Plazo
from tickets.icalma.borrador import BORRADORES
from tickets.inmuebles.models import Item

META = 1.3
TEXTO = "Se ve una grieta larga junto a la ventana."


def medir(proyecto, opciones) -> None:
    for cantidad in (1, 5):
        mesa = _Mesa(proyecto, cantidad)
        quienes = {"piso": mesa.enviar_piso, "postventa": mesa.enviar}
        tiempos = por_turnos(quienes, opciones.vueltas, 10, mesa.preparar)
        decir(
            "envio",
            observaciones=cantidad,
            ms=resumen(tiempos["postventa"]),
            piso_ms=resumen(tiempos["piso"]),
            razon=razon(tiempos["postventa"], tiempos["piso"]),
            razon_procesador=razon(tiempos["postventa"].propios, tiempos["piso"].propios),
            meta=META,
            sentencias={nombre: mesa.sentencias(nombre) for nombre in quienes},
        )


class _Mesa:
    """Each turn has an owner, a home and a filled draft of its own, made outside the time."""

    numero = count(1)

    def __init__(self, proyecto, cantidad):
        self.proyecto, self.cantidad = proyecto, cantidad
        item = Item.objects.select_related("lugar__recinto").first()
        self.nombres = {
            "recinto": item.lugar.recinto.nombre,
            "lugar": item.lugar.nombre,
            "item": item.nombre,
            "clase": item.clase,
        }

    def preparar(self, nombre) -> None:
        cliente, self.unidad = datos.propietario(self.proyecto, next(self.numero))
        self.web = datos.navegador(cliente, self.proyecto)
        self.url = f"/icalma/requerimiento/{self.unidad.pk}/revisar/"
        if nombre == "piso":
            pagina = self.web.get("/piso/").content.decode()
            self.form = {
                "unidad": self.unidad.pk,
                "cantidad": self.cantidad,
                "descripcion": TEXTO,
                "csrfmiddlewaretoken": _campo(pagina, "csrfmiddlewaretoken"),
            }
            return
        self._escribir(cliente)
        pagina = self.web.get(self.url).content.decode()
        campos = ("csrfmiddlewaretoken", "nonce", "huella")
        self.form = {campo: _campo(pagina, campo) for campo in campos}

    def _escribir(self, cliente) -> None:
        with BORRADORES.editar(cliente, self.unidad, hora.ahora()) as (borrador, _):
            for _n in range(self.cantidad):
                BORRADORES.agregar(borrador, {"descripcion": TEXTO}, nombres=self.nombres)

    def enviar(self) -> None:
        respuesta = self.web.post(self.url, self.form)
        if respuesta.status_code != 302 or not respuesta["Location"].endswith("/recibido/"):
            raise RuntimeError(f"el envío no entró: {respuesta.status_code}")

    def enviar_piso(self) -> None:
        respuesta = self.web.post("/piso/", self.form)
        if respuesta.status_code != 302:
            raise RuntimeError(f"el piso no entró: {respuesta.status_code}")

    def sentencias(self, nombre) -> int:
        """Statements of one whole request, without BEGIN and COMMIT."""
        self.preparar(nombre)
        antes = Plazo.objects.count()
        with CaptureQueriesContext(connection) as consultas:
            (self.enviar_piso if nombre == "piso" else self.enviar)()
        if Plazo.objects.count() != antes + 1:
            raise RuntimeError("el envío no abrió su plazo")
        return sum(not c["sql"].startswith(("BEGIN", "COMMIT")) for c in consultas)


def _campo(pagina: str, nombre: str) -> str:
    return re.search(rf'name="{nombre}" value="([^"]+)"', pagina)[1]
