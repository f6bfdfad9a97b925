"""Controls of `test_carreras`: each takes one more guard away and shows that its race is real."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet

from postventa.plazos.models import AlertaPlazo, Plazo
from postventa.tramitacion import acciones, barrido
from postventa.tramitacion.acciones import tramitar
from postventa.visitas import agenda
from postventa.visitas.models import Ocupacion, Visita
from tests.conftest import local, observaciones
from tests.servicios.carreras import contar, correr
from tests.servicios.test_carreras import reservar
from tests.tramitacion.relojes import repetir
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Ticket

pytestmark = [pytest.mark.concurrencia, pytest.mark.django_db(transaction=True)]


def una_vez(barrera, original):
    """That function, which the first time it is done waits for the other processes."""
    faltan = [True]

    def hacer(*args, **kwargs):
        resultado = original(*args, **kwargs)
        if faltan and faltan.pop():
            barrera.wait(10)
        return resultado

    return hacer


def sin_candado_de_la_unidad(barrera):
    """Nobody locks anything, and both have done everything before either is committed."""
    QuerySet.select_for_update = lambda self, *a, **k: self
    acciones._salir = una_vez(barrera, acciones._salir)


def test_control_sin_candado_de_la_unidad_queda_un_ticket_retenido(camino):
    camino.hasta_por_firmar(1, ())
    primero = camino.ticket

    def firmar():
        tramitar(
            Ticket.objects.get(pk=primero.pk),
            "firmar",
            camino.cliente,
            ahora=camino.ahora,
            nombre="Camila Rojas Fuentealba",
            huella=camino.huella,
        )

    def enviar():
        ingresar(camino.unidad, camino.cliente, observaciones(1), nonce=uuid4(), ahora=camino.ahora)

    assert correr([firmar, enviar], antes=sin_candado_de_la_unidad) == ["ok", "ok"]
    # The new one waits for a signature that is already there, and nobody would let it go.
    nuevo = Ticket.objects.exclude(pk=primero.pk).get()
    assert (Ticket.objects.get(pk=primero.pk).estado, nuevo.estado) == (
        "CERRADO_CONFORME",
        "RETENIDO",
    )


@contextmanager
def sin_unicidad():
    """The same table without its unique row; put back, empty, at the end."""
    (unica,) = Ocupacion._meta.constraints
    with connection.schema_editor() as editor:
        editor.remove_constraint(Ocupacion, unica)
    try:
        yield
    finally:
        Ocupacion.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Ocupacion, unica)


def mirando_antes(barrera):
    """Who looks first whether the hour is free, and then takes it."""
    ocupar = agenda.ocupar
    mirar = una_vez(barrera, lambda tomadas: tomadas.exists())

    def mirar_y_ocupar(visita):
        if mirar(Ocupacion.objects.filter(persona=visita.persona)):
            raise agenda.Choque
        ocupar(visita)

    agenda.ocupar = mirar_y_ocupar


def test_control_sin_fila_unica_todos_reservan_la_misma_hora(camino):
    tickets = []
    for _ in range(4):
        camino.generar(1).contactar()
        tickets.append(camino.ticket)
    with sin_unicidad():
        resultado = correr(
            [reservar(camino, t, minuto) for minuto, t in enumerate(tickets)], antes=mirando_antes
        )
        assert contar(resultado) == {"ok": 4}
        assert Visita.objects.count() == 4


def sin_reclamar(barrera):
    """Nobody claims what is due, and all have read it before any marks it."""
    QuerySet.select_for_update = lambda self, *a, **k: self
    barrido._reclamar = una_vez(barrera, barrido._reclamar)


@pytest.mark.parametrize(("antes", "trabajo"), [(None, 20), (sin_reclamar, 80)])
def test_control_sin_reclamar_los_cuatro_barridos_hacen_todo(camino, antes, trabajo):
    camino.generar(1)
    repetir(Plazo.objects.get(codigo="contacto"), 19)
    tarde = local("2026-11-26 09:00")

    hecho = correr([lambda: barrido.barrer(tarde)] * 4, antes=antes)
    assert sum(0 if cuantos == "ok" else cuantos for cuantos in hecho) == trabajo
    # The unique alert, the second net, still tells each of them once.
    assert AlertaPlazo.objects.filter(tipo="vencimiento").count() == 20
