"""The demonstration's first day is not empty, whichever day it is."""

import pytest
from django.core.management import call_command

from postventa.calendario import hora
from postventa.tramitacion import demo
from tests.conftest import local
from tests.expedientes.manos import diferencias
from tickets.icalma.models import Ticket

# A Monday morning, a Saturday, the day after a holiday and a night.
DIAS = ["2026-11-23 10:15", "2026-11-28 11:00", "2026-12-09 08:30", "2026-12-10 23:50"]


@pytest.mark.parametrize("dia", DIAS)
def test_abre_cinco_tickets_en_estados_distintos(db, dia):
    hora.fijar(local(dia))
    call_command("cargar_base", verbosity=0)
    demo.cargar(con_casos=True)
    assert list(Ticket.objects.order_by("pk").values_list("estado", flat=True)) == [
        "TRABAJO_COORDINADO",
        "INSPECCIONADO",
        "GENERADO",
        "INSPECCION_COORDINADA",
        "GENERADO",
    ]
    assert all(t.creado_en < hora.ahora() for t in Ticket.objects.all())
    assert diferencias() == []


def test_sin_pedirlos_no_hay_casos(db):
    call_command("cargar_base", verbosity=0)
    demo.cargar()
    assert not Ticket.objects.exists()


def test_quien_hace_el_recorrido_del_readme_parte_sin_casos(db):
    call_command("cargar_base", verbosity=0)
    demo.cargar(con_casos=True)
    assert not Ticket.objects.filter(unidad__nombre="Torre B, depto. 704").exists()
