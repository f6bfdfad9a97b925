"""Horario as a value: what it refuses, how it compares, and its small questions."""

import ast
import sys
from datetime import date, time
from pathlib import Path

import pytest

from postventa import calendario
from postventa.calendario.habiles import Horario

from .lugares import CHILE_2026, DE_8_A_18, ICALMA, INGEVEC, PUNTA_ARENAS, SANTIAGO, local, pared


@pytest.mark.parametrize(
    ("tramos", "mensaje"),
    [
        ({0: ((time(9), time(9)),)}, "después de empezar"),
        ({0: ((time(18), time(9)),)}, "después de empezar"),
        ({0: ((time(9), time(13)), (time(12), time(18)))}, "superponerse"),
        ({7: ((time(9), time(13)),)}, "de 0"),
        ({-1: ((time(9), time(13)),)}, "de 0"),
    ],
)
def test_una_jornada_mal_escrita_se_rechaza(tramos, mensaje):
    with pytest.raises(ValueError, match=mensaje):
        Horario(SANTIAGO, {}, tramos)


def test_el_orden_de_los_tramos_no_importa():
    al_reves = {dia: tuple(reversed(t)) for dia, t in reversed(INGEVEC.tramos.items())}
    assert Horario(SANTIAGO, CHILE_2026, al_reves) == INGEVEC


def test_dos_horarios_iguales_son_el_mismo_valor():
    otro = Horario(SANTIAGO, dict(reversed(CHILE_2026.items())), DE_8_A_18)
    assert otro == ICALMA
    assert hash(otro) == hash(ICALMA)
    assert len({otro, ICALMA, Horario(PUNTA_ARENAS, CHILE_2026, DE_8_A_18)}) == 2
    assert Horario(SANTIAGO, {}, DE_8_A_18) != ICALMA
    assert ICALMA != INGEVEC
    assert ICALMA != "ICALMA"


def test_cambiar_los_datos_de_origen_no_cambia_el_horario():
    feriados = {date(2026, 12, 8): "x"}
    horario = Horario(SANTIAGO, feriados, DE_8_A_18)
    feriados[date(2026, 12, 9)] = "y"
    assert horario.es_habil(date(2026, 12, 9))
    with pytest.raises(TypeError):
        horario.feriados[date(2026, 12, 9)] = "y"


@pytest.mark.parametrize(
    ("fecha", "esperado"),
    [
        (date(2026, 12, 7), True),
        (date(2026, 12, 8), False),
        (date(2026, 11, 27), True),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
    ],
)
def test_dia_habil_es_de_lunes_a_viernes_sin_feriado(fecha, esperado):
    assert ICALMA.es_habil(fecha) is esperado


@pytest.mark.regla("I-22")
@pytest.mark.parametrize(
    ("cuando", "esperado"),
    [
        ("2026-11-23 07:59:59", False),
        ("2026-11-23 08:00:00", True),
        ("2026-11-23 17:59:59", True),
        ("2026-11-23 18:00:00", False),
        ("2026-11-28 12:00:00", False),
        ("2026-12-08 12:00:00", False),
    ],
)
def test_abierto_desde_la_apertura_hasta_antes_del_cierre(cuando, esperado):
    assert ICALMA.esta_abierto(local(cuando)) is esperado


@pytest.mark.parametrize(
    ("cuando", "esperado"),
    [
        ("2026-11-23 10:15:30.5", "2026-11-23 10:15:30"),
        ("2026-11-23 18:00", "2026-11-24 08:00:00"),
        ("2026-11-27 18:00", "2026-11-30 08:00:00"),
        ("2026-12-07 18:00", "2026-12-09 08:00:00"),
        ("2026-12-31 18:00", "2027-01-04 08:00:00"),
    ],
)
def test_la_proxima_apertura(cuando, esperado):
    assert pared(ICALMA.proxima_apertura(local(cuando))) == esperado


def test_las_ventanas_de_un_dia():
    ventanas = INGEVEC.ventanas(date(2026, 11, 26))
    assert [(pared(a)[11:16], pared(b)[11:16]) for a, b in ventanas] == [
        ("09:00", "13:30"),
        ("15:00", "18:30"),
    ]
    assert len(INGEVEC.ventanas(date(2026, 11, 27))) == 1
    assert INGEVEC.ventanas(date(2026, 11, 28)) == ()
    assert INGEVEC.ventanas(date(2026, 12, 8)) == ()


def test_el_proximo_feriado_de_dia_laboral():
    # 19 Sep 2026 is a Saturday: it moves no term.
    con_sabado = ICALMA.con_feriados({date(2026, 9, 19): "Glorias del Ejército"})
    assert con_sabado.proximo_feriado(date(2026, 9, 18)) == (
        date(2026, 10, 12),
        "Encuentro de Dos Mundos",
    )
    assert ICALMA.proximo_feriado(date(2027, 1, 1)) is None


def test_segundos_de_oficina_entre_dos_instantes():
    entre = ICALMA.segundos_oficina_entre
    assert entre(local("2026-11-23 10:15"), local("2026-11-23 11:15")) == 3600
    assert entre(local("2026-11-23 17:00"), local("2026-11-24 09:00")) == 7200
    assert entre(local("2026-11-27 18:00"), local("2026-11-30 08:00")) == 0
    assert entre(local("2026-11-24 09:00"), local("2026-11-23 17:00")) == -7200
    assert entre(local("2026-01-01 00:00"), local("2027-01-01 00:00")) == 251 * 36_000


PUROS = {"habiles", "horario", "palabras", "unidades", "zonas"}


@pytest.mark.parametrize("modulo", sorted(PUROS))
def test_la_aritmetica_no_importa_django(modulo):
    fuente = Path(calendario.__file__).with_name(f"{modulo}.py").read_text(encoding="utf-8")
    for nodo in ast.walk(ast.parse(fuente)):
        if isinstance(nodo, ast.ImportFrom) and nodo.level:
            assert nodo.module in PUROS
        elif isinstance(nodo, ast.ImportFrom):
            assert nodo.module.split(".")[0] in sys.stdlib_module_names
        elif isinstance(nodo, ast.Import):
            assert {a.name.split(".")[0] for a in nodo.names} <= sys.stdlib_module_names


def test_anios_de_los_que_no_se_conoce_ningun_feriado():
    horario = Horario(SANTIAGO, {date(2026, 12, 8): "x", date(2028, 1, 1): "y"}, {})
    assert horario.anios_sin_feriados(2026, 2026) == []
    assert horario.anios_sin_feriados(2025, 2029) == [2025, 2027, 2029]
