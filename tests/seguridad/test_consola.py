"""The staff's door and the queue behind it (TM-31, 39); TM-30 is in tests/accesos."""

import pickle
import re

import pytest
from django.test import Client
from kombu.exceptions import ContentDisallowed
from kombu.message import Message

from postventa.celery import app

ENTRADA = "/consola/login/"


def entrar(navegador, usuario, clave, **mas):
    return navegador.post(ENTRADA, {"username": usuario, "password": clave, **mas})


@pytest.mark.parametrize(
    "ajeno", ["https://malo.example/", "//malo.example", "javascript:x", "\\\\m"]
)
def test_entrar_no_lleva_a_otro_sitio(supervisor, client, ajeno):
    assert entrar(client, "rsepulveda", "clave-de-prueba", next=ajeno).url == "/consola/"


def test_clave_mala_y_usuario_que_no_existe_se_ven_igual(supervisor):
    def vista(usuario):
        respuesta = entrar(Client(), usuario, "mala")
        cuerpo = re.sub(r'value="\w*"', "", respuesta.content.decode())
        return respuesta.status_code, cuerpo

    assert vista("rsepulveda") == vista("nadie")


def test_entrada_de_otro_sitio_se_rechaza(supervisor):
    """CSRF on the login itself: nobody is logged in as somebody else."""
    navegador = Client(enforce_csrf_checks=True)
    assert entrar(navegador, "rsepulveda", "clave-de-prueba").status_code == 403
    assert "sessionid" not in navegador.cookies


def test_sesion_muere_al_desactivar_a_la_persona(supervisor, client):
    client.force_login(supervisor)
    assert client.get("/consola/").status_code == 200
    supervisor.is_active = False
    supervisor.save()
    assert client.get("/consola/").status_code == 302


def test_sesion_de_propietario_no_abre_la_consola_ni_al_reves(duenia, supervisor, client):
    assert duenia.get("/consola/").status_code == 302
    client.force_login(supervisor)
    assert client.get("/icalma/mis-requerimientos/").status_code == 302


CORRIO = []


class Veneno:
    def __reduce__(self):
        return (exec, (f"import sys; sys.modules[{__name__!r}].CORRIO.append(1)",))


def test_cola_no_abre_un_mensaje_pickle():
    """TM-39: what is not JSON is refused before it is decoded."""
    cuerpo = pickle.dumps(Veneno())
    mensaje = Message(
        body=cuerpo, content_type="application/x-python-serialize", content_encoding="binary",
        accept={"application/json"},
    )  # fmt: skip
    assert list(app.conf.accept_content) == ["json"]
    with pytest.raises(ContentDisallowed):
        mensaje.decode()
    assert CORRIO == []
    pickle.loads(cuerpo)  # the control: it would have run
    assert CORRIO == [1]
