"""The customer's session runs on real time: the tests move the machine, not the product's clock."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from postventa.calendario import hora
from postventa.empresas.models import Empresa
from postventa.portal.models import Desafio
from postventa.portal.sesion import con_cliente

from .conftest import ACCESO, MIOS, entrar


def a_los(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta))


@pytest.mark.parametrize(("minutos", "estado"), [(29, 200), (31, 302)])
def test_sesion_quieta_termina_a_la_media_hora(duenia, minutos, estado):
    with a_los(minutes=minutos):
        assert duenia.get(MIOS).status_code == estado


def test_sesion_en_uso_sigue(duenia):
    for minutos in (25, 50, 75):
        with a_los(minutes=minutos):
            assert duenia.get(MIOS).status_code == 200


def test_sesion_termina_a_las_doce_horas_aunque_se_use(duenia):
    for minutos in range(20, 12 * 60, 20):
        with a_los(minutes=minutos):
            assert duenia.get(MIOS).status_code == 200
    with a_los(minutes=12 * 60 + 5):
        assert duenia.get(MIOS).status_code == 302


def test_reloj_movido_no_termina_la_sesion(duenia):
    hora.mover(5 * 24 * 3600)
    assert duenia.get(MIOS).status_code == 200


def test_quien_vendio_pierde_la_sesion(duenia, cliente):
    cliente.propiedades.update(hasta=date(2025, 1, 1))
    with a_los(minutes=2):
        assert duenia.get(MIOS).status_code == 302


def test_cliente_borrado_pierde_la_sesion(duenia, cliente):
    cliente.propiedades.all().delete()
    Desafio.objects.all().delete()
    cliente.delete()
    assert duenia.get(MIOS).status_code == 302


def test_sesion_de_una_empresa_no_vale_en_otra(duenia, icalma):
    Empresa.objects.create(
        codigo="ingevec",
        nombre="Ingevec",
        pais="CL",
        zona="America/Santiago",
        calendario=icalma.calendario,
        jornada=icalma.jornada,
        prefijo_folio="ING",
        remitente="p@ingevec.example",
    )
    pagina = duenia.get("/ingevec/").content.decode()
    assert "Salir" not in pagina
    assert "Camila" not in pagina
    assert duenia.get("/ingevec/mis-requerimientos/").status_code == 302


def test_salir_deja_al_personal_en_la_consola(client, proyecto, cliente, supervisor):
    client.force_login(supervisor)
    entrar(client, proyecto)
    client.post("/icalma/salir/")
    assert client.session["_auth_user_id"] == str(supervisor.pk)
    assert client.get(MIOS).status_code == 302


def test_paginas_no_se_guardan_en_el_equipo(duenia):
    for camino in (MIOS, "/icalma/", ACCESO):
        assert "no-store" in duenia.get(camino)["Cache-Control"]


def test_sin_sesion_un_envio_lleva_al_acceso_sin_destino(db, icalma):
    peticion = RequestFactory().post("/icalma/caso/x/firma/")
    peticion.session = Client().session
    respuesta = con_cliente(lambda request, empresa: None)(peticion, empresa="icalma")
    assert respuesta.url == ACCESO
