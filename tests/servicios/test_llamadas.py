"""Two people at the intake at once, through the console's own pages."""

from uuid import uuid4

import pytest
from django.test import Client

from postventa.calendario import hora
from postventa.personas.models import Rol, Usuario
from tests.ingevec.conftest import LLAMADA
from tests.ingevec.telefonista import Telefonista
from tests.servicios.carreras import contar, correr
from tickets.ingevec.models import Solicitud

pytestmark = [pytest.mark.concurrencia, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def telefono(gente, pauta, depto, duenio):
    hora.fijar(LLAMADA)
    return Telefonista(gente[Rol.CALL_CENTER], depto)


def enviar(telefono, datos):
    """Another browser of the same person, which posts that form when all are released."""

    def hacer():
        web = Client()
        web.force_login(Usuario.objects.get(pk=telefono.persona.pk))
        respuesta = web.post(telefono.url, datos)
        if respuesta.status_code == 302:
            return respuesta.headers["Location"]
        return f"{respuesta.status_code} {respuesta.context['form']['cupo'].value()}"

    return hacer


def test_el_mismo_formulario_a_la_vez_es_una_llamada(telefono):
    datos = telefono.datos(cupo=telefono.horas()[0])
    resultado = correr([enviar(telefono, datos)] * 6)
    solicitud = Solicitud.objects.get()
    assert contar(resultado) == {f"/consola/ingevec/llamada/lista/{solicitud.pk}/": 6}


def test_una_hora_para_dos_llamadas_deja_una_y_ofrece_la_siguiente(telefono):
    elegida, siguiente = telefono.horas()[:2]
    formularios = [telefono.datos(nonce=uuid4(), cupo=elegida) for _ in range(4)]
    resultado = correr([enviar(telefono, datos) for datos in formularios])
    solicitud = Solicitud.objects.get()
    assert contar(resultado) == {
        f"/consola/ingevec/llamada/lista/{solicitud.pk}/": 1,
        f"409 {siguiente}": 3,
    }
