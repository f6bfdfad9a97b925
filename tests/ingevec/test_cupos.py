"""R7: the hours that are offered in the call, worked out by hand (G-03, G-07, G-08)."""

from zoneinfo import ZoneInfo

import pytest

from postventa.personas.models import Membresia, Rol
from tests.conftest import SANTIAGO, local
from tests.ingevec.cupos import JUEVES, LUNES, MARTES, MIERCOLES, VIERNES, dias, en_pared
from tickets.ingevec.cupos import ofrecer, siguiente
from tickets.ingevec.horas import pauta_del_proyecto
from tickets.ingevec.models import Inspector

PUNTA_ARENAS = ZoneInfo("America/Punta_Arenas")


def oferta_de(pauta, llamada="2026-11-23 10:15", ahora=None, **mas):
    return ofrecer(pauta, local(llamada), local(ahora or llamada), **mas)


@pytest.mark.regla("G-03", "G-08")
@pytest.mark.parametrize(
    ("llamada", "dia", "fechas"),
    [
        # The specification's example: 24, 25, 26, 27 and 30 November.
        ("2026-11-23 10:15", JUEVES, ["2026-11-26"]),
        ("2026-11-23 10:15", MIERCOLES, ["2026-11-25"]),
        # Day 0 is the call: its own weekday is the fifth day.
        ("2026-11-23 08:00", LUNES, ["2026-11-30"]),
        ("2026-11-23 23:59", MARTES, ["2026-11-24"]),
        # At night it is already tomorrow in UTC, not on the project's wall.
        ("2026-11-24 22:30", MIERCOLES, ["2026-11-25"]),
        # On a weekend the term is the whole next week.
        ("2026-11-28 11:00", VIERNES, ["2026-12-04"]),
        ("2026-11-29 20:00", LUNES, ["2026-11-30"]),
        # Tuesday 8 December is a holiday.
        ("2026-12-03 10:00", LUNES, ["2026-12-07"]),
        ("2026-12-03 10:00", MARTES, []),
        ("2026-12-02 10:00", MARTES, []),
        # Called on the eve, the sixth day is a Tuesday again: the fifth business one.
        ("2026-12-07 10:00", MARTES, ["2026-12-15"]),
        ("2026-12-08 10:00", MARTES, ["2026-12-15"]),
        ("2026-12-07 10:00", MIERCOLES, ["2026-12-09"]),
    ],
)
def test_fechas_del_plazo_en_el_dia_del_proyecto(pauta, llamada, dia, fechas):
    pauta.dia = dia
    assert dias(oferta_de(pauta, llamada).cupos) == fechas
    # What replaces the weekday for one question gives the same.
    pauta.dia = (dia + 1) % 5
    assert dias(oferta_de(pauta, llamada, dia=dia).cupos) == fechas


@pytest.mark.regla("G-03", "G-08")
def test_dos_feriados_seguidos_traen_el_dia_dos_veces(pauta, feriar):
    """Wednesday and Thursday lost: Tuesday is in the term at both ends."""
    feriar("2026-11-25")
    feriar("2026-11-26")
    pauta.dia = MARTES
    assert dias(oferta_de(pauta).cupos) == ["2026-11-24", "2026-12-01"]


@pytest.mark.regla("G-07")
@pytest.mark.parametrize(
    ("dia", "minutos", "horas"),
    [
        (
            MIERCOLES,
            45,
            "09:00 09:45 10:30 11:15 12:00 12:45 15:00 15:45 16:30 17:15",
        ),
        (JUEVES, 60, "09:00 10:00 11:00 12:00 15:00 16:00 17:00"),
        (LUNES, 90, "09:00 10:30 12:00 15:00 16:30"),
        (MARTES, 240, "09:00"),
        # Friday: no gap at lunch, and nothing after 14:30.
        (VIERNES, 45, "09:00 09:45 10:30 11:15 12:00 12:45 13:30"),
        (VIERNES, 60, "09:00 10:00 11:00 12:00 13:00"),
        (VIERNES, 110, "09:00 10:50 12:40"),
    ],
)
def test_horas_de_una_inspeccion(pauta, dia, minutos, horas):
    pauta.dia, pauta.minutos_inspeccion = dia, minutos
    cupos = oferta_de(pauta).cupos
    assert [texto[3:] for texto in en_pared(cupos)] == horas.split()
    assert all((c.fin - c.inicio).seconds == minutos * 60 for c in cupos)


@pytest.mark.regla("G-07")
def test_media_hora_cabe_hasta_el_borde_y_no_lo_cruza(pauta):
    """09:00-09:30 fits, 13:15-13:45 does not: it crosses 13:30 (section 8)."""
    pauta.minutos_inspeccion = 30
    horas = [texto[3:] for texto in en_pared(oferta_de(pauta).cupos)]
    assert (horas[0], horas[8], horas[9]) == ("09:00", "13:00", "15:00")
    assert horas[-1] == "18:00"


