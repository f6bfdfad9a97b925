"""Two suspensions of one product registered at the same instant, on PostgreSQL, with a control."""

import pytest
from django.db.models import QuerySet

from comteco.procedimientos import suspensiones
from comteco.procedimientos.models import Tramite
from postventa.expedientes.models import Movimiento
from postventa.personas.models import Usuario
from postventa.tramitacion.acciones import tramitar
from tests.comteco.procedimientos.conftest import (
    LUNES_BO,
    camino,
    caminos,
    comteco,
    gente_comteco,
    plataforma,
    socio,
)
from tests.servicios.carreras import contar, correr
from tests.servicios.test_controles import una_vez

__all__ = ["camino", "caminos", "comteco", "gente_comteco", "plataforma", "socio"]

pytestmark = [pytest.mark.concurrencia, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def digitar(caminos):
    """Two requests of the same product, both at D7: each was the first when D3 looked."""
    hechos = []
    for _ in range(2):
        uno = caminos().abrir("D").paso("d1_verificar_cuentas").paso("d2_verificar_tramite")
        uno.paso("d3_revisar_primera_vez").paso("d5_informar_importe", "D7")
        datos = uno.datos("d7_digitar_suspension")

        def hacer(pk=uno.tramite.pk, datos=datos):
            tramitar(
                Tramite.objects.get(pk=pk), "d7_digitar_suspension",
                Usuario.objects.get(username="asesora"), ahora=LUNES_BO, **datos,
            )  # fmt: skip

        hechos.append(hacer)
    return hechos


@pytest.mark.regla("ASE-D7", "ASE-D3")
def test_dos_suspensiones_del_mismo_producto_a_la_vez_dejan_una(digitar):
    assert contar(correr(digitar)) == {"ok": 1, "DatosInvalidos": 1}
    assert Tramite.objects.filter(desde_el__isnull=False).count() == 1
    assert sorted(Tramite.objects.values_list("estado", flat=True)) == ["D7", "D8"]
    assert Movimiento.objects.filter(verbo="d7_digitar_suspension").count() == 1


def sin_candado(barrera):
    """Nobody locks, and both have counted the year's suspensions before either writes its own."""
    QuerySet.select_for_update = lambda self, *a, **k: self
    suspensiones.vigente_de = una_vez(barrera, suspensiones.vigente_de)


def test_control_sin_candado_quedan_las_dos(digitar):
    assert contar(correr(digitar, antes=sin_candado)) == {"ok": 2}
    assert Tramite.objects.filter(desde_el__isnull=False).count() == 2


@pytest.mark.regla("ASE-D7")
def test_el_mismo_tramite_dos_veces_a_la_vez_se_digita_una(digitar):
    assert contar(correr([digitar[0]] * 3)) == {"ok": 1, "Conflicto": 2}
    assert Movimiento.objects.filter(verbo="d7_digitar_suspension").count() == 1
