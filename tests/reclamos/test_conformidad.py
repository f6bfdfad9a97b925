"""The link of the answer: a fresh code, the answer as it went out, and one word within ten days."""

import pytest
from django.core import mail
from django.test import Client

from postventa.avisos.tasks import barrer
from postventa.calendario import hora
from postventa.portal.models import Desafio
from reclamos.models import Reclamo
from tests.reclamos.conftest import Caso
from tests.reclamos.hojas import CORREO, LIBRO, abrir, enlace, hoja, presentar


@pytest.fixture
def respondido(caseta, plantel):
    """A walk whose complaint came by the site and is answered."""
    caso = Caso(caseta, None, plantel)
    hora.fijar(caso.ahora)
    caso.reclamo = presentar(Client(), caseta)
    caso.cliente = caso.reclamo.cliente
    caso.numerar().admitir().tramitar("analizar", plantel.jefa_obra).cumplir()
    yield caso.responder(prevencion="Cada plano se revisará en terreno.")
    hora.normal()


def pagina(respuesta):
    return respuesta.content.decode()


def decir(navegador, reclamo, resultado, motivo="", visto=None):
    visto = Reclamo.objects.get(pk=reclamo.pk).cadena_largo if visto is None else visto
    datos = {"resultado_de": 1, "resultado": resultado, "motivo": motivo, "visto": visto}
    return navegador.post(enlace(reclamo), datos)


def estado(reclamo):
    return Reclamo.objects.get(pk=reclamo.pk).estado


def test_el_correo_de_la_respuesta_lleva_el_enlace_al_contacto_escrito(respondido):
    barrer()
    respuesta = next(m for m in mail.outbox if "respuesta a su reclamo" in m.subject)
    assert respuesta.to == [f"Marisol Vilela Ruiz <{CORREO}>"]
    assert enlace(respondido.reclamo) in respuesta.body
    assert enlace(respondido.reclamo) in respuesta.alternatives[0].content


@pytest.mark.parametrize("metodo", ["get", "head"])
def test_mirar_el_enlace_no_hace_nada(client, respondido, metodo):
    respuesta = getattr(client, metodo)(enlace(respondido.reclamo))
    assert respuesta.status_code == 200
    assert respondido.reclamo.codigo not in pagina(respuesta)
    assert Desafio.objects.filter(proposito="caso").count() == 0
    assert estado(respondido.reclamo) == "RESPONDIDA"


def test_el_codigo_va_al_contacto_del_reclamo_y_sirve_una_vez(client, respondido):
    client.post(enlace(respondido.reclamo))
    barrer()
    codigo = mail.outbox[-1]
    assert codigo.recipients() == [CORREO]
    assert "Marisol" not in codigo.body
    abrir(client, respondido.reclamo)
    texto = pagina(client.get(enlace(respondido.reclamo)))
    for trozo in ("se rectifica.", "Cada plano se revisará", "Enviar mi respuesta",
                  f"{enlace(respondido.reclamo)}hoja/"):  # fmt: skip
        assert trozo in texto
    # Another browser, without it, sees nothing; nor with the code that was used.
    usado = Desafio.objects.latest("creado_en")
    assert usado.usado_en
    otro = Client()
    assert otro.post(enlace(respondido.reclamo), {"codigo": "123456"}).status_code == 422
    assert "se rectifica." not in pagina(otro.get(enlace(respondido.reclamo)))


def test_sin_codigo_no_se_dice_nada(client, respondido):
    decir(client, respondido.reclamo, "conformar")
    assert estado(respondido.reclamo) == "RESPONDIDA"


def test_haberla_enviado_no_basta_para_decidir(caseta, respondido):
    """What was just sent opens its sheet; the answer takes a code."""
    navegador = Client()
    reclamo = presentar(navegador, caseta, numero="49999999")
    assert "Enviarme el código" in pagina(navegador.get(enlace(reclamo)))


