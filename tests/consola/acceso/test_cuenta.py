"""My account: what I see of my access and what I can do about it."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from postventa.consola.acceso.adaptadores import Factores
from tests.accesos.telefono import (
    ACTIVAR,
    CUENTA,
    ENTRADA,
    RESPALDO,
    SEGUNDO,
    activar,
    codigo,
    con_clave,
    con_factor,
    respaldos,
)
from tests.consola.conftest import entrar
from tests.consola.test_paginas import revisar


def test_cuenta_dice_roles_y_si_el_segundo_paso_esta_activo(supervisor, client):
    con_clave(client)
    pagina = client.get(CUENTA)
    revisar(pagina)
    assert "Supervisor de Postventa" in pagina.content.decode()
    assert "Sin activar" in pagina.content.decode()
    activar(client)
    assert "Te quedan 10 códigos" in client.get(CUENTA).content.decode()


def test_menu_lleva_a_la_cuenta(supervisor):
    assert f'href="{CUENTA}"' in entrar(supervisor).get("/consola/").content.decode()


def test_activar_muestra_el_dibujo_sin_nada_de_fuera(supervisor, client):
    con_clave(client)
    pagina = client.get(ACTIVAR)
    revisar(pagina)
    assert 'src="data:image/svg+xml;base64,' in pagina.content.decode()


def test_activar_pide_la_clave_si_hace_rato_que_se_entro(supervisor, client):
    con_clave(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        respuesta = client.get(ACTIVAR)
        confirmar = f"{CUENTA}confirmar/?next={quote(ACTIVAR, safe='')}"
        assert respuesta.url == confirmar
        revisar(client.get(confirmar))
        mala = client.post(confirmar, {"password": "otra"})
        assert "La clave no coincide" in mala.content.decode()
        buena = {"password": "clave-de-prueba", "next": ACTIVAR}
        assert client.post(confirmar, buena).url == ACTIVAR
        activar(client)


def test_confirmar_no_lleva_a_otro_sitio(supervisor, client):
    con_clave(client)
    datos = {"password": "clave-de-prueba", "next": "https://malo.example/"}
    assert client.post(f"{CUENTA}confirmar/", datos).url == "/consola/"


def test_confirmar_con_claves_al_azar_se_frena(supervisor, client):
    """A session left open does not help to guess the password."""
    con_clave(client)
    estados = [client.post(f"{CUENTA}confirmar/", {"password": "x"}).status_code for _ in range(6)]
    assert estados == [200] * 4 + [429] * 2


def test_clave_secreta_se_lee_de_a_cuatro_y_se_copia_entera(supervisor, client):
    con_clave(client)
    pagina = client.get(ACTIVAR).content.decode()
    clave = re.search(r'class="secreto">(.+?)</code>', pagina)[1]
    grupos = re.findall(r"<span>(\w{1,4})</span>", clave)
    assert clave == "".join(f"<span>{g}</span>" for g in grupos)
    assert {len(g) for g in grupos[:-1]} == {4}


def test_activar_con_codigo_errado_no_activa(supervisor, client):
    con_clave(client)
    client.get(ACTIVAR)
    respuesta = client.post(ACTIVAR, {"code": "000000"})
    assert "El código no coincide" in respuesta.content.decode()
    assert Authenticator.objects.count() == 0


def test_activar_cierra_las_sesiones_que_entraron_solo_con_la_clave(supervisor, client):
    vieja = Client()
    con_clave(vieja)
    con_clave(client)
    activar(client)
    assert client.get("/consola/").status_code == 200
    assert vieja.get("/consola/").status_code == 302


def test_codigos_de_respaldo_se_muestran_una_vez(supervisor):
    navegador, _ = con_factor()
    assert len(respaldos(navegador)) == 10
    pagina = navegador.get(RESPALDO)
    revisar(pagina)
    assert respaldos(navegador) == []
    assert "Te quedan 10 de 10" in pagina.content.decode()
    for guardado in Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES):
        guardado.data["used_mask"] = 2**9 - 1
        guardado.save()
    assert "Te queda 1 de 10" in navegador.get(RESPALDO).content.decode()
    assert "Te queda 1 código de" in navegador.get(CUENTA).content.decode()
    assert "dejan de servir: quedaba 1." in navegador.get(f"{RESPALDO}nuevos/").content.decode()


def test_codigos_nuevos_dejan_sin_valor_los_anotados(supervisor):
    navegador, _ = con_factor()
    viejos = respaldos(navegador)
    revisar(navegador.get(f"{RESPALDO}nuevos/"))
    assert navegador.post(f"{RESPALDO}nuevos/").url == RESPALDO
    nuevos = respaldos(navegador)
    otro = Client()
    con_clave(otro)
    assert otro.post(SEGUNDO, {"code": viejos[0]}).status_code == 200
    assert otro.post(SEGUNDO, {"code": nuevos[0]}).status_code == 302


def test_codigos_sin_segundo_paso_no_hay(supervisor, client):
    con_clave(client)
    assert client.get(RESPALDO).status_code == 404
    assert client.post(f"{RESPALDO}nuevos/").status_code == 200
    assert Authenticator.objects.count() == 0


def test_quitar_el_propio_donde_no_se_exige(supervisor):
    navegador, _ = con_factor()
    revisar(navegador.get(f"{ACTIVAR}quitar/"))
    assert Authenticator.objects.count() == 2
    navegador.post(f"{ACTIVAR}quitar/")
    assert Authenticator.objects.count() == 0
    assert con_clave(Client()).url == "/consola/"


def test_cerrar_en_todos_los_equipos(supervisor, client):
    otro = Client()
    con_clave(otro)
    con_clave(client)
    assert client.get(f"{CUENTA}sesiones/").status_code == 405
    salida = client.post(f"{CUENTA}sesiones/")
    revisar(salida)
    assert "en todos los equipos" in salida.content.decode()
    assert client.get("/consola/").status_code == 302
    assert otro.get("/consola/").status_code == 302


def test_cambiar_la_clave_cierra_las_demas_y_deja_esta(supervisor, client):
    otro = Client()
    con_clave(otro)
    con_clave(client)
    datos = {"old_password": "clave-de-prueba", "new_password1": "hueso-de-durazno",
             "new_password2": "hueso-de-durazno"}  # fmt: skip
    assert client.post("/consola/password_change/", datos).status_code == 302
    assert client.get("/consola/").status_code == 200
    assert otro.get("/consola/").status_code == 302


def test_clave_de_ahora_errada_cuenta_como_en_la_puerta_y_no_se_anota(supervisor, client):
    con_clave(client)
    malos = {"old_password": "adivino-esta", "new_password1": "hueso-de-durazno",
             "new_password2": "hueso-de-durazno"}  # fmt: skip
    primera = client.post("/consola/password_change/", malos)
    revisar(primera)
    assert "La clave no coincide." in primera.content.decode()
    estados = [client.post("/consola/password_change/", malos).status_code for _ in range(5)]
    assert estados == [200] * 3 + [429] * 2
    # Not even with the right one, nor at the door, until the window passes.
    buenos = {**malos, "old_password": "clave-de-prueba"}
    assert client.post("/consola/password_change/", buenos).status_code == 429
    assert con_clave(Client()).status_code == 429
    escrito = str(list(AccessAttempt.objects.values()))
    assert "adivino-esta" not in escrito
    assert "hueso-de-durazno" not in escrito


@pytest.mark.parametrize("ruta", [CUENTA, ACTIVAR, RESPALDO, f"{ACTIVAR}quitar/",
                                  f"{RESPALDO}nuevos/", f"{CUENTA}confirmar/"])  # fmt: skip
def test_sin_entrar_no_hay_cuenta_que_ver(client, ruta):
    assert client.get(ruta).url.startswith(ENTRADA)
    assert client.post(ruta, {"code": "1"}).status_code == 302


# --- the secrets


def test_secreto_guardado_no_es_el_que_se_escaneo(supervisor):
    _, secreto = con_factor()
    assert secreto not in str(list(Authenticator.objects.values()))


def test_secreto_sirve_mientras_se_conozca_la_clave_con_que_se_guardo(supervisor, settings):
    _, secreto = con_factor()
    antes = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "otra", [antes]
    otro = Client()
    con_clave(otro)
    assert otro.post(SEGUNDO, {"code": codigo(secreto)}).status_code == 302
    settings.SECRET_KEY_FALLBACKS = []
    tarde = Client()
    con_clave(tarde)
    assert tarde.post(SEGUNDO, {"code": codigo(secreto, 1)}).status_code == 200


def test_secreto_que_no_se_abre_no_es_uno_conocido():
    assert len({Factores().decrypt("basura") for _ in range(5)}) == 5
