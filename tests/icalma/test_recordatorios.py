"""The visit's reminder: the business day before, once, and only of a visit that still stands."""

from datetime import timedelta

import pytest

from postventa.avisos import correo
from postventa.avisos.models import Aviso
from postventa.plazos.models import PoliticaPlazo
from postventa.tramitacion.acciones import anotar
from postventa.tramitacion.barrido import barrer
from postventa.visitas.models import Visita
from tests.conftest import local
from tickets.icalma import recordatorios
from tickets.icalma.models import Ticket

UN_SEGUNDO = timedelta(seconds=1)
# Contacted on Monday 23 at 12:15, visit on Thursday 26 at 10:00.
VISITA, RECUERDA = local("2026-11-26 10:00"), local("2026-11-25 10:00")


@pytest.fixture
def coordinada(camino):
    return camino.generar().contactar().coordinar_inspeccion("2026-11-26 10:00")


def enviados():
    filas = Aviso.objects.filter(tipo="icalma/recordatorio").order_by("pk")
    return list(filas.values_list("destino", flat=True))


def mensaje():
    return correo.renderizar(Aviso.objects.get(tipo="icalma/recordatorio"))


def test_sale_el_dia_habil_anterior_a_la_misma_hora_y_una_vez(coordinada):
    barrer(RECUERDA - UN_SEGUNDO)
    assert enviados() == []
    barrer(RECUERDA)
    barrer(RECUERDA)
    barrer(RECUERDA + timedelta(hours=5))
    assert enviados() == ["camila@correo.example"]


@pytest.mark.parametrize(
    ("cuando", "recuerda"),
    [
        ("2026-11-30 09:30", "2026-11-27 09:30"),  # a Monday: on Friday
        ("2026-12-09 09:30", "2026-12-07 09:30"),  # after a holiday
        ("2027-04-05 09:30", "2027-04-02 09:30"),  # over the change of clocks in autumn
        ("2026-11-24 14:00", "2026-11-23 14:00"),
    ],
)
def test_cuenta_dias_habiles_del_lugar(camino, cuando, recuerda):
    camino.generar().contactar().coordinar_inspeccion(cuando)
    assert Visita.objects.get().recordar_en == local(recuerda)


def test_cambio_de_hora_de_primavera_conserva_la_hora_de_pared(camino):
    camino.ahora = local("2026-08-31 10:15")
    camino.generar().contactar().coordinar_inspeccion("2026-09-07 09:30")
    assert Visita.objects.get().recordar_en == local("2026-09-04 09:30")


def test_visita_de_manana_recien_coordinada_no_se_recuerda(camino):
    """Agreed less than a day before: the mail that agreed it has just arrived."""
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    assert Visita.objects.get().recordar_en is None
    barrer(local("2026-11-24 09:00"))
    assert enviados() == []


def test_visita_reprogramada_recuerda_solo_la_nueva(coordinada):
    inicia = local("2026-11-30 11:00")
    coordinada.tramitar(
        coordinada.ticket,
        "reprogramar_inspeccion",
        inicia_en=inicia,
        termina_en=inicia + timedelta(minutes=45),
    )
    barrer(RECUERDA)
    assert enviados() == []
    barrer(local("2026-11-27 11:00"))
    assert enviados() == ["camila@correo.example"]
    assert "lunes 30 de noviembre" in mensaje().body


def test_visita_cancelada_no_se_recuerda(coordinada):
    coordinada.tramitar(coordinada.visita, "cancelar", motivo="Licencia médica")
    barrer(RECUERDA)
    assert (enviados(), Visita.objects.get().recordar_en) == ([], None)


def test_ticket_anulado_no_se_recuerda(coordinada):
    coordinada.tramitar(coordinada.ticket, "anular", coordinada.jefe, motivo="Duplicado")
    barrer(RECUERDA)
    assert enviados() == []


def test_barrido_que_llega_tarde_recuerda_mientras_sirve(coordinada):
    barrer(VISITA - timedelta(minutes=1))
    assert enviados() == ["camila@correo.example"]


def test_barrido_que_llega_despues_de_la_visita_calla(coordinada):
    barrer(VISITA)
    barrer(RECUERDA)
    assert enviados() == []


def test_reloj_que_va_y_viene_no_repite(coordinada):
    for ahora in (RECUERDA, local("2026-11-23 13:00"), RECUERDA, VISITA - UN_SEGUNDO):
        barrer(ahora)
    assert len(enviados()) == 1


def test_misma_visita_misma_clave_aunque_se_pida_otra_vez(coordinada):
    barrer(RECUERDA)
    Visita.objects.update(recordar_en=RECUERDA)
    barrer(RECUERDA)
    assert len(enviados()) == 1


