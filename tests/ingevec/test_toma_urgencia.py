"""An urgency on the line: what keeps people safe is read first, and who is on duty is told."""

import pytest

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.personas.models import Rol
from tests.conftest import local
from tests.ingevec.conftest import LLAMADA
from tests.ingevec.telefonista import Telefonista, texto_de
from tickets.ingevec.models import Solicitud, Turno


@pytest.fixture
def telefono(gente, pauta, depto, duenio):
    hora.fijar(LLAMADA)
    return Telefonista(gente[Rol.CALL_CENTER], depto)


@pytest.mark.regla("G-14", "G-15", "G-16")
@pytest.mark.parametrize(
    ("dichas", "urgencia"),
    [
        ({"u_agua": "si"}, "agua"),
        ({"u_gas": "si"}, "gas"),
        ({"u_luz": "si"}, "luz"),
        ({"u_otra": "si"}, "otra"),
        ({"u_agua": "si", "u_gas": "si"}, "gas"),
        ({"u_gas": "si", "u_agua": None, "u_luz": None, "u_otra": None}, "gas"),
    ],
)
def test_una_urgencia_no_espera_dia_y_avisa_a_quien_esta_de_turno(
    telefono, ingevec, gente, dichas, urgencia
):
    Turno.objects.create(
        empresa=ingevec, persona=gente[Rol.MAESTRO],
        desde_en=local("2026-11-23 08:00"), hasta_en=local("2026-11-24 08:00"),
    )  # fmt: skip
    assert telefono.pagina().context["guardia"] == [gente[Rol.MAESTRO]]
    respuesta = telefono.guardar(cupo=None, **dichas)
    solicitud = Solicitud.objects.get()
    assert (solicitud.estado, solicitud.urgencia) == ("INGRESADA", urgencia)
    avisos = Aviso.objects.filter(tipo="ingevec/urgencia").values_list("destino", flat=True)
    assert list(avisos) == ["maestro@ingevec.example"]
    final = telefono.web.get(respuesta.headers["Location"])
    assert "Llama ahora a quien está de turno: Maestro Prueba" in texto_de(final)


@pytest.mark.regla("G-14", "G-15")
@pytest.mark.parametrize(
    ("dichas", "primero"),
    [
        ({"u_agua": "si"}, "Cierre ahora la llave de paso del agua"),
        ({"u_luz": "si", "u_agua": "si"}, "Baje ahora el interruptor general"),
        ({"u_otra": "si", "clase": "CONSULTA"}, "No se acerque a lo que está dañado."),
        ({"u_agua": "si", "u_luz": "si", "u_gas": "si"}, "Cierre ahora la llave del gas"),
    ],
)
def test_lo_que_pone_a_salvo_se_lee_primero_antes_de_guardar_y_despues(telefono, dichas, primero):
    datos = telefono.datos(guardar=None, ver="1", **dichas)
    assert telefono.web.post(telefono.url, datos).context["leer"][0].startswith(primero)
    if "clase" not in dichas:
        guardada = telefono.guardar(cupo=None, **dichas)
        assert telefono.web.get(guardada.url).context["leer"].startswith(primero)


def test_sin_nadie_de_turno_la_pantalla_lo_dice(telefono):
    assert "Nadie está de turno" in texto_de(telefono.pagina())
