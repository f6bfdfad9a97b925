"""Every figure against the one counted by hand, with nobody sweeping and nothing counted before."""

from datetime import date, timedelta

import pytest

from postventa.calendario import hora
from postventa.calendario.models import Calendario, Feriado
from postventa.consola.tablero.tablas import juicio, por_ciento
from postventa.expedientes.models import Expediente
from postventa.expedientes.salas import Umbral
from postventa.plazos.calculo import horario_del_lugar
from postventa.plazos.models import Latido, Plazo
from postventa.tableros import abiertos, demoras
from postventa.tableros.lectura import Cuenta
from postventa.tableros.models import Resumen, Sello
from postventa.tableros.sellos import sellar_todas
from tests.conftest import SANTIAGO, local
from tests.tableros.conftest import VIERNES
from tests.tableros.fuerza import comparar


@pytest.mark.parametrize("semanas", [4, 8, 26])
def test_cifras_son_las_contadas_a_mano(lanzar, gerente, leer_como, semanas):
    lanzar()
    assert not Latido.objects.exists()
    for _ in range(2):  # counted now, and then read from what was kept
        comparar(leer_como(gerente, semanas=semanas), VIERNES)
    assert Sello.objects.get().hasta == date(2026, 11, 23)


def test_lo_sellado_de_noche_es_lo_mismo(lanzar, gerente, leer_como):
    lanzar()
    assert sellar_todas(VIERNES) == 53
    assert sellar_todas(VIERNES) == 0
    comparar(leer_como(gerente), VIERNES)


def test_cifras_de_un_lugar_son_las_suyas(lanzar, gerente, leer_como, otro_proyecto):
    lanzar()
    lectura = leer_como(gerente, sede=otro_proyecto.pk)
    comparar(lectura, VIERNES, lambda caso: caso.sede_id == otro_proyecto.pk)


def test_periodo_de_hace_tiempo_no_mira_lo_de_hoy(lanzar, gerente, leer_como):
    lanzar()
    comparar(leer_como(gerente, hasta=date(2026, 10, 30)), VIERNES)


def test_semana_recien_terminada_se_cuenta_viva(lanzar, gerente, leer_como):
    lanzar()
    lunes = local("2026-11-30 00:30")
    comparar(leer_como(gerente, lunes), lunes)
    assert Sello.objects.get().hasta == date(2026, 11, 23)
    una = lunes + timedelta(minutes=31)
    comparar(leer_como(gerente, una), una)
    assert Sello.objects.get().hasta == date(2026, 11, 30)


def test_reloj_que_vuelve_atras_no_deja_semanas_de_mas(lanzar, gerente, leer_como):
    lanzar()
    leer_como(gerente, VIERNES + timedelta(days=40))
    comparar(leer_como(gerente), VIERNES)
    assert not Resumen.objects.filter(semana__gte=date(2026, 11, 23)).exists()


def test_cambio_de_zona_recuenta_todo(lanzar, gerente, leer_como, icalma):
    lanzar()
    leer_como(gerente)
    icalma.zona = "America/La_Paz"
    icalma.save()
    gerente.__dict__.pop("_membresias", None)
    comparar(leer_como(gerente), VIERNES)


# --- ages and risks, by each place's own calendar


