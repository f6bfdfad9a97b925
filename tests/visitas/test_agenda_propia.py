"""One's own visits in one's own calendar: a key in the address, and nothing but place and hour."""

import re

import pytest

from postventa.calendario import hora
from postventa.personas.models import Membresia, Usuario
from postventa.visitas import llaves
from postventa.visitas.models import LlaveDeAgenda
from tests.conftest import LUNES, Camino
from tests.consola.conftest import CANARIO, entrar
from tickets.inmuebles.models import Unidad

PAGINA = "/consola/mi-agenda/"


@pytest.fixture
def visitado(camino):
    camino.generar().contactar().coordinar_inspeccion()
    hora.fijar(camino.ahora)
    return camino


def crear(web):
    """The address that the page shows, this once."""
    respuesta = web.post(PAGINA, {"accion": "crear"})
    return respuesta.context["direccion"]


def ruta(direccion):
    return "/" + direccion.split("/", 3)[3]


def test_la_llave_tiene_256_bits_y_solo_se_guarda_su_huella(supervisor):
    llave = llaves.crear(supervisor, LUNES)
    assert re.fullmatch(r"[\w-]{43}", llave)
    fila = LlaveDeAgenda.objects.get()
    assert llave not in str(vars(fila))
    assert len(fila.huella) == 64
    assert llaves.persona_de(llave) == supervisor


def test_la_direccion_se_muestra_una_sola_vez(visitado, supervisor):
    web = entrar(supervisor)
    direccion = crear(web)
    assert direccion.endswith(".ics")
    assert direccion not in web.get(PAGINA).content.decode()


def test_el_calendario_trae_lugar_y_hora_y_ningun_dato_de_personas(visitado, supervisor, client):
    respuesta = client.get(ruta(crear(entrar(supervisor))))
    texto = respuesta.content.decode().replace("\r\n ", "")
    assert respuesta.headers["Content-Type"] == "text/calendar; charset=utf-8"
    visita = visitado.ticket.ultima_visita()
    assert f"DTSTART:{visita.inicia_en:%Y%m%dT%H%M%SZ}" in texto
    assert r"SUMMARY:Inspección: Condominio Los Arrayanes\, Torre B\, depto. 704" in texto
    ticket = visitado.ticket
    persona = ticket.cliente
    for dato in (ticket.folio, persona.nombre, persona.telefono, persona.numero, persona.correo):
        assert dato not in texto
    assert "no-store" in respuesta.headers["Cache-Control"]
    assert respuesta.headers["Referrer-Policy"] == "no-referrer"
    assert not respuesta.cookies


def test_solo_trae_lo_propio_y_lo_que_sigue_en_pie(visitado, supervisor, jefe, client, cliente):
    otra = Unidad.objects.create(proyecto=visitado.unidad.proyecto, nombre="Casa 9")
    ajena = Camino(otra, cliente, supervisor, jefe)
    assert client.get(ruta(crear(entrar(jefe)))).content.count(b"BEGIN:VEVENT") == 0
    direccion = ruta(crear(entrar(supervisor)))
    assert client.get(direccion).content.count(b"BEGIN:VEVENT") == 1
    assert ajena.unidad.nombre.encode() not in client.get(direccion).content
    visitado.tramitar(visitado.ticket.ultima_visita(), "cancelar", supervisor, motivo="Llueve")
    assert client.get(direccion).content.count(b"BEGIN:VEVENT") == 0


def test_crear_otra_o_revocar_deja_sin_efecto_la_anterior(visitado, supervisor, client):
    web = entrar(supervisor)
    primera = ruta(crear(web))
    segunda = ruta(crear(web))
    assert [client.get(u).status_code for u in (primera, segunda)] == [404, 200]
    web.post(PAGINA, {"accion": "revocar"})
    assert client.get(segunda).status_code == 404
    assert LlaveDeAgenda.objects.count() == 0


@pytest.mark.parametrize(
    "llave", ["x", "a" * 43, "A" * 5000, "0b5c7a1e-5d0f-4a53-9a43-0d7f1c9be21a"]
)
def test_una_llave_que_no_es_da_404(supervisor, client, llave):
    llaves.crear(supervisor, LUNES)
    assert client.get(f"/agenda/{llave}.ics").status_code == 404


@pytest.mark.parametrize("cambio", [{"is_active": False}, {"is_staff": False}])
def test_quien_ya_no_trabaja_aqui_se_queda_sin_calendario(visitado, supervisor, client, cambio):
    direccion = ruta(crear(entrar(supervisor)))
    Usuario.objects.filter(pk=supervisor.pk).update(**cambio)
    assert client.get(direccion).status_code == 404


def test_sin_rol_en_la_empresa_el_calendario_queda_vacio(visitado, supervisor, client):
    direccion = ruta(crear(entrar(supervisor)))
    Membresia.objects.filter(usuario=supervisor).delete()
    assert client.get(direccion).content.count(b"BEGIN:VEVENT") == 0


def test_solo_se_lee(visitado, supervisor, client):
    direccion = ruta(crear(entrar(supervisor)))
    assert client.post(direccion).status_code == 405
    assert client.head(direccion).status_code == 200


def test_la_pagina_pide_sesion_y_un_get_no_crea_nada(supervisor, client):
    assert client.get(PAGINA).status_code == 302
    assert client.post(PAGINA, {"accion": "crear"}).status_code == 302
    entrar(supervisor).get(PAGINA, {"accion": "crear"})
    entrar(supervisor).post(PAGINA, {"accion": "otra"})
    assert LlaveDeAgenda.objects.count() == 0


def test_nada_de_otra_empresa(visitado, supervisor, otra, client):
    otra.camino.contactar().coordinar_inspeccion()
    assert CANARIO.encode() not in client.get(ruta(crear(entrar(supervisor)))).content


@pytest.mark.parametrize("cuantas", [1, 2])
def test_el_calendario_cuesta_cinco_consultas(
    camino, supervisor, client, cuantas, django_assert_num_queries
):
    camino.generar().contactar().coordinar_inspeccion()
    hora.fijar(camino.ahora)
    direccion = ruta(crear(entrar(supervisor)))
    # key, clock of the demonstration, roles, visits, their places
    with django_assert_num_queries(5):
        client.get(direccion)
