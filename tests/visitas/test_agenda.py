"""A person's day in quarter hours: two visits never share one (INV-4)."""

from datetime import date, timedelta

import pytest

from postventa.visitas import agenda
from postventa.visitas.models import Ocupacion, Visita
from tests.conftest import LUNES, SANTIAGO, local


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


def test_ocupados_de_varias_personas_en_una_consulta(
    citar, supervisor, jefe, django_assert_num_queries
):
    suya = citar("2026-11-24 10:00", minutos=20)
    agenda.ocupar(suya)
    agenda.ocupar(citar("2026-11-24 18:00", persona=jefe))
    desde, hasta = local("2026-11-24 10:10"), local("2026-11-24 18:00")
    with django_assert_num_queries(1):
        tomados = agenda.ocupados([supervisor, jefe], desde, hasta)
    # The quarter that was going on at the start is taken too; what begins at the end is not.
    assert tomados == {
        supervisor.pk: {local("2026-11-24 10:00"), local("2026-11-24 10:15")},
        jefe.pk: set(),
    }
    assert agenda.ocupados([supervisor], desde, hasta, salvo=suya) == {supervisor.pk: set()}


def test_visitas_por_dia_son_las_que_siguen_en_pie(
    citar, supervisor, jefe, django_assert_num_queries
):
    for cuando in ("2026-11-24 00:00", "2026-11-24 23:45", "2026-11-25 08:00"):
        citar(cuando, minutos=10)
    citar("2026-11-24 10:00", persona=jefe)
    for estado in ("REALIZADA", "EN_CURSO", "CANCELADA", "REPROGRAMADA", "INASISTENCIA_CLIENTE"):
        visita = citar("2026-11-26 10:00")
        Visita.objects.filter(pk=visita.pk).update(estado=estado)
    martes, jueves = local("2026-11-24 12:00").date(), local("2026-11-26 12:00").date()
    with django_assert_num_queries(1):
        cuantas = agenda.visitas_por_dia([supervisor, jefe], martes, jueves, SANTIAGO)
    # A quarter to midnight in Santiago is tomorrow in UTC.
    assert cuantas == {
        (supervisor.pk, martes): 2,
        (supervisor.pk, date(2026, 11, 25)): 1,
        (supervisor.pk, jueves): 2,
        (jefe.pk, martes): 1,
    }
    assert not agenda.visitas_por_dia([jefe], jueves, jueves, SANTIAGO)


@pytest.mark.parametrize(
    ("abre", "cierra", "dura", "paso", "horas"),
    [
        ("09:00", "13:30", 45, 45, ["09:00", "09:45", "10:30", "11:15", "12:00", "12:45"]),
        ("09:00", "10:00", 60, 15, ["09:00"]),
        ("09:00", "10:00", 30, 15, ["09:00", "09:15", "09:30"]),
        ("09:00", "09:59", 60, 15, []),
    ],
)
def test_comienzos_caben_enteros_en_su_ventana(abre, cierra, dura, paso, horas):
    ventana = (local(f"2026-11-24 {abre}"), local(f"2026-11-24 {cierra}"))
    comienzos = agenda.comienzos([ventana], timedelta(minutes=dura), timedelta(minutes=paso))
    assert list(comienzos) == [local(f"2026-11-24 {hora}") for hora in horas]