@pytest.mark.parametrize("dia", ["2026-11-27", "2026-11-28", "2026-12-08", "2026-12-09"])
def test_antiguedad_es_la_de_su_calendario(lanzar, gerente, leer_como, otro_proyecto, dia):
    local_ = Calendario.objects.create(
        codigo="cl-sur", nombre="Sur", pais="CL", padre=Calendario.objects.get(codigo="cl")
    )
    for fecha in (date(2026, 11, 18), date(2026, 11, 27)):
        Feriado.objects.create(calendario=local_, fecha=fecha, nombre="Local", fuente="prueba")
    otro_proyecto.calendario_propio = Calendario.objects.get(pk=local_.pk)
    otro_proyecto.zona_propia = "America/Punta_Arenas"
    otro_proyecto.save()
    lanzar()
    ahora = local(f"{dia} 12:00")
    a_mano, riesgo = {}, {"vencido": 0, "cinco": 0}
    for caso in Expediente.objects.filter(situacion="ABIERTO", creado_en__lte=ahora):
        horario, tz = horario_del_lugar(caso.sede), caso.sede.tz
        nacido, hoy = caso.creado_en.astimezone(tz).date(), ahora.astimezone(tz).date()
        edad = max(horario.dias_habiles_entre(nacido, hoy), 0)
        grupo = sum(edad > tope for tope in abiertos.HASTA)
        a_mano[caso.sede_id, grupo] = a_mano.get((caso.sede_id, grupo), 0) + 1
    for plazo in Plazo.objects.abiertos().exclude(codigo="objecion"):
        horario, tz = horario_del_lugar(plazo.expediente.sede), plazo.expediente.sede.tz
        hoy = ahora.astimezone(tz).date()
        ultimo = horario.proximos_habiles(hoy, 5)[-1]
        if plazo.vence_en < ahora:
            riesgo["vencido"] += 1
        elif plazo.vence_en.astimezone(tz).date() <= ultimo:
            riesgo["cinco"] += 1
    leidos, situacion = {}, {abiertos.VENCIDO: 0, abiertos.EN_RIESGO: 0}
    for a in leer_como(gerente, ahora).abiertos:
        if a.clase == "caso":
            leidos[a.sede, a.grupo] = leidos.get((a.sede, a.grupo), 0) + a.n
        else:
            situacion[a.grupo] += a.n
    assert leidos == a_mano
    assert [situacion[abiertos.VENCIDO], situacion[abiertos.EN_RIESGO]] == [*riesgo.values()]


# --- times


@pytest.mark.parametrize(
    ("unidad", "de", "a", "horas"),
    [
        ("horas_habiles", "2026-11-27 10:00", "2026-11-30 12:00", 26),
        ("horas_habiles", "2026-11-27 10:00", "2026-11-28 09:00", 14),
        ("dias_habiles", "2026-12-07 10:00", "2026-12-09 10:00", 24),
        ("horas_oficina", "2026-11-27 17:00", "2026-11-30 09:30", 2.5),
        ("horas_corridas", "2026-11-27 17:00", "2026-11-30 09:00", 64),
        ("horas_habiles", "2026-11-30 12:00", "2026-11-27 10:00", 0),
    ],
)
def test_demora_es_en_el_tiempo_del_plazo(proyecto, unidad, de, a, horas):
    horario = horario_del_lugar(proyecto)
    assert demoras.segundos(horario, unidad, local(de), local(a)) == horas * 3600


def test_demora_media_de_los_contactos(tickets, gerente, leer_como):
    uno, dos, _ = tickets(3)
    uno.contactar()
    dos.pasar(days=1)
    dos.contactar()
    hora.fijar(VIERNES)
    cuenta = leer_como(gerente).total.de(gerente.membresias.get().empresa_id, "icalma.contacto")
    assert (cuenta.n, cuenta.media) == (2, (2 * 3600 + 26 * 3600) // 2)


# --- thresholds


@pytest.mark.parametrize(
    ("si", "n", "umbral", "palabra"),
    [
        (98, 100, Umbral(98, "Aceptado", "Observado"), "Observado"),
        (981, 1000, Umbral(98, "Aceptado", "Observado"), "Aceptado"),
        (95, 100, Umbral(95, "Aceptado", "Observado"), "Observado"),
        (90, 100, Umbral(90, "Bueno", "Bajo", inclusivo=True), "Bueno"),
        (899, 1000, Umbral(90, "Bueno", "Bajo", inclusivo=True), "Bajo"),
        (0, 0, Umbral(98, "Aceptado", "Observado"), ""),
    ],
)
def test_umbral_se_juzga_en_enteros(si, n, umbral, palabra):
    assert juicio(Cuenta(n, si), umbral).texto == palabra


def test_proporcion_nunca_se_redondea_hacia_arriba():
    assert por_ciento(Cuenta(0, 0)) == "sin datos"
    assert por_ciento(Cuenta(2000, 1999)) == "99,9 %"
    assert por_ciento(Cuenta(4, 3)) == "75 %"
    assert por_ciento(Cuenta(3, 0)) == "0 %"
    assert VIERNES.astimezone(SANTIAGO).hour == 12
