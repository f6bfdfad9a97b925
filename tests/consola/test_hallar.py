"""The header's search and the same search in every list: folio, RUT, unit, phone, name."""

import pytest

from postventa.calendario import hora
from postventa.consola import por_caso
from postventa.expedientes.models import Expediente
from postventa.personas.models import Cliente, Membresia, Rol
from tests.conftest import local
from tests.consola.conftest import CANARIO, entrar, personal

BUSCAR = "/consola/buscar/"
OTRAS = ["plazos/plazo", "visitas/visita", "avisos/aviso", "personas/cliente"]


@pytest.fixture
def web(supervisor):
    return entrar(supervisor)


def folios(respuesta):
    return [f["caso"].folio for f in respuesta.context["filas"]]


@pytest.mark.parametrize(
    "texto", ["ICA-2026-0002", "ica-2026-0002", " ica 2026 0002 ", "ICA/2026/0002", "ica.2026–0002"]
)
def test_el_folio_abre_el_caso(tickets, web, texto):
    _, dos = tickets(2)
    respuesta = web.get(BUSCAR, {"q": texto})
    assert respuesta.url == f"/consola/icalma/ticket/{dos.ticket.pk}/change/"


def test_una_sola_coincidencia_se_abre_y_varias_se_listan(tickets, web):
    uno, dos = tickets(2)
    assert web.get(BUSCAR, {"q": "Casa 1"}).url.endswith(f"/{dos.ticket.pk}/change/")
    respuesta = web.get(BUSCAR, {"q": "Camila"})
    assert folios(respuesta) == [dos.ticket.folio, uno.ticket.folio]
    pagina = respuesta.content.decode()
    for texto in ("Generado", "Casa 0", "Rodrigo Sepúlveda", "16.482.937-5", "2 casos"):
        assert texto in pagina


@pytest.mark.parametrize("texto", ["16.482.937-5", "164829375", "16 482 937", "911112222"])
def test_documento_y_telefono_como_se_escriban(tickets, web, texto):
    tickets(2)
    assert len(folios(web.get(BUSCAR, {"q": texto}))) == 2


@pytest.mark.parametrize(
    "ruta", ["plazos/plazo", "visitas/visita", "avisos/aviso", "personas/cliente"]
)
@pytest.mark.parametrize(
    "texto",
    ["ICA-2026-0001", "16.482.937-5", "164829375", "depto. 704", "+56 9 1111 2222", "rojas camila"],
)
def test_cada_lista_busca_lo_mismo(camino, web, ruta, texto):
    camino.generar(1).contactar().coordinar_inspeccion()
    hora.fijar(camino.ahora)
    extra = {"plazo": "todos"} if ruta == "plazos/plazo" else {}
    lista = web.get(f"/consola/{ruta}/", {"q": texto, **extra}).context["cl"]
    assert lista.result_count >= 1
    nada = web.get(f"/consola/{ruta}/", {"q": f"{texto} zz", **extra}).context["cl"]
    assert nada.result_count == 0


def test_documentos_de_otros_paises_se_buscan_sin_adornos(icalma, web):
    Cliente.objects.create(empresa=icalma, tipo_documento="CI", numero="4567890LP", nombre="Juan")
    for texto in ("4567890LP", "4.567.890-lp"):
        assert web.get("/consola/personas/cliente/", {"q": texto}).context["cl"].result_count == 1


def test_lo_ajeno_no_se_encuentra_ni_se_abre(camino, otra, web):
    camino.generar()
    for texto in (otra.ticket.folio, CANARIO, "11.111.111-1"):
        respuesta = web.get(BUSCAR, {"q": texto})
        assert respuesta.status_code == 200
        assert folios(respuesta) == []
        assert "Ningún caso tuyo coincide" in respuesta.content.decode()
    respuesta = web.get(BUSCAR, {"cliente": otra.cliente.pk})
    assert folios(respuesta) == []
    assert CANARIO not in respuesta.content.decode()


