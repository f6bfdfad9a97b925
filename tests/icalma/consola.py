"""A browser of one person on one ticket of the console."""

from uuid import uuid4

from django.test import Client

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Usuario
from postventa.plazos.models import Plazo
from postventa.visitas.models import Visita
from tests.conftest import LUNES, local, observaciones
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Ticket

VISITA = {"dia": "2026-11-24", "desde": "10:00", "hasta": "10:45"}
TRABAJO = {
    "dia": "2026-11-26",
    "desde": "09:30",
    "hasta": "13:00",
    "maestros": "Óscar Vidal, Nelson Catrileo",
}
PRESENTE = {"recibe_rol": "propietario"}
INGRESO = {
    "recibe_rol": "propietario",
    "personal_identificado": "Óscar Vidal, cédula",
    "conserje": "Luis Pino",
    "conserjeria_autoriza": "si",
}


class Consola:
    """A browser of one person on one ticket: posts each verb as the page's form would."""

    def __init__(self, persona, ticket):
        self.web, self.pk = Client(), ticket.pk
        self.web.force_login(persona)

    @property
    def ticket(self):
        return Ticket.objects.get(pk=self.pk)

    @property
    def visita(self):
        return self.ticket.ultima_visita()

    def url(self, objeto, pk, verbo):
        return f"/consola/icalma/ticket/{self.pk}/{objeto}/{pk}/{verbo}/"

    def postear(self, objeto, instancia, verbo, **datos):
        datos.setdefault("visto", self.ticket.cadena_largo)
        return self.web.post(self.url(objeto, instancia.pk, verbo), datos)

    def hacer(self, objeto, instancia, verbo, **datos):
        respuesta = self.postear(objeto, instancia, verbo, **datos)
        assert (respuesta.status_code, verbo) == (302, verbo), errores(respuesta)
        return self

    def pagina(self, consulta=""):
        return self.web.get(f"/consola/icalma/ticket/{self.pk}/change/{consulta}")

    def contactar(self):
        return self.hacer("ticket", self.ticket, "registrar_contacto", exito="si", medio="telefono")

    def coordinar(self):
        return self.hacer("ticket", self.ticket, "coordinar_inspeccion", **VISITA)

    def inspeccionar(self):
        hora.fijar(local("2026-11-24 10:00"))
        self.hacer("visita", self.visita, "iniciar", **PRESENTE)
        primera, segunda = self.ticket.observaciones.all()
        self.hacer("observacion", primera, "aprobar")
        self.hacer("observacion", segunda, "rechazar", exclusion="E4", fundamento="Tiene sarro")
        return self.hacer("visita", self.visita, "realizar")

    def coordinar_trabajo(self):
        primera = self.ticket.observaciones.first()
        return self.hacer(
            "ticket", self.ticket, "coordinar_trabajo", **TRABAJO, observaciones=[primera.pk]
        )

    def trabajar(self):
        hora.fijar(local("2026-11-26 09:30"))
        self.hacer("visita", self.visita, "iniciar", **INGRESO)
        self.hacer("observacion", self.ticket.observaciones.first(), "ejecutar", trabajo="Pintura")
        return self.hacer("visita", self.visita, "realizar")


def ticket_nuevo(unidad, cliente):
    """A ticket of two observations, sent at the hour of the first worked deadline."""
    hora.fijar(LUNES)
    return ingresar(unidad, cliente, observaciones(2), nonce=uuid4(), ahora=LUNES)


def errores(respuesta):
    contexto = respuesta.context or {}
    formulario = contexto.get("formulario")
    return formulario.errors if formulario else respuesta.content.decode()[:3000]


def de_jefe(consola):
    return Consola(Usuario.objects.get(username="mvaldes"), consola.ticket)


def foto():
    """What a refused post must leave as it was."""
    return (
        list(Ticket.objects.order_by("pk").values()),
        list(Visita.objects.order_by("pk").values()),
        Movimiento.objects.count(),
        Aviso.objects.count(),
        list(Plazo.objects.order_by("pk").values()),
    )
