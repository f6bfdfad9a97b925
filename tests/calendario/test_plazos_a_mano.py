"""Terms worked out by hand: the documents' own, and every awkward start we could think of."""

from datetime import date, time, timedelta

import pytest

from postventa.calendario.habiles import (
    Horario,
    Unidad,
    calcular,
    sumar_meses,
)

from .lugares import (
    CAPERA,
    COMTECO,
    DE_8_A_18,
    ICALMA,
    INGEVEC,
    LA_PAZ,
    LIMA,
    PUNTA_ARENAS,
    SANTIAGO,
    local,
    pared,
    utc,
)

HH, HO, HC = Unidad.HORAS_HABILES, Unidad.HORAS_OFICINA, Unidad.HORAS_CORRIDAS
DH, DC, MESES = Unidad.DIAS_HABILES, Unidad.DIAS_CALENDARIO, Unidad.MESES


def vence(desde, cantidad, unidad, horario=ICALMA, **opciones):
    zona = horario.zona
    return pared(calcular(horario, local(desde, zona), cantidad, unidad, **opciones).vence, zona)


# The six worked deadlines


@pytest.mark.regla("I-07")
def test_48_horas_habiles_son_dos_dias_habiles():
    assert vence("2026-11-23 10:15", 48, HH) == "2026-11-25 10:15:00"


@pytest.mark.regla("I-07")
def test_48_horas_habiles_de_un_sabado_empiezan_el_lunes_a_la_apertura():
    v = calcular(ICALMA, local("2026-11-28 11:00"), 48, HH)
    assert pared(v.inicio_efectivo) == "2026-11-30 08:00:00"
    assert pared(v.vence) == "2026-12-02 08:00:00"


@pytest.mark.parametrize(
    ("desde", "esperado"),
    [
        ("2026-11-23 10:15", "2026-11-30 08:15:00"),
        ("2026-11-28 11:00", "2026-12-04 16:00:00"),
    ],
)
def test_48_horas_de_oficina_cuentan_solo_la_oficina(desde, esperado):
    assert vence(desde, 48, HO) == esperado


@pytest.mark.regla("I-11")
def test_72_horas_habiles_son_tres_dias_habiles():
    assert vence("2026-10-06 16:00", 72, HH) == "2026-10-09 16:00:00"


def test_cinco_dias_habiles_desde_la_llamada_dejan_un_solo_jueves():
    dias = INGEVEC.proximos_habiles(date(2026, 11, 23), 5)
    assert [dia.day for dia in dias] == [24, 25, 26, 27, 30]
    assert [dia.day for dia in dias if dia.weekday() == 3] == [26]


@pytest.mark.regla("G-07")
@pytest.mark.parametrize(
    ("desde", "hasta", "esperado"),
    [
        ("2026-11-26 09:00", "2026-11-26 09:30", True),
        ("2026-11-26 13:15", "2026-11-26 13:45", False),
        ("2026-11-26 13:00", "2026-11-26 13:30", True),
        ("2026-11-26 13:30", "2026-11-26 14:00", False),
        ("2026-11-26 12:00", "2026-11-26 16:00", False),
        ("2026-11-26 18:00", "2026-11-26 18:30", True),
        ("2026-11-26 18:00", "2026-11-26 18:31", False),
        ("2026-11-27 14:00", "2026-11-27 14:30", True),
        ("2026-11-27 15:00", "2026-11-27 15:30", False),
        ("2026-11-28 10:00", "2026-11-28 10:30", False),
        ("2026-12-08 10:00", "2026-12-08 10:30", False),
        ("2026-11-25 18:00", "2026-11-26 09:30", False),
        ("2026-11-26 09:30", "2026-11-26 09:30", False),
        ("2026-11-26 10:00", "2026-11-26 09:30", False),
    ],
)
def test_una_visita_cabe_entera_en_un_tramo(desde, hasta, esperado):
    assert INGEVEC.cabe(local(desde), local(hasta)) is esperado


@pytest.mark.regla("C-09")
def test_veinte_dias_habiles_saltan_tres_feriados_de_diciembre():
    v = calcular(CAPERA, local("2026-11-26 11:00", LIMA), 20, DH)
    assert pared(v.vence, LIMA) == "2026-12-29 23:59:59"
    assert [dia.day for dia, _ in v.feriados_saltados] == [8, 9, 25]


def test_quince_dias_habiles_del_plazo_legal():
    assert vence("2026-11-26 11:00", 15, DH, CAPERA) == "2026-12-21 23:59:59"


