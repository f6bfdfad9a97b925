"""The inspector's day: own visits, by project and hour."""

import pytest

from postventa.personas.models import Rol
from tests.consola.conftest import entrar
from tests.ingevec.telefonista import texto_de

DIA = "/consola/ingevec/dia/"


def test_el_dia_muestra_las_visitas_propias_por_proyecto_y_hora(terreno, llamada, gente):
    pagina = terreno.web.get(DIA, {"fecha": "2026-11-25"})
    dicho = texto_de(pagina)
    for parte in ("Edificio Los Maitenes", "09:00", "Depto. 1203", "Gotera bajo el lavaplatos",
                  llamada.solicitud.folio):  # fmt: skip
        assert parte in dicho
    assert "Sin visitas ese día" in texto_de(terreno.web.get(DIA, {"fecha": "2026-11-24"}))
    otro = entrar(gente[Rol.MAESTRO])
    assert "Sin visitas ese día" in texto_de(otro.get(DIA, {"fecha": "2026-11-25"}))


@pytest.mark.parametrize("fecha", ["", "ayer", "9999-12-31", "0001-01-01", "2026-13-01"])
def test_una_fecha_que_no_es_muestra_hoy(terreno, fecha):
    assert terreno.web.get(DIA, {"fecha": fecha}).context["es_hoy"]


@pytest.mark.parametrize("cuantas", [1, 3])
def test_el_dia_cuesta_siete_consultas(terreno, llamada, cuantas, django_assert_num_queries):
    for n in range(cuantas - 1):
        llamada.ingresar(cupo=llamada.cupo(f"2026-11-25 1{n}:30"))
    # session, user, roles, clock; visits, their requerimientos, their solicitudes
    with django_assert_num_queries(7):
        assert terreno.web.get(DIA).context["cuantas"] == cuantas


@pytest.mark.parametrize("rol", [Rol.CALL_CENTER, Rol.GERENTE, Rol.JEFE])
def test_el_dia_es_de_quienes_visitan(terreno, gente, rol):
    assert entrar(gente[rol]).get(DIA).status_code == 403
