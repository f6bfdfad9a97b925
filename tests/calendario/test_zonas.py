"""Clock changes: the facts that the zone tables must hold and what is built on them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from postventa.calendario.zonas import (
    a_epoca,
    a_instante,
    comienzo_del_dia,
    epoca_local,
    existe,
    fecha_local,
    fin_del_dia,
)

from .lugares import COYHAIQUE, LA_PAZ, LIMA, PUNTA_ARENAS, SANTIAGO, utc


@pytest.mark.parametrize(
    ("zona", "fecha", "esperado"),
    [
        (SANTIAGO, date(2026, 9, 5), "2026-09-06 03:59:59"),
        (SANTIAGO, date(2026, 4, 4), "2026-04-05 03:59:59"),
        (PUNTA_ARENAS, date(2026, 9, 5), "2026-09-06 02:59:59"),
        (PUNTA_ARENAS, date(2026, 4, 4), "2026-04-05 02:59:59"),
        (COYHAIQUE, date(2026, 9, 5), "2026-09-06 02:59:59"),
        (COYHAIQUE, date(2026, 4, 4), "2026-04-05 02:59:59"),
        (LIMA, date(2026, 4, 4), "2026-04-05 04:59:59"),
        (LA_PAZ, date(2026, 4, 4), "2026-04-05 03:59:59"),
        (SANTIAGO, date(2026, 12, 31), "2027-01-01 02:59:59"),
        (SANTIAGO, date(2026, 6, 30), "2026-07-01 03:59:59"),
        (SANTIAGO, date(2027, 4, 3), "2027-04-04 03:59:59"),
        (SANTIAGO, date(2027, 9, 4), "2027-09-05 03:59:59"),
    ],
)
def test_el_ultimo_segundo_de_un_dia(zona, fecha, esperado):
    assert a_instante(fin_del_dia(fecha, zona)) == utc(esperado)


def test_el_domingo_del_cambio_de_septiembre_empieza_a_la_una():
    inicio = a_instante(comienzo_del_dia(date(2026, 9, 6), SANTIAGO))
    assert inicio == utc("2026-09-06 04:00:00")
    assert inicio.astimezone(SANTIAGO).time() == time(1)


def test_el_sabado_del_cambio_de_abril_dura_25_horas():
    zona, fecha = SANTIAGO, date(2026, 4, 4)
    assert fin_del_dia(fecha, zona) + 1 - comienzo_del_dia(fecha, zona) == 25 * 3600


def test_el_domingo_del_cambio_de_septiembre_dura_23_horas():
    zona, fecha = SANTIAGO, date(2026, 9, 6)
    assert fin_del_dia(fecha, zona) + 1 - comienzo_del_dia(fecha, zona) == 23 * 3600


@pytest.mark.parametrize("zona", [PUNTA_ARENAS, COYHAIQUE, LIMA, LA_PAZ])
def test_las_otras_zonas_no_cambian_la_hora(zona):
    dia = date(2026, 1, 1)
    while dia.year == 2026:
        assert fin_del_dia(dia, zona) + 1 - comienzo_del_dia(dia, zona) == 86_400
        dia += timedelta(days=1)


@pytest.mark.parametrize(
    ("fecha", "hora", "esperado"),
    [
        # Twice: the second reading.
        (date(2026, 4, 4), time(23, 0), "2026-04-05 03:00:00"),
        (date(2026, 4, 4), time(23, 59, 59), "2026-04-05 03:59:59"),
        (date(2026, 4, 4), time(22, 59, 59), "2026-04-05 01:59:59"),
        # Never: the end of the gap.
        (date(2026, 9, 6), time(0, 0), "2026-09-06 04:00:00"),
        (date(2026, 9, 6), time(0, 30), "2026-09-06 04:00:00"),
        (date(2026, 9, 6), time(0, 59, 59), "2026-09-06 04:00:00"),
        (date(2026, 9, 6), time(1, 0), "2026-09-06 04:00:00"),
        (date(2026, 9, 6), time(1, 0, 1), "2026-09-06 04:00:01"),
        # Once.
        (date(2026, 9, 5), time(23, 59, 59), "2026-09-06 03:59:59"),
        (date(2026, 11, 23), time(10, 15), "2026-11-23 13:15:00"),
    ],
)
def test_una_lectura_de_la_pared(fecha, hora, esperado):
    assert a_instante(epoca_local(fecha, hora, SANTIAGO)) == utc(esperado)


def test_un_salto_que_no_empieza_a_medianoche():
    # New York, 2026-03-08: 02:00 to 03:00 does not exist.
    instante = epoca_local(date(2026, 3, 8), time(2, 30), ZoneInfo("America/New_York"))
    assert a_instante(instante) == utc("2026-03-08 07:00:00")


@pytest.mark.parametrize(
    ("zona", "fecha", "hora", "esperado"),
    [
        (SANTIAGO, date(2026, 9, 6), time(0, 0), False),
        (SANTIAGO, date(2026, 9, 6), time(0, 59, 59), False),
        (SANTIAGO, date(2026, 9, 6), time(1, 0), True),
        (SANTIAGO, date(2026, 9, 5), time(23, 59, 59), True),
        (SANTIAGO, date(2026, 4, 4), time(23, 30), True),
        (PUNTA_ARENAS, date(2026, 9, 6), time(0, 30), True),
    ],
)
def test_hay_lecturas_que_no_existen(zona, fecha, hora, esperado):
    assert existe(fecha, hora, zona) is esperado


def test_la_fecha_local_no_es_la_de_utc():
    assert fecha_local(a_epoca(utc("2026-11-27 02:59:59")), SANTIAGO) == date(2026, 11, 26)
    assert fecha_local(a_epoca(utc("2026-11-27 03:00:00")), SANTIAGO) == date(2026, 11, 27)


def test_la_epoca_corta_la_fraccion_y_exige_zona():
    assert a_epoca(utc("2026-11-23 13:15:30.999999")) == a_epoca(utc("2026-11-23 13:15:30"))
    with pytest.raises(ValueError, match="zona horaria"):
        a_epoca(datetime(2026, 11, 23, 10, 15))  # noqa: DTZ001