def test_quien_trabaja_en_dos_empresas_busca_en_las_dos(camino, otra, icalma):
    camino.generar()
    # The same folio in two companies is two cases: it lists them.
    Expediente.objects.filter(pk=otra.ticket.pk).update(folio=camino.ticket.folio)
    persona = personal("dos", icalma, Rol.JEFE)
    Membresia.objects.create(usuario=persona, empresa=otra.empresa, rol=Rol.JEFE)
    respuesta = entrar(persona).get(BUSCAR, {"q": camino.ticket.folio})
    assert folios(respuesta) == [camino.ticket.folio] * 2
    assert f"{CANARIO} empresa" in respuesta.content.decode()


def test_casos_de_un_cliente_son_los_que_su_numero_dice(tickets, web, cliente, extrania):
    tickets(3)
    lista = web.get("/consola/personas/cliente/")
    cuantos = {c.pk: c.num_casos for c in lista.context["cl"].result_list}
    assert cuantos == {cliente.pk: 3, extrania.pk: 0}
    assert f'href="{BUSCAR}?cliente={cliente.pk}">3 casos</a>' in lista.content.decode()
    assert len(folios(web.get(BUSCAR, {"cliente": cliente.pk}))) == 3


def test_pagina_vacia_dice_que_hacer(web, cliente):
    assert "Escribe un folio" in web.get(BUSCAR).content.decode()
    assert "todavía no tiene casos" in web.get(BUSCAR, {"cliente": cliente.pk}).content.decode()
    for raro in ("x", "9" * 30):
        assert web.get(BUSCAR, {"cliente": raro}).status_code == 200
    assert web.post(BUSCAR).status_code == 405


def test_texto_hostil_y_larguisimo_no_rompe_nada(tickets, web):
    tickets(1)
    for texto in ("<script>alert(1)</script>", "%' OR 1=1 --", "a" * 5000, "%", "_"):
        pagina = web.get(BUSCAR, {"q": texto})
        assert pagina.status_code in (200, 302)
        assert "<script>alert" not in pagina.content.decode()


@pytest.mark.parametrize("cuantos", [2, 5])
def test_buscar_cuesta_seis_consultas(tickets, web, cuantos, django_assert_num_queries):
    tickets(cuantos)
    # session, user, roles, clock, the exact folio, the matches
    with django_assert_num_queries(6):
        assert len(folios(web.get(BUSCAR, {"q": "Casa"}))) == cuantos


def test_el_encabezado_busca_en_toda_la_consola(web, proyecto):
    for ruta in ("/consola/", "/consola/datos/", "/consola/avisos/aviso/"):
        assert f'action="{BUSCAR}"' in web.get(ruta).content.decode()


def test_lo_que_esta_en_demasiados_casos_pide_otra_palabra(
    tickets, otra, web, monkeypatch, django_assert_num_queries
):
    """Looked at only so far, and what is due soonest stays; another company's do not count."""
    caminos = tickets(4)
    monkeypatch.setattr(por_caso, "CASOS", 2)
    Expediente.objects.filter(pk=otra.ticket.pk).update(proximo_vence_en=local("2026-11-01 09:00"))
    Cliente.objects.filter(pk=otra.cliente.pk).update(nombre="Camila")
    primero = caminos[3].ticket
    Expediente.objects.filter(pk=primero.pk).update(proximo_vence_en=local("2026-11-02 09:00"))
    with django_assert_num_queries(6):
        respuesta = web.get("/consola/plazos/plazo/", {"q": "Camila"})
    vistos = {p.expediente_id for p in respuesta.context["cl"].result_list}
    assert (len(vistos), primero.pk in vistos) == (3, True)
    assert "«Camila» está en más de 2 casos" in respuesta.content.decode()
    monkeypatch.setattr(por_caso, "CASOS", 4)
    for texto in ("Camila", "", "zzz"):
        pagina = web.get("/consola/plazos/plazo/", {"q": texto}).content.decode()
        assert "está en más de" not in pagina


def test_lo_que_esta_en_demasiados_casos_no_sale_como_archivo(tickets, jefe, monkeypatch):
    tickets(3)
    ruta, web = "/consola/plazos/plazo/", entrar(jefe)
    assert "csv" in web.post(f"{ruta}exportar/csv/?q=Camila")["Content-Type"]
    monkeypatch.setattr(por_caso, "CASOS", 2)
    respuesta = web.post(f"{ruta}exportar/csv/?q=Camila", follow=True)
    assert respuesta.redirect_chain == [(f"{ruta}?q=Camila", 302)]
    assert "Agrega otra palabra" in respuesta.content.decode()
