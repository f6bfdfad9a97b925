"""PostgreSQL itself refuses to change the audit (TM-33)."""

import pytest
from django.db import DatabaseError, connection, transaction

from postventa.expedientes.bitacora import anotar_cambio
from postventa.expedientes.models import CambioMaestro, Movimiento, MovimientoDetalle
from tests.conftest import LUNES

pytestmark = [
    pytest.mark.servicios,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the guard is PostgreSQL's"),
]


@pytest.fixture(params=[Movimiento, CambioMaestro])
def filas(request, camino):
    camino.generar()
    anotar_cambio(None, camino.jefe, "editar", camino.jefe, LUNES, {})
    MovimientoDetalle.objects.all().delete()
    return request.param.objects.all()


def test_base_no_deja_editar_la_bitacora(filas):
    with pytest.raises(DatabaseError, match="solo admite agregar filas"), transaction.atomic():
        filas.update(por=None)


def test_base_no_deja_borrar_de_la_bitacora(filas):
    with pytest.raises(DatabaseError, match="solo admite agregar filas"), transaction.atomic():
        filas._raw_delete(filas.db)


def test_base_deja_olvidar_los_datos_personales(camino):
    camino.generar()
    assert MovimientoDetalle.objects.all().delete()[0] == 1
