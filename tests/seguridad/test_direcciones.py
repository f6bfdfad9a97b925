"""Addresses and methods nobody should send: a clean refusal, never a fault of ours."""

import pytest

ENORME = "9" * 30
RAROS = ["%00", "a%00b", "%ff%fe", "%ED%A0%80", "%E2%80%AE", "..%2f..%2fetc", "x" * 3000, ENORME]
DE_TEXTO = [
    "/icalma/caso/{}/",
    "/icalma/adjunto/{}/",
    "/icalma/caso/{}/recibido/",
    "/icalma/caso/{}/firma/",
    "/icalma/caso/{}/acta/",
    "/{}/",
    "/{}/acceso/",
]
DE_NUMERO = [
    "/icalma/requerimiento/{}/",
    "/icalma/requerimiento/{}/revisar/",
    "/demo/correos/{}/",
]


METODOS = ["OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "INVENTADO"]
DE_LEER = [
    "/",
    "/icalma/",
    "/icalma/contacto/",
    "/icalma/privacidad/",
    "/icalma/accesibilidad/",
    "/icalma/acceso/",
    "/icalma/codigo/",
    "/icalma/mis-requerimientos/",
    "/icalma/requerimiento/",
]


@pytest.mark.parametrize("ruta", [*DE_LEER, "/icalma/salir/"])
@pytest.mark.parametrize("metodo", METODOS)
def test_metodo_que_no_es_de_la_pagina_es_405(duenia, ruta, metodo):
    assert duenia.generic(metodo, ruta).status_code == 405


@pytest.mark.parametrize("ruta", DE_TEXTO)
@pytest.mark.parametrize("valor", RAROS)
def test_texto_raro_en_la_direccion_es_404(duenia, ruta, valor):
    assert duenia.get(ruta.format(valor)).status_code == 404


@pytest.mark.parametrize("ruta", DE_NUMERO)
@pytest.mark.parametrize(
    "valor", ["0", "9223372036854775808", ENORME, "1" * 5000, "-1", "1e3", "٣", "1%00"]
)
def test_numero_raro_en_la_direccion_es_404(duenia, ruta, valor):
    assert duenia.get(ruta.format(valor)).status_code == 404


@pytest.mark.parametrize("valor", ["%00", "a%00b", ENORME])
def test_texto_raro_al_firmar_o_responder_es_404(duenia, valor):
    for ruta in ("firma/", "firma/codigo/", "observacion/1/", f"observacion/{ENORME}/"):
        assert duenia.post(f"/icalma/caso/{valor}/{ruta}").status_code == 404


@pytest.mark.parametrize(
    "ruta",
    [
        "/consola/icalma/ticket/?estado=%00",
        "/consola/icalma/ticket/1/adjunto/%00/",
        "/consola/plazos/plazo/?estado__exact=%00",
        "/consola/autocomplete/?term=%00&app_label=inmuebles&model_name=unidad&field_name=proyecto",
        "/icalma/acceso/?next=%00",
        "/%00",
    ],
)
def test_nulo_en_cualquier_direccion_es_404(client, supervisor, ruta):
    client.force_login(supervisor)
    client.raise_request_exception = False
    assert client.get(ruta).status_code == 404