def test_cuatro_meses_se_recortan_al_ultimo_dia_de_febrero():
    v = calcular(COMTECO, local("2026-10-31 09:00", LA_PAZ), 4, MESES)
    assert pared(v.vence, LA_PAZ) == "2027-02-28 23:59:59"
    assert local("2027-02-28 23:59:59", LA_PAZ) <= v.vence < local("2027-03-01 00:00", LA_PAZ)


# R2 and R3: effective start and 24 hours per business day


@pytest.mark.parametrize(
    ("desde", "inicio", "esperado"),
    [
        ("2026-11-23 08:00", "2026-11-23 08:00:00", "2026-11-25 08:00:00"),
        ("2026-11-23 07:59:59", "2026-11-23 08:00:00", "2026-11-25 08:00:00"),
        ("2026-11-23 17:59:59", "2026-11-23 17:59:59", "2026-11-25 17:59:59"),
        ("2026-11-23 18:00", "2026-11-24 08:00:00", "2026-11-26 08:00:00"),
        ("2026-11-27 17:00", "2026-11-27 17:00:00", "2026-12-01 17:00:00"),
        ("2026-11-27 18:30", "2026-11-30 08:00:00", "2026-12-02 08:00:00"),
        ("2026-11-29 23:59:59", "2026-11-30 08:00:00", "2026-12-02 08:00:00"),
        ("2026-12-07 10:00", "2026-12-07 10:00:00", "2026-12-10 10:00:00"),
        ("2026-12-08 10:00", "2026-12-09 08:00:00", "2026-12-11 08:00:00"),
        ("2026-12-31 12:00", "2026-12-31 12:00:00", "2027-01-05 12:00:00"),
        ("2026-04-02 16:00", "2026-04-02 16:00:00", "2026-04-07 16:00:00"),
    ],
)
def test_el_inicio_efectivo_espera_la_apertura(desde, inicio, esperado):
    v = calcular(ICALMA, local(desde), 48, HH)
    assert (pared(v.inicio_efectivo), pared(v.vence)) == (inicio, esperado)


def test_en_la_colacion_el_plazo_empieza_al_reabrir():
    v = calcular(INGEVEC, local("2026-11-24 14:00"), 24, HH)
    assert pared(v.inicio_efectivo) == "2026-11-24 15:00:00"
    assert pared(v.vence) == "2026-11-25 15:00:00"


def test_el_sabado_nunca_es_habil_aunque_tenga_tramos():
    tramos = {**DE_8_A_18, 5: ((time(9), time(13)),)}
    horario = Horario(SANTIAGO, {}, tramos)
    sabado = local("2026-11-28 10:00")
    assert not horario.es_habil(date(2026, 11, 28))
    assert not horario.esta_abierto(sabado)
    assert pared(horario.proxima_apertura(sabado)) == "2026-11-30 08:00:00"
    assert pared(calcular(horario, sabado, 10, HO).vence) == "2026-11-30 18:00:00"


def test_la_hora_del_vencimiento_no_cambia_con_el_reloj_de_abril():
    assert vence("2026-04-02 10:00", 24, HH) == "2026-04-06 10:00:00"
    horas = calcular(ICALMA, local("2026-04-02 10:00"), 24, HH)
    assert horas.vence - horas.desde == timedelta(hours=4 * 24 + 1)


# R3-alt: office hours


@pytest.mark.parametrize(
    ("desde", "horas", "esperado"),
    [
        ("2026-11-23 08:00", 10, "2026-11-23 18:00:00"),
        ("2026-11-23 08:00", 11, "2026-11-24 09:00:00"),
        ("2026-11-23 17:59:59", 1, "2026-11-24 08:59:59"),
        ("2026-11-27 17:00", 1, "2026-11-27 18:00:00"),
        ("2026-11-27 17:00", 2, "2026-11-30 09:00:00"),
        ("2026-12-07 17:00", 2, "2026-12-09 09:00:00"),
    ],
)
def test_las_horas_de_oficina_que_terminan_al_cierre_vencen_al_cierre(desde, horas, esperado):
    assert vence(desde, horas, HO) == esperado


def test_las_horas_de_oficina_saltan_la_colacion():
    assert vence("2026-11-24 12:30", 2, HO, INGEVEC) == "2026-11-24 16:00:00"


# R4 and R8: running hours


