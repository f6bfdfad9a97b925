"""What happens at night is told to staff when the office opens, and to the owner at once (I-22)."""

from datetime import timedelta
from email.utils import parseaddr

import pytest

from postventa.avisos.models import Aviso
from postventa.avisos.tasks import barrer
from postventa.calendario import hora
from postventa.tramitacion.acciones import anotar, tramitar
from tests.conftest import local
from tickets.icalma.avisos import AVISOS

NOCHE, ABRE = local("2026-11-23 22:40"), local("2026-11-24 08:00")


def espera(tipo):
    """From when the only message of that kind may leave; None: at once."""
    return Aviso.objects.get(tipo=tipo).no_antes_en


def a_quien(mensaje):
    return parseaddr(mensaje.to[0])[1]


@pytest.mark.regla("I-06", "I-22")
def test_ticket_de_noche_llega_al_supervisor_cuando_abre(camino):
    camino.ahora = NOCHE
    camino.generar()
    assert (espera("icalma/ingreso"), espera("icalma/ingreso_supervisor")) == (None, ABRE)


@pytest.mark.regla("I-06")
def test_ticket_en_horario_llega_al_supervisor_de_inmediato(camino):
    camino.generar()
    assert espera("icalma/ingreso_supervisor") is None


def test_el_cartero_no_lleva_antes_lo_que_espera(camino, monkeypatch, mailoutbox):
    camino.ahora = NOCHE
    camino.generar()
    monkeypatch.setattr(hora, "ahora", lambda: NOCHE)
    barrer()
    assert [a_quien(m) for m in mailoutbox] == ["camila@correo.example"]
    monkeypatch.setattr(hora, "ahora", lambda: ABRE)
    barrer()
    assert [a_quien(m) for m in mailoutbox[1:]] == [camino.supervisor.email]


def test_disputa_de_noche_llega_al_jefe_cuando_abre(camino):
    camino.generar().contactar().coordinar_inspeccion("2026-11-23 16:00").inspeccionar()
    tramitar(camino.obs[1], "disputar", camino.cliente, ahora=NOCHE, motivo="No es uso normal")
    assert espera("icalma/consulta_jefe") == ABRE


def test_cambio_de_agenda_no_espera(camino):
    """The visit may be before the next opening."""
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    inicia = local("2026-11-24 08:00")
    tramitar(
        camino.ticket,
        "reprogramar_inspeccion",
        camino.cliente,
        ahora=NOCHE,
        inicia_en=inicia,
        termina_en=inicia + timedelta(minutes=45),
    )
    avisos = Aviso.objects.filter(tipo="icalma/movida")
    assert [a.no_antes_en for a in avisos] == [None]


def test_propuesta_de_noche_espera_la_apertura(camino):
    camino.generar().contactar().coordinar_inspeccion("2026-11-25 10:00")
    propuesta = local("2026-11-25 16:00")
    anotar(camino.visita, "proponer_hora", camino.cliente, ahora=NOCHE, inicia_en=propuesta)
    assert espera("icalma/propuesta") == ABRE


def test_solo_lo_del_personal_espera():
    """No message to the owner is ever held."""
    assert {f.tipo for f in AVISOS if f.en_horario} == {
        "icalma/ingreso_supervisor",
        "icalma/propuesta",
        "icalma/objecion_jefe",
        "icalma/no_conforme",
        "icalma/no_fui_yo",
        "icalma/consulta_jefe",
    }
