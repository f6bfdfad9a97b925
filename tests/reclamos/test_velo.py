"""What is about somebody of the staff is not told to them by the audit either, nor by a count."""

import pytest

from postventa.calendario import hora
from postventa.consola.alcances import acotar
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Cliente, Usuario
from reclamos.forms_mejora import con_cuenta
from reclamos.models import Causa, Reclamo
from tests.consola.conftest import entrar
from tests.reclamos.conftest import JUEVES
from tests.reclamos.recepcionista import Recepcionista

CAMBIOS = "/consola/expedientes/cambiomaestro/"
CANARIO = "Canaria Velada Ochoa"


@pytest.fixture
def recibida_sobre(caseta, plantel):
    """Somebody new complains about who reads every complaint there."""
    hora.fijar(JUEVES)

    def hacer(aludido, **datos):
        mesa = Recepcionista(plantel.vendedora, caseta)
        nueva = {"nombre": CANARIO, "tipo_documento": "DNI", "numero": "43218765",
                 "telefono": "969 000 111", "reclamante": CANARIO}  # fmt: skip
        respuesta = mesa.guardar(**nueva | {"aludidos": [aludido.pk]} | datos)
        assert respuesta.status_code == 302
        return Reclamo.objects.get()

    return hacer


def canario_en(persona):
    """Whether the audit of master data tells that person who complained: its list and each row."""
    web = entrar(persona)
    filas = acotar(CambioMaestro.objects.all(), Usuario.objects.get(pk=persona.pk))
    paginas = [web.get(f"{CAMBIOS}{c.pk}/change/") for c in CambioMaestro.objects.all()]
    assert web.get(CAMBIOS).context["cl"].result_count == filas.count()
    return any(CANARIO in p.content.decode() for p in paginas)


@pytest.mark.parametrize("quien", ["gerente", "administrador"])
def test_la_auditoria_no_dice_al_aludido_quien_se_quejo(recibida_sobre, plantel, quien):
    recibida_sobre(getattr(plantel, quien))
    assert CambioMaestro.objects.get().accion == "crear"
    assert not canario_en(getattr(plantel, quien))
    otro = "administrador" if quien == "gerente" else "gerente"
    assert canario_en(getattr(plantel, otro))


def test_quien_tiene_otro_caso_a_la_vista_no_se_vela(recibida_sobre, casos, plantel):
    reclamo = recibida_sobre(plantel.gerente)
    caso = casos()
    caso.cliente = reclamo.cliente
    caso.recibir()
    assert canario_en(plantel.gerente)


def test_unida_a_otra_ficha_la_de_paso_tampoco_se_ve(recibida_sobre, plantel, denunciante, caseta):
    """The row of who had no document stays without a case: it says who it was."""
    reclamo = recibida_sobre(plantel.gerente, tipo_documento="", numero="", como="recibir")
    de_paso = reclamo.cliente
    assert de_paso.tipo_documento == "SIN"
    web = entrar(plantel.vendedora)
    respuesta = web.post(
        f"/consola/reclamos/reclamo/{reclamo.pk}/reclamo/{reclamo.pk}/formalizar/",
        {"visto": reclamo.cadena_largo, "motivo": "Uno", "hechos": "Dos", "lugar": "Tres",
         "ocurrio_el": "2026-11-20", "bien": "producto", "reclamante": CANARIO,
         "tipo_documento": "DNI", "numero": denunciante.numero, "es_la_misma": "on"},
    )  # fmt: skip
    assert respuesta.status_code == 302
    assert Reclamo.objects.get().cliente == denunciante
    assert not canario_en(plantel.gerente)
    propio = Usuario.objects.get(pk=plantel.gerente.pk)
    assert not acotar(Cliente.objects.filter(pk=de_paso.pk), propio).exists()


def test_la_cuenta_de_una_causa_no_cuenta_lo_velado(casos, camino_de_mejora, plantel, causa):
    camino_de_mejora(casos().ingresar()).identificar()
    camino_de_mejora(casos().ingresar(aludidos=[plantel.gerente])).identificar()

    def cuenta(persona):
        propio = Usuario.objects.get(pk=persona.pk)
        return con_cuenta(Causa.objects.all(), propio).get().cuantos

    assert (cuenta(plantel.gerente), cuenta(plantel.gerenta)) == (1, 2)
    lista = entrar(plantel.gerente).get("/consola/reclamos/causa/").content.decode()
    assert "1 reclamo<" in lista
    assert "2 reclamos" not in lista


def test_la_lista_de_cambios_cuesta_lo_mismo_con_un_velado(
    recibida_sobre, plantel, django_assert_num_queries
):
    recibida_sobre(plantel.gerente)
    for persona in (plantel.gerente, plantel.gerenta):
        web = entrar(persona)
        web.get(CAMBIOS)
        with django_assert_num_queries(8):
            web.get(CAMBIOS)
