"""Dates as their owner reads them: the project's zone, the policy's office, a strict clock."""

from datetime import date, time, timedelta

import pytest

from postventa.calendario.models import Jornada, Tramo
from postventa.plazos.models import PoliticaPlazo
from postventa.plazos.por_que import por_que
from tests.conftest import local
from tickets.icalma.hitos import TERMINOS
from tickets.inmuebles.models import Propiedad, Proyecto, Unidad
from tickets.inmuebles.paginas import plazos_que_corren, unidades_de


@pytest.fixture
def en_rapa_nui(icalma, cliente):
    """The same owner's home two hours west of the company, sold at the end of the 23rd."""
    proyecto = Proyecto.objects.create(
        empresa=icalma, codigo="isla", nombre="Hanga Roa", zona_propia="Pacific/Easter"
    )
    casa = Unidad.objects.create(proyecto=proyecto, nombre="Casa 1")
    Propiedad.objects.create(
        unidad=casa, cliente=cliente, desde=date(2024, 1, 1), hasta=date(2026, 11, 23)
    )
    return casa


def test_viviendas_de_hoy_son_las_de_la_fecha_del_proyecto(icalma, cliente, unidad, en_rapa_nui):
    medianoche = local("2026-11-24 00:00")
    assert set(unidades_de(icalma, cliente, medianoche)) == {unidad, en_rapa_nui}
    dos_horas_despues = medianoche + timedelta(hours=2)
    assert set(unidades_de(icalma, cliente, dos_horas_despues)) == {unidad}


def test_sin_viviendas_no_hay_ninguna(icalma, extrania):
    assert list(unidades_de(icalma, extrania, local("2026-11-24 00:00"))) == []


def test_por_que_de_un_plazo_estricto_muestra_sus_dias(camino, icalma):
    PoliticaPlazo.objects.filter(empresa=icalma, codigo="contacto").update(es_estricto=True)
    camino.generar()
    explicado = por_que(camino.ticket.plazos.get(), camino.ticket.sede)
    assert [c.numero for c in explicado.dias] == [23, 24, 25]


def test_lo_que_queda_se_cuenta_con_la_jornada_de_la_politica(camino, icalma):
    corta = Jornada.objects.create(codigo="corta", nombre="Mañanas")
    for dia in range(5):
        Tramo.objects.create(jornada=corta, dia=dia, desde=time(10), hasta=time(12))
    PoliticaPlazo.objects.filter(empresa=icalma, codigo="contacto").update(
        jornada=corta, unidad="horas_oficina", cantidad=2
    )
    camino.ahora = local("2026-11-20 17:00")
    camino.generar()
    plazos = list(camino.ticket.plazos.select_related("politica__jornada"))
    (fila,) = plazos_que_corren(camino.ticket, plazos, TERMINOS, local("2026-11-21 12:00"))
    assert (fila["vence"], fila["queda"]) == (
        "el lunes 23 de noviembre, a las 12:00",
        "Quedan 2 h desde la apertura",
    )
