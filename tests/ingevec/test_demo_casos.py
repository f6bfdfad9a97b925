"""The first day of Ingevec's demonstration is not empty, whichever day it is."""

import pytest
from django.core.management import call_command

from postventa.calendario import hora
from postventa.personas.models import Usuario
from postventa.tramitacion import demo
from tests.conftest import local
from tests.consola.conftest import entrar
from tests.expedientes.manos import diferencias
from tickets.ingevec.consola_espera import esperan
from tickets.ingevec.models import Solicitud

# A Monday morning, the project's weekday when its hours are over, a Saturday, a night and a day
# whose term has no Wednesday that is not a holiday.
DIAS = [
    "2026-11-23 10:15",
    "2026-11-25 19:30",
    "2026-11-28 11:00",
    "2026-12-10 23:50",
    "2027-01-05 09:00",
    "2026-09-16 12:00",
]


@pytest.mark.parametrize("dia", DIAS)
def test_abre_seis_solicitudes_en_estados_distintos(db, dia):
    hora.fijar(local(dia))
    call_command("cargar_base", verbosity=0)
    demo.cargar(con_casos=True)
    assert list(Solicitud.objects.order_by("pk").values_list("estado", flat=True)) == [
        "POR_LLAMAR",
        "TRABAJOS_AGENDADOS",
        "DIAGNOSTICADA",
        "INGRESADA",
        "INSPECCION_AGENDADA",
        "ATENCION_INMEDIATA",
    ]
    assert all(s.creado_en < hora.ahora() for s in Solicitud.objects.all())
    pendientes = Solicitud.objects.filter(estado__in=["TRABAJOS_AGENDADOS", "INSPECCION_AGENDADA"])
    assert all(s.ultima_visita().inicia_en > hora.ahora() for s in pendientes)
    assert diferencias() == []


def test_cada_quien_encuentra_algo_que_hacer(db):
    hora.fijar(local("2026-11-23 10:15"))
    call_command("cargar_base", verbosity=0)
    demo.cargar(con_casos=True)
    callcenter = Usuario.objects.get(username="callcenter")
    assert [e.titulo for e in esperan(callcenter, hora.ahora())] == [
        "Llamados de satisfacción",
        "Agendar los trabajos",
        "Llamar y dar hora: llegó por correo",
    ]
    web = entrar(Usuario.objects.get(username="jefatura"))
    assert web.get("/consola/").status_code == 200


def test_sin_pedirlas_no_hay_ninguna(db):
    call_command("cargar_base", verbosity=0)
    demo.cargar()
    assert not Solicitud.objects.exists()


def test_un_propietario_parte_sin_ninguna(db):
    call_command("cargar_base", verbosity=0)
    demo.cargar(con_casos=True)
    assert not Solicitud.objects.filter(unidad__nombre="Depto. 512").exists()
