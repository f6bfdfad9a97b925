"""What changes a week that is over leaves a mark, and its figures are right at the next look."""

from datetime import date, timedelta

import pytest

from postventa.calendario import hora
from postventa.calendario.models import Feriado
from postventa.personas.models import Membresia, Rol
from postventa.plazos import reloj
from postventa.plazos.models import Plazo, SemanaTocada
from postventa.plazos.semanas import tocar_vencidos
from postventa.tableros.models import Resumen
from postventa.tramitacion.acciones import anotar, tramitar
from postventa.tramitacion.recalculo import aplicar
from tests.conftest import local
from tests.tableros.fuerza import comparar

# Two weeks later: what fell due in the week of the tickets is kept.
LUEGO = local("2026-12-10 12:00")


@pytest.fixture
def sellado(tickets, gerente, leer_como):
    """Five tickets of a week that is over, as the board keeps it."""
    caminos = tickets(5)
    caminos[0].contactar()
    hora.fijar(LUEGO)
    comparar(leer_como(gerente, LUEGO), LUEGO)
    SemanaTocada.objects.all().delete()
    return caminos


def recontada(leer_como, gerente, semana=date(2026, 11, 23)):
    """The mark is there, what is kept is stale, the look is right and nothing is left to do."""
    assert SemanaTocada.objects.exists()
    antes = _guardado(semana)
    comparar(leer_como(gerente, LUEGO), LUEGO)
    assert not SemanaTocada.objects.exists()
    assert _guardado(semana) != antes
    return True


def _guardado(semana):
    filas = Resumen.objects.filter(semana=semana).order_by("corte", "medida", "sede", "persona")
    return list(filas.values_list("corte", "medida", "sede", "persona", "n", "si", "suma"))


def test_plazo_vencido_que_se_cancela(sellado, leer_como, gerente, jefe):
    tramitar(sellado[1].ticket, "anular", jefe, motivo="Duplicado", ahora=LUEGO)
    assert recontada(leer_como, gerente)


def test_plazo_vencido_que_se_cumple_tarde_cuenta_su_demora(
    sellado, leer_como, gerente, supervisor, icalma
):
    antes = leer_como(gerente, LUEGO).total.de(icalma.pk, "icalma.contacto").n
    tramitar(sellado[1].ticket, "registrar_contacto", supervisor, exito=True, medio="telefono",
             ahora=LUEGO)  # fmt: skip
    assert recontada(leer_como, gerente)
    assert leer_como(gerente, LUEGO).total.de(icalma.pk, "icalma.contacto").n == antes + 1


def test_plazo_vencido_que_el_calendario_mueve(sellado, leer_como, gerente, jefe, calendario_cl):
    Feriado.objects.create(
        calendario=calendario_cl, fecha=date(2026, 11, 24), nombre="Decreto", fuente="prueba"
    )
    for dia in (25, 26, 27):
        Feriado.objects.create(
            calendario=calendario_cl, fecha=date(2026, 11, dia), nombre="Otro", fuente="prueba"
        )
    assert aplicar(jefe, "Decreto", LUEGO) == 4
    assert Plazo.objects.filter(vence_en__gt=local("2026-11-30 00:00")).count() == 4
    assert recontada(leer_como, gerente)


def test_caso_que_cambia_de_manos(sellado, leer_como, gerente, supervisor, jefe, icalma):
    Membresia.objects.create(usuario=jefe, empresa=icalma, rol=Rol.SUPERVISOR)
    anotar(sellado[0].ticket, "reasignar", jefe, responsable=jefe, motivo="Vacaciones", ahora=LUEGO)
    assert recontada(leer_como, gerente)


def test_plazo_que_se_abre_en_el_pasado(sellado, leer_como, gerente):
    caso = sellado[2].ticket
    nuevo = reloj.abrir(caso, "consulta", local("2026-11-16 10:00"))
    tocar_vencidos([nuevo], LUEGO)
    comparar(leer_como(gerente, LUEGO), LUEGO)
    assert not SemanaTocada.objects.exists()


def test_plazo_cumplido_que_vuelve_a_correr(sellado, leer_como, gerente):
    reloj.reabrir(Plazo.objects.get(estado="CUMPLIDO"))
    assert recontada(leer_como, gerente)


def test_lo_que_pasa_a_tiempo_no_deja_marca(tickets, supervisor):
    for camino in tickets(2):
        camino.contactar().coordinar_inspeccion().inspeccionar()
    assert not SemanaTocada.objects.exists()


def test_marca_de_esta_semana_no_manda_recontar(tickets, leer_como, gerente, supervisor):
    [uno] = tickets(1)
    jueves = local("2026-11-26 12:00")
    leer_como(gerente, jueves)
    tramitar(uno.ticket, "registrar_contacto", supervisor, exito=True, medio="telefono",
             ahora=jueves)  # fmt: skip
    assert SemanaTocada.objects.count() == 1
    comparar(leer_como(gerente, jueves), jueves)
    assert SemanaTocada.objects.count() == 1
    lunes = jueves + timedelta(days=5)
    comparar(leer_como(gerente, lunes), lunes)
    assert not SemanaTocada.objects.exists()