@pytest.mark.regla("G-07")
@pytest.mark.parametrize(
    ("llamada", "dia", "instante"),
    [
        # Sunday 6 September 2026 begins at 01:00; from then on it is UTC-3.
        ("2026-09-02 10:00", VIERNES, "2026-09-04T13:00:00"),
        ("2026-09-02 10:00", LUNES, "2026-09-07T12:00:00"),
        ("2026-09-05 23:50", LUNES, "2026-09-07T12:00:00"),
        # Saturday 4 April has its 23 o'clock twice; from then on it is UTC-4.
        ("2026-03-31 10:00", MIERCOLES, "2026-04-01T12:00:00"),
        ("2026-03-31 10:00", MARTES, "2026-04-07T13:00:00"),
    ],
)
def test_las_nueve_son_las_nueve_tras_el_cambio_de_hora(pauta, llamada, dia, instante):
    pauta.dia = dia
    assert oferta_de(pauta, llamada).cupos[0].inicio.isoformat() == f"{instante}+00:00"


@pytest.mark.regla("G-03")
@pytest.mark.parametrize("fold", [0, 1])
def test_la_hora_repetida_del_sabado_es_del_sabado(pauta, fold):
    llamada = local("2026-04-04 23:30").astimezone(SANTIAGO).replace(fold=fold)
    pauta.dia = LUNES
    assert dias(ofrecer(pauta, llamada, llamada).cupos) == ["2026-04-06"]


@pytest.mark.regla("G-03", "G-07")
def test_en_punta_arenas_vale_su_hora(pauta):
    """In July it is an hour later there: half past eleven on Sunday is Monday already."""
    pauta.dia = LUNES
    llamada = local("2026-07-05 23:30")
    assert dias(ofrecer(pauta, llamada, llamada).cupos) == ["2026-07-06"]
    pauta.proyecto.zona_propia = PUNTA_ARENAS.key
    cupos = ofrecer(pauta, llamada, llamada).cupos
    assert dias(cupos, PUNTA_ARENAS) == ["2026-07-13"]
    assert cupos[0].inicio.isoformat() == "2026-07-13T12:00:00+00:00"


def test_solo_lo_que_todavia_no_pasa(pauta):
    assert en_pared(oferta_de(pauta, ahora="2026-11-25 12:44").cupos)[0] == "25 12:45"
    assert en_pared(oferta_de(pauta, ahora="2026-11-25 12:45").cupos)[0] == "25 15:00"


# --- whose hours


def test_lo_tomado_no_se_ofrece_ni_lo_que_lo_toca(pauta, ocupar):
    ocupar("2026-11-25 10:45")
    horas = en_pared(oferta_de(pauta).cupos)
    assert horas[:4] == ["25 09:00", "25 09:45", "25 12:00", "25 12:45"]


def test_cada_hora_una_vez_por_inspector_y_en_orden(pauta, gente, otro_inspector, ocupar):
    otra = otro_inspector()
    ocupar("2026-11-25 09:00")
    cupos = oferta_de(pauta).cupos
    assert [(t, c.inspector) for t, c in zip(en_pared(cupos), cupos, strict=True)][:3] == [
        ("25 09:00", otra),
        ("25 09:45", gente[Rol.INSPECTOR]),
        ("25 09:45", otra),
    ]
    assert len(cupos) == 19


def test_quien_completo_su_dia_no_se_ofrece(pauta, gente, ocupar):
    Inspector.objects.filter(usuario=gente[Rol.INSPECTOR]).update(cupos_por_dia=2)
    pauta.dia = JUEVES
    ocupar("2026-11-25 08:00")
    ocupar("2026-11-26 08:00")
    assert len(oferta_de(pauta).cupos) == 10
    # Also a visit of works counts, and one of another project.
    ocupar("2026-11-26 08:45", minutos=15)
    assert oferta_de(pauta).cupos == ()


def test_visita_que_no_se_hizo_devuelve_su_lugar(pauta, gente, ocupar):
    Inspector.objects.filter(usuario=gente[Rol.INSPECTOR]).update(cupos_por_dia=1)
    visita = ocupar("2026-11-25 08:00", minutos=15)
    assert oferta_de(pauta).cupos == ()
    type(visita).objects.filter(pk=visita.pk).update(estado="INASISTENCIA_CLIENTE")
    assert len(oferta_de(pauta).cupos) == 10


def test_la_visita_que_se_deja_cuenta_como_libre(pauta, gente, llamada):
    Inspector.objects.filter(usuario=gente[Rol.INSPECTOR]).update(cupos_por_dia=1)
    llamada.ingresar(cupo=llamada.cupo())
    assert oferta_de(pauta).cupos == ()
    assert len(oferta_de(pauta, salvo=llamada.visita).cupos) == 10
    # One that began is not left.
    llamada.entrar()
    assert oferta_de(pauta, salvo=llamada.visita).cupos == ()


