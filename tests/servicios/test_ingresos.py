"""Fifty N° de Ingreso at once: 1 to 50 without gaps or repeats, with the control of the lock."""

from uuid import uuid4

import pytest
from django.db import connection

from postventa.expedientes.models import Correlativo
from postventa.tramitacion import acciones
from postventa.tramitacion.acciones import tramitar
from reclamos import ingreso
from reclamos.models import Reclamo
from tests.reclamos.conftest import FORMULARIO, JUEVES, capera, caseta, denunciante, plantel
from tests.servicios.carreras import contar, correr

__all__ = ["capera", "caseta", "denunciante", "plantel"]

pytestmark = [pytest.mark.concurrencia, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def formalizados(caseta, denunciante, plantel):
    """That many complaints that wait for their number."""

    def hacer(cuantos):
        casos = []
        for _ in range(cuantos):
            caso = ingreso.recibir(
                caseta, denunciante, plantel.vendedora, nonce=uuid4(), canal="correo",
                clase="RECLAMO", ahora=JUEVES,
            )  # fmt: skip
            tramitar(caso, "formalizar", plantel.vendedora, ahora=JUEVES, **FORMULARIO)
            casos.append(caso.pk)
        return casos

    return hacer


def numerar(pk, legal):
    def hacer():
        caso = tramitar(Reclamo.objects.get(pk=pk), "numerar", legal, ahora=JUEVES)
        return caso.numero_ingreso

    return hacer


@pytest.mark.regla("C-06")
def test_cincuenta_ingresos_a_la_vez_son_del_1_al_50(formalizados, plantel):
    casos = formalizados(50)
    dados = correr([numerar(pk, plantel.legal) for pk in casos])
    assert sorted(dados) == [f"{n:04d}-2026" for n in range(1, 51)]
    guardados = Reclamo.objects.order_by("ingreso_numero").values_list("ingreso_numero", flat=True)
    assert list(guardados) == list(range(1, 51))
    assert Correlativo.objects.get(serie="capera-ingreso-2026").ultimo == 50


def test_quien_se_arrepiente_devuelve_el_numero_aunque_otros_esperen(formalizados, plantel):
    casos = formalizados(20)

    def fallar(pk):
        def hacer():
            def caer(tramite):
                raise RuntimeError

            acciones._salir = caer
            tramitar(Reclamo.objects.get(pk=pk), "numerar", plantel.legal, ahora=JUEVES)

        return hacer

    tareas = [
        fallar(pk) if n % 4 == 0 else numerar(pk, plantel.legal) for n, pk in enumerate(casos)
    ]
    dados = correr(tareas)
    assert contar(dados)["RuntimeError"] == 5
    numeros = sorted(d for d in dados if d != "RuntimeError")
    assert numeros == [f"{n:04d}-2026" for n in range(1, 16)]


def sin_candado_del_contador(barrera):
    """Who reads the last number and writes the next one, as if nobody else did."""
    faltan = [True]

    def leer_y_escribir(reclamo, anio):
        serie = f"{reclamo.empresa.codigo}-ingreso-{anio}"
        fila = Correlativo.objects.filter(serie=serie).first()
        if faltan and faltan.pop():
            barrera.wait(20)
        numero = (fila.ultimo if fila else 0) + 1
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO expedientes_correlativo (serie, ultimo) VALUES (%s, %s) "
                "ON CONFLICT (serie) DO UPDATE SET ultimo = EXCLUDED.ultimo",
                [serie, numero],
            )
        return numero

    from reclamos import actos

    actos.numero_de_ingreso = leer_y_escribir


def test_control_sin_el_candado_del_contador_todos_toman_el_mismo(formalizados, plantel):
    casos = formalizados(8)
    dados = correr([numerar(pk, plantel.legal) for pk in casos], antes=sin_candado_del_contador)
    # The second net, the unique number, leaves only one standing: the race was real.
    assert contar(dados) == {"0001-2026": 1, "IntegrityError": 7}
