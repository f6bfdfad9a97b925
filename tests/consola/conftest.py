"""People of the console and a second company whose every word is a canary."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.expedientes.bitacora import anotar_cambio
from postventa.personas.models import Cliente, Membresia, Rol, Usuario
from postventa.plazos.models import PoliticaPlazo
from tests.conftest import LUNES, Camino, local
from tickets.inmuebles.models import Item, Lugar, Propiedad, Proyecto, Recinto, Unidad

CANARIO = "KANARIO"


def personal(usuario, empresa, *roles, **mas):
    persona = Usuario.objects.create_user(
        usuario, f"{usuario}@personal.example", "clave-de-prueba", is_staff=True, **mas
    )
    for rol in roles:
        Membresia.objects.create(usuario=persona, empresa=empresa, rol=rol)
    return persona


def entrar(persona) -> Client:
    cliente = Client()
    cliente.force_login(persona)
    return cliente


@pytest.fixture
def a_las_diez(db):
    """The product's clock at the Monday of the worked example."""
    return hora.fijar(LUNES)


@pytest.fixture
def poner_hora(db):
    return lambda texto: hora.fijar(local(texto))


@pytest.fixture
def administradora(icalma):
    return personal("admina", icalma, Rol.ADMINISTRADOR)


@pytest.fixture
def raiz(db):
    return Usuario.objects.create_superuser("raiz", "raiz@personal.example", "clave-de-prueba")


@pytest.fixture
def otra(calendario_cl, jornada_icalma):
    """A whole second company, with a ticket: no word of it may show to the first."""
    empresa = Empresa.objects.create(
        codigo="kanario",
        nombre=f"{CANARIO} empresa",
        pais="CL",
        zona="America/Santiago",
        calendario=calendario_cl,
        jornada=jornada_icalma,
        prefijo_folio="KAN",
        remitente="a@kanario.example",
    )
    for codigo in ("contacto", "coordinar_trabajo", "consulta", "objecion"):
        PoliticaPlazo.objects.create(
            empresa=empresa,
            codigo=codigo,
            nombre=f"{CANARIO} {codigo}",
            cantidad=48,
            unidad="horas_habiles",
        )
    supervisora = personal("kanario", empresa, Rol.SUPERVISOR, first_name=CANARIO)
    proyecto = Proyecto.objects.create(
        empresa=empresa, codigo="kan", nombre=f"{CANARIO} torre", supervisor=supervisora
    )
    unidad = Unidad.objects.create(proyecto=proyecto, nombre=f"{CANARIO} 101")
    cliente = Cliente.objects.create(
        empresa=empresa, numero="11111111-1", nombre=f"{CANARIO} dueña", correo="k@kanario.example"
    )
    Propiedad.objects.create(unidad=unidad, cliente=cliente, desde=date(2020, 1, 1))
    recinto = Recinto.objects.create(empresa=empresa, nombre=f"{CANARIO} cocina")
    lugar = Lugar.objects.create(recinto=recinto, nombre=f"{CANARIO} muro")
    item = Item.objects.create(lugar=lugar, nombre=f"{CANARIO} llave", clase="otro")
    camino = Camino(unidad, cliente, supervisora, None).generar()
    cambio = anotar_cambio(empresa, unidad, "crear", supervisora, LUNES, {"nombre": [CANARIO, ""]})
    return SimpleNamespace(
        empresa=empresa,
        supervisora=supervisora,
        proyecto=proyecto,
        unidad=unidad,
        cliente=cliente,
        recinto=recinto,
        lugar=lugar,
        item=item,
        ticket=camino.ticket,
        camino=camino,
        cambio=cambio,
        aviso=Aviso.objects.filter(empresa=empresa).first(),
        politica=PoliticaPlazo.objects.filter(empresa=empresa).first(),
    )
