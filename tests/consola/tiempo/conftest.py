"""A Monday, a decree and the page that says what it moves."""

from datetime import date

import pytest

from postventa.calendario.models import Feriado


@pytest.fixture(autouse=True)
def lunes(a_las_diez):
    return a_las_diez


@pytest.fixture
def decreto(calendario_cl):
    return lambda dia=24: Feriado.objects.create(
        calendario=calendario_cl, fecha=date(2026, 11, dia), nombre="Decreto", fuente="prueba"
    )


@pytest.fixture
def url(calendario_cl):
    return f"/consola/calendario/calendario/{calendario_cl.pk}/mueve/"
