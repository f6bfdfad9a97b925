"""DSC-IND: satisfied x 100 over attended, half-yearly; >= 90 Bueno (X-18, D-10)."""

from datetime import date

import pytest

from comteco.recepcion.indicador import Medida, Semestre, medir
from postventa.calendario import hora
from tests.calendario.lugares import LA_PAZ
from tests.comteco.recepcion.conftest import VIERNES
from tests.conftest import local
from tests.consola.conftest import entrar

pytestmark = pytest.mark.regla("DSC-IND")
SEGUNDO = Semestre(2026, 2)


@pytest.mark.parametrize(
    ("atendidos", "satisfechos", "parametro"),
    [
        (0, 0, "sin datos"),
        (1, 1, "Bueno"),
        (10, 9, "Bueno"),
        (1000, 900, "Bueno"),
        (1000, 899, "Bajo"),
        (3, 0, "Bajo"),
    ],
)
def test_parametro_se_compara_en_enteros(atendidos, satisfechos, parametro):
    assert Medida(SEGUNDO, atendidos, satisfechos, satisfechos).parametro == parametro


@pytest.mark.parametrize(
    ("dia", "semestre"),
    [
        (date(2026, 1, 1), Semestre(2026, 1)),
        (date(2026, 6, 30), Semestre(2026, 1)),
        (date(2026, 7, 1), SEGUNDO),
        (date(2026, 12, 31), SEGUNDO),
    ],
)
def test_semestre_de_un_dia(dia, semestre):
    assert Semestre.de(dia) == semestre
    desde, hasta = semestre.dias
    assert desde <= dia <= hasta
    assert semestre.anterior.dias[1] < desde


def test_cuenta_a_cada_atendido_una_vez_en_su_semestre(hall, plataforma):
    hall.ahora = local("2026-06-30 23:59", LA_PAZ)
    hall.atendida(satisfecho=True)
    hall.ahora = local("2026-07-01 00:00", LA_PAZ)
    for satisfecho in (True, True, False, None):
        hall.atendida(satisfecho=satisfecho)
    hall.llega()
    assert medir([plataforma], SEGUNDO) == Medida(SEGUNDO, 4, 3, 2)
    assert medir([plataforma], SEGUNDO.anterior) == Medida(SEGUNDO.anterior, 1, 1, 1)
    assert medir([plataforma], SEGUNDO).porcentaje == 50
    assert medir([], SEGUNDO).parametro == "sin datos"


def test_derivado_se_cuenta_donde_lo_atendieron(hall, plataforma):
    hall.llega("traslado-salientes")
    ficha = hall.tramitar(hall.siguiente(), "atender")
    hall.tramitar(ficha, "derivar", unidad=hall.mesones.mezanine.unidad)
    otra = hall.tramitar(hall.siguiente(hall.mesones.mezanine), "atender")
    hall.tramitar(otra, "terminar")
    assert medir([plataforma], SEGUNDO).atendidos == 1


@pytest.mark.parametrize("quien", ["jefa", "gerente", "administradora"])
def test_lo_ve_quien_supervisa(hall, plantel, quien):
    hora.fijar(VIERNES)
    hall.atendida(satisfecho=True)
    pagina = entrar(getattr(plantel, quien)).get("/consola/sala/indicador/").content.decode()
    assert "Segundo semestre de 2026" in pagina
    assert "Bueno" in pagina
    assert "sin datos" in pagina


def test_los_demas_no(hall, plantel):
    for quien in (plantel.informes, plantel.asesora, plantel.caja):
        assert entrar(quien).get("/consola/sala/indicador/").status_code == 403
