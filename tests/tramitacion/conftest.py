"""A revision of clocks just asked for."""

from datetime import date
from uuid import uuid4

import pytest

from postventa.calendario.models import Feriado
from postventa.tramitacion.recalculo_masivo import huella, pedir
from tests.conftest import local

MEDIODIA = local("2026-11-23 12:00")


@pytest.fixture
def decretar(calendario_cl):
    def decretar(dia=24, nombre="Decreto"):
        return Feriado.objects.create(
            calendario=calendario_cl, fecha=date(2026, 11, dia), nombre=nombre, fuente="prueba"
        )

    return decretar


@pytest.fixture
def pedida(calendario_cl, jefe, decretar, camino):
    """Three cases with a clock each, a decree that moves them, and the revision just asked for."""

    def pedir_ya(casos=3, dato=calendario_cl):
        for _ in range(casos):
            camino.generar()
        decretar()
        return pedir(dato, jefe, "Decreto 123", huella(), uuid4(), MEDIODIA)[0]

    return pedir_ya