def test_repetir_el_envio_no_abre_la_respuesta(caseta, respondido):
    """TM-06: whoever keeps the form that was sent reads what was sent, and no more."""
    navegador, reclamo = Client(), respondido.reclamo
    navegador.post(LIBRO, hoja(caseta, nonce=str(reclamo.nonce)))
    copia, respuesta = (
        navegador.get(f"{enlace(reclamo)}{tipo}-1.pdf") for tipo in ("hoja_consumidor", "respuesta")
    )
    assert copia["Content-Type"] == "application/pdf"
    assert (respuesta.status_code, respuesta.url) == (302, enlace(reclamo))


@pytest.mark.regla("C-13")
def test_conforme_por_el_enlace(client, respondido):
    abrir(client, respondido.reclamo)
    assert decir(client, respondido.reclamo, "conformar").status_code == 302
    assert estado(respondido.reclamo) == "CONFORME"
    movimiento = respondido.reclamo.movimientos.latest("numero")
    assert (movimiento.verbo, movimiento.clase_actor, movimiento.canal) == (
        "conformar",
        "cliente",
        "web",
    )
    assert movimiento.detalle.nombre_actor == "Marisol Vilela Ruiz"
    assert "Nos dijo que está conforme." in pagina(client.get(enlace(respondido.reclamo)))


@pytest.mark.regla("C-13")
def test_disconforme_dice_por_que(client, respondido):
    abrir(client, respondido.reclamo)
    respuesta = decir(client, respondido.reclamo, "disconformar")
    assert respuesta.status_code == 422
    assert "Escriba por qué no está conforme." in pagina(respuesta)
    assert decir(client, respondido.reclamo, "disconformar", "Faltan metros").status_code == 302
    assert estado(respondido.reclamo) == "DISCONFORME"
    assert "Faltan metros" in pagina(client.get(enlace(respondido.reclamo)))


def test_se_dice_una_sola_vez(client, respondido):
    abrir(client, respondido.reclamo)
    decir(client, respondido.reclamo, "conformar")
    respuesta = decir(client, respondido.reclamo, "disconformar", "Me arrepentí")
    assert respuesta.status_code == 409
    assert "Ya nos dijo si está conforme" in pagina(respuesta)
    assert estado(respondido.reclamo) == "CONFORME"


def test_si_el_caso_cambio_mientras_miraba_no_se_anota(client, respondido):
    abrir(client, respondido.reclamo)
    respuesta = decir(client, respondido.reclamo, "disconformar", "Faltan metros", visto=1)
    assert respuesta.status_code == 409
    assert "cambió mientras" in pagina(respuesta)
    assert "Faltan metros" in pagina(respuesta)
    assert estado(respondido.reclamo) == "RESPONDIDA"


@pytest.mark.parametrize(
    ("cuando", "espera"), [("2026-12-06 23:59", True), ("2026-12-07 00:01", False)]
)
@pytest.mark.regla("C-13")
def test_hasta_los_diez_dias_y_ni_un_minuto_mas(client, respondido, cuando, espera):
    """Whether or not the sweep has come by."""
    hora.fijar(respondido.a_las(cuando).ahora)
    abrir(client, respondido.reclamo)
    texto = pagina(client.get(enlace(respondido.reclamo)))
    assert ("Enviar mi respuesta" in texto) is espera
    assert ("ya terminó" in texto) is not espera
    assert decir(client, respondido.reclamo, "conformar").status_code == (302 if espera else 409)
    assert estado(respondido.reclamo) == ("CONFORME" if espera else "RESPONDIDA")


def test_el_enlace_de_otra_empresa_no_existe(client, respondido):
    assert client.get(f"/capera/reclamo/{'x' * 20}/").status_code == 404


@pytest.mark.parametrize("camino", ["", "hoja/"])
def test_la_pagina_cuesta(client, respondido, camino, django_assert_num_queries):
    abrir(client, respondido.reclamo)
    with django_assert_num_queries({"": 12, "hoja/": 8}[camino]):
        client.get(f"{enlace(respondido.reclamo)}{camino}")
