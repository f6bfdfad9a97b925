"""What the mails say of a visit that was cancelled, moved or missed."""

from datetime import timedelta

import pytest

from postventa.avisos import correo
from postventa.avisos.models import Aviso
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.tramitacion.acciones import anotar
from tests.conftest import local

OBJETAR = "¿Estabas ahí? Objeta la inasistencia en tu requerimiento hasta el {} y cuenta qué pasó"


@pytest.fixture
def coordinada(camino):
    return camino.generar().contactar().coordinar_inspeccion("2026-11-26 10:00")


def destinos(tipo):
    return list(Aviso.objects.filter(tipo=tipo).order_by("pk").values_list("destino", flat=True))


def ultimo(tipo):
    return correo.renderizar(Aviso.objects.filter(tipo=tipo).latest("pk"))


def nadie(c):
    c.ahora = c.visita.inicia_en + timedelta(minutes=20)
    c.tramitar(
        c.visita,
        "registrar_inasistencia_cliente",
        llegada_en=c.ahora - timedelta(minutes=15),
        conserje="Luis Pino",
    )


def mover(c, por, **datos):
    inicia = local("2026-11-27 11:00")
    c.tramitar(
        c.ticket,
        "reprogramar_inspeccion",
        por,
        inicia_en=inicia,
        termina_en=inicia + timedelta(minutes=45),
        **datos,
    )


# --- cancelled


def test_visita_cancelada_dice_el_motivo_y_que_sigue(coordinada):
    coordinada.tramitar(coordinada.visita, "cancelar", motivo="El Supervisor está con licencia")
    assert destinos("icalma/cancelada") == ["camila@correo.example"]
    mensaje = ultimo("icalma/cancelada")
    assert mensaje.subject == (
        f"{coordinada.ticket.folio}: cancelamos tu visita de inspección del jueves 26 de "
        "noviembre, a las 10:00"
    )
    for frase in (
        "Motivo: El Supervisor está con licencia",
        "No cuenta como inasistencia tuya y tu requerimiento sigue abierto.",
        "Tu Supervisor de Postventa te contactará para coordinar otra visita",
    ):
        assert frase in mensaje.body


def test_visita_cancelada_se_quita_del_calendario(coordinada):
    coordinada.tramitar(coordinada.visita, "cancelar", motivo="Licencia")
    ((_, contenido, tipo),) = ultimo("icalma/cancelada").attachments
    texto = contenido if isinstance(contenido, str) else contenido.decode()
    assert (tipo, "STATUS:CANCELLED" in texto) == ("text/calendar", True)


def test_visita_de_un_ticket_anulado_la_cuenta_solo_el_ticket(coordinada):
    coordinada.tramitar(coordinada.ticket, "anular", coordinada.jefe, motivo="Duplicado")
    assert coordinada.visita.estado == "CANCELADA"
    assert (destinos("icalma/cancelada"), len(destinos("icalma/anulado"))) == ([], 1)
    assert "Motivo: Duplicado" in ultimo("icalma/anulado").body


# --- moved


def test_propietario_que_mueve_la_hora_avisa_al_supervisor(coordinada):
    mover(coordinada, coordinada.cliente)
    assert destinos("icalma/movida") == ["rsepulveda@icalma.example"]
    mensaje = ultimo("icalma/movida")
    assert mensaje.subject == (
        f"{coordinada.ticket.folio}: el propietario cambió la hora, ahora el viernes 27 de "
        "noviembre, a las 11:00"
    )
    assert "Antes era: jueves 26 de noviembre, a las 10:00" in mensaje.body
    assert "Camila Rojas Fuentealba, +56 9 1111 2222" in mensaje.body


def test_supervisor_que_mueve_la_hora_no_se_avisa_a_si_mismo(coordinada):
    mover(coordinada, coordinada.supervisor, motivo="La cambió el propietario")
    assert destinos("icalma/movida") == []


def test_quien_hace_la_visita_tambien_se_entera(coordinada, icalma):
    otra = Usuario.objects.create_user("lsoto", "lsoto@icalma.example", first_name="Lía")
    Membresia.objects.create(usuario=otra, empresa=icalma, rol=Rol.SUPERVISOR)
    mover(coordinada, coordinada.supervisor, persona=otra)
    inicia = local("2026-11-30 11:00")
    coordinada.tramitar(
        coordinada.ticket,
        "reprogramar_inspeccion",
        coordinada.cliente,
        inicia_en=inicia,
        termina_en=inicia + timedelta(minutes=45),
    )
    assert destinos("icalma/movida") == ["rsepulveda@icalma.example", "lsoto@icalma.example"]


# --- missed (I-19)


@pytest.mark.regla("I-19")
def test_primera_inasistencia_dice_la_regla_y_como_objetar(coordinada):
    nadie(coordinada)
    texto = ultimo("icalma/inasistencia").body
    assert (
        "Si en la próxima visita coordinada tampoco hay nadie, el requerimiento se da por "
        "resuelto." in texto
    )
    assert OBJETAR.format("jueves 3 de diciembre") in texto
    assert f"/icalma/caso/{coordinada.ticket.publico}/" in texto


@pytest.mark.regla("I-19")
def test_segunda_inasistencia_dice_la_regla_y_como_objetar(coordinada):
    nadie(coordinada)
    coordinada.coordinar_inspeccion("2026-11-30 10:00")
    nadie(coordinada)
    texto = ultimo("icalma/resuelto").body
    assert "«Si no hubiese nadie en dos ocasiones coordinadas seguidas" in texto
    assert OBJETAR.format("lunes 7 de diciembre") in texto
    assert f"/icalma/caso/{coordinada.ticket.publico}/" in texto


def test_quien_ya_objeto_no_recibe_la_invitacion_a_objetar(coordinada):
    nadie(coordinada)
    anotar(
        coordinada.visita,
        "objetar_inasistencia",
        coordinada.cliente,
        ahora=coordinada.ahora,
        motivo="Estaba en casa",
    )
    coordinada.coordinar_inspeccion("2026-11-30 10:00")
    nadie(coordinada)
    texto = ultimo("icalma/resuelto").body
    assert "¿Estabas ahí?" not in texto
    assert "Ya objetaste una inasistencia de este ticket y se puede una sola vez." in texto
