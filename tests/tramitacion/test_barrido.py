"""The sweep: what is due is told once, at its own instant, whenever the sweep comes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from postventa.avisos.models import Aviso
from postventa.expedientes import salas
from postventa.expedientes.models import Expediente, Movimiento
from postventa.expedientes.salas import Huerfanos
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.plazos import reloj
from postventa.plazos.models import AlertaPlazo, Latido, Plazo, PoliticaPlazo
from postventa.tramitacion import alertas, barrido
from postventa.tramitacion.barrido import barrer
from tests.conftest import LUNES, local
from tests.tramitacion.relojes import repetir

UN_SEGUNDO = timedelta(seconds=1)
# The contact clock of a ticket born on LUNES: due in two business days, warned one before.
AVISA, VENCE = local("2026-11-24 10:15"), local("2026-11-25 10:15")
HORA = local("2026-11-25 16:15")
ALERTAS = ("plazo_advertencia", "plazo_vencimiento")


def correos(*tipos):
    """(kind, address) of the alerts queued, in order."""
    filas = Aviso.objects.filter(tipo__in=tipos or ALERTAS).order_by("pk")
    return list(filas.values_list("tipo", "destino"))


def foto():
    """Everything that a second sweep must leave as it is."""
    return [
        list(Plazo.objects.order_by("pk").values()),
        list(AlertaPlazo.objects.order_by("pk").values()),
        list(Aviso.objects.order_by("pk").values()),
        list(Movimiento.objects.order_by("pk").values()),
    ]


@pytest.fixture
def plazo(camino):
    return Plazo.objects.get(expediente=camino.generar().ticket)


def test_nada_vence_nada_se_lee(plazo, django_assert_num_queries):
    barrer(AVISA - UN_SEGUNDO)  # the heartbeat's row exists from now on
    # The heartbeat, if there is nothing: not a row of any open clock.
    with django_assert_num_queries(1):
        assert barrer(AVISA - UN_SEGUNDO) == 0


def test_advierte_una_vez_al_supervisor(plazo):
    assert barrer(AVISA) == 1
    plazo.refresh_from_db()
    assert (plazo.estado, plazo.advertido_en) == ("ADVERTIDO", AVISA)
    assert plazo.proximo_en == VENCE + UN_SEGUNDO
    assert correos() == [("plazo_advertencia", "rsepulveda@icalma.example")]
    alerta = AlertaPlazo.objects.get()
    assert (alerta.tipo, alerta.ocurrida_en) == ("advertencia", AVISA)


def test_vence_al_segundo_siguiente_y_no_antes(plazo):
    barrer(VENCE)
    assert Plazo.objects.get().estado == "ADVERTIDO"
    barrer(VENCE + UN_SEGUNDO)
    plazo.refresh_from_db()
    assert (plazo.estado, plazo.vencido_en, plazo.proximo_en) == (
        "VENCIDO",
        VENCE + UN_SEGUNDO,
        None,
    )
    assert correos("plazo_vencimiento") == [
        ("plazo_vencimiento", "rsepulveda@icalma.example"),
        ("plazo_vencimiento", "mvaldes@icalma.example"),
    ]


def test_seis_horas_sin_barrido_no_cambian_los_instantes_ni_advierten_tarde(plazo):
    barrer(HORA)
    plazo.refresh_from_db()
    assert plazo.vencido_en == VENCE + UN_SEGUNDO
    assert plazo.advertido_en is None
    assert [(a.tipo, a.ocurrida_en) for a in AlertaPlazo.objects.all()] == [
        ("vencimiento", VENCE + UN_SEGUNDO)
    ]
    assert {tipo for tipo, _ in correos()} == {"plazo_vencimiento"}


@pytest.mark.parametrize("ahora", [AVISA, VENCE + UN_SEGUNDO, HORA])
def test_dos_veces_no_cambia_nada(plazo, ahora):
    barrer(ahora)
    antes = foto()
    assert barrer(ahora) == 0
    assert foto() == antes


def test_vencimiento_no_mueve_el_caso_ni_escribe_en_la_bitacora(plazo, camino):
    barrer(HORA)
    caso = Expediente.objects.get()
    assert (caso.etapa, caso.cadena_largo, caso.proximo_vence_en) == ("GENERADO", 1, VENCE)
    assert Movimiento.objects.count() == 1


def test_hora_que_vuelve_atras_no_repite_ni_resta(plazo, camino):
    barrer(VENCE + UN_SEGUNDO)
    antes = foto()
    for ahora in (VENCE - timedelta(minutes=10), LUNES - timedelta(hours=1), HORA):
        barrer(ahora)
    assert foto() == antes
    camino.ahora = LUNES - timedelta(hours=1)
    camino.tramitar(camino.ticket, "registrar_contacto", exito=True, medio="telefono")
    plazo.refresh_from_db()
    assert plazo.detenido_en == plazo.inicia_en
    assert plazo.vence_en == VENCE


@pytest.mark.parametrize(
    ("cuando", "estado"), [(VENCE, "CUMPLIDO"), (VENCE + UN_SEGUNDO, "CUMPLIDO_TARDE")]
)
@pytest.mark.parametrize("con_barrido", [True, False])
def test_parada_a_tiempo_o_tarde_no_depende_del_barrido(plazo, camino, cuando, estado, con_barrido):
    if con_barrido:
        barrer(cuando)
    camino.ahora = cuando
    camino.tramitar(camino.ticket, "registrar_contacto", exito=True, medio="telefono")
    plazo.refresh_from_db()
    tarde = estado == "CUMPLIDO_TARDE"
    assert (plazo.estado, plazo.detenido_en, plazo.proximo_en) == (estado, cuando, None)
    assert plazo.vencido_en == (VENCE + UN_SEGUNDO if tarde else None)


def test_fraccion_de_segundo_despues_sigue_a_tiempo(plazo, camino):
    camino.ahora = VENCE + timedelta(microseconds=999_999)
    camino.tramitar(camino.ticket, "registrar_contacto", exito=True, medio="telefono")
    assert Plazo.objects.get().estado == "CUMPLIDO"


def test_caso_terminado_no_se_toca(plazo, camino):
    camino.tramitar(camino.ticket, "anular", camino.jefe, motivo="Duplicado")
    antes = foto()
    assert barrer(HORA) == 0
    assert foto() == antes
    plazo.refresh_from_db()
    assert (plazo.estado, plazo.proximo_en, plazo.vencido_en) == ("CANCELADO", None, None)


@pytest.mark.parametrize("mas", [0, 24])
def test_consultas_constantes_con_un_plazo_o_con_veinticinco(plazo, mas, django_assert_num_queries):
    repetir(plazo, mas)
    with django_assert_num_queries(20):
        assert barrer(VENCE + UN_SEGUNDO) == mas + 1


def test_lotes_sucesivos_terminan_con_todo(plazo, monkeypatch):
    monkeypatch.setattr(barrido, "LOTE", 3)
    repetir(plazo, 7)
    assert barrer(HORA) == 8
    assert Plazo.objects.filter(estado="VENCIDO").count() == 8


# --- whom it tells


def test_revision_del_jefe_escala_a_gerencia(camino, icalma):
    gerente = Usuario.objects.create_user("gerencia", "gerencia@icalma.example")
    Membresia.objects.create(usuario=gerente, empresa=icalma, rol=Rol.GERENTE)
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.tramitar(camino.obs[1], "disputar", camino.cliente)
    plazo = Plazo.objects.get(codigo="consulta")
    Plazo.objects.exclude(pk=plazo.pk).update(proximo_en=None)
    barrer(plazo.vence_en + UN_SEGUNDO)
    assert correos("plazo_vencimiento") == [
        ("plazo_vencimiento", "mvaldes@icalma.example"),
        ("plazo_vencimiento", "gerencia@icalma.example"),
    ]


def test_proyecto_sin_supervisor_avisa_a_los_de_la_empresa(camino, proyecto, icalma):
    ex = Usuario.objects.create_user("ex", "ex@icalma.example", is_active=False)
    Membresia.objects.create(usuario=ex, empresa=icalma, rol=Rol.SUPERVISOR)
    type(proyecto).objects.update(supervisor=None)
    camino.generar()
    barrer(AVISA)
    assert correos("plazo_advertencia") == [("plazo_advertencia", "rsepulveda@icalma.example")]


def test_destinatarios_son_los_de_la_politica(plazo, icalma):
    PoliticaPlazo.objects.filter(codigo="contacto").update(avisa_a="jefe", escala_a="")
    barrer(AVISA)
    assert correos() == [("plazo_advertencia", "mvaldes@icalma.example")]


def test_hechos_de_la_alerta_dicen_caso_lugar_y_hora(plazo, camino):
    barrer(AVISA)
    datos = Aviso.objects.get(tipo="plazo_advertencia").datos
    assert datos.pop("url").endswith(f"/{camino.ticket.pk}/change/")
    assert datos == {
        "sobre": plazo.pk,
        "folio": camino.ticket.folio,
        "sede": "Condominio Los Arrayanes",
        "plazo": "Contactar al propietario",
        "vence_en": VENCE.isoformat(),
        "zona": "America/Santiago",
    }


# --- terms whose end is an act


def objetado(camino):
    camino.generar(3).contactar().coordinar_inspeccion().inspeccionar(rechazadas=(1, 2))
    return Plazo.objects.get(codigo="objecion")


@pytest.mark.regla("I-10")
def test_silencio_acepta_el_rechazo_y_no_es_incumplimiento(camino):
    plazo = objetado(camino)
    assert plazo.vence_en == local("2026-12-01 23:59:59")
    camino.coordinar_trabajo()
    barrer(plazo.vence_en)
    assert [o.estado for o in camino.obs] == ["APROBADA", "RECHAZADA", "RECHAZADA"]
    barrer(plazo.vence_en + timedelta(hours=6))
    assert [o.estado for o in camino.obs] == [
        "APROBADA",
        "RECHAZADA_ACEPTADA",
        "RECHAZADA_ACEPTADA",
    ]
    plazo.refresh_from_db()
    assert (plazo.estado, plazo.detenido_en, plazo.vencido_en) == (
        "CUMPLIDO",
        plazo.vence_en,
        None,
    )
    assert AlertaPlazo.objects.filter(plazo=plazo).count() == 0
    antes = foto()
    assert barrer(plazo.vence_en + timedelta(hours=6)) == 0
    assert foto() == antes


def test_caso_venenoso_no_detiene_a_los_demas(camino, monkeypatch):
    malo, tarde = objetado(camino), local("2026-12-03 09:00")
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 16:00")
    camino.inspeccionar()
    tramitar = barrido.tramitar

    def romperse(objeto, *args, **datos):
        if objeto.ticket_id == malo.expediente_id:
            raise ZeroDivisionError
        return tramitar(objeto, *args, **datos)

    monkeypatch.setattr(barrido, "tramitar", romperse)
    Latido.objects.all().delete()
    barrer(tarde)
    assert camino.obs[1].estado == "RECHAZADA_ACEPTADA"
    assert Latido.objects.filter(nombre="plazos").exists()
    malo.refresh_from_db()
    assert malo.proximo_en == tarde + barrido.REPOSO
    monkeypatch.setattr(barrido, "tramitar", tramitar)
    barrer(tarde + barrido.REPOSO)
    malo.refresh_from_db()
    assert malo.estado == "CUMPLIDO"


def test_alerta_de_una_sala_que_falla_no_detiene_su_lote(plazo, camino):
    camino.ahora = LUNES
    otro = Plazo.objects.get(expediente=camino.generar().ticket)
    Expediente.objects.filter(pk=plazo.expediente_id).update(tipo="desinstalada")
    barrer(HORA)
    plazo.refresh_from_db()
    otro.refresh_from_db()
    assert (otro.estado, AlertaPlazo.objects.filter(plazo=otro).count()) == ("VENCIDO", 1)
    # It is late all the same; what waits is telling it.
    assert (plazo.estado, plazo.alertas.get().por_avisar_en) == ("VENCIDO", HORA + alertas.REPOSO)
    assert otro.alertas.get().por_avisar_en is None


def test_sala_cuyos_huerfanos_fallan_no_calla_el_latido(plazo, monkeypatch):
    sala = salas.sala_de("icalma")
    monkeypatch.setitem(sala.__dict__, "huerfanos", Huerfanos(lambda ahora: 1 / 0, "liberar"))
    barrer(HORA)
    assert Plazo.objects.get().estado == "VENCIDO"
    assert Latido.objects.filter(nombre="plazos").exists()


def test_avisar_que_falla_entero_no_detiene_lo_demas(plazo, monkeypatch):
    recordadas = []
    sala = salas.sala_de("icalma")
    recordar = replace(sala.recordatorios, encolar=recordadas.append)
    monkeypatch.setitem(sala.__dict__, "recordatorios", recordar)
    with monkeypatch.context() as m:
        m.setattr(alertas, "_por_avisar", lambda ahora: 1 / 0)
        barrer(HORA)
    assert (recordadas, Plazo.objects.get().estado) == ([HORA], "VENCIDO")
    assert Latido.objects.filter(nombre="plazos").exists()
    barrer(HORA)
    assert plazo.alertas.get().por_avisar_en is None


def test_latido_es_de_la_hora_real(db):
    antes = timezone.now()
    barrer(local("2031-01-01 00:00"))
    assert antes <= Latido.objects.get(nombre="plazos").visto_en <= timezone.now()


def test_reloj_parado_en_la_puerta_conserva_lo_que_marco_el_barrido(plazo, camino):
    """What the sweep wrote after the door's page was loaded is not overwritten."""
    barrer(HORA)
    reloj.cumplir([Plazo.objects.get()], HORA, "Rodrigo")
    plazo.refresh_from_db()
    assert (plazo.estado, plazo.vencido_en) == ("CUMPLIDO_TARDE", VENCE + UN_SEGUNDO)
