"""The throw-away servers are the real thing: every other test here stands on this."""

import os

from django.db import connection


def test_la_base_es_postgresql_y_limita_cada_sentencia(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert (connection.vendor, cursor.fetchone()) == ("postgresql", ("15s",))


def test_worker_recibe_lo_que_beat_publica(worker, beat, esperar):
    esperar(lambda: "tramitacion.latido_beat" in worker.registro.read_text())


def test_lo_publicado_sin_worker_espera_en_la_cola(redis_limpio):
    from postventa.celery import app

    app.send_task("tramitacion.latido_beat")
    assert redis_limpio.llen("celery") == 1


def test_otro_proceso_ve_la_base_de_la_prueba(entorno_de_procesos):
    assert entorno_de_procesos["DATABASE_URL"].endswith("/" + connection.settings_dict["NAME"])


def test_chromium_abre_una_pagina_sin_pedir_nada_a_nadie(page):
    pedidos = []
    page.on("request", lambda pedido: pedidos.append(pedido.url))
    page.set_content("<html lang='es-CL'><title>Postventa</title><h1>Hola</h1></html>")
    assert page.title() == "Postventa"
    assert pedidos == []
    assert os.environ["CHROMIUM"]
