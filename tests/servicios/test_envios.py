"""The same post at once from two processes: one act, and the same answer twice (RF-11)."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client

from postventa.calendario import hora
from postventa.expedientes.models import Movimiento
from tests.icalma.terreno import INGRESO

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrencia]


def test_dos_envios_iguales_a_la_vez_son_un_acto(camino, supervisor):
    assert connection.vendor == "postgresql"
    camino.generar().contactar().coordinar_inspeccion()
    hora.fijar(camino.visita.inicia_en)
    url = f"/consola/icalma/visita/{camino.visita.pk}/terreno/ingreso/"
    datos = {**INGRESO, "clave": str(uuid4()), "visto": camino.ticket.cadena_largo}
    salida, respuestas = threading.Barrier(4), []

    def enviar():
        web = Client(headers={"Accept": "application/json"})
        web.force_login(supervisor)
        salida.wait()
        respuestas.append(web.post(url, datos))
        connections.close_all()

    hilos = [threading.Thread(target=enviar) for _ in range(4)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()

    assert [r.status_code for r in respuestas] == [200] * 4
    assert sorted(r.json()["repetido"] for r in respuestas) == [False, True, True, True]
    assert len({(r.json()["antes"], r.json()["visto"]) for r in respuestas}) == 1
    assert Movimiento.objects.filter(verbo="iniciar").count() == 1
