"""Dates, durations and reasons in words."""

from datetime import date, timedelta

import pytest

from postventa.calendario.habiles import Unidad, calcular
from postventa.calendario.palabras import (
    cantidad_en_palabras,
    del_dia,
    dia_en_palabras,
    duracion_en_palabras,
    duracion_habil_en_palabras,
    enumerar,
    explicar,
    fecha_corta,
    fecha_en_palabras,
    vence_en_palabras,
)

from .lugares import CAPERA, COMTECO, ICALMA, LA_PAZ, LIMA, SANTIAGO, local, utc


def test_de_hoy_y_del_miercoles():
    ahora = local("2026-11-25 09:00", SANTIAGO)
    for cuando, dice in (
        ("2026-11-25 11:30", "de hoy, 11:30"),
        ("2026-11-26 10:00", "del jue 26, 10:00"),
    ):
        assert del_dia(fecha_corta(local(cuando, SANTIAGO), SANTIAGO, ahora)) == dice


def test_una_fecha_en_palabras():
    assert dia_en_palabras(date(2026, 11, 25)) == "miércoles 25 de noviembre"
    assert dia_en_palabras(date(2026, 2, 28), con_anio=True) == "sábado 28 de febrero de 2026"


@pytest.mark.parametrize(
    ("instante", "zona", "esperado"),
    [
        ("2026-11-25 13:15:00", SANTIAGO, "miércoles 25 de noviembre, a las 10:15"),
        ("2026-11-25 13:15:00", LIMA, "miércoles 25 de noviembre, a las 08:15"),
        ("2026-11-25 13:15:00", LA_PAZ, "miércoles 25 de noviembre, a las 09:15"),
        ("2026-11-25 02:00:00", SANTIAGO, "martes 24 de noviembre, a las 23:00"),
        ("2026-11-25 04:05:00", SANTIAGO, "miércoles 25 de noviembre, a la 01:05"),
        ("2026-11-25 16:05:00", SANTIAGO, "miércoles 25 de noviembre, a las 13:05"),
    ],
)
def test_un_instante_en_palabras(instante, zona, esperado):
    assert fecha_en_palabras(utc(instante), zona) == esperado


def test_un_instante_en_palabras_sin_hora():
    sin_hora = fecha_en_palabras(utc("2026-11-25 13:15:00"), SANTIAGO, con_hora=False)
    assert sin_hora == "miércoles 25 de noviembre"


def test_el_fin_de_un_dia_se_dice_asi():
    assert (
        vence_en_palabras(utc("2026-12-30 04:59:59"), LIMA)
        == "el martes 29 de diciembre, hasta el final del día"
    )
    assert (
        vence_en_palabras(utc("2026-12-30 04:59:58"), LIMA)
        == "el martes 29 de diciembre, a las 23:59"
    )


@pytest.mark.parametrize(
    ("instante", "esperado"),
    [
        ("2026-11-26 11:30", "Hoy, 11:30"),
        ("2026-11-25 16:20", "Mié 25, 16:20"),
        ("2026-11-27 09:40", "Vie 27, 09:40"),
        ("2026-12-01 10:45", "Mar 1 dic, 10:45"),
        ("2027-01-04 08:00", "Lun 4 ene 2027, 08:00"),
    ],
)
def test_una_fecha_corta_dice_lo_que_hace_falta(instante, esperado):
    assert fecha_corta(local(instante), SANTIAGO, local("2026-11-26 09:12")) == esperado


def test_una_fecha_corta_sin_saber_que_dia_es_hoy():
    assert fecha_corta(local("2026-11-26 11:30"), SANTIAGO) == "Jue 26 nov, 11:30"


@pytest.mark.parametrize(
    ("cantidad", "unidad", "esperado"),
    [
        (48, Unidad.HORAS_HABILES, "48 horas hábiles"),
        (1, Unidad.HORAS_CORRIDAS, "1 hora corrida"),
        (5, Unidad.HORAS_OFICINA, "5 horas de oficina"),
        (1, Unidad.DIAS_HABILES, "1 día hábil"),
        (10, Unidad.DIAS_CALENDARIO, "10 días calendario"),
        (1, Unidad.MESES, "1 mes"),
        (4, "meses", "4 meses"),
    ],
)
def test_una_cantidad_en_palabras(cantidad, unidad, esperado):
    assert cantidad_en_palabras(cantidad, unidad) == esperado


@pytest.mark.parametrize(
    ("partes", "esperado"),
    [(["a"], "a"), (["a", "b"], "a y b"), (["a", "b", "c"], "a, b y c")],
)
def test_enumerar(partes, esperado):
    assert enumerar(partes) == esperado