def test_la_propia_visita_se_mueve_en_un_dia_completo(pauta, gente, llamada):
    """What is offered is accepted: the hour that is left makes room for the other."""
    Inspector.objects.filter(usuario=gente[Rol.INSPECTOR]).update(cupos_por_dia=1)
    llamada.ingresar(cupo=llamada.cupo())
    cupo = oferta_de(pauta, salvo=llamada.visita).cupos[1]
    llamada.tramitar(
        llamada.solicitud,
        "reagendar_inspeccion",
        Rol.CALL_CENTER,
        inicia_en=cupo.inicio,
        persona=cupo.inspector,
    )
    assert en_pared([cupo]) == ["25 09:45"]
    assert llamada.visita.inicia_en == cupo.inicio
    assert oferta_de(pauta).cupos == ()


@pytest.mark.parametrize(
    ("fila", "va"),
    [
        ({}, True),
        ({"rol": Rol.MAESTRO}, False),
        ({"rol": Rol.JEFE}, False),
        ({"is_active": False}, False),
    ],
)
def test_solo_va_quien_puede_empezar_una_inspeccion(pauta, gente, otro_inspector, fila, va):
    persona = otro_inspector(**fila)
    ofrecidos = {c.inspector for c in oferta_de(pauta).cupos}
    assert ofrecidos == {gente[Rol.INSPECTOR], *([persona] if va else [])}


def test_inspector_de_otro_proyecto_no_va(pauta, ingevec, edificio, gente, otro_inspector):
    ajeno = type(edificio).objects.create(empresa=ingevec, codigo="otro", nombre="Otro")
    otro_inspector("ajeno", sede=ajeno)
    propio = otro_inspector("propio", sede=edificio)
    # Twice of this place is still one person.
    Membresia.objects.create(usuario=propio, empresa=ingevec, rol=Rol.INSPECTOR)
    cupos = oferta_de(pauta).cupos
    assert {c.inspector for c in cupos} == {gente[Rol.INSPECTOR], propio}
    assert len(cupos) == 20


# --- the loser of a race


def test_siguiente_es_la_misma_hora_de_otro_o_la_que_sigue(pauta, gente, otro_inspector, ocupar):
    oferta = oferta_de(pauta)
    perdido = oferta.cupos[1]
    ocupar("2026-11-25 09:45")
    assert en_pared([siguiente(perdido, oferta_de(pauta))]) == ["25 10:30"]
    otra = otro_inspector()
    cupo = siguiente(perdido, oferta_de(pauta))
    assert (en_pared([cupo]), cupo.inspector) == (["25 09:45"], otra)


def test_siguiente_de_la_ultima_es_la_primera(pauta):
    oferta = oferta_de(pauta)
    assert siguiente(oferta.cupos[-1], oferta) == oferta.cupos[0]


def test_siguiente_busca_en_las_excepciones_si_no_queda_otra(pauta, gente, ocupar):
    perdido = oferta_de(pauta).cupos[-1]
    Inspector.objects.filter(usuario=gente[Rol.INSPECTOR]).update(cupos_por_dia=1)
    ocupar("2026-11-25 09:00")
    assert en_pared([siguiente(perdido, oferta_de(pauta))]) == ["26 09:00"]


def test_sin_nada_no_hay_siguiente(pauta):
    perdido = oferta_de(pauta).cupos[0]
    pauta.inspectores.all().delete()
    assert siguiente(perdido, oferta_de(pauta)) is None


@pytest.mark.parametrize("cuantos", [1, 5])
def test_consultas_no_dependen_de_cuantos_son(
    pauta, otro_inspector, ocupar, cuantos, django_assert_num_queries
):
    gente = [otro_inspector(f"i{n}", cupos_por_dia=1) for n in range(cuantos - 1)]
    oferta_de(pauta)
    with django_assert_num_queries(3):  # inspectors, taken quarters, visits a day
        assert len(oferta_de(pauta).cupos) == 10 * cuantos
    pauta.inspectores.update(cupos_por_dia=1)
    ocupar("2026-11-25 09:00")
    for persona in gente:
        ocupar("2026-11-25 09:00", persona=persona)
    with django_assert_num_queries(5):  # and once more for the exceptions
        assert oferta_de(pauta).excepcion


def test_pauta_de_un_proyecto_trae_todo_en_una_consulta(pauta, django_assert_num_queries):
    oferta_de(pauta)
    with django_assert_num_queries(4):
        assert oferta_de(pauta_del_proyecto(pauta.proyecto_id)).cupos
    assert pauta_del_proyecto(0) is None
