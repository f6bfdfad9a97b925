"""Annotations in a room's tables: a malformed one does not start."""

from dataclasses import replace

import pytest

from postventa.expedientes.salas import Abre, Anotacion, AvisoDe, Cierra, sala_de
from postventa.tramitacion.checks import fallas_de


@pytest.fixture
def sala():
    return sala_de("icalma")


def errores(sala):
    return [(e.id, e.msg) for e in fallas_de(sala)]


@pytest.mark.parametrize("que", ["iniciar", "estado", "motivo", "save"])
def test_anotacion_no_se_llama_como_algo_del_modelo(sala, que):
    nota = Anotacion("x", lambda actor, objeto: True, lambda *a: None)
    visita = replace(sala.objetos["visita"], anotaciones={que: nota})
    rota = replace(
        sala,
        objetos={**sala.objetos, "visita": visita},
        avisos=(),
        abre=(),
        cierra=(),
        indicadores=(),
    )
    assert errores(rota) == [
        (
            "tramitacion.E009",
            f"Sala icalma: la anotación {que} de visita se llama como algo de su modelo",
        )
    ]


def test_avisos_y_relojes_pueden_nombrar_anotaciones(sala):
    aviso = AvisoDe("icalma/x", "visita", "confirmar_visita", None, None)
    abre = Abre("contacto", "visita", "confirmar_visita")
    cierra = Cierra("contacto", "visita", "proponer_hora")
    assert errores(replace(sala, avisos=(aviso,), abre=(abre,), cierra=(cierra,))) == []


def test_reloj_de_un_acto_que_no_existe_no_arranca(sala):
    reloj = Abre("contacto", "visita", "bailar")
    assert errores(replace(sala, abre=(reloj,))) == [
        ("tramitacion.E008", "Sala icalma: abre nombra un verbo que no existe: visita.bailar")
    ]


def test_etiqueta_es_la_del_verbo_o_la_de_la_anotacion(sala):
    visita = sala.objetos["visita"]
    assert [visita.etiqueta(q) for q in ("cancelar", "proponer_hora", "otra_cosa")] == [
        "Cancelar visita",
        "Proponer otra hora",
        "otra cosa",
    ]
