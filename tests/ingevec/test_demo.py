"""Ingevec's demonstration works as it is loaded: a call can be taken in at once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command

from postventa.calendario import hora
from postventa.personas.models import Cliente, Rol, Usuario
from postventa.tramitacion import demo
from tests.conftest import local
from tickets.ingevec.cupos import ofrecer
from tickets.ingevec.horas import pauta_del_proyecto
from tickets.ingevec.ingreso import ingresar
from tickets.ingevec.models import Requerimiento, Turno
from tickets.ingevec.personas import de_turno
from tickets.inmuebles.models import Propiedad, Proyecto

LUNES = local("2026-11-23 10:15")


@pytest.fixture
def proyecto(db):
    hora.fijar(LUNES)
    call_command("cargar_base", verbosity=0)
    demo.cargar()
    return Proyecto.objects.get(codigo="ingevec-demo")


def test_trae_a_cada_uno_de_la_tabla(proyecto):
    roles = Usuario.objects.filter(membresias__empresa=proyecto.empresa).values_list(
        "membresias__rol", flat=True
    )
    assert set(roles) >= {Rol.CALL_CENTER, Rol.JEFE, Rol.INSPECTOR, Rol.MAESTRO, Rol.GERENTE}


def test_pauta_es_de_los_miercoles(proyecto):
    pauta = pauta_del_proyecto(proyecto.pk)
    pauta.full_clean()
    assert (pauta.get_dia_display(), pauta.minutos_inspeccion, pauta.minutos_trabajo) == (
        "miércoles",
        45,
        180,
    )
    assert [i.usuario.username for i in pauta.inspectores.order_by("pk")] == [
        "inspectora",
        "inspector",
        "cuadrilla",
    ]


def test_una_llamada_se_ingresa_con_la_primera_hora_ofrecida(proyecto):
    cliente = Cliente.objects.get(numero="16120493-5")
    cupo = ofrecer(pauta_del_proyecto(proyecto.pk), LUNES, LUNES).cupos[0]
    solicitud = ingresar(
        Propiedad.objects.filter(cliente=cliente).first().unidad,
        cliente,
        Usuario.objects.get(username="callcenter"),
        nonce=uuid4(),
        canal="fijo",
        llamante="Héctor",
        telefonos="+56 9 1111 2222",
        requerimientos=[Requerimiento(descripcion="Gotera")],
        cupo={"inicia_en": cupo.inicio, "persona": cupo.inspector},
        ahora=LUNES,
    )
    assert solicitud.estado == "INSPECCION_AGENDADA"
    assert solicitud.ultima_visita().inicia_en == local("2026-11-25 09:00")


def test_siempre_hay_alguien_de_turno(proyecto):
    turno = Turno.objects.get()
    turno.full_clean()

    class Caso:
        empresa_id, sede_id = proyecto.empresa_id, proyecto.pk

    for despues in (timedelta(), timedelta(days=90)):
        assert de_turno(Caso, LUNES + despues) == [(str(turno.persona), turno.persona.email)]
