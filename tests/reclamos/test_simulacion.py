"""What a simulated complaint does where chance seldom takes it."""

from random import Random

import pytest

from postventa.tramitacion.simulacion import marcha, registro
from postventa.tramitacion.simulacion.invento import Inventor
from reclamos import simulacion_historia
from reclamos.models import Canal, Reclamo
from reclamos.simulacion import SIMULACION
from tests.calendario.lugares import LIMA
from tests.conftest import local

DESDE, HASTA = local("2026-06-01 00:00", LIMA), local("2026-11-26 00:00", LIMA)


@pytest.mark.parametrize("canal", [Canal.CARTA, Canal.CORREO])
def test_reclamo_simulado_se_desestima_hasta_el_registro(capera, plantel, monkeypatch, canal):
    """By letter it takes Gerencia's visado and a dispatch; the house refuses no step."""
    monkeypatch.setattr(simulacion_historia, "CANALES", {canal: 1})
    monkeypatch.setattr(simulacion_historia, "INADMISIBLES", 100)
    mesa = registro.Mesa(capera, Random(1), Inventor(capera), DESDE, HASTA)
    dias = marcha.Marcha(DESDE, HASTA, lambda _: None)
    mesa.agendar, mesa.lugares = dias.agendar, SIMULACION.lugares(mesa, 1)
    historia = SIMULACION.historia(mesa, mesa.lugares[0], Random(2), DESDE)
    dias.agendar(DESDE, historia.andar(), historia)
    dias.correr()
    assert dias.tropiezos == []
    reclamo = Reclamo.objects.get()
    assert (reclamo.estado, reclamo.cierre.desde) == ("ARCHIVADA", "INADMISIBLE")
    verbos = set(reclamo.movimientos.values_list("verbo", flat=True))
    assert ({"visar", "registrar_despacho"} <= verbos) == (canal == Canal.CARTA)
