"""Which clocks a changed calendar or jornada dates, and so may move."""

import pytest

from postventa.calendario import hora
from postventa.calendario.models import Calendario, Jornada, Tramo
from postventa.plazos.models import Plazo, PoliticaPlazo
from postventa.tramitacion.recalculo import plazos_de, revisar_casos, revisiones
from tests.conftest import local

MEDIODIA = local("2026-11-23 12:00")


@pytest.fixture(autouse=True)
def a_mediodia(db):
    hora.fijar(MEDIODIA)


@pytest.fixture
def jornada_aparte(icalma):
    jornada = Jornada.objects.create(codigo="aparte", nombre="Aparte")
    for dia in range(5):
        Tramo.objects.create(jornada=jornada, dia=dia, desde="08:00", hasta="18:00")
    return jornada


def test_plazos_de_un_calendario_y_de_los_que_lo_heredan(camino, calendario_cl, proyecto):
    camino.generar()
    comuna = Calendario.objects.create(codigo="n", nombre="Ñuñoa", pais="CL", padre=calendario_cl)
    ajeno = Calendario.objects.create(codigo="bo", nombre="Bolivia", pais="BO")

    def cuantos(dato):
        return Plazo.objects.filter(plazos_de(dato)).count()

    assert (cuantos(calendario_cl), cuantos(comuna), cuantos(ajeno)) == (1, 0, 0)
    proyecto.calendario_propio = comuna
    proyecto.save()
    assert (cuantos(calendario_cl), cuantos(comuna)) == (1, 1)
    proyecto.calendario_propio = ajeno
    proyecto.save()
    assert (cuantos(calendario_cl), cuantos(ajeno)) == (0, 1)


def test_plazos_de_una_jornada(camino, jornada_icalma, jornada_aparte, proyecto, icalma):
    camino.generar()

    def cuantos():
        return [
            Plazo.objects.filter(plazos_de(j)).count() for j in (jornada_icalma, jornada_aparte)
        ]

    assert cuantos() == [1, 0]
    proyecto.jornada_propia = jornada_aparte
    proyecto.save()
    assert cuantos() == [0, 1]
    PoliticaPlazo.objects.filter(codigo="contacto").update(jornada=jornada_icalma)
    assert cuantos() == [1, 0]


def test_lo_que_otro_dato_movio_espera_su_propia_revision(
    pedida, camino, jornada_aparte, jefe, calendario_cl
):
    """The same case, another clock, counted with hours of its own that changed too."""
    camino.hasta_por_firmar()
    camino.tramitar(camino.obs[1], "disputar", camino.cliente, motivo="No lo acepto")
    consulta = Plazo.objects.get(codigo="consulta")
    PoliticaPlazo.objects.filter(pk=consulta.politica_id).update(jornada=jornada_aparte)
    Plazo.objects.filter(pk=consulta.pk).update(vence_en=local("2026-12-20 10:00"))
    [revision] = revisiones()
    assert revisar_casos([consulta.expediente_id], None, "x", MEDIODIA, solo=set()) == []
    assert Plazo.objects.get(pk=consulta.pk).vence_en == local("2026-12-20 10:00")
    assert revision.plazo == consulta
