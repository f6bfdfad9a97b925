"""The boards on PostgreSQL: two who count at once, and one who changes what they count."""

import pytest

from postventa.calendario import hora
from postventa.consola.tablero.alcance import empresas_de, mirada_de
from postventa.empresas.models import Empresa
from postventa.personas.models import Rol
from postventa.plazos.models import SemanaTocada
from postventa.tableros import sellos
from postventa.tableros.lectura import leer
from postventa.tableros.models import Resumen
from postventa.tableros.periodo import de_semanas
from postventa.tramitacion.acciones import tramitar
from tests.conftest import local
from tests.consola.conftest import personal
from tests.servicios.carreras import correr
from tests.tableros.fuerza import comparar

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrencia]
LUEGO = local("2026-12-10 12:00")


def mirar(persona):
    periodo = de_semanas(8, LUEGO.date())
    return leer(mirada_de(persona, empresas_de(persona)), periodo, LUEGO)


def sellar():
    empresa = Empresa.objects.get(codigo="icalma")
    sellos.sellar(empresa, de_semanas(8, LUEGO.date()).desde, LUEGO)


def test_dos_que_cuentan_a_la_vez_no_cuentan_doble(tickets, icalma):
    gerente = personal("gerenta", icalma, Rol.GERENTE)
    tickets(6)
    hora.fijar(LUEGO)
    assert correr([sellar, sellar, sellar]) == ["ok"] * 3
    filas = Resumen.objects.values_list("semana", "corte", "medida", "sede", "persona")
    assert filas.count() == len(set(filas))
    comparar(mirar(gerente), LUEGO)


def test_lo_que_cambia_mientras_se_cuenta_queda_marcado_o_contado(tickets, icalma, jefe):
    gerente = personal("gerenta", icalma, Rol.GERENTE)
    caminos = tickets(6)
    hora.fijar(LUEGO)
    sellar()

    def anular(n):
        return lambda: (
            tramitar(caminos[n].ticket, "anular", jefe, motivo="Duplicado", ahora=LUEGO) and "ok"
        )

    for n in (0, 2, 4):
        assert correr([anular(n), sellar, anular(n + 1), sellar]) == ["ok"] * 4
        comparar(mirar(gerente), LUEGO)
    assert not SemanaTocada.objects.exists()


def test_sin_la_llave_se_guardaria_lo_viejo(tickets, icalma, jefe):
    """The control: who counted before the change and stored after it, with the mark gone."""
    gerente = personal("gerenta", icalma, Rol.GERENTE)
    [uno, *_] = tickets(2)
    hora.fijar(LUEGO)
    sellar()
    viejas = list(Resumen.objects.all())
    tramitar(uno.ticket, "anular", jefe, motivo="Duplicado", ahora=LUEGO)
    sellar()
    Resumen.objects.all().delete()
    Resumen.objects.bulk_create(viejas)
    with pytest.raises(AssertionError):
        comparar(mirar(gerente), LUEGO)
