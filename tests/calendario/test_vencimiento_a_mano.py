"""What a term refuses, how it explains itself, and when its warning is due."""

from datetime import date, datetime, time

import pytest

from postventa.calendario.habiles import (
    Horario,
    Motivo,
    PlazoInvalido,
    Unidad,
    calcular,
    restar,
)

from .lugares import (
    CHILE_2026,
    DE_8_A_18,
    ICALMA,
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
