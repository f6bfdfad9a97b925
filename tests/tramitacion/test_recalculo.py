"""A holiday decreed while clocks run: seen first, moved once, told in the audit (RF-24, TM-16)."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from postventa.avisos.models import Aviso
from postventa.calendario.models import Feriado
from postventa.expedientes.models import Expediente, Movimiento
from postventa.plazos.models import AlertaPlazo, Plazo
from postventa.tramitacion.alertas import al_advertir, al_resumir
from postventa.tramitacion.barrido import barrer
from postventa.tramitacion.recalculo import aplicar, revisiones
from tests.conftest import local
from tests.expedientes.manos import diferencias

ANTES, DESPUES = local("2026-11-25 10:15"), local("2026-11-26 10:15")


@pytest.fixture
def decreto(calendario_cl):
    def decretar(dia=24):
        Feriado.objects.create(
            calendario=calendario_cl, fecha=date(2026, 11, dia), nombre="Decreto", fuente="prueba"
        )

    return decretar


@pytest.fixture
def plazo(camino):
    return Plazo.objects.get(expediente=camino.generar().ticket)


def test_sin_cambios_nada_se_mueve(plazo, jefe):
    assert list(revisiones()) == []
    assert aplicar(jefe, "Nada") == 0
    assert Movimiento.objects.count() == 1


def test_vista_previa_no_escribe(plazo, decreto):
    decreto()
    [revision] = revisiones()
    assert (revision.plazo, revision.antes, revision.despues) == (plazo, ANTES, DESPUES)
    plazo.refresh_from_db()
    assert plazo.vence_en == ANTES


def test_aplicar_mueve_una_vez_y_deja_las_dos_fechas(plazo, jefe, decreto):
    decreto()
    version = plazo.version_calendario
    assert aplicar(jefe, "Decreto 123", local("2026-11-23 12:00")) == 1
    assert aplicar(jefe, "Decreto 123", local("2026-11-23 12:00")) == 0
    plazo.refresh_from_db()
    assert (plazo.vence_en, plazo.avisar_en, plazo.proximo_en) == (
        DESPUES,
        local("2026-11-25 10:15"),
        local("2026-11-25 10:15"),
    )
    assert plazo.version_calendario != version
    assert "Decreto" in plazo.explicacion
    assert Expediente.objects.get().proximo_vence_en == DESPUES
    movimiento = Movimiento.objects.get(verbo="recalcular_plazo")
    assert (movimiento.por, movimiento.antes, movimiento.despues) == (jefe, "GENERADO", "GENERADO")
    assert movimiento.detalle.datos == {
        "plazo": "contacto",
        "ordinal": 1,
        "vencia_en": "2026-11-25T13:15:00Z",
        "vence_en": "2026-11-26T13:15:00Z",
        "calendario": plazo.version_calendario,
        "motivo": "Decreto 123",
    }
    assert diferencias() == []


def test_feriado_de_hoy_evita_la_alerta_de_lo_que_ya_no_vence(plazo, jefe, decreto):
    decreto(25)
    aplicar(jefe, "Decreto", local("2026-11-25 09:00"))
    barrer(local("2026-11-25 16:00"))
    assert AlertaPlazo.objects.filter(tipo="vencimiento").count() == 0
    barrer(local("2026-11-26 10:16"))
    assert AlertaPlazo.objects.filter(tipo="vencimiento").count() == 1


def test_advertencia_dada_no_se_repite(plazo, jefe, decreto):
    barrer(local("2026-11-24 10:15"))
    decreto(25)
    aplicar(jefe, "Decreto", local("2026-11-24 12:00"))
    barrer(local("2026-11-25 23:00"))
    plazo.refresh_from_db()
    assert (plazo.estado, plazo.vence_en) == ("ADVERTIDO", DESPUES)
    assert Aviso.objects.filter(tipo="plazo_advertencia").count() == 1


@pytest.mark.parametrize("como", ["cumplido", "vencido", "cancelado"])
def test_lo_terminado_o_ya_vencido_no_se_mueve(plazo, camino, jefe, decreto, como):
    if como == "cumplido":
        camino.contactar()
    elif como == "cancelado":
        camino.tramitar(camino.ticket, "anular", jefe, motivo="Duplicado")
    else:
        barrer(local("2026-11-25 10:16"))
    antes = Plazo.objects.values().get()
    decreto()
    assert list(revisiones()) == []
    assert aplicar(jefe, "Decreto") == 0
    assert Plazo.objects.values().get() == antes


@pytest.mark.parametrize("mas", [0, 4])
def test_vista_previa_cuesta_lo_mismo_con_mas_casos(
    camino, decreto, mas, django_assert_num_queries
):
    for _ in range(1 + mas):
        camino.generar()
    decreto()
    list(revisiones())  # the schedule is remembered from now on
    with django_assert_num_queries(4):  # clocks, places, policies, stamps of the calendar
        assert len(list(revisiones())) == 1 + mas


def mandar(*opciones):
    salida = StringIO()
    call_command("recalcular_plazos", *opciones, stdout=salida)
    return salida.getvalue().splitlines()


def test_mandato_muestra_y_despues_aplica(plazo, jefe, decreto):
    decreto()
    assert mandar() == [
        f"{plazo.expediente.folio}  Contactar al propietario: vencía el miércoles 25 de noviembre "
        "de 2026, a las 10:15; vence el jueves 26 de noviembre de 2026, a las 10:15.",
        "1 plazo se mueve.",
    ]
    assert mandar("--aplicar", "--por", "mvaldes", "--motivo", "Ley") == ["1 plazo movido."]
    assert mandar() == ["0 plazos se mueven."]


@pytest.mark.parametrize(
    "opciones", [(), ("--por", "mvaldes"), ("--por", "nadie", "--motivo", "Ley")]
)
def test_mandato_no_mueve_sin_decir_quien_y_por_que(plazo, jefe, decreto, opciones):
    decreto()
    with pytest.raises(CommandError):
        mandar("--aplicar", *opciones)
    assert Movimiento.objects.count() == 1


def test_advertencia_que_espera_la_apertura_dice_la_fecha_nueva(plazo, jefe, decreto):
    """Queued before the move, sent after it: nobody is told a date that no longer holds."""
    barrer(local("2026-11-24 10:15"))
    aviso = Aviso.objects.get(tipo="plazo_advertencia")
    assert aviso.datos["vence_en"] == ANTES.isoformat()
    decreto(25)
    aplicar(jefe, "Decreto", local("2026-11-24 12:00"))
    assert al_advertir(aviso.datos) == {"vence_en": DESPUES.isoformat()}
    fila = {**aviso.datos, "tipo": aviso.tipo}
    [resumida] = al_resumir({"alertas": [fila]})["alertas"]
    assert resumida["vence_en"] == DESPUES.isoformat()
