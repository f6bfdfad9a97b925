"""A person's day in quarter hours: two visits never share one (INV-4)."""

from datetime import timedelta

import pytest

from postventa.visitas import agenda
from postventa.visitas.models import Ocupacion, Visita
from tests.conftest import LUNES, local


@pytest.fixture
def citar(camino, supervisor):
    caso = camino.generar().ticket

    def hacer(cuando, minutos=45, persona=supervisor):
        inicia = local(cuando)
        return Visita.objects.create(
            expediente_id=caso.pk,
            tipo="INSPECCION",
            persona=persona,
            inicia_en=inicia,
            termina_en=inicia + timedelta(minutes=minutos),
        )

    return hacer


@pytest.mark.parametrize(
    ("desde", "hasta", "horas"),
    [
        ("10:00", "10:45", ["10:00", "10:15", "10:30"]),
        ("10:00", "10:46", ["10:00", "10:15", "10:30", "10:45"]),
        ("10:14", "10:16", ["10:00", "10:15"]),
        ("10:07", "10:08", ["10:00"]),
    ],
)
def test_bloques_son_los_cuartos_que_se_tocan(desde, hasta, horas):
    bloques = agenda.bloques(local(f"2026-11-24 {desde}"), local(f"2026-11-24 {hasta}"))
    assert bloques == [local(f"2026-11-24 {hora}") for hora in horas]


@pytest.mark.parametrize("cuando", ["2026-11-24 09:16", "2026-11-24 10:00", "2026-11-24 10:44"])
def test_choque_deja_la_primera_y_no_toma_nada(citar, cuando):
    primera = citar("2026-11-24 10:00")
    agenda.ocupar(primera)
    with pytest.raises(agenda.Choque):
        agenda.ocupar(citar(cuando))
    assert set(Ocupacion.objects.values_list("visita_id", flat=True)) == {primera.pk}


def test_seguidas_no_chocan(citar):
    agenda.ocupar(citar("2026-11-24 10:00"))
    agenda.ocupar(citar("2026-11-24 10:45"))
    agenda.ocupar(citar("2026-11-24 09:15"))
    assert Ocupacion.objects.count() == 9


def test_dos_personas_a_la_misma_hora_no_chocan(citar, jefe):
    agenda.ocupar(citar("2026-11-24 10:00"))
    agenda.ocupar(citar("2026-11-24 10:00", persona=jefe))
    assert Ocupacion.objects.count() == 6


def test_liberar_devuelve_la_hora_y_se_puede_repetir(citar):
    primera = citar("2026-11-24 10:00")
    agenda.ocupar(primera)
    agenda.liberar(primera)
    agenda.liberar(primera)
    agenda.ocupar(citar("2026-11-24 10:00"))
    assert Ocupacion.objects.count() == 3


@pytest.mark.parametrize(
    ("desde", "hasta", "palabra"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00", "terminar después"),
        ("2026-11-24 10:00", "2026-11-24 09:00", "terminar después"),
        ("2026-11-23 10:15", "2026-11-23 11:00", "todavía no haya pasado"),
        ("2026-11-28 10:00", "2026-11-28 11:00", "día hábil"),
        ("2026-11-24 17:30", "2026-11-24 18:01", "horario de atención"),
        ("2026-11-24 08:00", "2026-11-24 18:00", ""),
    ],
)
def test_objecion_dice_que_hacer(proyecto, desde, hasta, palabra):
    objecion = agenda.objecion_al_horario(proyecto, local(desde), local(hasta), LUNES)
    assert palabra in objecion
    assert bool(objecion) == bool(palabra)
