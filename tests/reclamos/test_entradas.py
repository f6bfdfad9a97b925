"""What no form of ours sends: keys of no row, text that nobody sees, years of no calendar."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from postventa.calendario import hora
from postventa.tramitacion.errores import DatosInvalidos, exigir, visible
from reclamos.models import Reclamo
from tests.reclamos.conftest import FORMULARIO, JUEVES
from tests.reclamos.hojas import LIBRO, hoja, presentar
from tests.reclamos.oficina import Oficina
from tests.reclamos.recepcionista import Recepcionista, foto_de_todo

ENORME = "9" * 30


@pytest.fixture
def mesa(caseta, plantel, denunciante):
    hora.fijar(JUEVES)
    return Recepcionista(plantel.vendedora, caseta, denunciante)


@pytest.mark.parametrize("clave", [ENORME, "-1", "0", "uno"])
def test_una_clave_que_no_es_de_nadie_se_rechaza_con_lo_escrito(mesa, clave):
    antes = foto_de_todo()
    respuesta = mesa.guardar(aludidos=[clave])
    assert respuesta.status_code == 422
    assert "aludidos" in respuesta.context["fallas"]
    assert "Faltan 12 metros cuadrados." in respuesta.content.decode()
    assert foto_de_todo() == antes


@pytest.mark.parametrize("verbo", ["aludir", "identificar_causa"])
def test_tampoco_en_la_pagina_del_caso(caso, plantel, causa, verbo):
    caso.ingresar()
    legal = Oficina(caso, plantel.legal)
    if verbo == "aludir":
        respuesta = legal.postear("aludir", aludidos=[ENORME])
    else:
        respuesta = legal.postear(
            verbo, 0, causa=causa.pk, analisis="Se vio", iguales=[ENORME]
        )  # fmt: skip
    assert respuesta.status_code == 422


@pytest.mark.parametrize("nada", ["\u200b", "\u200b \u200d\ufeff", "\u3164", "\u2800", "\u00ad"])
def test_un_texto_que_no_se_ve_no_dice_nada(caso, plantel, nada):
    assert visible(nada) == ""
    with pytest.raises(DatosInvalidos):
        exigir({"motivo": nada}, "motivo", "Escribe el motivo.")
    caso.analizar("carta").tramitar("pedir_visado", plantel.jefa_obra, **caso.texto())
    gerente = Oficina(caso, plantel.gerente)
    respuesta = gerente.postear("devolver_de_visado", motivo=nada)
    assert respuesta.status_code == 422
    assert respuesta.context["formulario"].errors["motivo"] == ["Escribe el motivo."]
    with pytest.raises(DatosInvalidos) as rechazo:
        caso.recibir().tramitar("formalizar", plantel.vendedora, **FORMULARIO | {"hechos": nada})
    assert set(rechazo.value.campos) == {"hechos"}


@pytest.mark.parametrize("texto", ["ñ", "👍", "e\u0301", "un\u200bo"])
def test_lo_que_se_ve_se_queda_como_se_escribio(texto):
    assert visible(f" {texto} ") == texto


@pytest.mark.parametrize("dia", [date(1, 1, 1), date(1999, 12, 31)])
def test_un_anio_imposible_se_dice(caso, mesa, caseta, dia):
    texto = dia.isoformat()
    respuesta = mesa.guardar(ocurrio_el=texto)
    assert respuesta.status_code == 422
    assert "va desde 2000" in respuesta.context["fallas"]["ocurrio_el"]
    respuesta = Client().post(LIBRO, hoja(caseta, ocurrio_el=texto))
    assert respuesta.status_code == 422
    assert "va desde 2000" in respuesta.content.decode()
    with pytest.raises(DatosInvalidos, match="va desde 2000"):
        caso.recibir(ocurrio_el=dia)


def test_un_correo_con_caracteres_de_control_no_entra(mesa, caseta, plantel):
    malo = '"a\x01b"@correo.example'
    nueva = Recepcionista(plantel.vendedora, caseta)
    persona = {"nombre": "Ana", "tipo_documento": "DNI", "numero": "41234567"}
    respuesta = nueva.guardar(**persona, correo_personal=malo)
    assert respuesta.status_code == 422
    assert "no se ven" in respuesta.context["fallas"]["correo_personal"]
    respuesta = Client().post(LIBRO, hoja(caseta, correo=malo))
    assert respuesta.status_code == 422
    assert "no se ven" in respuesta.content.decode()
    assert not Reclamo.objects.exists()


def test_la_llave_de_una_recepcion_no_abre_su_reclamo_en_el_libro(mesa, caseta):
    """It would show to whoever guesses it what staff took in."""
    llave = uuid4()
    assert mesa.guardar(nonce=llave).status_code == 302
    suyo = Reclamo.objects.get()
    web = Client()
    respuesta = web.post(LIBRO, hoja(caseta, nonce=str(llave)))
    assert respuesta.status_code == 409
    pagina = respuesta.content.decode()
    assert suyo.codigo not in pagina
    assert "Al medirlo faltan 12 metros." in pagina
    assert str(llave) not in pagina
    assert web.get(f"/capera/reclamo/{suyo.publico}/enviado/").status_code != 200
    assert Reclamo.objects.count() == 1
    # What the page gives instead is sent as any other.
    otra = respuesta.context["form"]["nonce"].value()
    assert presentar(web, caseta, nonce=otra).pk != suyo.pk
