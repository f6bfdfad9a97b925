"""Every unit against the brute-force walk: 2024 to 2028, four zones, both clock changes."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from postventa.calendario.habiles import Horario, Unidad, calcular, restar

from . import oraculo
from .lugares import DE_8_A_18, LA_PAZ, LIMA, PUNTA_ARENAS, SANTIAGO, local

DESDE = datetime(2024, 1, 1, tzinfo=UTC)
SEGUNDOS = int((datetime(2029, 1, 1, tzinfo=UTC) - DESDE).total_seconds())
# The ten nights of those years in which Santiago's clock changes, in UTC.
CAMBIOS = [
    datetime(*dia, tzinfo=UTC)
    for dia in (
        (2024, 4, 7, 3), (2024, 9, 8, 4), (2025, 4, 6, 3), (2025, 9, 7, 4), (2026, 4, 5, 3),
        (2026, 9, 6, 4), (2027, 4, 4, 3), (2027, 9, 5, 4), (2028, 4, 2, 3), (2028, 9, 3, 4),
    )
]  # fmt: skip

rapida = settings(max_examples=150, deadline=None, derandomize=True)
lenta = settings(max_examples=100, deadline=None, derandomize=True)

en_cualquier_momento = st.integers(0, SEGUNDOS).map(lambda s: DESDE + timedelta(seconds=s))
cerca_de_un_cambio = st.builds(
    lambda cambio, segundos: cambio + timedelta(seconds=segundos),
    st.sampled_from(CAMBIOS),
    st.integers(-3 * 86_400, 2 * 86_400),
)
instantes = en_cualquier_momento | cerca_de_un_cambio
zonas = st.sampled_from([SANTIAGO, PUNTA_ARENAS, LIMA, LA_PAZ])


@st.composite
def semanas(draw):
    """Office windows of a week: none to three a day, at whole minutes, not only in the daytime."""
    semana = {}
    for dia in range(7):
        bordes = draw(st.lists(st.integers(0, 1439), max_size=6, unique=True))
        horas = [time(m // 60, m % 60) for m in sorted(bordes)]
        semana[dia] = tuple(zip(horas[::2], horas[1::2], strict=False))
    return semana


@st.composite
def lugares(draw, semana=None):
    """A start, and the same place for the product and for the brute-force walk."""
    desde, zona = draw(instantes), draw(zonas)
    saltos = draw(st.sets(st.integers(-5, 45), max_size=12))
    fecha = desde.astimezone(zona).date()
    feriados = {fecha + timedelta(salto): f"Feriado {salto}" for salto in saltos}
    tramos = semana or draw(semanas() | st.just(DE_8_A_18))
    # At least an hour of business time a week, or the walk of minutes takes for ever.
    abiertos = [(d, h) for dia in range(5) for d, h in tramos.get(dia, ())]
    assume(sum((h.hour - d.hour) * 60 + h.minute - d.minute for d, h in abiertos) >= 60)
    return desde, Horario(zona, feriados, tramos), oraculo.Lugar(zona, feriados, tramos)


@lenta
@given(lugares(), st.integers(1, 12))
def test_horas_habiles(lugar, dias):
    desde, horario, lento = lugar
    v = calcular(horario, desde, dias * 24, Unidad.HORAS_HABILES)
    assert v.inicio_efectivo == oraculo.apertura(lento, desde)
    assert v.vence == oraculo.horas_habiles(lento, desde, dias * 24)


@lenta
@given(lugares(DE_8_A_18), st.integers(1, 50))
def test_horas_de_oficina(lugar, horas):
    desde, horario, lento = lugar
    v = calcular(horario, desde, horas, Unidad.HORAS_OFICINA)
    assert v.vence == oraculo.horas_oficina(lento, desde, horas)


@lenta
@given(lugares(), st.integers(1, 6))
def test_horas_de_oficina_en_jornadas_partidas(lugar, horas):
    desde, horario, lento = lugar
    v = calcular(horario, desde, horas, Unidad.HORAS_OFICINA)
    assert v.inicio_efectivo == oraculo.apertura(lento, desde)
    assert v.vence == oraculo.horas_oficina(lento, desde, horas)


@rapida
@given(lugares(), st.integers(1, 200), st.booleans())
def test_horas_corridas(lugar, horas, rueda):
    desde, horario, lento = lugar
    v = calcular(horario, desde, horas, Unidad.HORAS_CORRIDAS, rueda_a_apertura=rueda)
    fin = desde + timedelta(seconds=horas * 3600)
    assert v.vence == (oraculo.apertura(lento, fin) if rueda else fin)


@lenta
@given(lugares(), st.integers(1, 40))
def test_dias_habiles(lugar, dias):
    desde, horario, lento = lugar
    v = calcular(horario, desde, dias, Unidad.DIAS_HABILES)
    assert v.vence == oraculo.dias_habiles(lento, desde, dias)


@lenta
@given(lugares(), st.integers(1, 60))
def test_dias_calendario(lugar, dias):
    desde, horario, lento = lugar
    v = calcular(horario, desde, dias, Unidad.DIAS_CALENDARIO)
    assert v.vence == oraculo.dias_calendario(lento, desde, dias)


@lenta
@given(lugares(), st.integers(1, 30))
def test_meses(lugar, cantidad):
    desde, horario, lento = lugar
    v = calcular(horario, desde, cantidad, Unidad.MESES)
    assert v.vence == oraculo.meses(lento, desde, cantidad)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.sampled_from(CAMBIOS), zonas, st.integers(0, 2))
def test_un_dia_que_termina_en_el_cambio_de_hora(cambio, zona, dias):
    """The last second of the days around each change, for all the zones."""
    desde = cambio - timedelta(days=dias + 1, hours=5)
    horario, lento = Horario(zona, {}, DE_8_A_18), oraculo.Lugar(zona, {}, DE_8_A_18)
    for n in (dias + 1, dias + 2):
        v = calcular(horario, desde, n, Unidad.DIAS_CALENDARIO)
        assert v.vence == oraculo.dias_calendario(lento, desde, n)
        assert v.vence.astimezone(zona).time() == time(23, 59, 59)


# The parts


@rapida
@given(lugares())
def test_abierto_y_proxima_apertura(lugar):
    instante, horario, lento = lugar
    assert horario.esta_abierto(instante) == lento.esta_abierto(instante)
    assert horario.proxima_apertura(instante) == oraculo.apertura(lento, instante)


@rapida
@given(lugares(), st.integers(-40, 40))
def test_sumar_dias_habiles_y_contarlos(lugar, n):
    instante, horario, lento = lugar
    fecha = lento.fecha(instante)
    llega = horario.sumar_habiles(fecha, n)
    assert llega == oraculo.enesimo_habil(lento, fecha, n)
    if n > 0:
        assert horario.dias_habiles_entre(fecha, llega) == n
        assert horario.dias_habiles_entre(llega, fecha) == -n


@rapida
@given(lugares(), st.integers(0, 60))
def test_los_dias_habiles_entre_dos_fechas(lugar, dias):
    instante, horario, lento = lugar
    a = lento.fecha(instante)
    walk = [a + timedelta(i) for i in range(1, dias + 1)]
    assert horario.dias_habiles_entre(a, a + timedelta(dias)) == sum(map(lento.es_habil, walk))


@lenta
@given(lugares(), st.integers(0, 6 * 86_400))
def test_los_segundos_de_oficina_entre_dos_instantes(lugar, segundos):
    a, horario, lento = lugar
    b = a + timedelta(seconds=segundos)
    esperado = oraculo.segundos_oficina(lento, a, b)
    assert horario.segundos_oficina_entre(a, b) == esperado
    assert horario.segundos_oficina_entre(b, a) == -esperado


@rapida
@given(lugares(), st.integers(1, 300))
def test_una_visita_cabe_si_cada_minuto_esta_abierto(lugar, minutos):
    desde, horario, lento = lugar
    inicio = oraculo.apertura(lento, desde)
    fin = inicio + timedelta(minutes=minutos)
    abiertos = all(lento.esta_abierto(inicio + timedelta(minutes=i)) for i in range(minutos))
    ultimo = lento.esta_abierto(fin - timedelta(seconds=1))
    # Two windows that touch are two windows: the walk cannot tell, the product does.
    pared = [inicio.astimezone(lento.zona), fin.astimezone(lento.zona)]
    juntos = any(
        previa[1] == siguiente[0] and pared[0].time() < previa[1] < pared[1].time()
        for ventanas in [lento.tramos.get(pared[0].weekday(), ())]
        for previa, siguiente in zip(ventanas, ventanas[1:], strict=False)
    )
    assert horario.cabe(inicio, fin) == (abiertos and ultimo and not juntos)


@lenta
@given(lugares(), st.integers(1, 10))
def test_avisar_dias_habiles_antes_conserva_la_hora(lugar, n):
    vence, horario, lento = lugar
    aviso = restar(horario, vence, n, Unidad.DIAS_HABILES)
    pared = vence.astimezone(lento.zona)
    fecha = oraculo.enesimo_habil(lento, pared.date(), -n)
    assert aviso == oraculo.lectura(lento, fecha, pared.time())
    assert aviso < vence


@lenta
@given(lugares(), st.integers(1, 10))
@example(
    (
        local("2026-09-07 00:30:15"),
        Horario(SANTIAGO, {}, DE_8_A_18),
        oraculo.Lugar(SANTIAGO, {}, DE_8_A_18),
    ),
    1,
)
@example(
    (
        local("2026-04-05 23:30:15"),
        Horario(SANTIAGO, {}, DE_8_A_18),
        oraculo.Lugar(SANTIAGO, {}, DE_8_A_18),
    ),
    1,
)
def test_avisar_dias_calendario_antes_conserva_la_hora_si_existe(lugar, n):
    vence, horario, lento = lugar
    vence = vence.astimezone(UTC)
    aviso = restar(horario, vence, n, Unidad.DIAS_CALENDARIO)
    pared = vence.astimezone(lento.zona)
    assert aviso == oraculo.lectura(lento, pared.date() - timedelta(n), pared.time())


@rapida
@given(lugares(), st.integers(1, 40))
def test_avisar_horas_de_oficina_antes_deja_justo_esas_horas(lugar, horas):
    vence, horario, _ = lugar
    aviso = restar(horario, vence, horas, Unidad.HORAS_OFICINA)
    assert horario.segundos_oficina_entre(aviso, vence) == horas * 3600
    assert aviso < vence


# Laws that hold for any place


@rapida
@given(lugares(), st.sampled_from(list(Unidad)), st.integers(1, 20))
def test_nunca_vence_antes_de_empezar_y_mas_cantidad_no_vence_antes(lugar, unidad, n):
    desde, horario, _ = lugar
    uno = calcular(horario, desde, n * 24, unidad) if unidad != "meses" else None
    uno = uno or calcular(horario, desde, n, unidad)
    otro = calcular(horario, desde, uno.cantidad + 24, unidad)
    assert desde <= uno.inicio_efectivo <= uno.vence < otro.vence


@rapida
@given(lugares(), st.sampled_from(list(Unidad)), st.integers(1, 5 * 86_400))
def test_empezar_despues_no_vence_antes(lugar, unidad, segundos):
    desde, horario, _ = lugar
    despues = desde + timedelta(seconds=segundos)
    assert (
        calcular(horario, desde, 48, unidad).vence <= calcular(horario, despues, 48, unidad).vence
    )


@rapida
@given(lugares(), st.sampled_from(list(Unidad)))
def test_los_saltados_son_feriados_de_dia_laboral_dentro_del_plazo(lugar, unidad):
    desde, horario, lento = lugar
    v = calcular(horario, desde, 24, unidad)
    fechas = [dia for dia, _ in v.feriados_saltados]
    assert fechas == sorted(fechas)
    assert all(lento.fecha(desde) <= dia <= lento.fecha(v.vence) for dia in fechas)
    assert all(dia.weekday() < 5 and dia in lento.feriados for dia in fechas)


@rapida
@given(lugares(), st.integers(1, 8))
def test_la_tira_de_dias_cuenta_tantos_dias_como_el_plazo(lugar, n):
    desde, horario, _ = lugar
    v = calcular(horario, desde, n, Unidad.DIAS_HABILES)
    motivos = [str(motivo) for _, motivo in v.dias]
    assert motivos.count("cuenta") + motivos.count("vence") == n
    assert v.dias[0][0] == v.fecha(desde)
    assert v.dias[-1] == (v.fecha(v.vence), "vence")


def test_una_tabla_que_crece_responde_lo_mismo_que_una_nueva():
    """The same Horario asked about near and far years, in both directions."""
    crece = Horario(SANTIAGO, {date(2026, 12, 8): "x"}, DE_8_A_18)
    for anio in (2026, 2040, 2010, 2099, 2001):
        desde = local(f"{anio}-03-03 10:15")
        for unidad, cantidad in (
            (Unidad.DIAS_HABILES, 900),
            (Unidad.HORAS_HABILES, 2400),
            (Unidad.HORAS_OFICINA, 2400),
        ):
            if anio == 2099 and cantidad == 900:
                continue
            nueva = Horario(SANTIAGO, crece.feriados, DE_8_A_18)
            assert calcular(crece, desde, cantidad, unidad) == calcular(
                nueva, desde, cantidad, unidad
            )


def test_anios_enteros_de_feriados_no_cuelgan_la_cuenta():
    cerrado = {date(2026, 1, 1) + timedelta(i): "Cerrado" for i in range(5 * 365)}
    horario = Horario(LIMA, cerrado, DE_8_A_18)
    v = calcular(horario, local("2026-03-03 10:15", LIMA), 1, Unidad.HORAS_OFICINA)
    assert v.inicio_efectivo.astimezone(LIMA).date() == date(2030, 12, 31)
