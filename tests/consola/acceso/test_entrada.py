"""The staff's door: the password, the second step, and nothing else of allauth's (TM-30)."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.accesos.telefono import (
    ACTIVAR,
    CUENTA,
    ENTRADA,
    SEGUNDO,
    activar,
    codigo,
    con_clave,
    con_factor,
    respaldos,
)
from tests.consola.test_paginas import revisar


def test_sin_segundo_paso_basta_la_clave_donde_no_se_exige(supervisor, client):
    assert con_clave(client).url == "/consola/"
    assert client.get("/consola/").status_code == 200


def test_con_segundo_paso_la_clave_sola_no_entra(supervisor):
    _, secreto = con_factor()
    otro = Client()
    assert con_clave(otro).url == SEGUNDO
    assert otro.get("/consola/").status_code == 302
    revisar(otro.get(SEGUNDO))
    assert otro.post(SEGUNDO, {"code": codigo(secreto)}).url == "/consola/"
    assert otro.get("/consola/").status_code == 200


def test_segundo_paso_lleva_adonde_se_iba(supervisor):
    _, secreto = con_factor()
    otro = Client()
    otro.post(ENTRADA, {"username": "rsepulveda", "password": "clave-de-prueba",
                        "next": "/consola/icalma/ticket/"})  # fmt: skip
    assert otro.post(SEGUNDO, {"code": codigo(secreto)}).url == "/consola/icalma/ticket/"


def test_codigo_errado_no_entra_y_lo_dice(supervisor):
    _, secreto = con_factor()
    otro = Client()
    con_clave(otro)
    malo = codigo(secreto, 20)
    respuesta = otro.post(SEGUNDO, {"code": malo})
    assert "El código no coincide" in respuesta.content.decode()
    assert otro.get("/consola/").status_code == 302


def test_codigo_usado_no_sirve_otra_vez(supervisor):
    _, secreto = con_factor()
    uno, dos = Client(), Client()
    con_clave(uno)
    con_clave(dos)
    bueno = codigo(secreto)
    assert uno.post(SEGUNDO, {"code": bueno}).status_code == 302
    assert dos.post(SEGUNDO, {"code": bueno}).status_code == 200
    assert dos.get("/consola/").status_code == 302


def test_codigo_de_respaldo_sirve_una_vez(supervisor):
    navegador, _ = con_factor()
    primero = respaldos(navegador)[0]
    uno, dos = Client(), Client()
    con_clave(uno)
    con_clave(dos)
    assert uno.post(SEGUNDO, {"code": primero}).url == "/consola/"
    assert dos.post(SEGUNDO, {"code": primero}).status_code == 200


def test_segundo_paso_sin_el_primero_vuelve_a_la_entrada(supervisor, client):
    assert client.get(SEGUNDO).url == ENTRADA
    assert client.post(SEGUNDO, {"code": "123456"}).url == ENTRADA


def test_formulario_sin_codigo_vuelve_a_pedirlo(supervisor):
    con_factor()
    otro = Client()
    con_clave(otro)
    assert otro.post(SEGUNDO, {"credential": "{}"}).url == SEGUNDO


def test_entrar_da_otra_sesion(supervisor):
    """Fixation: the key from before the password opens nothing, nor that from before the code."""
    _, secreto = con_factor()
    navegador, atacante = Client(), Client()
    navegador.get(ENTRADA)
    con_clave(navegador)
    plantada = navegador.cookies["sessionid"].value
    navegador.post(SEGUNDO, {"code": codigo(secreto)})
    assert navegador.cookies["sessionid"].value != plantada
    atacante.cookies["sessionid"] = plantada
    assert atacante.get("/consola/").status_code == 302


def test_entrar_con_otra_cuenta_no_deja_la_anterior(supervisor, jefe):
    _, secreto = con_factor("mvaldes")
    navegador = Client()
    con_clave(navegador)
    con_clave(navegador, "mvaldes")
    assert navegador.get("/consola/").status_code == 302
    navegador.post(SEGUNDO, {"code": codigo(secreto)})
    assert "Marcela" in navegador.get(CUENTA).content.decode()


def test_desactivada_entre_un_paso_y_otro_no_entra(supervisor):
    _, secreto = con_factor()
    otro = Client()
    con_clave(otro)
    supervisor.is_active = False
    supervisor.save()
    otro.post(SEGUNDO, {"code": codigo(secreto)})
    assert otro.get("/consola/").status_code == 302


def test_espera_demasiado_entre_los_dos_pasos(supervisor):
    _, secreto = con_factor()
    otro = Client()
    con_clave(otro)
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=20)):
        assert otro.post(SEGUNDO, {"code": codigo(secreto)}).url == ENTRADA


# --- where it is required


@pytest.fixture
def obligatorio(settings):
    settings.SEGUNDO_FACTOR_OBLIGATORIO = True


def test_donde_se_exige_nada_abre_hasta_activarlo(obligatorio, supervisor, client):
    con_clave(client)
    for ruta in ("/consola/", "/consola/icalma/ticket/", CUENTA, "/consola/password_change/",
                 "/consola/no/existe/"):  # fmt: skip
        respuesta = client.get(ruta)
        assert (respuesta.status_code, respuesta.url) == (302, ACTIVAR), ruta
    pagina = client.get(ACTIVAR)
    revisar(pagina)
    assert "Para usar la consola" in pagina.content.decode()
    activar(client)
    assert len(respaldos(client)) == 10
    assert client.get("/consola/").status_code == 200


def test_donde_se_exige_un_envio_tampoco_se_hace(obligatorio, supervisor, client, camino):
    ticket = camino.generar().ticket
    con_clave(client)
    url = f"/consola/icalma/ticket/{ticket.pk}/ticket/{ticket.pk}/registrar_contacto/"
    assert client.post(url, {"exito": "si", "medio": "telefono", "visto": 1}).url == ACTIVAR
    assert type(ticket).objects.get().cadena_largo == ticket.cadena_largo


def test_donde_se_exige_una_sesion_sin_el_se_cierra(supervisor, settings):
    """It came in with the password alone, and meanwhile the factor was enrolled and asked."""
    vieja = Client()
    vieja.force_login(supervisor)
    Authenticator.objects.create(user=supervisor, type="totp", data={"secret": "x"})
    settings.SEGUNDO_FACTOR_OBLIGATORIO = True
    assert vieja.get("/consola/").url == ENTRADA
    assert vieja.get("/consola/").status_code == 302


def test_donde_se_exige_no_se_quita(obligatorio, supervisor, client):
    con_clave(client)
    activar(client)
    pagina = client.get(f"{ACTIVAR}quitar/")
    assert "obligatorio" in pagina.content.decode()
    client.post(f"{ACTIVAR}quitar/")
    assert Authenticator.objects.filter(type="totp").count() == 1


# --- what does not exist


@pytest.mark.parametrize(
    "nombre",
    ["account_signup", "account_reset_password", "account_email", "account_set_password",
     "account_change_password", "account_logout", "mfa_login_webauthn", "mfa_reauthenticate",
     "mfa_download_recovery_codes", "socialaccount_login"],
)  # fmt: skip
def test_paginas_de_la_biblioteca_que_nadie_pidio_no_existen(nombre):
    with pytest.raises(NoReverseMatch):
        reverse(nombre)


@pytest.mark.parametrize("ruta", ["accounts/login/", "accounts/signup/", "consola/password_reset/",
                                  "accounts/password/reset/", "accounts/2fa/"])  # fmt: skip
def test_direcciones_acostumbradas_no_llevan_a_nada(client, supervisor, ruta):
    assert client.get(f"/{ruta}").status_code in (302, 404)
    client.force_login(supervisor)
    assert client.get(f"/{ruta}").status_code == 404
