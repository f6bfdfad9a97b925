"""Business time out of the tables: inheritance, the cache and what makes it fresh again."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from postventa.calendario.hora import ahora
from postventa.calendario.models import Calendario, ConfirmacionAnual, Feriado, Jornada, Tramo
from postventa.calendario.servicio import horario_de, horario_y_version

pytestmark = pytest.mark.django_db

ZONA = "America/La_Paz"
DIA = date(2026, 9, 14)


@pytest.fixture
def bo():
    return Calendario.objects.create(codigo="bo", nombre="Bolivia", pais="BO")


@pytest.fixture
def cochabamba(bo):
    return Calendario.objects.create(
        codigo="bo-cochabamba", nombre="Cochabamba", pais="BO", padre=bo
    )


@pytest.fixture
def jornada():
    jornada = Jornada.objects.create(codigo="comteco", nombre="COMTECO")
    Tramo.objects.create(jornada=jornada, dia=0, desde=time(8), hasta=time(18))
    return jornada


def feriado(calendario, fecha=DIA, nombre="Feriado", **campos):
    return Feriado.objects.create(
        calendario=calendario, fecha=fecha, nombre=nombre, fuente="prueba", **campos
    )


def test_el_horario_trae_feriados_y_tramos(bo, jornada):
    feriado(bo, nombre="Día de prueba")
    horario = horario_de(bo, jornada, ZONA)
    assert horario.zona == ZoneInfo(ZONA)
    assert dict(horario.feriados) == {DIA: "Día de prueba"}
    assert dict(horario.tramos) == {0: ((time(8), time(18)),)}


def test_la_zona_puede_venir_como_nombre_o_como_objeto(bo, jornada):
    assert horario_de(bo, jornada, ZONA) is horario_de(bo, jornada, ZoneInfo(ZONA))
    assert horario_de(bo, jornada, "America/Lima") != horario_de(bo, jornada, ZONA)


def test_un_calendario_local_hereda_los_feriados_nacionales(bo, cochabamba, jornada):
    feriado(bo, date(2026, 8, 6), "Independencia")
    feriado(cochabamba, DIA, "Cochabamba")
    assert set(horario_de(cochabamba, jornada, ZONA).feriados) == {date(2026, 8, 6), DIA}
    assert set(horario_de(bo, jornada, ZONA).feriados) == {date(2026, 8, 6)}


def test_la_fila_local_manda_sobre_la_nacional(bo, cochabamba, jornada):
    feriado(bo, nombre="Nacional")
    local = feriado(cochabamba, nombre="Local")
    assert horario_de(cochabamba, jornada, ZONA).feriados[DIA] == "Local"
    local.es_vigente = False
    local.save()
    assert horario_de(cochabamba, jornada, ZONA).es_habil(DIA)
    assert not horario_de(bo, jornada, ZONA).es_habil(DIA)


def test_un_feriado_no_vigente_es_dia_habil(bo, jornada):
    feriado(bo, es_vigente=False)
    assert horario_de(bo, jornada, ZONA).es_habil(DIA)


def test_tres_generaciones_de_calendarios(bo, cochabamba, jornada):
    quillacollo = Calendario.objects.create(
        codigo="bo-quillacollo", nombre="Quillacollo", pais="BO", padre=cochabamba
    )
    feriado(bo, date(2026, 8, 6))
    feriado(cochabamba, DIA)
    feriado(quillacollo, date(2026, 8, 14))
    assert len(horario_de(quillacollo, jornada, ZONA).feriados) == 3


# The cache


def test_sin_cambios_basta_una_consulta(bo, cochabamba, jornada, django_assert_num_queries):
    feriado(bo)
    with django_assert_num_queries(3):
        primero = horario_de(cochabamba, jornada, ZONA)
    with django_assert_num_queries(1):
        segundo = horario_de(cochabamba, jornada, ZONA)
    assert primero is segundo


def recien(fila):
    return type(fila).objects.get(pk=fila.pk)


def test_filas_recien_leidas_traen_sus_sellos(bo, jornada, django_assert_num_queries):
    feriado(bo)
    bo, jornada = recien(bo), recien(jornada)
    sabido = horario_y_version(bo, jornada, ZONA)
    with django_assert_num_queries(0):
        assert horario_y_version(bo, jornada, ZONA, son_recientes=True) == sabido


def test_filas_recien_leidas_ven_lo_que_cambio(bo, jornada):
    horario_de(bo, jornada, ZONA)
    feriado(bo)
    horario, version = horario_y_version(recien(bo), recien(jornada), ZONA, son_recientes=True)
    assert not horario.es_habil(DIA)
    assert version == horario_y_version(bo, jornada, ZONA)[1]


def test_un_calendario_local_recien_leido_pregunta_por_sus_padres(bo, cochabamba, jornada):
    horario_de(cochabamba, jornada, ZONA)
    feriado(bo)
    cochabamba, jornada = recien(cochabamba), recien(jornada)
    horario, _ = horario_y_version(cochabamba, jornada, ZONA, son_recientes=True)
    assert not horario.es_habil(DIA)


def cambiar_guardando(fila):
    fila.nombre = "Otro"
    fila.save()


def cambiar_borrando(fila):
    fila.delete()


def cambiar_en_bloque(fila):
    Feriado.objects.filter(pk=fila.pk).update(nombre="Otro")


def cambiar_con_bulk_update(fila):
    fila.nombre = "Otro"
    Feriado.objects.bulk_update([fila], ["nombre"])


def borrar_en_bloque(fila):
    Feriado.objects.filter(pk=fila.pk).delete()


def crear(fila):
    feriado(fila.calendario, date(2026, 12, 1))


def crear_en_bloque(fila):
    Feriado.objects.bulk_create(
        [Feriado(calendario=fila.calendario, fecha=date(2026, 12, 1), nombre="x", fuente="y")]
    )


def mover_de_calendario(fila):
    otro = Calendario.objects.create(codigo="pe", nombre="Perú", pais="PE")
    fila.calendario = otro
    fila.save()


def mover_de_calendario_en_bloque(fila):
    otro = Calendario.objects.create(codigo="pe", nombre="Perú", pais="PE")
    Feriado.objects.filter(pk=fila.pk).update(calendario=otro)


CAMBIOS = [
    cambiar_guardando,
    cambiar_borrando,
    cambiar_en_bloque,
    cambiar_con_bulk_update,
    borrar_en_bloque,
    crear,
    crear_en_bloque,
    mover_de_calendario,
    mover_de_calendario_en_bloque,
]


@pytest.mark.parametrize("cambio", CAMBIOS)
def test_todo_cambio_de_feriados_se_ve_enseguida(cambio, bo, cochabamba, jornada):
    fila = feriado(bo)
    antes = {c: horario_de(c, jornada, ZONA).feriados for c in (bo, cochabamba)}
    version = Calendario.objects.get(pk=bo.pk).version
    cambio(fila)
    for calendario in (bo, cochabamba):
        esperado = dict(
            Feriado.objects.filter(calendario=bo, es_vigente=True).values_list("fecha", "nombre")
        )
        despues = horario_de(calendario, jornada, ZONA).feriados
        assert dict(despues) == esperado
        assert despues != antes[calendario]
    assert Calendario.objects.get(pk=bo.pk).version == version + 1


def test_mover_un_feriado_avisa_tambien_al_calendario_que_lo_recibe(bo, jornada):
    fila = feriado(bo)
    pe = Calendario.objects.create(codigo="pe", nombre="Perú", pais="PE")
    assert horario_de(pe, jornada, ZONA).es_habil(DIA)
    Feriado.objects.filter(pk=fila.pk).update(calendario=pe)
    assert not horario_de(pe, jornada, ZONA).es_habil(DIA)


def test_cambiar_el_padre_cambia_el_horario(bo, cochabamba, jornada):
    feriado(bo)
    assert not horario_de(cochabamba, jornada, ZONA).es_habil(DIA)
    cochabamba.padre = None
    cochabamba.save()
    assert horario_de(cochabamba, jornada, ZONA).es_habil(DIA)


def test_cambiar_un_tramo_cambia_el_horario(bo, jornada):
    assert len(horario_de(bo, jornada, ZONA).tramos) == 1
    tramo = Tramo.objects.create(jornada=jornada, dia=1, desde=time(8), hasta=time(12))
    assert len(horario_de(bo, jornada, ZONA).tramos) == 2
    Tramo.objects.create(jornada=jornada, dia=1, desde=time(13), hasta=time(18))
    assert len(horario_de(bo, jornada, ZONA).tramos[1]) == 2
    tramo.delete()
    assert horario_de(bo, jornada, ZONA).tramos[1] == ((time(13), time(18)),)


def test_un_cambio_que_se_deshace_no_deja_rastro(bo, jornada):
    feriado(bo)
    assert not horario_de(bo, jornada, ZONA).es_habil(DIA)
    with transaction.atomic():
        feriado(bo, date(2026, 12, 1))
        assert not horario_de(bo, jornada, ZONA).es_habil(date(2026, 12, 1))
        transaction.set_rollback(True)
    # The next change gets the same version number again, and other contents.
    feriado(bo, date(2026, 12, 2))
    horario = horario_de(bo, jornada, ZONA)
    assert horario.es_habil(date(2026, 12, 1))
    assert not horario.es_habil(date(2026, 12, 2))


def test_un_formulario_viejo_no_repone_el_sello(bo, jornada):
    leido_antes = Calendario.objects.get(pk=bo.pk)
    horario_de(bo, jornada, ZONA)
    feriado(bo)
    assert not horario_de(bo, jornada, ZONA).es_habil(DIA)
    leido_antes.nombre = "Estado Plurinacional de Bolivia"
    leido_antes.save()
    assert not horario_de(bo, jornada, ZONA).es_habil(DIA)
    assert leido_antes.version == Calendario.objects.get(pk=bo.pk).version == 3


def test_guardar_solo_un_campo_tambien_da_version(bo):
    sello = bo.sello
    bo.nombre = "Otro"
    bo.save(update_fields=["nombre"])
    bo.refresh_from_db()
    assert (bo.nombre, bo.version) == ("Otro", 2)
    assert bo.sello != sello


# Versions


def test_la_version_nombra_toda_la_cadena(bo, cochabamba, jornada):
    feriado(bo)
    _, version = horario_y_version(cochabamba, jornada, ZONA)
    assert version == "bo-cochabamba.2 bo.2 comteco.2"


def test_un_cambio_local_no_da_version_al_nacional(bo, cochabamba):
    feriado(cochabamba)
    bo.refresh_from_db()
    cochabamba.refresh_from_db()
    assert (bo.version, cochabamba.version) == (1, 2)


def test_un_cambio_en_bloque_da_una_sola_version(bo):
    Feriado.objects.bulk_create(
        Feriado(calendario=bo, fecha=date(2026, 12, n), nombre="x", fuente="y") for n in range(1, 9)
    )
    bo.refresh_from_db()
    assert bo.version == 2


def test_crear_nada_no_da_version(bo):
    Feriado.objects.bulk_create([])
    bo.refresh_from_db()
    assert bo.version == 1


# What the tables refuse


def rechaza(crear_fila):
    with pytest.raises(IntegrityError), transaction.atomic():
        crear_fila()


def test_un_calendario_no_repite_fecha(bo, cochabamba):
    feriado(bo)
    rechaza(lambda: feriado(bo))
    feriado(cochabamba)


def test_un_anio_se_confirma_una_vez(bo):
    def confirmar():
        return ConfirmacionAnual.objects.create(
            calendario=bo, anio=2027, confirmado_en=ahora(), confirmado_por="Ana Soria"
        )

    assert str(confirmar()) == "Bolivia 2027"
    rechaza(confirmar)


@pytest.mark.parametrize(
    ("dia", "desde", "hasta"), [(0, time(9), time(9)), (0, time(9), time(8)), (7, time(8), time(9))]
)
def test_un_tramo_termina_despues_de_empezar_y_es_de_la_semana(jornada, dia, desde, hasta):
    rechaza(lambda: Tramo.objects.create(jornada=jornada, dia=dia, desde=desde, hasta=hasta))


@pytest.mark.parametrize(
    ("desde", "hasta", "vale"),
    [
        (time(18), time(19), True),
        (time(7), time(8), True),
        (time(9), time(10), False),
        (time(17), time(19), False),
        (time(7), time(19), False),
    ],
)
def test_los_tramos_de_un_dia_no_se_superponen(jornada, desde, hasta, vale):
    tramo = Tramo(jornada=jornada, dia=0, desde=desde, hasta=hasta)
    if vale:
        tramo.full_clean()
        return
    with pytest.raises(ValidationError, match="superpone"):
        tramo.full_clean()


def test_un_tramo_no_se_superpone_consigo_mismo(jornada):
    tramo = jornada.tramos.get()
    tramo.hasta = time(17)
    tramo.full_clean()


def test_un_calendario_no_hereda_de_si_mismo(bo, cochabamba):
    bo.padre = bo
    with pytest.raises(ValidationError, match="sí mismo"):
        bo.full_clean()
    bo.padre = cochabamba
    with pytest.raises(ValidationError, match="sí mismo"):
        bo.full_clean()


def test_un_calendario_local_bien_puesto_es_valido(cochabamba):
    cochabamba.full_clean()


def test_un_ciclo_en_la_base_no_cuelga_la_cuenta(bo, cochabamba, jornada):
    Calendario.objects.filter(pk=bo.pk).update(padre=cochabamba)
    feriado(bo)
    assert not horario_de(cochabamba, jornada, ZONA).es_habil(DIA)


def test_los_nombres_se_leen(bo, jornada):
    assert str(bo) == "Bolivia"
    assert str(jornada) == "COMTECO"
    assert str(feriado(bo, nombre="Cochabamba")) == "14-09-2026 Cochabamba"
    assert str(jornada.tramos.get()) == "lunes 08:00 a 18:00"