@pytest.mark.parametrize(
    ("segundos", "esperado"),
    [
        (0, "menos de 1 min"),
        (59, "menos de 1 min"),
        (60, "1 min"),
        (28 * 60 + 59, "28 min"),
        (3600, "1 h"),
        (18 * 3600 + 25 * 60, "18 h 25 min"),
        (86_400, "1 día"),
        (86_400 + 3599, "1 día"),
        (3 * 86_400 + 4 * 3600, "3 días y 4 h"),
    ],
)
def test_una_duracion_en_palabras(segundos, esperado):
    assert duracion_en_palabras(segundos) == esperado


# What is left: the console's own examples first


@pytest.mark.parametrize(
    ("ahora", "vence", "esperado"),
    [
        ("2026-11-26 09:12", "2026-11-25 16:20", "Hace 16 h 52 min"),
        ("2026-11-26 09:12", "2026-11-26 11:30", "Quedan 2 h 18 min"),
        ("2026-11-26 09:12", "2026-11-26 17:05", "Quedan 7 h 53 min"),
        ("2026-11-26 09:12", "2026-11-27 09:40", "1 día hábil y 28 min"),
        ("2026-11-26 09:12", "2026-11-27 16:00", "1 día hábil y 6 h 48 min"),
        ("2026-11-26 11:05", "2026-12-01 10:45", "2 días hábiles y 23 h 40 min"),
        ("2026-11-23 10:15", "2026-11-25 10:15", "2 días hábiles"),
        ("2026-11-28 11:00", "2026-12-02 08:00", "2 días hábiles"),
        ("2026-11-24 20:00", "2026-11-25 08:00", "Quedan 12 h"),
        ("2026-11-27 17:00", "2026-11-30 08:00", "Quedan 15 h hábiles"),
        ("2026-12-07 17:00", "2026-12-09 08:00", "Quedan 15 h hábiles"),
        ("2026-11-26 09:12", "2026-11-26 10:12", "Queda 1 h"),
        ("2026-11-26 09:12", "2026-11-26 09:13", "Queda 1 min"),
        ("2026-11-26 09:12:30", "2026-11-26 09:13", "Queda menos de 1 min"),
        ("2026-11-26 09:12", "2026-11-26 09:12", "Vence ahora"),
        ("2026-11-26 09:12:01", "2026-11-26 09:12", "Hace menos de 1 min"),
        ("2026-11-26 09:12", "2026-11-24 09:12", "Hace 2 días"),
        ("2026-11-26 09:12", "2026-12-28 23:59:59", "20 días hábiles"),
        ("2026-11-26 09:12", "2026-11-26 23:59:59", "Quedan 14 h 48 min"),
    ],
)
def test_lo_que_queda_de_un_plazo(ahora, vence, esperado):
    assert duracion_habil_en_palabras(ICALMA, local(ahora), local(vence)) == esperado


def test_lo_que_queda_en_un_fin_de_semana_sin_dias_habiles_por_delante():
    queda = duracion_habil_en_palabras(ICALMA, local("2026-11-28 10:00"), local("2026-11-29 12:00"))
    assert queda == "Queda 1 día y 2 h"


@pytest.mark.parametrize(
    "unidad", [Unidad.HORAS_CORRIDAS, Unidad.DIAS_CALENDARIO, Unidad.MESES, "meses"]
)
def test_lo_que_queda_de_un_plazo_que_corre_todos_los_dias(unidad):
    queda = duracion_habil_en_palabras(
        ICALMA, local("2026-11-27 17:00"), local("2026-11-30 08:00"), unidad
    )
    assert queda == "Quedan 2 días y 15 h"


@pytest.mark.parametrize(
    ("unidad", "desde", "cantidad", "ahora", "esperado"),
    [
        # 48 business hours sent before the opening, and over a weekend.
        (Unidad.HORAS_HABILES, "2026-11-24 06:00", 48, None, "2 días hábiles desde la apertura"),
        (Unidad.HORAS_HABILES, "2026-11-27 21:00", 48, None, "2 días hábiles desde la apertura"),
        (
            Unidad.HORAS_HABILES,
            "2026-11-27 21:00",
            48,
            "2026-11-30 08:01",
            "1 día hábil y 23 h 59 min",
        ),
        (Unidad.DIAS_HABILES, "2026-11-26 10:00", 3, None, "3 días hábiles"),
        (Unidad.DIAS_HABILES, "2026-11-26 10:00", 1, None, "1 día hábil"),
        (Unidad.DIAS_HABILES, "2026-11-26 10:00", 1, "2026-11-27 10:00", "Quedan 14 h"),
        (Unidad.DIAS_HABILES, "2026-12-02 10:00", 2, None, "2 días hábiles"),
        (Unidad.DIAS_CALENDARIO, "2026-11-26 10:00", 10, None, "Quedan 10 días"),
        (Unidad.HORAS_OFICINA, "2026-11-26 21:00", 5, None, "Quedan 5 h desde la apertura"),
        (Unidad.HORAS_OFICINA, "2026-11-26 16:00", 5, None, "Quedan 5 h de oficina"),
        (Unidad.HORAS_OFICINA, "2026-11-26 09:00", 5, "2026-11-26 09:30", "Quedan 4 h 30 min"),
    ],
)
def test_lo_que_queda_nunca_es_mas_que_el_plazo(unidad, desde, cantidad, ahora, esperado):
    v = calcular(ICALMA, local(desde), cantidad, unidad)
    ahora = local(ahora or desde)
    queda = duracion_habil_en_palabras(ICALMA, ahora, v.vence, unidad, v.inicio_efectivo)
    assert queda == esperado


