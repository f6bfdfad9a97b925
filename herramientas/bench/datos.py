"""What the measurements stand on: the shared rows, the demonstration's project and its people."""

from datetime import date
from uuid import uuid4

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from postventa.accesos import sesiones
from postventa.personas.models import Cliente, Usuario
from postventa.portal.sesion import CLAVE
from postventa.tramitacion import demo
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Observacion
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad

EMPRESA = "icalma"


def sembrar() -> Proyecto:
    """Companies, policies and holidays as an installation has them, and the demo's project."""
    call_command("cargar_base", verbosity=0, stdout=_Nada())
    return next(p for p in demo.cargar() if p.empresa.codigo == EMPRESA)


class _Nada:
    def write(self, texto):
        pass

    def flush(self):
        pass


def propietario(proyecto, n: int) -> tuple[Cliente, Unidad]:
    """An owner with a home of their own."""
    cliente = Cliente.objects.create(
        empresa=proyecto.empresa,
        tipo_documento="RUT",
        numero=f"{n}-M",
        nombre=f"Propietaria {n}",
        correo=f"p{n}@correo.example",
    )
    unidad = Unidad.objects.create(proyecto=proyecto, nombre=f"Medida {n}")
    Propiedad.objects.create(unidad=unidad, cliente=cliente, desde=date(2020, 1, 1))
    return cliente, unidad


def navegador(cliente, proyecto) -> Client:
    """A browser in which that owner came in; forged tokens are refused, as everywhere."""
    web = Client(enforce_csrf_checks=True)
    ahora = timezone.now().timestamp()
    sesion = web.session
    sesion[CLAVE] = {
        "cliente": cliente.pk,
        "empresa": cliente.empresa_id,
        "sede": proyecto.pk,
        "desde": ahora,
        "visto": ahora,
    }
    sesion.save()
    return web


def consola(usuario: str = "supervisor") -> Client:
    """The console as one of the demo's staff, with what its own door leaves in the session."""
    web = Client()
    web.force_login(Usuario.objects.get(username=usuario))
    sesion = web.session
    sesion[sesiones.CLAVE] = sesiones.marcas()
    sesion.save()
    return web


def observaciones(cantidad: int) -> list[Observacion]:
    return [
        Observacion(
            recinto="Living comedor",
            lugar="Muro norte",
            item=f"Pintura {n}",
            descripcion="Se ve una grieta larga junto a la ventana.",
        )
        for n in range(cantidad)
    ]


def ticket(cliente, unidad, cuantas: int = 3):
    return ingresar(unidad, cliente, observaciones(cuantas), nonce=uuid4())
