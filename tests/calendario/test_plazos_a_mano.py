"""Terms worked out by hand: the documents' own, and every awkward start we could think of."""

from datetime import date, datetime, time, timedelta

import pytest

from postventa.calendario.habiles import (
    Horario,
    Motivo,
    PlazoInvalido,
    Unidad,
    calcular,
    restar,
    sumar_meses,
)

from .lugares import (
    CAPERA,
    CHILE_2026,
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


@pytest.mark.regla("I-07")
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


@pytest.mark.regla("G-03", "G-08")
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


@pytest.mark.regla("ASE-AN5")
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


@pytest.mark.regla("I-11")
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


# Refusals


@pytest.mark.parametrize("horas", [1, 23, 25, 36, 47, 49, 100])
def test_las_horas_habiles_solo_admiten_multiplos_de_24(horas):
    with pytest.raises(PlazoInvalido, match="múltiplo de 24"):
        calcular(ICALMA, local("2026-11-23 10:15"), horas, HH)


@pytest.mark.parametrize("cantidad", [0, -1, 1.5, 24.0, "24", True, None])
@pytest.mark.parametrize("unidad", list(Unidad))
def test_la_cantidad_es_un_entero_positivo(cantidad, unidad):
    with pytest.raises(PlazoInvalido, match="número entero mayor que cero"):
        calcular(ICALMA, local("2026-11-23 10:15"), cantidad, unidad)


@pytest.mark.parametrize("unidad", list(Unidad))
def test_la_cantidad_tiene_un_maximo(unidad):
    with pytest.raises(PlazoInvalido, match="demasiado grande"):
        calcular(ICALMA, local("2026-11-23 10:15"), 24 * 100_000, unidad)


def test_una_unidad_desconocida_se_rechaza():
    with pytest.raises(PlazoInvalido, match="Unidad desconocida"):
        calcular(ICALMA, local("2026-11-23 10:15"), 1, "semanas")


def test_la_unidad_puede_venir_como_texto_de_la_base():
    assert vence("2026-11-23 10:15", 48, "horas_habiles") == "2026-11-25 10:15:00"


@pytest.mark.parametrize("anio", [1, 1999, 2101, 9999])
@pytest.mark.parametrize("unidad", list(Unidad))
def test_una_fecha_absurda_se_rechaza(anio, unidad):
    with pytest.raises(PlazoInvalido, match="fuera del rango"):
        calcular(ICALMA, datetime(anio, 6, 1, 12, tzinfo=SANTIAGO), 24, unidad)


@pytest.mark.parametrize("unidad", list(Unidad))
def test_un_instante_sin_zona_se_rechaza(unidad):
    with pytest.raises(ValueError, match="zona horaria"):
        calcular(ICALMA, datetime(2026, 11, 23, 10, 15), 24, unidad)  # noqa: DTZ001


@pytest.mark.parametrize("unidad", [HH, HO])
@pytest.mark.parametrize("tramos", [{}, {5: ((time(9), time(13)),)}, {0: ()}])
def test_sin_tramos_habiles_no_hay_apertura(unidad, tramos):
    horario = Horario(SANTIAGO, {}, tramos)
    with pytest.raises(PlazoInvalido, match="ningún tramo"):
        calcular(horario, local("2026-11-23 10:15"), 24, unidad)


def test_sin_tramos_los_dias_se_cuentan_igual():
    assert vence("2026-11-23 10:15", 2, DH, Horario(SANTIAGO, {}, {})) == "2026-11-25 23:59:59"


# What was skipped, and the strip of days


def saltados(desde, cantidad, unidad, horario=ICALMA, **opciones):
    v = calcular(horario, local(desde, horario.zona), cantidad, unidad, **opciones)
    return [dia for dia, _ in v.feriados_saltados]


def test_los_feriados_saltados_llevan_su_nombre():
    v = calcular(ICALMA, local("2026-12-07 10:00"), 24, HH)
    assert v.feriados_saltados == ((date(2026, 12, 8), "Inmaculada Concepción"),)


def test_un_feriado_en_fin_de_semana_no_se_salta():
    horario = Horario(SANTIAGO, {date(2026, 11, 28): "Sábado"}, DE_8_A_18)
    assert saltados("2026-11-27 10:00", 24, HH, horario) == []


def test_un_ticket_del_feriado_nombra_el_feriado_que_lo_atraso():
    assert saltados("2026-12-08 10:00", 24, HH) == [date(2026, 12, 8)]
    assert saltados("2026-12-08 10:00", 24, HO) == [date(2026, 12, 8)]


def test_en_dias_habiles_el_dia_cero_nunca_cuenta_aunque_sea_feriado():
    assert saltados("2026-12-08 10:00", 5, DH) == []


def test_las_horas_corridas_solo_saltan_lo_que_ruedan():
    assert saltados("2026-12-07 10:00", 24, HC) == []
    assert saltados("2026-12-07 10:00", 24, HC, rueda_a_apertura=True) == [date(2026, 12, 8)]
    assert saltados("2026-12-07 10:00", 48, HC, rueda_a_apertura=True) == []


def test_la_tira_de_dias_dice_el_papel_de_cada_uno():
    v = calcular(ICALMA, local("2026-11-28 11:00"), 48, HH)
    assert [(dia.day, motivo) for dia, motivo in v.dias] == [
        (28, Motivo.INICIO),
        (29, Motivo.FIN_DE_SEMANA),
        (30, Motivo.EMPIEZA),
        (1, Motivo.CUENTA),
        (2, Motivo.VENCE),
    ]


def test_la_tira_de_dias_marca_el_feriado():
    v = calcular(ICALMA, local("2026-12-07 10:00"), 48, HH)
    assert [(dia.day, motivo) for dia, motivo in v.dias] == [
        (7, Motivo.INICIO),
        (8, Motivo.FERIADO),
        (9, Motivo.CUENTA),
        (10, Motivo.VENCE),
    ]


def test_la_tira_de_dias_calendario_cuenta_el_fin_de_semana():
    v = calcular(ICALMA, local("2026-12-04 10:00"), 5, DC)
    assert [motivo for _, motivo in v.dias] == [Motivo.INICIO, *[Motivo.CUENTA] * 4, Motivo.VENCE]


def test_la_tira_marca_el_dia_habil_sin_atencion():
    solo_lunes = Horario(SANTIAGO, {}, {0: ((time(9), time(10)),)})
    v = calcular(solo_lunes, local("2026-11-23 09:00"), 2, HO)
    assert [motivo for _, motivo in v.dias] == [
        Motivo.INICIO,
        *[Motivo.CERRADO] * 4,
        *[Motivo.FIN_DE_SEMANA] * 2,
        Motivo.VENCE,
    ]


def test_un_plazo_que_vence_el_mismo_dia_tiene_un_solo_dia():
    v = calcular(ICALMA, local("2026-11-23 10:00"), 1, HC)
    assert v.dias == ((date(2026, 11, 23), Motivo.VENCE),)


def test_un_vencimiento_no_se_puede_cambiar():
    v = calcular(ICALMA, local("2026-11-23 10:00"), 1, HC)
    with pytest.raises(AttributeError):
        v.vence = v.desde
    assert v == calcular(ICALMA, local("2026-11-23 10:00"), 1, HC)
    assert len({v, calcular(ICALMA, local("2026-11-23 10:00"), 1, HC)}) == 1


# Warnings


@pytest.mark.parametrize(
    ("vence_en", "cantidad", "unidad", "esperado"),
    [
        ("2026-11-25 10:15", 1, DH, "2026-11-24 10:15:00"),
        ("2026-11-30 10:15", 1, DH, "2026-11-27 10:15:00"),
        ("2026-12-09 10:15", 1, DH, "2026-12-07 10:15:00"),
        ("2026-12-28 23:59:59", 5, DH, "2026-12-18 23:59:59"),
        ("2026-12-28 23:59:59", 1, DH, "2026-12-24 23:59:59"),
        ("2026-11-29 23:59:59", 1, DH, "2026-11-27 23:59:59"),
        ("2026-12-25 23:59:59", 2, DC, "2026-12-23 23:59:59"),
        ("2026-11-25 10:15", 48, HH, "2026-11-23 10:15:00"),
        ("2026-11-25 10:15", 5, HC, "2026-11-25 05:15:00"),
        ("2026-11-25 10:15", 3, HO, "2026-11-24 17:15:00"),
        ("2026-11-25 10:15", 10, HO, "2026-11-24 10:15:00"),
        ("2026-11-25 18:00", 10, HO, "2026-11-25 08:00:00"),
        ("2027-02-28 23:59:59", 1, MESES, "2027-01-28 23:59:59"),
        ("2026-09-07 00:30", 1, DC, "2026-09-06 01:00:00"),
        ("2026-04-06 10:00", 24, HC, "2026-04-05 10:00:00"),
    ],
)
def test_el_aviso_se_da_tantas_unidades_antes(vence_en, cantidad, unidad, esperado):
    assert pared(restar(ICALMA, local(vence_en), cantidad, unidad)) == esperado


def test_el_aviso_de_un_dia_repetido_usa_la_segunda_lectura():
    aviso = restar(ICALMA, local("2026-04-05 23:30"), 1, DC)
    assert aviso == utc("2026-04-05 03:30:00")


def test_restar_deshace_lo_que_calcular_hizo():
    v = calcular(ICALMA, local("2026-11-23 10:15"), 48, HH)
    assert restar(ICALMA, v.vence, 48, HH) == v.desde


@pytest.mark.parametrize("cantidad", [0, 25])
def test_un_aviso_mal_escrito_se_rechaza(cantidad):
    with pytest.raises(PlazoInvalido):
        restar(ICALMA, local("2026-11-25 10:15"), cantidad, HH)


def test_los_feriados_extra_valen_solo_para_la_copia():
    copia = ICALMA.con_feriados({date(2026, 11, 24): "Feriado indicado"})
    assert vence("2026-11-23 10:15", 24, HH, copia) == "2026-11-25 10:15:00"
    assert vence("2026-11-23 10:15", 24, HH) == "2026-11-24 10:15:00"
    repetido = ICALMA.con_feriados({date(2026, 12, 8): "Otro nombre"})
    assert repetido.feriados == CHILE_2026