def test_propietario_sin_correo_queda_a_la_vista(coordinada):
    type(coordinada.cliente).objects.update(correo="")
    barrer(RECUERDA)
    aviso = Aviso.objects.get(tipo="icalma/recordatorio")
    assert (aviso.estado, aviso.nombre) == ("DESCARTADO", coordinada.cliente.nombre)


def test_cuanto_antes_es_de_la_politica(camino):
    PoliticaPlazo.objects.filter(codigo="recordatorio_visita").update(cantidad=2)
    camino.generar().contactar().coordinar_inspeccion("2026-11-26 10:00")
    assert Visita.objects.get().recordar_en == local("2026-11-24 10:00")


def test_sin_politica_no_hay_recordatorio(camino):
    PoliticaPlazo.objects.filter(codigo="recordatorio_visita").delete()
    camino.generar().contactar().coordinar_inspeccion("2026-11-26 10:00")
    assert Visita.objects.get().recordar_en is None


def test_politica_es_un_supuesto_del_producto(icalma):
    politica = PoliticaPlazo.objects.get(codigo="recordatorio_visita")
    assert (politica.cantidad, politica.unidad, politica.es_supuesto) == (1, "dias_habiles", True)


# --- what it costs


def test_sin_nada_que_recordar_es_una_consulta(coordinada, django_assert_num_queries):
    with django_assert_num_queries(1):
        recordatorios.recordar(RECUERDA - UN_SEGUNDO)


@pytest.mark.parametrize("cuantas", [1, 3])
def test_recordar_cuesta_lo_mismo_con_una_o_con_tres(camino, cuantas, django_assert_num_queries):
    for n in range(cuantas):
        camino.ahora = local("2026-11-23 10:15")
        camino.generar().contactar().coordinar_inspeccion(f"2026-11-26 {10 + n}:00")
    # look, begin, claim, tickets, their visits, the mails, the mark, end
    with django_assert_num_queries(8):
        recordatorios.recordar(local("2026-11-25 15:00"))
    assert len(enviados()) == cuantas


def test_lotes_sucesivos_terminan_con_todo(camino, monkeypatch):
    monkeypatch.setattr(recordatorios, "LOTE", 2)
    for n in range(5):
        camino.ahora = local("2026-11-23 10:15")
        camino.generar().contactar().coordinar_inspeccion(f"2026-11-26 {10 + n}:00")
    barrer(local("2026-11-25 15:00"))
    assert len(enviados()) == Ticket.objects.count() == 5


# --- what it says


@pytest.mark.regla("I-19")
def test_dice_cuando_quien_va_quien_debe_estar_y_que_pasa_si_no(coordinada):
    barrer(RECUERDA)
    texto = mensaje().body
    assert mensaje().subject == (
        f"{coordinada.ticket.folio}: te recordamos tu visita de inspección, el jueves 26 de "
        "noviembre, a las 10:00"
    )
    for frase in (
        "Va Rodrigo Sepúlveda, tu Supervisor de Postventa.",
        "Debes estar tú: revisaremos juntos cada observación.",
        "Si no hay nadie en dos visitas coordinadas seguidas, el requerimiento se da por resuelto.",
        "Elige otra hora antes de que empiece",
        f"/icalma/caso/{coordinada.ticket.publico}/",
    ):
        assert frase in texto


def test_de_los_trabajos_nombra_al_reemplazo_de_hoy(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.coordinar_trabajo("2026-11-27 09:30")
    anotar(
        camino.visita,
        "nombrar_reemplazo",
        camino.cliente,
        ahora=camino.ahora,
        reemplazo_nombre="Elena Fuentealba",
        reemplazo_documento="10.638.472-K",
    )
    barrer(local("2026-11-26 09:30"))
    texto = mensaje().body
    assert "Trabajos a cargo de Óscar Vidal, Nelson Catrileo. Responde por la visita" in texto
    assert "Debes estar tú o Elena Fuentealba, tu reemplazo registrado." in texto


def test_confirmada_no_pide_confirmar_y_propuesta_dice_que_sigue_la_hora(coordinada):
    anotar(coordinada.visita, "confirmar_visita", coordinada.cliente, ahora=coordinada.ahora)
    barrer(RECUERDA)
    assert "Ver o cambiar la hora:" in mensaje().body
    Aviso.objects.filter(tipo="icalma/recordatorio").delete()
    Visita.objects.update(recordar_en=RECUERDA)
    anotar(
        coordinada.visita,
        "proponer_hora",
        coordinada.cliente,
        ahora=coordinada.ahora,
        inicia_en=local("2026-11-27 11:00"),
    )
    barrer(RECUERDA)
    assert (
        "Propusiste cambiarla al viernes 27 de noviembre, a las 11:00. Mientras tu Supervisor no "
        "la cambie, sigue en pie esta hora." in mensaje().body
    )
