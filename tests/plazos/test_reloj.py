"""Clock rows: started, met, cancelled; their policy and calendar are fixed when they start."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from postventa.calendario.models import Calendario, Feriado
from postventa.plazos import reloj
from postventa.plazos.calculo import calcular_plazo
from postventa.plazos.models import Plazo, PoliticaPlazo
from tests.conftest import LUNES, local

UN_SEGUNDO = timedelta(seconds=1)


@pytest.fixture
def caso(camino):
    return camino.generar().ticket


@pytest.fixture
def contacto(icalma):
    return PoliticaPlazo.objects.get(codigo="contacto")


def cambiar(politica, **campos):
    for campo, valor in campos.items():
        setattr(politica, campo, valor)
    politica.save()
    return politica


def test_abrir_fija_instantes_version_y_porque(caso):
    plazo = caso.plazos.get()
    assert (plazo.inicia_en, plazo.inicio_efectivo_en) == (LUNES, LUNES)
    assert plazo.vence_en == local("2026-11-25 10:15")
    assert (plazo.avisar_en, plazo.proximo_en) == (local("2026-11-24 10:15"),) * 2
    assert plazo.version_calendario.startswith("cl.")
    assert "48 horas hábiles" in plazo.explicacion
    assert "miércoles 25 de noviembre" in plazo.explicacion


def test_abrir_otra_vez_es_otro_ordinal(caso):
    segundo = reloj.abrir(caso, "contacto", LUNES, list(caso.plazos.all()))
    assert segundo.ordinal == 2
    assert reloj.abrir(caso, "consulta", LUNES, list(caso.plazos.all())).ordinal == 1


def test_abrir_sin_politica_vigente_lo_dice(caso):
    PoliticaPlazo.objects.filter(codigo="contacto").update(es_vigente=False)
    with pytest.raises(LookupError, match="contacto"):
        reloj.abrir(caso, "contacto", LUNES)


def test_politica_nueva_no_mueve_los_plazos_abiertos(caso, contacto):
    cambiar(contacto, es_vigente=False)
    PoliticaPlazo.objects.create(
        empresa=contacto.empresa,
        codigo="contacto",
        version=2,
        nombre="Contactar",
        cantidad=24,
        unidad="horas_habiles",
    )
    assert caso.plazos.get().vence_en == local("2026-11-25 10:15")
    nuevo = reloj.abrir(caso, "contacto", LUNES, list(caso.plazos.all()))
    assert (nuevo.vence_en, nuevo.politica.version) == (local("2026-11-24 10:15"), 2)


@pytest.mark.parametrize(
    ("pasado", "estado", "vencido"),
    [
        (timedelta(0), "CUMPLIDO", False),
        (timedelta(microseconds=999_999), "CUMPLIDO", False),
        (UN_SEGUNDO, "CUMPLIDO_TARDE", True),
        (timedelta(days=30), "CUMPLIDO_TARDE", True),
    ],
)
def test_a_tiempo_hasta_el_ultimo_segundo_inclusive(caso, pasado, estado, vencido):
    plazo = caso.plazos.get()
    reloj.cumplir([plazo], plazo.vence_en + pasado, "Rodrigo Sepúlveda")
    plazo = caso.plazos.get()
    assert (plazo.estado, plazo.detenido_por, plazo.proximo_en) == (
        estado,
        "Rodrigo Sepúlveda",
        None,
    )
    assert plazo.vencido_en == (plazo.vence_en + UN_SEGUNDO if vencido else None)


def test_parar_dos_veces_no_cambia_la_primera(caso):
    reloj.cumplir(caso.plazos.all(), LUNES + timedelta(hours=1), "A")
    antes = Plazo.objects.values().get()
    reloj.cumplir(caso.plazos.all(), LUNES + timedelta(days=9), "B")
    reloj.cancelar(caso.plazos.all(), LUNES + timedelta(days=9), "C")
    assert Plazo.objects.values().get() == antes


def test_cancelar_tarde_deja_constancia_del_vencimiento(caso):
    plazo = caso.plazos.get()
    reloj.cancelar([plazo], plazo.vence_en + timedelta(days=1), "Jefe")
    plazo = caso.plazos.get()
    assert (plazo.estado, plazo.vencido_en) == ("CANCELADO", plazo.vence_en + UN_SEGUNDO)


def test_hora_atrasada_no_da_duracion_negativa(caso):
    reloj.cumplir(caso.plazos.all(), LUNES - timedelta(hours=1), "A")
    assert caso.plazos.get().detenido_en == LUNES


def test_base_no_acepta_un_plazo_que_termina_antes_de_empezar(caso):
    with pytest.raises(IntegrityError), transaction.atomic():
        caso.plazos.update(detenido_en=LUNES - UN_SEGUNDO)


def test_proximo_vencimiento_es_el_primero_de_los_abiertos(caso):
    otro = reloj.abrir(caso, "consulta", LUNES)
    assert reloj.proximo_vencimiento(caso.plazos.all()) == local("2026-11-25 10:15")
    reloj.cumplir(caso.plazos.filter(codigo="contacto"), LUNES, "A")
    assert reloj.proximo_vencimiento(caso.plazos.all()) == otro.vence_en
    reloj.cancelar(caso.plazos.all(), LUNES, "A")
    assert reloj.proximo_vencimiento(caso.plazos.all()) is None


def test_vencidos_son_los_de_ahora_aunque_nadie_haya_barrido(caso):
    plazo = caso.plazos.get()
    vence = plazo.vence_en
    assert list(Plazo.objects.vencidos(vence + timedelta(milliseconds=900))) == []
    assert list(Plazo.objects.vencidos(vence + UN_SEGUNDO)) == [plazo]


# --- policies are data: the switches of D-01 and D-02, the worked examples


@pytest.mark.regla("I-07")
@pytest.mark.parametrize(
    ("unidad", "desde", "vence"),
    [
        ("horas_habiles", "2026-11-23 10:15", "2026-11-25 10:15"),
        ("horas_oficina", "2026-11-23 10:15", "2026-11-30 08:15"),
        ("horas_habiles", "2026-11-28 11:00", "2026-12-02 08:00"),
        ("horas_oficina", "2026-11-28 11:00", "2026-12-04 16:00"),
    ],
)
def test_48_horas_segun_la_unidad_de_la_politica(proyecto, contacto, unidad, desde, vence):
    politica = cambiar(contacto, unidad=unidad)
    assert calcular_plazo(politica, proyecto, local(desde)).vence_en == local(vence)


@pytest.mark.regla("I-11")
@pytest.mark.parametrize(
    ("unidad", "desde", "vence"),
    [
        ("horas_habiles", "2026-11-24 16:00", "2026-11-27 16:00"),
        ("horas_corridas", "2026-11-24 16:00", "2026-11-27 16:00"),
        ("horas_corridas", "2026-11-26 16:00", "2026-11-30 08:00"),  # Sunday rolls forward
    ],
)
def test_72_horas_segun_la_unidad_de_la_politica(proyecto, icalma, unidad, desde, vence):
    politica = PoliticaPlazo.objects.get(codigo="coordinar_trabajo")
    cambiar(politica, unidad=unidad, rueda_a_apertura=True)
    assert calcular_plazo(politica, proyecto, local(desde)).vence_en == local(vence)


def test_aviso_que_caeria_antes_de_empezar_no_existe(proyecto, contacto):
    cambiar(contacto, cantidad=24)
    assert calcular_plazo(contacto, proyecto, LUNES).avisar_en is None


def test_plazo_estricto_vence_un_segundo_antes(proyecto, contacto):
    cambiar(contacto, cantidad=24, unidad="horas_corridas", es_estricto=True)
    calculado = calcular_plazo(contacto, proyecto, LUNES)
    assert calculado.vence_en == local("2026-11-24 10:14:59")


def test_segundo_limite_se_calcula_desde_el_mismo_inicio(proyecto, contacto):
    cambiar(contacto, cantidad=24, unidad="horas_corridas", limite_cantidad=48)
    calculado = calcular_plazo(contacto, proyecto, LUNES)
    assert calculado.limite_en == local("2026-11-25 10:15")


def test_feriado_local_y_zona_del_proyecto_mandan(proyecto, contacto, calendario_cl):
    local_ = Calendario.objects.create(
        codigo="cl-chillan", nombre="Chillán", pais="CL", padre=calendario_cl
    )
    Feriado.objects.create(
        calendario=local_, fecha=date(2026, 11, 24), nombre="Local", fuente="prueba"
    )
    proyecto.calendario_propio, proyecto.zona_propia = local_, "America/Punta_Arenas"
    calculado = calcular_plazo(contacto, proyecto, LUNES)
    assert calculado.vence_en == local("2026-11-26 10:15")
    assert calculado.version_calendario.startswith("cl-chillan.")


@pytest.mark.parametrize("zona", ["Asia/Tokyo", "America/Lima", "UTC"])
def test_zona_del_servidor_no_cambia_ninguna_fecha(proyecto, contacto, settings, zona):
    settings.TIME_ZONE = zona
    assert calcular_plazo(contacto, proyecto, LUNES).vence_en == local("2026-11-25 10:15")


@pytest.mark.parametrize(("cantidad", "vale"), [(24, True), (48, True), (36, False), (25, False)])
def test_horas_habiles_solo_multiplos_de_24(contacto, cantidad, vale):
    contacto.cantidad = cantidad
    if vale:
        contacto.clean()
    else:
        with pytest.raises(ValidationError, match="múltiplo de 24"):
            contacto.clean()


def test_una_sola_politica_vigente_por_codigo(contacto):
    contacto.pk, contacto.version = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        contacto.save(force_insert=True)


@pytest.mark.parametrize(
    ("campos", "donde"),
    [
        ({"cantidad": 5000, "unidad": "dias_habiles"}, "cantidad"),
        ({"limite_cantidad": 50}, "limite_cantidad"),
        ({"aviso_cantidad": 12, "aviso_unidad": "horas_habiles"}, "aviso_cantidad"),
        ({"avisa_a": "Supervisor"}, "avisa_a"),
        ({"escala_a": "jefe nadie"}, "escala_a"),
    ],
)
def test_politica_que_despues_fallaria_se_rechaza_al_editarla(icalma, campos, donde):
    politica = PoliticaPlazo.objects.get(empresa=icalma, codigo="contacto")
    for campo, valor in campos.items():
        setattr(politica, campo, valor)
    with pytest.raises(ValidationError) as rechazo:
        politica.full_clean()
    assert set(rechazo.value.message_dict) == {donde}
