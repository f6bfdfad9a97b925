"""Coming in: what is typed, what is answered, where one ends up."""

import pytest
from django.core import mail
from django.test import Client

from postventa.avisos.models import Aviso
from postventa.avisos.tasks import barrer
from postventa.portal.codigos import codigo_de
from postventa.portal.models import Desafio

from .conftest import ACCESO, CODIGO, MIOS, entrar, pedir, ultimo_codigo


@pytest.mark.regla("I-01", "I-03")
def test_duenia_entra_con_el_codigo_de_su_correo(client, proyecto, cliente):
    respuesta = pedir(client, proyecto)
    assert (respuesta.status_code, respuesta.url) == (302, CODIGO)
    assert barrer() == 1
    (correo,) = mail.outbox
    assert correo.to == ["Camila Rojas Fuentealba <camila@correo.example>"]
    codigo = ultimo_codigo()
    assert f"{codigo[:3]} {codigo[3:]}" in correo.body
    assert codigo not in correo.subject
    respuesta = client.post(CODIGO, {"codigo": f" {codigo[:3]} {codigo[3:]} "})
    assert (respuesta.status_code, respuesta.url) == (302, MIOS)
    assert client.get(MIOS).status_code == 200


@pytest.mark.parametrize(
    "numero", ["16.482.937-5", "164829375", " 16482937-5 ", "16 482 937 5", "016482937-5"]
)
def test_rut_se_escribe_como_cada_uno_quiera(client, proyecto, cliente, numero):
    assert pedir(client, proyecto, numero).status_code == 302
    assert Desafio.objects.get().cliente == cliente


@pytest.mark.parametrize(
    ("numero", "mensaje"),
    [
        ("16.482.937-8", "El dígito verificador no coincide."),
        ("", "Escribe el RUT del propietario."),
        ("hola", "Escribe el RUT completo, con su dígito verificador."),
        ("1-9", "Escribe el RUT completo, con su dígito verificador."),
        ("<script>alert(1)", "Escribe el RUT completo, con su dígito verificador."),
    ],
)
def test_rut_mal_escrito_dice_como_corregirlo(client, proyecto, cliente, numero, mensaje):
    respuesta = pedir(client, proyecto, numero)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert pagina.count(mensaje) == 2  # in the summary and beside the field
    assert "<title>Error: Identifícate" in pagina
    assert 'aria-describedby="numero-pista numero-error"' in pagina
    assert 'href="#numero"' in pagina
    assert "<script>alert" not in pagina
    assert Desafio.objects.count() == 0


def test_rut_larguisimo_no_llega_a_la_base(client, proyecto, cliente):
    assert pedir(client, proyecto, "1" * 5000).status_code == 422
    assert Desafio.objects.count() == 0


@pytest.mark.parametrize("sede", ["", "999999", "nada", "1 OR 1=1"])
def test_proyecto_inventado_se_rechaza(client, proyecto, cliente, sede):
    respuesta = client.post(ACCESO, {"sede": sede, "numero": "16.482.937-5"})
    assert respuesta.status_code == 422
    assert "Elige el proyecto." in respuesta.content.decode()


def test_proyecto_inactivo_no_se_ofrece(client, proyecto, cliente):
    proyecto.es_activa = False
    proyecto.save()
    assert pedir(client, proyecto).status_code == 422


def test_destino_se_recuerda_si_es_de_aqui(client, proyecto, cliente):
    camino = "/icalma/caso/abc/"
    assert client.get(camino).url == f"{ACCESO}?next=%2Ficalma%2Fcaso%2Fabc%2F"
    pedir(client, proyecto, siguiente=camino)
    assert client.post(CODIGO, {"codigo": ultimo_codigo()}).url == camino


@pytest.mark.parametrize(
    "camino",
    [
        "https://malo.example/icalma/",
        "//malo.example/icalma/",
        "/ingevec/",
        "javascript:alert(1)",
        "/icalma/\n//malo.example",
        "/icalma",
        "\\\\malo.example",
    ],
)
def test_destino_ajeno_se_ignora(client, proyecto, cliente, camino):
    pedir(client, proyecto, siguiente=camino)
    assert client.post(CODIGO, {"codigo": ultimo_codigo()}).url == MIOS


def test_quien_ya_entro_no_vuelve_a_identificarse(duenia):
    assert duenia.get(ACCESO).url == MIOS


def test_codigo_sin_haberlo_pedido_lleva_al_acceso(client, proyecto):
    assert client.get(CODIGO).url == ACCESO