@pytest.mark.parametrize(
    ("desde", "rueda", "esperado"),
    [
        ("2026-10-06 16:00", True, "2026-10-09 16:00:00"),
        ("2026-10-07 16:00", False, "2026-10-10 16:00:00"),
        ("2026-10-07 16:00", True, "2026-10-13 08:00:00"),
        ("2026-11-23 18:00", True, "2026-11-27 08:00:00"),
        ("2026-11-23 07:00", True, "2026-11-26 08:00:00"),
    ],
)
def test_72_horas_corridas_ruedan_a_la_apertura_si_la_politica_lo_dice(desde, rueda, esperado):
    # 18:00 itself is already out of the window (R2).
    assert vence(desde, 72, HC, rueda_a_apertura=rueda) == esperado


@pytest.mark.parametrize(
    ("desde", "esperado"),
    [
        ("2026-04-04 12:00", "2026-04-05 11:00:00"),
        ("2026-09-05 12:00", "2026-09-06 13:00:00"),
    ],
)
def test_24_horas_corridas_son_reales_aunque_cambie_la_hora(desde, esperado):
    assert vence(desde, 24, HC) == esperado


def test_la_urgencia_corre_de_noche_y_en_feriado():
    assert vence("2026-12-08 23:30", 1, HC) == "2026-12-09 00:30:00"


@pytest.mark.parametrize("unidad", [HH, HO, DH, DC, MESES])
def test_rodar_a_la_apertura_solo_toca_las_horas_corridas(unidad):
    sin = calcular(ICALMA, local("2026-11-27 17:00"), 24, unidad)
    con = calcular(ICALMA, local("2026-11-27 17:00"), 24, unidad, rueda_a_apertura=True)
    assert sin.vence == con.vence


# R5 and R6: days


@pytest.mark.regla("G-11")
@pytest.mark.parametrize(
    ("desde", "esperado"),
    [
        ("2026-11-26 10:00", "2026-12-28 23:59:59"),
        ("2026-11-26 23:59:59", "2026-12-28 23:59:59"),
        ("2026-11-28 10:00", "2026-12-29 23:59:59"),
        ("2026-12-08 10:00", "2027-01-07 23:59:59"),
    ],
)
def test_veinte_dias_habiles_para_ejecutar_los_trabajos(desde, esperado):
    assert vence(desde, 20, DH, INGEVEC) == esperado


@pytest.mark.regla("C-07")
def test_cinco_dias_habiles_para_avisar_el_ingreso():
    assert vence("2026-12-04 17:00", 5, DH, CAPERA) == "2026-12-15 23:59:59"


@pytest.mark.regla("C-13")
def test_diez_dias_calendario_no_saltan_nada():
    v = calcular(CAPERA, local("2026-12-15 17:00", LIMA), 10, DC)
    assert pared(v.vence, LIMA) == "2026-12-25 23:59:59"
    assert v.feriados_saltados == ()


def test_el_dia_cero_es_el_local_y_no_el_de_utc():
    # 22:00 of the 26th in Lima is already the 27th in UTC.
    assert vence("2026-11-26 22:00", 1, DH, CAPERA) == "2026-11-27 23:59:59"


# R11: months


@pytest.mark.parametrize(
    ("fecha", "meses", "esperado"),
    [
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2027, 10, 31), 4, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 13, date(2027, 12, 30)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
    ],
)
def test_los_meses_conservan_el_dia_o_se_recortan(fecha, meses, esperado):
    assert sumar_meses(fecha, meses) == esperado


# R9 and R10: the end of a day


@pytest.mark.parametrize(
    ("zona", "desde", "esperado"),
    [
        (SANTIAGO, "2026-09-04 10:00", "2026-09-06 03:59:59"),
        (SANTIAGO, "2026-04-03 10:00", "2026-04-05 03:59:59"),
        (PUNTA_ARENAS, "2026-09-04 10:00", "2026-09-06 02:59:59"),
        (PUNTA_ARENAS, "2026-04-03 10:00", "2026-04-05 02:59:59"),
    ],
)
def test_un_dia_termina_donde_empieza_el_siguiente(zona, desde, esperado):
    horario = Horario(zona, {}, DE_8_A_18)
    assert calcular(horario, local(desde, zona), 1, DC).vence == utc(esperado)


def test_el_resultado_esta_en_utc_y_en_segundos_enteros():
    v = calcular(ICALMA, local("2026-11-23 10:15:30.999999"), 48, HH)
    assert v.desde == v.inicio_efectivo == utc("2026-11-23 13:15:30")
    assert v.vence == utc("2026-11-25 13:15:30")
    assert {i.tzname() for i in (v.desde, v.inicio_efectivo, v.vence)} == {"UTC"}
