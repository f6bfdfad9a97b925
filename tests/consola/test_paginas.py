"""Every page of the console wears its frame, in Spanish, under the strict policy."""

import re
from urllib.parse import urlencode

import pytest
from django.contrib import admin

from tests.consola.conftest import entrar

INGLES = re.compile(
    r">\s*(Add|Save|Search|Home|History|Delete|Log in|Log out|Welcome|Filter|Change|View site)\b"
)
FICHAS = [(m._meta.app_label, m._meta.model_name) for m in admin.site._registry]


def revisar(respuesta):
    pagina = respuesta.content.decode()
    assert INGLES.findall(pagina) == []
    assert "css/consola.css" in pagina
    assert "theme-toggle" not in pagina
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*src=)|\son\w+=", pagina) == []
    assert re.findall(r'(?:src|href)="https?://', pagina) == []


@pytest.mark.parametrize(("app", "modelo"), FICHAS)
def test_listas_y_fichas_con_el_marco(raiz, camino, catalogo, app, modelo):
    camino.hasta_por_firmar().firmar()
    web = entrar(raiz)
    base = f"/consola/{app}/{modelo}/"
    lista = web.get(base)
    revisar(lista)
    alta = web.get(f"{base}add/")
    if alta.status_code == 200:
        revisar(alta)
    fila = admin.site._registry[lista.context["cl"].model].model.objects.first()
    for accion in ("change", "history", "delete"):
        if fila:
            respuesta = web.get(f"{base}{fila.pk}/{accion}/")
            if respuesta.status_code != 302:
                revisar(respuesta)


@pytest.mark.parametrize(
    ("ruta", "status"),
    [
        ("/consola/", 200),
        ("/consola/datos/", 200),
        ("/consola/password_change/", 200),
        ("/consola/no/existe/", 404),
        ("/consola/icalma/ticket/999/change/", 404),
    ],
)
def test_paginas_propias_con_el_marco(supervisor, ruta, status):
    respuesta = entrar(supervisor).get(ruta)
    assert respuesta.status_code == status
    revisar(respuesta)


def test_entrar_y_salir(client, supervisor):
    revisar(client.get("/consola/login/"))
    mala = client.post("/consola/login/", {"username": "rsepulveda", "password": "no"})
    assert "resumen-errores" in mala.content.decode()
    datos = {"username": "rsepulveda", "password": "clave-de-prueba"}
    assert client.post("/consola/login/", datos).status_code == 302
    assert client.get("/consola/logout/").status_code == 405
    salida = client.post("/consola/logout/")
    revisar(salida)
    assert client.get("/consola/").status_code == 302


def test_color_de_la_empresa_de_quien_trabaja_en_una(supervisor, raiz):
    assert 'data-empresa="icalma"' in entrar(supervisor).get("/consola/").content.decode()
    assert "data-empresa" not in entrar(raiz).get("/consola/").content.decode()


def test_nada_se_guarda_en_el_navegador(supervisor):
    assert "no-store" in entrar(supervisor).get("/consola/")["Cache-Control"]


def test_indice_de_aplicacion_lleva_a_los_datos_maestros(supervisor):
    assert entrar(supervisor).get("/consola/inmuebles/").url == "/consola/datos/"


def test_sin_sesion_un_verbo_vuelve_al_caso_con_su_formulario(client, camino):
    ticket = camino.generar().ticket
    base = f"/consola/icalma/ticket/{ticket.pk}"
    respuesta = client.post(f"{base}/ticket/{ticket.pk}/registrar_contacto/", {"exito": "si"})
    verbo = f"ticket-{ticket.pk}-registrar_contacto"
    assert respuesta.status_code == 302
    assert respuesta.url == "/consola/login/?" + urlencode(
        {"next": f"{base}/change/?verbo={verbo}#formulario"}, safe="/"
    )


def test_abrir_la_direccion_de_un_verbo_lleva_al_caso(supervisor, camino):
    ticket = camino.generar().ticket
    base = f"/consola/icalma/ticket/{ticket.pk}"
    respuesta = entrar(supervisor).get(f"{base}/ticket/{ticket.pk}/registrar_contacto/")
    assert (respuesta.status_code, respuesta.headers["Allow"]) == (405, "POST")
    assert f'href="{base}/change/"' in respuesta.content.decode()
