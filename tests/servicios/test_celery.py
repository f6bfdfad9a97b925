"""A real worker and a real beat: deadlines enforce themselves and mail goes out (RF-01, RF-02)."""

import os
import signal
import socket
import time
from datetime import timedelta

import pytest

from postventa.avisos.models import Aviso, EstadoAviso
from postventa.avisos.tasks import barrer
from postventa.calendario import hora
from postventa.plazos.models import AlertaPlazo, Latido, Plazo
from tests.conftest import LUNES
from tests.servicios.carreras import correr
from tickets.icalma.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def enviados():
    return list(
        Aviso.objects.filter(estado=EstadoAviso.ENVIADO)
        .order_by("id")
        .values_list("tipo", flat=True)
    )


def test_worker_envia_el_correo_por_la_pista(camino, worker, esperar):
    camino.generar()
    esperar(lambda: len(enviados()) == 2)
    assert enviados() == ["icalma/ingreso", "icalma/ingreso_supervisor"]


@pytest.mark.regla("I-07")
def test_nadie_contacta_y_beat_avisa_a_supervisor_y_jefe(camino, worker, beat, esperar):
    hora.fijar(LUNES)
    camino.generar()
    hora.fijar(LUNES + timedelta(hours=25))
    esperar(lambda: AlertaPlazo.objects.filter(tipo="advertencia").count() == 1)
    hora.fijar(LUNES + timedelta(hours=49))
    esperar(lambda: AlertaPlazo.objects.filter(tipo="vencimiento").count() == 1)

    plazo = Plazo.objects.get()
    assert (plazo.estado, plazo.vencido_en) == ("VENCIDO", plazo.vence_en + timedelta(seconds=1))
    esperar(lambda: len(enviados()) == 5)
    alertas = Aviso.objects.filter(tipo__startswith="plazo_").order_by("id")
    assert [(a.tipo, a.destino) for a in alertas] == [
        ("plazo_advertencia", camino.supervisor.email),
        ("plazo_vencimiento", camino.supervisor.email),
        ("plazo_vencimiento", camino.jefe.email),
    ]


def test_latidos_dicen_que_beat_y_worker_viven(worker, beat, esperar):
    esperar(lambda: Latido.objects.filter(nombre__in=["beat", "plazos"]).count() == 2)


def test_pista_perdida_la_recoge_el_barrido(camino, worker, beat, redis_limpio, settings, esperar):
    settings.CELERY_PISTAS = False
    camino.generar()
    esperar(lambda: len(enviados()) == 2)


def sin_broker(url):
    """In a process of its own, publish to a broker that is not there."""

    def preparar(barrera):
        from postventa.celery import app

        app.conf.broker_url = app.conf.broker_write_url = url
        app._pool = app.amqp._producer_pool = None

    return preparar


def congelado():
    """A port that accepts connections and never says anything (RF-02)."""
    enchufe = socket.socket()
    enchufe.bind(("127.0.0.1", 0))
    enchufe.listen()
    return enchufe


@pytest.mark.parametrize("estado", ["cerrado", "congelado"])
def test_sin_broker_el_envio_no_espera(camino, settings, estado):
    """The ticket stands at once, and its mails wait in the database."""
    settings.CELERY_PISTAS = True
    with congelado() as enchufe:
        puerto = enchufe.getsockname()[1] if estado == "congelado" else 1

        def generar():
            inicio = time.monotonic()
            camino.generar()
            return "a tiempo" if time.monotonic() - inicio < 5 else "tarde"

        assert correr([generar], sin_broker(f"redis://127.0.0.1:{puerto}/0")) == ["a tiempo"]
    assert Ticket.objects.get().estado == "GENERADO"
    assert Aviso.objects.filter(estado=EstadoAviso.EN_COLA).count() == 2


def test_worker_muerto_a_media_carta_no_pierde_ninguna(
    camino, worker, entorno_de_procesos, esperar
):
    """RF-03: what a killed worker had claimed goes out again, as the same mail."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    camino.generar()
    # What the dead worker left: claimed, never finished, and its five minutes gone by.
    Aviso.objects.update(estado=EstadoAviso.EN_VUELO, enviar_desde_en=LUNES - timedelta(days=30))
    assert barrer() == 2
    assert barrer() == 0
    assert enviados() == ["icalma/ingreso", "icalma/ingreso_supervisor"]