def test_duenia_sin_correo_ve_la_misma_pagina_y_nada_sale(client, proyecto, cliente):
    cliente.correo = ""
    cliente.save()
    assert pedir(client, proyecto).url == CODIGO
    assert "Llama al +56 2 2345 6700" in client.get(CODIGO).content.decode()
    assert barrer() == 0
    assert Aviso.objects.get().estado == "DESCARTADO"


def test_pagina_del_codigo_no_dice_a_que_correo(client, proyecto, cliente):
    pedir(client, proyecto)
    pagina = client.get(CODIGO).content.decode()
    assert "correo.example" not in pagina
    assert "Camila" not in pagina


def test_solo_rut_entra_sin_codigo(client, proyecto, cliente, icalma):
    icalma.exige_codigo = False
    icalma.save()
    assert pedir(client, proyecto).url == MIOS
    assert client.get(MIOS).status_code == 200
    assert Aviso.objects.count() == 0


def test_solo_rut_ajeno_no_entra_y_cuenta_en_los_limites(client, proyecto, cliente, icalma):
    icalma.exige_codigo = False
    icalma.save()
    for _ in range(3):
        assert pedir(client, proyecto, "17.903.264-3").status_code == 403
    assert pedir(client, proyecto, "17.903.264-3").status_code == 429
    assert client.get(MIOS).status_code == 302


def test_empresa_inactiva_o_sin_portal_no_tiene_acceso(client, icalma, proyecto, cliente):
    assert client.get("/ingevec/acceso/").status_code == 404
    icalma.es_activa = False
    icalma.save()
    assert client.get(ACCESO).status_code == 404


def test_salir_cierra_y_no_deja_volver(duenia):
    respuesta = duenia.get("/icalma/salir/")
    assert respuesta.status_code == 405
    assert 'href="/icalma/">Ir al inicio' in respuesta.content.decode()
    assert duenia.post("/icalma/salir/").url == "/icalma/?salida"
    assert duenia.get(MIOS).status_code == 302


def test_formularios_sin_ficha_csrf_se_rechazan(proyecto, cliente):
    estricto = Client(enforce_csrf_checks=True)
    respuesta = pedir(estricto, proyecto)
    assert respuesta.status_code == 403
    assert "demasiado tiempo" in respuesta.content.decode()
    assert Desafio.objects.count() == 0


def test_enlaces_del_correo_no_salen_del_host_pedido(client, proyecto, cliente, settings):
    assert pedir(client, proyecto, HTTP_HOST="malo.example").status_code == 400
    pedir(client, proyecto, HTTP_X_FORWARDED_HOST="malo.example")
    barrer()
    (correo,) = mail.outbox
    assert "malo.example" not in correo.message().as_string()


def test_base_de_datos_no_guarda_el_codigo_ni_el_rut(client, proyecto, cliente):
    pedir(client, proyecto)
    barrer()
    codigo = ultimo_codigo()
    desafio, aviso = Desafio.objects.get(), Aviso.objects.get()
    filas = str([vars(desafio), vars(aviso)])
    assert codigo not in filas
    assert "16482937" not in filas
    assert codigo_de(desafio.pk) == codigo


def test_bitacora_del_servidor_no_dice_rut_ni_codigo(client, proyecto, cliente, caplog):
    with caplog.at_level("DEBUG", logger="postventa"):
        entrar(client, proyecto)
        for _ in range(4):
            pedir(client, proyecto)
    assert "16482937" not in caplog.text
    assert "camila" not in caplog.text


@pytest.mark.parametrize(
    ("numero", "mensaje"),
    [
        ("16.482.937-8", "Compárelo con su cédula y escríbalo de nuevo."),
        ("hola", "Escriba el RUT completo, con su dígito verificador."),
        ("", "Escriba el RUT del propietario."),
        ("1" * 30, "Escriba el RUT del propietario, sin nada más."),
    ],
)
def test_errores_de_acceso_tratan_de_usted_si_la_empresa_lo_hace(
    client, icalma, proyecto, cliente, numero, mensaje
):
    icalma.trato = "usted"
    icalma.save(update_fields=["trato"])
    pagina = pedir(client, proyecto, numero).content.decode()
    assert pagina.count(mensaje) == 2
    for de_tu in ("Escribe ", "Elige ", "tu cédula"):
        assert de_tu not in pagina


def test_codigo_larguisimo_dice_cuantos_digitos_son(client, proyecto, cliente):
    pedir(client, proyecto)
    pagina = client.post(CODIGO, {"codigo": "1" * 40}).content.decode()
    assert pagina.count("El código tiene 6 dígitos, tal como llegó al correo.") == 2
