"""TM-01: what the form answers, and what it does, says nothing of who owns what."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from postventa.avisos.models import Aviso
from postventa.avisos.tasks import barrer
from postventa.portal.codigos import codigo_de
from postventa.portal.models import Desafio

from .conftest import CODIGO, pedir

DUENIA, NADIE, SIN_NADA = "16.482.937-5", "7.654.321-6", "17.903.264-3"


def huella(respuesta):
    """Status, headers and body, without what is random in every answer."""
    cuerpo = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", respuesta.content.decode())
    cabeceras = {k: v for k, v in respuesta.items() if k not in ("Expires", "Date")}
    galletas = sorted((n, g["path"], g["httponly"]) for n, g in respuesta.cookies.items())
    return respuesta.status_code, cabeceras, galletas, cuerpo


def sentencias(consultas):
    """The statements sent, with their values left out."""
    return [re.sub(r"'[^']*'|\"s\d+_x\d+\"|\b\d+\b|NULL", "?", c["sql"]) for c in consultas]


def recorrido(proyecto, numero):
    """Ask, look, miss once, ask again: everything answered and every statement."""
    navegador, pasos, sql = Client(), [], []
    for pagina in (
        lambda: pedir(navegador, proyecto, numero),
        lambda: navegador.get(CODIGO),
        lambda: navegador.post(CODIGO, {"codigo": "000000"}),
        lambda: navegador.post(CODIGO, {"otro": "1"}),
        lambda: pedir(navegador, proyecto, numero),
        lambda: pedir(navegador, proyecto, numero),
    ):
        with CaptureQueriesContext(connection) as consultas:
            pasos.append(huella(pagina()))
        sql.append(sentencias(consultas.captured_queries))
    return pasos, sql


@pytest.mark.parametrize("numero", [NADIE, SIN_NADA])
def test_quien_no_es_duenio_recibe_lo_mismo(proyecto, cliente, extrania, numero):
    pasos, sql = recorrido(proyecto, DUENIA)
    otros_pasos, otros_sql = recorrido(proyecto, numero)
    assert otros_pasos == pasos
    assert otros_sql == sql
    assert [p[0] for p in pasos] == [302, 200, 422, 302, 302, 429]


def test_duenia_en_otro_proyecto_recibe_lo_mismo(proyecto, otro_proyecto, cliente):
    otro_proyecto.telefono = proyecto.telefono
    otro_proyecto.save()
    pasos, sql = recorrido(proyecto, DUENIA)
    Desafio.objects.all().delete()  # the same document: otherwise its own limit would answer
    otros_pasos, otros_sql = recorrido(otro_proyecto, DUENIA)
    assert otros_pasos == pasos
    assert otros_sql == sql


def test_pedir_un_codigo_cuesta_siempre_lo_mismo(proyecto, cliente, django_assert_num_queries):
    # Company, place, clock, owner, limits, challenge, mail, session (2) and two savepoints; where
    # several may write at once, the turn.
    cuantas = 14 if connection.vendor == "postgresql" else 13
    for numero in (DUENIA, NADIE):
        with django_assert_num_queries(cuantas):
            pedir(Client(), proyecto, numero)


def test_seniuelo_no_tiene_destino_y_ningun_codigo_lo_abre(proyecto, cliente, extrania):
    navegador = Client()
    pedir(navegador, proyecto, SIN_NADA)
    aviso, desafio = Aviso.objects.get(), Desafio.objects.get()
    assert (aviso.estado, aviso.destino, aviso.nombre) == ("DESCARTADO", "", "")
    assert barrer() == 0
    respuesta = navegador.post(CODIGO, {"codigo": codigo_de(desafio.pk)})
    assert respuesta.status_code == 422
    assert "El código no coincide." in respuesta.content.decode()
    desafio.refresh_from_db()
    assert (desafio.intentos, desafio.usado_en) == (1, None)