def test_lo_que_queda_nunca_crece_con_el_tiempo():
    """Minute after minute over a long weekend, the words follow the clock down."""
    vence, ahora = local("2026-12-10 10:00"), local("2026-12-04 09:00")
    dias = []
    while ahora < vence:
        texto = duracion_habil_en_palabras(ICALMA, ahora, vence)
        dias.append(int(texto.split()[0]) if texto[0].isdigit() else 0)
        ahora += timedelta(minutes=7)
    assert dias == sorted(dias, reverse=True)
    assert set(dias) == {3, 2, 1, 0}


# Why this date


def explicado(horario, desde, cantidad, unidad, *, es_estricto=False, **opciones):
    v = calcular(horario, local(desde, horario.zona), cantidad, unidad, **opciones)
    return explicar(v, es_estricto=es_estricto)


def test_la_explicacion_de_48_horas_habiles():
    assert explicado(ICALMA, "2026-11-23 10:15", 48, Unidad.HORAS_HABILES) == (
        "El plazo es de 48 horas hábiles, es decir, 2 días hábiles. "
        "Se cuenta desde el lunes 23 de noviembre, a las 10:15. "
        "No se cuentan sábados, domingos ni feriados. "
        "Vence a más tardar el miércoles 25 de noviembre, a las 10:15."
    )


def test_la_explicacion_de_un_ingreso_fuera_de_horario():
    texto = explicado(ICALMA, "2026-11-28 11:00", 48, Unidad.HORAS_HABILES)
    assert (
        "Se cuenta desde el lunes 30 de noviembre, a las 08:00, porque el sábado 28 de noviembre, "
        "a las 11:00 era fuera del horario de atención."
    ) in texto


def test_la_explicacion_nombra_los_feriados_saltados():
    assert explicado(CAPERA, "2026-11-26 11:00", 20, Unidad.DIAS_HABILES) == (
        "El plazo es de 20 días hábiles. "
        "Se cuenta desde el día hábil siguiente al jueves 26 de noviembre. "
        "No se cuentan sábados, domingos ni feriados; feriados en el plazo: "
        "martes 8 de diciembre (Inmaculada Concepción), "
        "miércoles 9 de diciembre (Batalla de Ayacucho) y viernes 25 de diciembre (Navidad). "
        "Vence a más tardar el martes 29 de diciembre, hasta el final del día."
    )


def test_la_explicacion_de_dias_calendario():
    texto = explicado(CAPERA, "2026-12-15 17:00", 10, Unidad.DIAS_CALENDARIO)
    assert "Se cuenta desde el día siguiente al martes 15 de diciembre." in texto
    assert "Se cuentan todos los días, también fines de semana y feriados." in texto


def test_la_explicacion_dice_el_anio_cuando_es_otro():
    texto = explicado(COMTECO, "2026-10-31 09:00", 4, Unidad.MESES)
    assert texto.endswith("el domingo 28 de febrero de 2027, hasta el final del día.")


@pytest.mark.parametrize(
    ("desde", "rueda", "frase"),
    [
        ("2026-10-06 16:00", True, "a las 16:00. Vence a más tardar"),
        ("2026-10-07 16:00", True, "pasa a la próxima apertura; feriados en el plazo: lunes 12"),
        ("2026-10-07 16:00", False, "también fines de semana y feriados. Vence a más tardar"),
        ("2026-11-26 16:00", True, "y pasa a la próxima apertura. Vence"),
    ],
)
def test_la_explicacion_de_horas_corridas(desde, rueda, frase):
    texto = explicado(ICALMA, desde, 72, Unidad.HORAS_CORRIDAS, rueda_a_apertura=rueda)
    assert frase in texto


def test_un_plazo_estricto_se_cumple_antes():
    texto = explicado(COMTECO, "2026-11-23 10:15", 24, Unidad.HORAS_CORRIDAS, es_estricto=True)
    assert texto.endswith("Debe cumplirse antes del martes 24 de noviembre, a las 10:15.")
