"""RF-13 for the call centre: many agents, one hour of one inspector, with controls."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import QuerySet

from postventa.avisos.models import Aviso
from postventa.expedientes.models import Expediente, Movimiento
from postventa.personas.models import Rol, Usuario
from postventa.plazos.models import Plazo
from postventa.tramitacion.acciones import tramitar
from postventa.visitas import agenda
from postventa.visitas.models import Ocupacion, Visita
from tests.conftest import local
from tests.ingevec.conftest import LLAMADA
from tests.servicios.carreras import contar, correr
from tests.servicios.test_controles import sin_unicidad, una_vez
from tickets.ingevec.cupos import Cupo, ofrecer, siguiente
from tickets.ingevec.horas import pauta_del_proyecto
from tickets.ingevec.ingreso import ingresar
from tickets.ingevec.models import Inspector, Requerimiento, Solicitud
from tickets.inmuebles.models import Unidad

pytestmark = [pytest.mark.concurrencia, pytest.mark.django_db(transaction=True)]

MIERCOLES = local("2026-11-25 09:00")


def llamar(llamada, minutos=0):
    """An agent who takes a call and books that hour, minutes after nine, in the same call."""
    inicia = MIERCOLES + timedelta(minutes=minutos)

    def hacer():
        ingresar(
            Unidad.objects.get(pk=llamada.depto.pk),
            llamada.duenio,
            Usuario.objects.get(pk=llamada.gente[Rol.CALL_CENTER].pk),
            nonce=uuid4(),
            canal="fijo",
            llamante="Héctor Saldías",
            telefonos="+56 9 7777 8888",
            requerimientos=[Requerimiento(descripcion="Gotera")],
            cupo={
                "inicia_en": inicia,
                "persona": Usuario.objects.get(pk=llamada.gente[Rol.INSPECTOR].pk),
            },
            ahora=LLAMADA,
        )

    return hacer


def cuantos():
    """Rows of everything that a taken call writes."""
    modelos = (Expediente, Solicitud, Requerimiento, Visita, Plazo, Movimiento, Aviso)
    return {modelo.__name__: modelo.objects.count() for modelo in modelos}


@pytest.mark.regla("G-03")
def test_cuarenta_llamadas_por_una_hora_dejan_una(llamada):
    """One is booked; of the other thirty-nine not a row stays, not even their number.

    They wait for each other at the company's counter, and see at once that the hour is gone.
    """
    resultado = correr([llamar(llamada)] * 40)
    assert contar(resultado) == {"ok": 1, "DatosInvalidos": 39}
    [solicitud] = Solicitud.objects.all()
    [visita] = Visita.objects.all()
    assert (solicitud.estado, visita.expediente_id) == ("INSPECCION_AGENDADA", solicitud.pk)
    assert visita.inicia_en == MIERCOLES
    assert set(Ocupacion.objects.values_list("bloque_en", "visita_id")) == {
        (bloque, visita.pk) for bloque in agenda.bloques(visita.inicia_en, visita.termina_en)
    }
    assert solicitud.folio.endswith("0001")
    con_una = cuantos()
    assert con_una["Solicitud"] == con_una["Requerimiento"] == con_una["Plazo"] == 1
    # As much as another call that nobody disputes.
    llamar(llamada, 45)()
    assert cuantos() == {nombre: 2 * n for nombre, n in con_una.items()}
    assert Solicitud.objects.latest("pk").folio.endswith("0002")


@pytest.mark.regla("G-03")
def test_horas_que_se_montan_quince_minutos_dejan_una(llamada):
    """9:00, 9:15 and 9:30 of 45 minutes all share a quarter; 9:45 is free of the first only."""
    resultado = correr([llamar(llamada, 15 * (n % 3)) for n in range(12)])
    assert contar(resultado) == {"ok": 1, "DatosInvalidos": 11}
    assert Visita.objects.count() == Solicitud.objects.count() == 1


def test_horas_seguidas_a_la_vez_se_agendan_todas(llamada):
    assert correr([llamar(llamada, 45 * n) for n in range(6)]) == ["ok"] * 6
    assert Ocupacion.objects.count() == 18


def test_quien_pierde_recibe_la_hora_que_sigue(llamada):
    correr([llamar(llamada)] * 4)
    inspector = llamada.gente[Rol.INSPECTOR]
    perdido = Cupo(MIERCOLES, MIERCOLES + timedelta(minutes=45), inspector)
    oferta = ofrecer(pauta_del_proyecto(llamada.pauta.proyecto_id), LLAMADA, LLAMADA)
    assert siguiente(perdido, oferta) == Cupo(
        MIERCOLES + timedelta(minutes=45), MIERCOLES + timedelta(minutes=90), inspector
    )


# --- without the number's counter, which makes the calls of a company wait for each other


def agendar(llamada, solicitud, minutos=0):
    """An agent who gives that hour to a solicitud that came by mail."""

    def hacer():
        tramitar(
            Solicitud.objects.get(pk=solicitud.pk),
            "agendar_inspeccion",
            Usuario.objects.get(pk=llamada.gente[Rol.CALL_CENTER].pk),
            ahora=LLAMADA,
            inicia_en=MIERCOLES + timedelta(minutes=minutos),
            persona=Usuario.objects.get(pk=llamada.gente[Rol.INSPECTOR].pk),
        )

    return hacer


@pytest.fixture
def por_correo(llamada):
    """Solicitudes that wait for an hour."""
    return [llamada.ingresar(canal="correo").solicitud for _ in range(8)]


@pytest.fixture
def uno_al_dia(llamada):
    Inspector.objects.update(cupos_por_dia=1)


def sin_candados(barrera):
    QuerySet.select_for_update = lambda self, *a, **k: self


def mirando_antes(barrera):
    """All look whether the hour is free, and then all take it."""
    sin_candados(barrera)
    ocupar = agenda.ocupar
    mirar = una_vez(barrera, lambda tomadas: tomadas.exists())

    def mirar_y_ocupar(visita):
        if mirar(Ocupacion.objects.filter(persona=visita.persona)):
            raise agenda.Choque
        ocupar(visita)

    agenda.ocupar = mirar_y_ocupar


def contando_antes(barrera):
    """All have counted the visits of the day before anybody adds one."""
    sin_candados(barrera)
    agenda.visitas_por_dia = una_vez(barrera, agenda.visitas_por_dia)


@pytest.mark.parametrize("antes", [None, sin_candados])
def test_ocho_solicitudes_por_una_hora_dejan_una(llamada, por_correo, antes):
    """The unique quarter is enough by itself: also with no lock at all."""
    resultado = correr(
        [agendar(llamada, s, 15 * (n % 3)) for n, s in enumerate(por_correo)], antes=antes
    )
    assert contar(resultado) == {"ok": 1, "DatosInvalidos": 7}
    assert Visita.objects.count() == 1
    estados = Solicitud.objects.values_list("estado", flat=True)
    assert contar(estados) == {"INSPECCION_AGENDADA": 1, "INGRESADA": 7}


def test_control_sin_fila_unica_todas_reciben_la_misma_hora(llamada, por_correo):
    with sin_unicidad():
        resultado = correr([agendar(llamada, s) for s in por_correo], antes=mirando_antes)
        assert contar(resultado) == {"ok": 8}
        assert Visita.objects.filter(inicia_en=MIERCOLES).count() == 8


def test_tope_del_dia_no_se_pasa_a_la_vez(llamada, por_correo, uno_al_dia):
    resultado = correr([agendar(llamada, s, 45 * n) for n, s in enumerate(por_correo[:6])])
    assert contar(resultado) == {"ok": 1, "DatosInvalidos": 5}


def test_control_sin_candado_de_la_persona_el_tope_se_pasa(llamada, por_correo, uno_al_dia):
    resultado = correr(
        [agendar(llamada, s, 45 * n) for n, s in enumerate(por_correo[:6])], antes=contando_antes
    )
    assert contar(resultado) == {"ok": 6}
