"""Free time of a person inside a place's office hours."""

from datetime import timedelta

import pytest

from postventa.visitas import agenda
from postventa.visitas.models import Visita
from tests.conftest import LUNES, SANTIAGO, local

HORA = timedelta(hours=1)
MEDIA = timedelta(minutes=30)


@pytest.fixture
def ocupada(camino, supervisor):
    caso = camino.generar().ticket

    def hacer(cuando, dura=HORA):
        inicia = local(cuando)
        visita = Visita.objects.create(
            expediente_id=caso.pk,
            tipo="INSPECCION",
            persona=supervisor,
            inicia_en=inicia,
            termina_en=inicia + dura,
        )
        agenda.ocupar(visita)
        return visita

    return hacer


def horas(libres, dia):
    return [f"{i.astimezone(SANTIAGO):%H:%M}" for i in libres if i.astimezone(SANTIAGO).day == dia]


def test_dias_habiles_siguientes_dentro_del_horario(proyecto, supervisor):
    libres = agenda.libres(supervisor, proyecto, HORA, LUNES, 10, paso=HORA)
    dias = sorted({i.astimezone(SANTIAGO).date() for i in libres})
    # Neither today nor the weekends; the holiday of the 8th would be the eleventh.
    assert [d.day for d in dias] == [24, 25, 26, 27, 30, 1, 2, 3, 4, 7]
    assert horas(libres, 24) == [f"{h:02}:00" for h in range(8, 18)]
    assert libres == sorted(libres)


def test_feriado_no_se_ofrece(proyecto, supervisor):
    libres = agenda.libres(supervisor, proyecto, HORA, local("2026-12-04 12:00"), 2, paso=HORA)
    assert sorted({i.astimezone(SANTIAGO).day for i in libres}) == [7, 9]


def test_ocupado_quita_todo_comienzo_que_lo_toca(proyecto, supervisor, ocupada):
    ocupada("2026-11-24 10:00")
    libres = agenda.libres(supervisor, proyecto, HORA, LUNES, 1)
    assert [h for h in horas(libres, 24) if "08:45" <= h <= "11:15"] == [
        "08:45",
        "09:00",
        "11:00",
        "11:15",
    ]


def test_una_visita_a_medio_cuarto_ocupa_el_cuarto(proyecto, supervisor, ocupada):
    ocupada("2026-11-24 07:50", timedelta(minutes=15))
    libres = agenda.libres(supervisor, proyecto, HORA, LUNES, 1)
    assert horas(libres, 24)[0] == "08:15"


def test_la_visita_que_se_deja_cuenta_como_libre(proyecto, supervisor, ocupada):
    suya = ocupada("2026-11-24 10:00")
    libres = agenda.libres(supervisor, proyecto, HORA, LUNES, 1, paso=MEDIA, salvo=suya)
    assert len(horas(libres, 24)) == 19


def test_lo_de_otra_persona_no_ocupa(proyecto, jefe, ocupada):
    ocupada("2026-11-24 10:00")
    assert len(agenda.libres(jefe, proyecto, HORA, LUNES, 1, paso=HORA)) == 10


def test_lo_que_no_cabe_en_una_jornada_no_tiene_hora(proyecto, supervisor):
    assert agenda.libres(supervisor, proyecto, timedelta(hours=11), LUNES) == []
    assert len(agenda.libres(supervisor, proyecto, timedelta(hours=10), LUNES)) == 10


def test_sin_horario_no_hay_libres(proyecto, supervisor, jornada_icalma):
    jornada_icalma.tramos.all().delete()
    assert agenda.libres(supervisor, proyecto, HORA, LUNES) == []


@pytest.mark.parametrize("cuantas", [1, 3])
def test_una_consulta_por_muchas_visitas(
    proyecto, supervisor, ocupada, cuantas, django_assert_num_queries
):
    for n in range(cuantas):
        ocupada(f"2026-11-2{4 + n} 10:00")
    agenda.libres(supervisor, proyecto, HORA, LUNES)
    with django_assert_num_queries(1):  # the taken quarters: the hours came with the place
        agenda.libres(supervisor, proyecto, HORA, LUNES)
