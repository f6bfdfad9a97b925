"""How many codes may be asked for, by whom and from where (12.7, TM-02, TM-05, TM-32)."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone
from stdnum.cl.rut import calc_check_digit

from postventa.accesos import red
from postventa.accesos.models import AlertaAcceso
from postventa.avisos.tasks import barrer
from postventa.portal import limites
from postventa.portal.models import Desafio
from postventa.portal.tasks import purgar

from .conftest import CODIGO, pedir, ultimo_codigo


def rut(n):
    """A valid RUT for each number."""
    return f"{n}-{calc_check_digit(str(n))}"


def desde(direccion):
    return {"REMOTE_ADDR": direccion}


def test_a_lo_mas_tres_correos_por_hora_a_una_persona(proyecto, cliente):
    estados = [pedir(Client(), proyecto).status_code for _ in range(50)]
    assert estados == [302] * 3 + [429] * 47
    barrer()
    assert len(mail.outbox) == 3


def test_pagina_del_limite_dice_que_hacer(client, proyecto, cliente):
    for _ in range(3):
        pedir(client, proyecto)
    respuesta = pedir(client, proyecto)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 429
    assert "<h1>Se pidieron muchos códigos</h1>" in pagina
    assert 'href="tel:+56223456700"' in pagina
    # The last code still opens.
    assert client.post(CODIGO, {"codigo": ultimo_codigo()}).status_code == 302


def test_pedir_otro_cuenta_en_el_mismo_limite(client, proyecto, cliente):
    pedir(client, proyecto)
    estados = [client.post(CODIGO, {"otro": "1"}).status_code for _ in range(4)]
    assert estados == [302, 302, 429, 429]


def test_una_hora_despues_se_puede_otra_vez(client, proyecto, cliente):
    for _ in range(4):
        pedir(client, proyecto)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert pedir(client, proyecto).status_code == 302


def test_diez_por_hora_por_documento_desde_cualquier_red(proyecto, cliente):
    estados = [
        pedir(Client(), proyecto, **desde(f"203.0.{n // 2}.9")).status_code for n in range(12)
    ]
    assert estados == [302] * 10 + [429] * 2


def test_barrido_desde_una_red_se_corta_y_la_duenia_entra(proyecto, cliente):
    estados = [pedir(Client(), proyecto, rut(5_000_000 + n)).status_code for n in range(35)]
    assert estados == [302] * limites.POR_RED + [429] * 5
    assert pedir(Client(), proyecto).status_code == 429
    casa = Client()
    assert pedir(casa, proyecto, **desde("198.51.100.7")).status_code == 302
    assert casa.post(CODIGO, {"codigo": ultimo_codigo()}).status_code == 302
    (alerta,) = AlertaAcceso.objects.all()
    assert alerta.motivo == "red"


def test_barrido_de_toda_la_empresa_deja_poco_a_cada_red(proyecto, cliente, monkeypatch):
    monkeypatch.setattr(limites, "POR_EMPRESA", 6)
    for n in range(6):
        pedir(Client(), proyecto, rut(5_000_000 + n), **desde(f"203.0.{n}.9"))
    estados = [
        pedir(Client(), proyecto, rut(6_000_000 + n), **desde("198.51.100.7")).status_code
        for n in range(4)
    ]
    assert estados == [302, 302, 302, 429]
    assert AlertaAcceso.objects.get().motivo == "empresa"


def test_cabecera_inventada_no_cambia_de_red(proyecto, cliente):
    estados = [
        pedir(Client(), proyecto, HTTP_X_FORWARDED_FOR=f"198.51.{n}.1").status_code
        for n in range(5)
    ]
    assert estados == [302, 302, 302, 429, 429]


@pytest.mark.parametrize(
    ("confiables", "cabecera", "esperada"),
    [
        (0, "1.1.1.1", "9.9.9.0/24"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.0/24"),
        (2, "1.1.1.1, 2.2.2.2, 3.3.3.3", "2.2.2.0/24"),
        (2, "3.3.3.3", "9.9.9.0/24"),
        (1, "basura", ""),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (1, "::ffff:5.6.7.8", "5.6.7.0/24"),
    ],
)
def test_red_cree_solo_a_los_proxies_propios(settings, confiables, cabecera, esperada):
    settings.PROXIES_CONFIABLES = confiables
    peticion = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=cabecera, REMOTE_ADDR="9.9.9.9")
    assert red.red(peticion) == esperada


def test_alerta_es_una_por_hora_y_no_nombra_a_nadie(proyecto, cliente, caplog):
    for _ in range(8):
        pedir(Client(), proyecto)
    alerta = AlertaAcceso.objects.get()
    assert alerta.motivo == "documento_y_red"
    assert "16482937" not in str(vars(alerta)) + caplog.text
    assert "127.0.0" not in str(vars(alerta)) + caplog.text
    assert "Límite de códigos (documento_y_red) en icalma" in caplog.text


def test_purga_olvida_lo_de_hace_mas_de_un_mes(client, proyecto, cliente):
    for _ in range(4):
        pedir(client, proyecto)
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert purgar() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert purgar() == 3
        assert purgar() == 0
    assert Desafio.objects.count() == 0
