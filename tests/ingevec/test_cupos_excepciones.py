"""Why a term has no hour, what can be agreed instead, and the hours of works (R7, G-12)."""

from datetime import date, timedelta

import pytest

from postventa.personas.models import Rol
from tests.conftest import local
from tests.ingevec.cupos import JUEVES, MARTES, MIERCOLES, VIERNES, dias, en_pared
from tickets.ingevec.cupos import ofrecer
from tickets.ingevec.models import Inspector


def oferta_de(pauta, llamada="2026-11-23 10:15", ahora=None, **mas):
    return ofrecer(pauta, local(llamada), local(ahora or llamada), **mas)


def trabajos_de(pauta, desde="2026-11-25 09:40", ahora=None, **mas):
    return oferta_de(pauta, desde, ahora, tipo="trabajo", **mas)


@pytest.fixture
def uno_al_dia(pauta, gente):
    Inspector.objects.filter(usuario=gente[Rol.INSPECTOR]).update(cupos_por_dia=1)


@pytest.mark.regla("G-03", "G-08")
def test_feriado_se_traga_el_dia_del_proyecto(pauta):
    pauta.dia = MARTES
    oferta = oferta_de(pauta, "2026-12-03 10:15")
    assert oferta.cupos == ()
    assert oferta.excepcion == (
        "No hay martes en los 5 días hábiles que siguen a la llamada: el martes 8 de diciembre es "
        "feriado (Inmaculada Concepción)."
    )
    assert {clave: dias(cupos) for clave, cupos in oferta.alternativas.items()} == {
        "otro_dia": ["2026-12-04", "2026-12-07", "2026-12-09", "2026-12-10", "2026-12-11"],
        "fuera_de_plazo": ["2026-12-15"],
    }


@pytest.mark.regla("G-08")
def test_si_el_siguiente_dia_tambien_es_feriado_se_busca_el_otro(pauta, feriar):
    feriar("2026-12-15", "Feriado comunal")
    pauta.dia = MARTES
    oferta = oferta_de(pauta, "2026-12-03 10:15")
    assert dias(oferta.alternativas["fuera_de_plazo"]) == ["2026-12-22"]


def test_con_horas_no_hay_excepcion(pauta):
    oferta = oferta_de(pauta)
    assert (oferta.excepcion, oferta.alternativas) == ("", {})


def test_todo_tomado_se_dice_y_se_buscan_los_otros_dias(pauta, uno_al_dia, ocupar):
    ocupar("2026-11-25 09:00")
    ocupar("2026-11-24 09:00")
    ocupar("2026-12-02 09:00")
    oferta = oferta_de(pauta)
    assert oferta.excepcion == "No quedan horas libres el miércoles 25 de noviembre."
    assert dias(oferta.alternativas["otro_dia"]) == ["2026-11-26", "2026-11-27", "2026-11-30"]
    # The next one is full as well: the first with room.
    assert dias(oferta.alternativas["fuera_de_plazo"]) == ["2026-12-09"]
    assert oferta.todos[0] == oferta.alternativas["otro_dia"][0]


@pytest.mark.parametrize(("llenas", "dia"), [(8, "2027-01-20"), (9, None)])
def test_no_se_busca_para_siempre(pauta, uno_al_dia, ocupar, llenas, dia):
    for semana in range(llenas):
        ocupar(f"{date(2026, 11, 25) + timedelta(weeks=semana)} 09:00")
    assert dias(oferta_de(pauta).alternativas["fuera_de_plazo"]) == [dia][: 9 - llenas]


def test_despues_del_plazo_solo_queda_fuera_de_plazo(pauta):
    """G-T03: the five days count from the first call, whenever another hour is asked for."""
    oferta = oferta_de(pauta, ahora="2026-12-10 16:00")
    assert oferta.excepcion == (
        "Ya pasó el día del proyecto en el plazo: el miércoles 25 de noviembre."
    )
    assert oferta.alternativas["otro_dia"] == ()
    assert dias(oferta.alternativas["fuera_de_plazo"]) == ["2026-12-16"]


def test_hoy_tambien_sirve_fuera_de_plazo(pauta):
    oferta = oferta_de(pauta, ahora="2026-12-09 12:00")
    assert en_pared(oferta.alternativas["fuera_de_plazo"])[0] == "09 12:45"
    oferta = oferta_de(pauta, ahora="2026-12-09 17:15")
    assert dias(oferta.alternativas["fuera_de_plazo"]) == ["2026-12-16"]


def test_lo_que_no_cabe_en_el_horario_se_dice(pauta, jornadas):
    jornadas["ingevec-inspeccion"].tramos.filter(dia=MIERCOLES, desde__hour=9).delete()
    pauta.minutos_inspeccion = 240
    oferta = oferta_de(pauta)
    assert oferta.excepcion == ("Una visita de 240 minutos no cabe en el horario de los miércoles.")
    assert dias(oferta.alternativas["otro_dia"]) == [
        "2026-11-24",
        "2026-11-26",
        "2026-11-27",
        "2026-11-30",
    ]
    assert oferta.alternativas["fuera_de_plazo"] == ()


