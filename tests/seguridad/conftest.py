"""The attackers' browsers: a stranger, and two owners who are neighbours."""

from datetime import date

import pytest
from django.test import Client

from postventa.calendario import hora
from postventa.personas.models import Cliente
from tests.conftest import LUNES, Camino
from tests.icalma.conftest import en_sesion
from tickets.inmuebles.models import Propiedad, Unidad


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "adjuntos"
    return settings.MEDIA_ROOT


@pytest.fixture
def es_lunes(db):
    hora.fijar(LUNES)


@pytest.fixture
def duenia(cliente, proyecto, catalogo, es_lunes):
    """The owner's browser, already in. A fault of ours is an answer here, not an exception."""
    navegador = en_sesion(cliente, proyecto)
    navegador.raise_request_exception = False
    return navegador


@pytest.fixture
def vecino(icalma, proyecto):
    """Owner of the flat next door."""
    persona = Cliente.objects.create(
        empresa=icalma,
        numero="12874593-9",
        nombre="Francisca Jara Bustos",
        correo="francisca@correo.example",
    )
    suya = Unidad.objects.create(
        proyecto=proyecto,
        nombre="Torre B, depto. 705",
        recepcion_definitiva_el=date(2023, 3, 14),
        inscripcion_el=date(2024, 6, 9),
    )
    Propiedad.objects.create(unidad=suya, cliente=persona, desde=date(2024, 6, 9))
    return persona


@pytest.fixture
def de_vecino(vecino, proyecto, catalogo, es_lunes):
    navegador = en_sesion(vecino, proyecto)
    navegador.raise_request_exception = False
    return navegador


@pytest.fixture
def camino_vecino(vecino, supervisor, jefe):
    return Camino(Unidad.objects.get(nombre="Torre B, depto. 705"), vecino, supervisor, jefe)


@pytest.fixture
def nadie(db):
    """A browser of whom nothing is known."""
    return Client(raise_request_exception=False)
