"""Staff alerts: inside office hours of the case's place, in digests, to somebody always."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db.models import F

from postventa.avisos import tasks
from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.calendario.models import Feriado, Jornada
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.plazos.models import AlertaPlazo, Plazo, PoliticaPlazo
from postventa.tramitacion.barrido import barrer
from tests.conftest import local
from tests.tramitacion.relojes import repetir

UN_SEGUNDO = timedelta(seconds=1)
AVISA, VENCE = local("2026-11-24 10:15"), local("2026-11-25 10:15")
SUPERVISOR, JEFE = "rsepulveda@icalma.example", "mvaldes@icalma.example"


@pytest.fixture
def plazo(camino):
    return Plazo.objects.get(expediente=camino.generar().ticket)


def alertas():
    filas = Aviso.objects.filter(tipo__startswith="plazo_").order_by("pk")
    return list(filas.values_list("tipo", "destino", "no_antes_en"))


def vencer_a_las(plazo, cuando):
    """The clock is due at that local time."""
    Plazo.objects.filter(pk=plazo.pk).update(
        vence_en=local(cuando), proximo_en=local(cuando) + UN_SEGUNDO, avisar_en=None
    )
    return local(cuando) + UN_SEGUNDO


def cartero(ahora):
    """A pass of the postman at that hour of the product; what reached each address."""
    mail.outbox.clear()
    hora.fijar(ahora)
    tasks.barrer()
    return sorted((m.recipients()[0].partition("<")[2].strip(">"), m.subject) for m in mail.outbox)


def test_en_horario_sale_al_instante(plazo):
    barrer(AVISA)
    assert alertas() == [("plazo_advertencia", SUPERVISOR, None)]


# A Friday night, a night before a holiday (Tuesday 8 December), the minute of closing, and the
# two nights on which Santiago's clocks change.
NOCHES = [
    ("2026-11-27 22:00", "2026-11-30 08:00"),
    ("2026-11-28 12:00", "2026-11-30 08:00"),
    ("2026-12-07 18:00", "2026-12-09 08:00"),
    ("2026-12-08 10:00", "2026-12-09 08:00"),
    ("2026-11-26 03:30", "2026-11-26 08:00"),
    ("2026-09-05 23:30", "2026-09-07 08:00"),
    ("2027-04-03 23:30", "2027-04-05 08:00"),
]


@pytest.mark.parametrize(("vence", "sale"), NOCHES)
def test_fuera_de_horario_espera_la_proxima_apertura_del_lugar(plazo, vence, sale):
    barrer(vencer_a_las(plazo, vence))
    assert alertas() == [
        ("plazo_vencimiento", SUPERVISOR, local(sale)),
        ("plazo_vencimiento", JEFE, local(sale)),
    ]
    # The breach itself is of its own instant, and the dashboard shows it from then on.
    assert AlertaPlazo.objects.get().ocurrida_en == local(vence) + UN_SEGUNDO
    assert Plazo.objects.get().estado == "VENCIDO"


def test_un_segundo_antes_de_abrir_espera_un_segundo(plazo):
    ahora = vencer_a_las(plazo, "2026-11-26 07:59:58")
    barrer(ahora)
    assert {desde for _, _, desde in alertas()} == {local("2026-11-26 08:00")}


def test_feriado_local_del_proyecto_cuenta(plazo, camino, calendario_cl):
    propio = type(calendario_cl).objects.create(
        codigo="local", nombre="Ñuñoa", pais="CL", padre=calendario_cl
    )
    Feriado.objects.create(
        calendario=propio, fecha=date(2026, 11, 30), nombre="Local", fuente="prueba"
    )
    type(camino.ticket.sede).objects.update(calendario_propio=propio)
    barrer(vencer_a_las(plazo, "2026-11-27 22:00"))
    assert {desde for _, _, desde in alertas()} == {local("2026-12-01 08:00")}


def test_urgente_sale_de_noche_y_por_su_cuenta(plazo):
    PoliticaPlazo.objects.filter(codigo="contacto").update(es_inmediata=True)
    repetir(plazo, 1)
    Plazo.objects.update(proximo_en=F("vence_en"), avisar_en=None)
    ahora = local("2026-11-27 22:00")
    barrer(ahora)
    urgentes = Aviso.objects.filter(tipo="plazo_vencimiento")
    assert list(urgentes.values_list("no_antes_en", "grupo")) == [(None, "")] * 4
    assert len(cartero(ahora)) == 4 + 2  # and the ticket's own two


def test_lugar_que_nunca_abre_avisa_igual(plazo, icalma):
    vacia = Jornada.objects.create(codigo="vacia", nombre="Sin horario")
    type(icalma).objects.update(jornada=vacia)
    barrer(local("2026-11-27 22:00"))
    assert {desde for _, _, desde in alertas()} == {None}


# --- digests


def test_varias_de_la_noche_llegan_juntas_al_abrir(plazo, camino):
    repetir(plazo, 2)
    hora.fijar(AVISA)
    cartero(AVISA - timedelta(hours=1))  # the ticket's own mails
    Plazo.objects.update(
        vence_en=local("2026-11-25 22:00"), proximo_en=local("2026-11-25 22:00") + UN_SEGUNDO
    )
    noche = local("2026-11-25 22:01")
    barrer(noche)
    assert cartero(noche) == []
    folio = camino.ticket.folio
    asunto = f"3 plazos vencidos en Icalma, desde {folio}"
    assert cartero(local("2026-11-26 08:00")) == [(JEFE, asunto), (SUPERVISOR, asunto)]
    assert AlertaPlazo.objects.count() == 3


def test_lo_que_se_atendio_de_noche_no_se_advierte(plazo, camino):
    """Warned while closed, done before the opening: nobody is told to hurry."""
    Plazo.objects.update(avisar_en=local("2026-11-23 22:00"), proximo_en=local("2026-11-23 22:00"))
    cartero(local("2026-11-23 11:00"))
    barrer(local("2026-11-23 22:00"))
    camino.ahora = local("2026-11-24 07:30")
    camino.tramitar(camino.ticket, "registrar_contacto", exito=True, medio="telefono")
    assert cartero(local("2026-11-24 08:00")) == []
    aviso = Aviso.objects.get(tipo="plazo_advertencia")
    assert (aviso.estado, aviso.error) == ("DESCARTADO", "El plazo se detuvo antes de avisar")


def test_vencimiento_ya_atendido_se_cuenta_y_dice_que_se_atendio(plazo, camino):
    cartero(local("2026-11-23 11:00"))
    barrer(vencer_a_las(plazo, "2026-11-25 22:00"))
    camino.ahora = local("2026-11-26 07:30")
    camino.tramitar(camino.ticket, "registrar_contacto", exito=True, medio="telefono")
    assert len(cartero(local("2026-11-26 08:00"))) == 2
    assert "Ya se atendió; el atraso queda registrado." in mail.outbox[0].body


def test_resumen_deja_fuera_lo_que_se_atendio(plazo, camino):
    camino.pasar(minutes=5)
    primero, segundo = camino.ticket.folio, camino.generar().ticket
    Plazo.objects.update(avisar_en=local("2026-11-23 22:00"), proximo_en=local("2026-11-23 22:00"))
    cartero(local("2026-11-23 11:00"))
    barrer(local("2026-11-23 22:00"))
    camino.ahora = local("2026-11-24 07:30")
    camino.tramitar(segundo, "registrar_contacto", exito=True, medio="telefono")
    assert cartero(local("2026-11-24 08:00")) == [
        (SUPERVISOR, f"1 por vencer en Icalma, desde {primero}")
    ]


def test_reloj_que_va_y_viene_no_repite(plazo):
    cartero(local("2026-11-23 11:00"))
    noche, abre = vencer_a_las(plazo, "2026-11-27 22:00"), local("2026-11-30 08:00")
    barrer(noche)
    assert len(cartero(abre)) == 2
    for ahora in (noche, local("2026-11-23 10:00"), local("2027-03-01 09:00"), abre):
        barrer(ahora)
        assert cartero(ahora) == []
    assert AlertaPlazo.objects.count() == 1


@pytest.mark.parametrize("mas", [0, 9])
def test_alertas_de_noche_cuestan_lo_mismo(plazo, mas, django_assert_num_queries):
    repetir(plazo, mas)
    ahora = local("2026-11-27 22:00")
    # The place's hours come with it, whatever the number of clocks.
    with django_assert_num_queries(20):
        assert barrer(ahora) == mas + 1


# --- roles that nobody holds


def test_rol_sin_nadie_sube_a_quien_sigue_y_lo_dice(plazo, proyecto, icalma, supervisor):
    type(proyecto).objects.update(jefe=None)
    Membresia.objects.filter(rol=Rol.JEFE).delete()
    gerente = Usuario.objects.create_user("gerencia", "gerencia@icalma.example")
    Membresia.objects.create(usuario=gerente, empresa=icalma, rol=Rol.GERENTE)
    barrer(VENCE + UN_SEGUNDO)
    filas = Aviso.objects.filter(tipo="plazo_vencimiento").order_by("pk")
    assert [(a.destino, a.datos.get("sin_titular", "")) for a in filas] == [
        (SUPERVISOR, ""),
        ("gerencia@icalma.example", "Jefe de Postventa"),
    ]
    cartero(VENCE + UN_SEGUNDO)
    al_gerente = next(m for m in mail.outbox if "gerencia@" in m.recipients()[0])
    assert "Nadie tiene el rol de Jefe de Postventa en Condominio" in al_gerente.body


def test_sin_nadie_arriba_el_aviso_baja(plazo, proyecto):
    type(proyecto).objects.update(jefe=None)
    Membresia.objects.filter(rol=Rol.JEFE).delete()
    barrer(VENCE + UN_SEGUNDO)
    assert [destino for _, destino, _ in alertas()] == [SUPERVISOR]


def test_sin_nadie_en_absoluto_queda_a_la_vista(plazo, proyecto, camino):
    type(proyecto).objects.update(jefe=None, supervisor=None)
    camino.ticket.responsable = None
    type(camino.ticket).objects.update(responsable=None)
    Membresia.objects.all().delete()
    barrer(AVISA)
    aviso = Aviso.objects.get(tipo="plazo_advertencia")
    assert (aviso.nombre, aviso.estado, aviso.expediente_id) == (
        "Supervisor de Postventa",
        "DESCARTADO",
        camino.ticket.pk,
    )
