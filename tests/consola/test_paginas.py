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


@pytest.mark.parametrize(
    ("ruta", "seccion"),
    [
        ("/consola/", "Hoy"),
        ("/consola/datos/", "Datos"),
        ("/consola/plazos/plazo/", "Plazos"),
        ("/consola/inmuebles/unidad/", "Datos"),
        ("/consola/icalma/asistido/", None),
        ("/consola/password_change/", None),
        ("/consola/no/existe/", None),
    ],
)
def test_menu_marca_la_seccion_en_que_se_esta_y_ninguna_fuera_de_todas(
    supervisor, proyecto, ruta, seccion
):
    pagina = entrar(supervisor).get(ruta).content.decode()
    marcadas = re.findall(r'aria-current="page">(\w+)</a>', pagina)
    assert marcadas == ([seccion] if seccion else [])


def test_fila_de_una_tabla_lleva_el_nombre_de_cada_campo(raiz, icalma):
    """On a phone its head is not seen: every field says its own."""
    pagina = entrar(raiz).get(f"/consola/calendario/jornada/{icalma.jornada_id}/change/")
    for nombre in ("Día", "Desde", "Hasta"):
        assert f'data-que="{nombre}"' in pagina.content.decode()


def test_registro_dice_que_nadie_lo_edita(raiz, camino):
    camino.generar()
    aviso = camino.ticket.avisos.first()
    pagina = entrar(raiz).get(f"/consola/avisos/aviso/{aviso.pk}/change/").content.decode()
    assert "es un registro de lo que pasó, nadie lo edita." in pagina


def test_eliminar_dice_cuantos_de_cada_cosa(raiz, catalogo):
    recinto = catalogo.first()
    pagina = entrar(raiz).get(f"/consola/inmuebles/recinto/{recinto.pk}/delete/").content.decode()
    for cuenta in ("Recintos: 1", "Lugares: 1", "Ítems: 1"):
        assert f"<li>{cuenta}</li>" in pagina
