"""A bulk simulation on PostgreSQL: two thousand cases that the house would have made itself."""

from collections import Counter
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from postventa.calendario import hora
from postventa.expedientes.models import Correlativo, Expediente, Movimiento
from postventa.expedientes.verificacion import Cuenta, verificar
from postventa.plazos.models import ABIERTOS, Plazo
from postventa.tramitacion import barrido, demo
from postventa.tramitacion.simulacion import masa
from postventa.visitas.models import Ocupacion

CASOS = 2001


@pytest.fixture
def simulados(db, monkeypatch):
    monkeypatch.setattr(masa, "MOLDES", 12)
    hora.fijar(datetime(2026, 11, 27, 10, tzinfo=UTC))
    call_command("cargar_base", stdout=StringIO())
    demo.cargar()
    antes = set(Expediente.objects.values_list("pk", flat=True))
    call_command("simular", expedientes=CASOS, semilla=11, anios=2, stdout=StringIO())
    return Expediente.objects.exclude(pk__in=antes)


def test_dos_mil_casos_simulados_se_verifican(simulados):
    cuenta = Cuenta()
    assert list(verificar(cuenta)) == []
    assert cuenta.anclas == 1
    por_empresa = Counter(simulados.values_list("tipo", flat=True))
    assert por_empresa == dict.fromkeys(("icalma", "ingevec", "capera"), CASOS // 3)
    abiertos = simulados.exclude(situacion="CERRADO").count()
    assert CASOS * 0.02 < abiertos < CASOS * 0.25
    # A later insertion takes a key of its own: the sequences go on from here.
    ultimo = Movimiento.objects.order_by("-pk").first()
    ultimo.pk, ultimo.numero = None, ultimo.numero + 1
    ultimo.save(force_insert=True)
    assert Correlativo.objects.get(serie="icalma-2026").ultimo > 300


def test_a_dos_mil_casos_simulados_no_les_falta_nada_por_hacer(simulados):
    """Nothing of the past is due, nobody is in two places at once, every clock says how it is."""
    assert barrido.barrer(datetime(2026, 11, 27, 3, tzinfo=UTC)) == 0
    abiertos = Plazo.objects.filter(expediente__in=simulados, estado__in=ABIERTOS)
    assert abiertos.exists()
    assert not abiertos.filter(proximo_en__lt=datetime(2026, 11, 27, 3, tzinfo=UTC)).exists()
    assert Ocupacion.objects.count() > 20
