"""People at the portal's door: the owner, a neighbour, and how one comes in."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from postventa.personas.models import Cliente
from postventa.portal.codigos import codigo_de
from postventa.portal.models import Desafio
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad

ACCESO = "/icalma/acceso/"
CODIGO = "/icalma/codigo/"
MIOS = "/icalma/mis-requerimientos/"


def pedir(navegador, proyecto, numero="16.482.937-5", siguiente="", **extra):
    """Send the access form."""
    datos = {"sede": proyecto.pk, "numero": numero, "next": siguiente}
    return navegador.post(ACCESO, datos, **extra)


def ultimo_codigo():
    """The code that the last mail would carry."""
    return codigo_de(Desafio.objects.latest("creado_en").pk)


def entrar(navegador, proyecto, numero="16.482.937-5"):
    """Come in with a code, as the owner of that document."""
    pedir(navegador, proyecto, numero)
    respuesta = navegador.post(CODIGO, {"codigo": ultimo_codigo()})
    assert respuesta.status_code == 302, respuesta.content.decode()
    return navegador


@pytest.fixture
def duenia(client, proyecto, cliente):
    """The owner's browser, already in."""
    return entrar(client, proyecto)


@pytest.fixture
def otro_proyecto(icalma, supervisor, jefe):
    return Proyecto.objects.create(
        empresa=icalma, codigo="otro", nombre="Edificio Alto Quilín", supervisor=supervisor
    )


@pytest.fixture
def vecina(icalma, proyecto):
    """Owner of the flat next door."""
    unidad = Unidad.objects.create(
        proyecto=proyecto,
        nombre="Torre B, depto. 705",
        recepcion_definitiva_el=date(2023, 3, 14),
        inscripcion_el=date(2024, 6, 9),
    )
    persona = Cliente.objects.create(
        empresa=icalma,
        tipo_documento="RUT",
        numero="12874593-9",
        nombre="Francisca Jara Bustos",
        correo="francisca@correo.example",
    )
    Propiedad.objects.create(unidad=unidad, cliente=persona, desde=date(2024, 6, 9))
    return persona


@pytest.fixture
def navegador_vecina(proyecto, vecina):
    return entrar(Client(), proyecto, "12.874.593-9")


def url(nombre, *args):
    return reverse(f"portal:{nombre}", args=["icalma", *args])
