"""The tick that finds nothing due: one statement, written once, that misses nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postventa.expedientes import salas
from postventa.plazos.models import AlertaPlazo, Latido, Plazo
from postventa.tramitacion import alertas, sonda
from postventa.tramitacion.barrido import NOMBRE, _debidos, _nada_vence, barrer, latir
from postventa.visitas.models import Visita
from tests.conftest import LUNES, local
from tickets.icalma.models import Ticket

UN_SEGUNDO = timedelta(seconds=1)
AVISA = local("2026-11-24 10:15")
NUNCA = local("2026-11-23 09:00")


@pytest.fixture(autouse=True)
def ya_latio(db):
    latir(NOMBRE)


def _hay_algo(ahora):
    """Whether the sweep would go on; its sign of life says whether it looked for nothing."""
    Latido.objects.update(visto_en=NUNCA)
    nada = _nada_vence(ahora)
    assert Latido.objects.filter(visto_en__gt=NUNCA).exists() is nada
    return not nada


@pytest.fixture
def plazo(camino):
    return Plazo.objects.get(expediente=camino.generar().ticket)


def test_un_reloj_se_ve_desde_su_instante_y_no_antes(plazo):
    assert [_hay_algo(AVISA + n * UN_SEGUNDO) for n in (-1, 0, 1)] == [False, True, True]


@pytest.mark.parametrize(("estado", "hay"), [("VENCIDO", True), ("CUMPLIDO", False)])
def test_un_reloj_detenido_no_se_ve(plazo, estado, hay):
    Plazo.objects.update(estado=estado)
    assert _hay_algo(AVISA) is hay


def test_una_alerta_por_avisar_se_ve_aunque_ningun_reloj_venza(plazo):
    Plazo.objects.update(proximo_en=None)
    AlertaPlazo.objects.create(
        plazo=plazo, tipo="advertencia", ocurrida_en=AVISA, por_avisar_en=AVISA
    )
    assert [_hay_algo(AVISA + n * UN_SEGUNDO) for n in (-1, 0)] == [False, True]
    barrer(AVISA)
    assert (AlertaPlazo.objects.get().por_avisar_en, _hay_algo(AVISA)) == (None, False)


def test_un_ticket_retenido_se_ve_cuando_nadie_lo_retiene(camino):
    primero = camino.hasta_por_firmar().ticket
    nuevo = camino.generar(1).ticket
    Plazo.objects.update(proximo_en=None)
    Visita.objects.update(recordar_en=None)
    assert not _hay_algo(camino.ahora)
    Ticket.objects.filter(pk=primero.pk).update(estado="ANULADO")  # behind the door's back
    assert _hay_algo(camino.ahora)
    barrer(camino.ahora)
    assert Ticket.objects.get(pk=nuevo.pk).estado == "GENERADO"
    assert not _hay_algo(camino.ahora)


def test_un_recordatorio_se_ve_desde_su_instante(camino):
    camino.generar().contactar().coordinar_inspeccion("2026-11-26 10:00")
    Plazo.objects.update(proximo_en=None)
    recuerda = Visita.objects.get().recordar_en
    assert [_hay_algo(recuerda + n * UN_SEGUNDO) for n in (-1, 0)] == [False, True]
    barrer(recuerda)
    assert not _hay_algo(recuerda)


def test_las_fuentes_son_las_de_cada_sala(plazo, monkeypatch):
    """A room that looks for something else is looked for from the next sweep on."""
    sala = salas.sala_de("icalma")
    assert not _hay_algo(LUNES)
    otra = replace(sala.huerfanos, cuales=lambda ahora: Ticket.objects.filter(estado="GENERADO"))
    monkeypatch.setitem(sala.__dict__, "huerfanos", otra)
    assert _hay_algo(LUNES)


def test_sin_saber_se_mira_todo(plazo, monkeypatch):
    """A source that breaks, or that cannot be written once, hides nothing of the others."""
    sala = salas.sala_de("icalma")
    for cuales in (
        lambda ahora: 1 / 0,
        lambda ahora: Ticket.objects.none(),
        lambda ahora: Ticket.objects.filter(generado_en__year=ahora.year),
    ):
        monkeypatch.setitem(sala.__dict__, "huerfanos", replace(sala.huerfanos, cuales=cuales))
        assert _hay_algo(NUNCA)
    assert barrer(AVISA) == 1


def test_se_escribe_una_vez_y_pregunta_por_cada_instante(plazo):
    fuentes = (_debidos, alertas.pendientes)
    with CaptureQueriesContext(connection) as consultas:
        respuestas = [
            sonda.latir_si_nada(fuentes, AVISA + n * UN_SEGUNDO, NOMBRE, AVISA) for n in (-1, 0, -1)
        ]
    assert (respuestas, len(consultas)) == ([True, False, True], 3)
    assert sonda._escrita(fuentes) is sonda._escrita(fuentes)


def test_quien_nunca_latio_mira_todo_y_late(plazo):
    Latido.objects.all().delete()
    assert (barrer(LUNES), Latido.objects.get().nombre) == (0, NOMBRE)