def test_sin_inspectores_se_dice_a_quien_pedirlo(pauta):
    pauta.inspectores.all().delete()
    oferta = oferta_de(pauta)
    assert "pide a un administrador" in oferta.excepcion
    assert not any(oferta.alternativas.values())
    assert "pide a un administrador" in trabajos_de(pauta).excepcion


def test_tipo_desconocido_es_un_error(pauta):
    with pytest.raises(KeyError):
        oferta_de(pauta, tipo="paseo")


# --- works


@pytest.mark.regla("G-12")
@pytest.mark.parametrize(
    ("minutos", "horas"),
    [
        (180, "09:00 14:00"),
        (240, "09:00 14:00"),
        (120, "09:00 11:00 14:00 16:00"),
        # The gap is from 13:00 to 14:00, on Friday as well.
        (90, "09:00 10:30 14:00 15:30"),
    ],
)
@pytest.mark.parametrize("dia", [MARTES, VIERNES])
def test_horas_de_trabajos(pauta, dia, minutos, horas):
    pauta.minutos_trabajo = minutos
    cupos = [c for c in trabajos_de(pauta, dia=dia).cupos if c.inspector.username == "ing_maestro"]
    assert [t[3:] for t in en_pared(cupos) if t[:2] == en_pared(cupos)[0][:2]] == horas.split()


@pytest.mark.regla("G-11", "G-12")
def test_trabajos_van_cualquier_dia_de_los_veinte(pauta, gente):
    """Day 0 is Wednesday 25 November; 8 December is lost: day 20 is Thursday 24."""
    cupos = trabajos_de(pauta).cupos
    assert dias(cupos) == [
        *(f"2026-11-{d}" for d in (26, 27, 30)),
        *(f"2026-12-{d:02}" for d in (1, 2, 3, 4, 7, 9, 10, 11)),
        *(f"2026-12-{d}" for d in (14, 15, 16, 17, 18, 21, 22, 23, 24)),
    ]
    # In works both may go: two hours a day for two people.
    assert {c.inspector for c in cupos} == {gente[Rol.INSPECTOR], gente[Rol.MAESTRO]}
    assert len(cupos) == 20 * 2 * 2
    # The crew is offered first, and only where it is not free, somebody else.
    primeros = {c.inicio: c.inspector for c in reversed(cupos)}
    assert set(primeros.values()) == {gente[Rol.MAESTRO]}


@pytest.mark.parametrize(
    ("hasta", "ultimo"),
    [
        (local("2026-12-04 23:59:59"), "2026-12-04"),
        (date(2026, 12, 4), "2026-12-04"),
        (local("2026-12-06 12:00"), "2026-12-04"),
        (local("2026-12-30 23:59:59"), "2026-12-30"),
    ],
)
def test_trabajos_hasta_otra_fecha(pauta, hasta, ultimo):
    """The second term of works keeps the due date of the first (G-T11)."""
    assert dias(trabajos_de(pauta, hasta=hasta).cupos)[-1] == ultimo


def test_trabajos_de_un_solo_dia_de_la_semana(pauta):
    assert dias(trabajos_de(pauta, dia=JUEVES).cupos) == [
        "2026-11-26",
        "2026-12-03",
        "2026-12-10",
        "2026-12-17",
        "2026-12-24",
    ]


def test_trabajos_vencidos_se_agendan_despues_con_su_razon(pauta):
    oferta = trabajos_de(pauta, ahora="2026-12-28 10:00")
    assert oferta.excepcion == (
        "El plazo de los trabajos ya pasó: terminó el jueves 24 de diciembre."
    )
    assert {k: en_pared(c)[:1] for k, c in oferta.alternativas.items()} == {
        "fuera_de_plazo": ["28 14:00"]
    }


def test_trabajos_sin_horas_hasta_el_final_del_plazo(pauta, gente, ocupar):
    pauta.inspectores.update(cupos_por_dia=1)
    for fecha in ("2026-11-26", "2026-11-27"):
        for rol in (Rol.INSPECTOR, Rol.MAESTRO):
            ocupar(f"{fecha} 09:00", persona=gente[rol])
    oferta = trabajos_de(pauta, hasta=local("2026-11-27 23:59:59"))
    assert oferta.excepcion == (
        "No quedan horas de trabajos libres hasta el viernes 27 de noviembre, el último día del "
        "plazo."
    )
    assert dias(oferta.alternativas["fuera_de_plazo"]) == ["2026-11-30"]


def test_trabajos_que_no_caben_se_dice(pauta, jornadas):
    jornadas["ingevec-trabajos"].tramos.all().delete()
    assert trabajos_de(pauta).excepcion == (
        "Una visita de 180 minutos no cabe en el horario de trabajos."
    )


@pytest.mark.parametrize("cuantos", [1, 5])
def test_consultas_de_trabajos_no_dependen_de_cuantos_son(
    pauta, otro_inspector, cuantos, django_assert_num_queries
):
    for n in range(cuantos - 1):
        otro_inspector(f"i{n}")
    trabajos_de(pauta)
    with django_assert_num_queries(3):
        trabajos_de(pauta)
    with django_assert_num_queries(3):
        assert trabajos_de(pauta, ahora="2026-12-28 10:00").excepcion
