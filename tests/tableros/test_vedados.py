"""What a room keeps from a person is in none of their figures, stored or not (0050)."""

from datetime import timedelta

import pytest

from postventa.calendario import hora
from tests.consola.conftest import entrar
from tests.reclamos.conftest import *  # noqa: F403  the company and its walk
from tests.reclamos.conftest import JUEVES
from tests.tableros.conftest import leer_como  # noqa: F401
from tests.tableros.fuerza import comparar

LUEGO = JUEVES + timedelta(days=60)


@pytest.fixture
def dos_casos(caso, caseta, denunciante, plantel):
    """One complaint about the manager, one about nobody, both weeks old."""
    from tests.reclamos.conftest import Caso

    sobre_el = caso.ingresar(aludidos=[plantel.gerente]).admitir().reclamo
    otro = Caso(caseta, denunciante, plantel).ingresar().admitir().reclamo
    hora.fijar(LUEGO)
    return sobre_el, otro


def test_gerente_aludido_no_cuenta_lo_que_le_vedan(dos_casos, plantel, leer_como):  # noqa: F811
    sobre_el, otro = dos_casos
    for _ in range(2):
        comparar(leer_como(plantel.gerenta, LUEGO, 13), LUEGO)
        comparar(leer_como(plantel.gerente, LUEGO, 13), LUEGO, lambda c: c.pk != sobre_el.pk)


def test_cada_cifra_del_aludido_es_la_de_su_lista(dos_casos, plantel):
    for quien, abiertos in ((plantel.gerenta, 2), (plantel.gerente, 1)):
        web = entrar(quien)
        pagina = web.get("/consola/tablero/", {"semanas": 13})
        assert pagina.context["cifras"][3]["cifra"] == abiertos
        for tabla, _ in pagina.context["cajas"]:
            for _, _, fila in tabla.filas:
                for c in fila:
                    if c.url and tabla.clave != "semanas":
                        cuantos = web.get(c.url).context["cl"].result_count
                        assert cuantos == c.valor, (tabla.clave, c.url)


def test_prorroga_y_admisibilidad_se_cuentan(caso, plantel, leer_como):  # noqa: F811
    caso.ingresar().admitir()
    hora.fijar(JUEVES)
    lectura = leer_como(plantel.gerente, JUEVES)
    cuenta = lectura.total.de(plantel.gerente.membresias.get().empresa_id, "capera.admisibilidad")
    assert (cuenta.n, cuenta.si) == (1, 1)
