"""The same reception sent twice at once by staff is one complaint, with the control of the lock."""

from uuid import uuid4

import pytest
from django.db.models import QuerySet

from postventa.calendario import hora
from postventa.personas.models import Cliente
from reclamos.models import Constancia, Reclamo
from reclamos.toma import guardar
from tests.reclamos.conftest import JUEVES, capera, caseta, denunciante, plantel
from tests.reclamos.recepcionista import Recepcionista
from tests.servicios.carreras import contar, correr

__all__ = ["capera", "caseta", "denunciante", "plantel"]

pytestmark = [pytest.mark.concurrencia, pytest.mark.django_db(transaction=True)]

NUEVA = {"nombre": "Marisol Vilela Ruiz", "telefono": "+51 969 333 444"}
QUIENES = {
    "con ficha": None,
    "nueva": NUEVA | {"tipo_documento": "DNI", "numero": "41234567"},
    "sin documento": NUEVA | {"tipo_documento": "", "numero": "", "como": "recibir"},
}


@pytest.fixture
def envio(caseta, plantel, denunciante):
    """One form, with its key, and whoever sends it: where it led, and with which status."""
    hora.fijar(JUEVES)

    def hacer(quien):
        mesa = Recepcionista(plantel.vendedora, caseta, denunciante if quien is None else None)
        datos = mesa.datos(nonce=str(uuid4()), **(quien or {}))

        def enviar():
            respuesta = mesa.web.post(mesa.url, datos)
            return respuesta.status_code, respuesta.headers.get("Location", "")

        return enviar

    return hacer


@pytest.mark.parametrize("quien", QUIENES)
def test_la_misma_recepcion_a_la_vez_es_un_reclamo(envio, quien):
    habia = Cliente.objects.count()
    resultado = correr([envio(QUIENES[quien])] * 3)
    reclamo = Reclamo.objects.get()
    assert contar(resultado) == {(302, f"/consola/capera/recepcion/lista/{reclamo.pk}/"): 3}
    assert reclamo.avisos.count() == 1
    assert Constancia.objects.count() == (quien != "sin documento")
    assert Cliente.objects.count() == habia + (quien != "con ficha")


def sin_candado(barrera):
    """The control: nobody waits for the other, and both have looked before either writes."""
    QuerySet.select_for_update = lambda self, *a, **k: self
    mirar, veces = guardar._repetida, []

    def mirar_los_dos(*datos):
        visto = mirar(*datos)
        veces.append(visto)
        if len(veces) == 2:
            barrera.wait(10)
        return visto

    guardar._repetida = mirar_los_dos


def test_control_sin_candado_el_segundo_no_encuentra_el_primero(envio):
    resultado = correr([envio(None)] * 2, antes=sin_candado)
    # Only the key's own index, the second net, left one; and one of them was told a conflict.
    assert sorted(status for status, _ in resultado) == [302, 409]
    assert Reclamo.objects.count() == 1
