"""What every list of the console costs, pages and says when it is empty."""

import pytest

from postventa.calendario import hora
from postventa.consola import topes
from postventa.consola.models import FiltroGuardado
from postventa.personas.models import Cliente
from postventa.visitas.models import Visita
from tests.conftest import LUNES, local
from tests.consola.conftest import entrar

LISTAS = ["icalma/ticket", "plazos/plazo", "visitas/visita", "avisos/aviso", "personas/cliente"]


@pytest.fixture
def llenar(tickets, icalma, supervisor):
    """n rows in each list, and filters saved by two people."""

    def hacer(n):
        for i, camino in enumerate(tickets(n)):
            camino.contactar().coordinar_inspeccion(f"2026-11-2{4 + i} 10:00")
            Cliente.objects.create(
                empresa=icalma, tipo_documento="CI", numero=f"{i}", nombre=f"Cliente {i}"
            )
        for i in range(n):
            FiltroGuardado.objects.create(
                usuario=supervisor,
                lista="icalma.ticket",
                nombre=f"F{i}",
                consulta="q=a",
                creado_en=LUNES,
            )

    return hacer


@pytest.mark.parametrize("cuantos", [1, 3])
@pytest.mark.parametrize("ruta", LISTAS)
@pytest.mark.parametrize("quien", ["supervisor", "jefe"])
def test_lista_cuesta_seis_consultas(
    llenar, request, ruta, cuantos, quien, django_assert_num_queries
):
    llenar(cuantos)
    web = entrar(request.getfixturevalue(quien))
    consulta = "?plazo=todos" if ruta == "plazos/plazo" else ""
    # session, user, roles, clock of the demonstration, what there is to choose, rows
    with django_assert_num_queries(6):
        respuesta = web.get(f"/consola/{ruta}/{consulta}")
    assert respuesta.context["cl"].result_count >= cuantos


@pytest.mark.parametrize("ruta", LISTAS)
def test_lista_con_busqueda_y_filtros_cuesta_lo_mismo(
    llenar, supervisor, ruta, django_assert_num_queries
):
    llenar(3)
    web = entrar(supervisor)
    with django_assert_num_queries(6):
        assert web.get(f"/consola/{ruta}/?q=Rojas&o=1").status_code == 200


@pytest.mark.parametrize("ruta", LISTAS)
def test_lista_vacia_y_lista_sin_coincidencias_dicen_que_hacer(supervisor, proyecto, ruta):
    web = entrar(supervisor)
    vacia = web.get(f"/consola/{ruta}/").content.decode()
    assert 'class="caja vacio"' in vacia
    assert "Todavía no hay nada aquí" not in vacia
    sin_nada = web.get(f"/consola/{ruta}/?q=zzz").content.decode()
    assert "Nada coincide con lo que buscas" in sin_nada
    assert "quita los filtros</a>" in sin_nada
    assert "Exportar" not in sin_nada


def test_cuenta_se_detiene_en_el_tope_y_lo_dice(tickets, supervisor, monkeypatch):
    tickets(28)
    monkeypatch.setattr(topes, "TOPE", 26)
    respuesta = entrar(supervisor).get("/consola/icalma/ticket/")
    assert respuesta.context["cl"].result_count == 26
    assert "Más de 26 tickets" in respuesta.content.decode()
    monkeypatch.setattr(topes, "TOPE", 28)
    assert "28 tickets" in entrar(supervisor).get("/consola/icalma/ticket/").content.decode()


def folios(respuesta):
    return [t.folio for t in respuesta.context["cl"].result_list]


def test_lista_que_no_cabe_cuesta_lo_mismo_en_cada_pagina(
    tickets, supervisor, django_assert_num_queries
):
    tickets(28)
    web = entrar(supervisor)
    # the count comes with the rows
    with django_assert_num_queries(6):
        primera = web.get("/consola/icalma/ticket/")
    with django_assert_num_queries(6):
        segunda = web.get("/consola/icalma/ticket/?p=2")
    with django_assert_num_queries(6):
        assert len(folios(web.get("/consola/icalma/ticket/?p=2&o=1"))) == 3
    assert primera.context["cl"].result_count == segunda.context["cl"].result_count == 28
    assert (len(folios(primera)), len(folios(segunda))) == (25, 3)
    assert len({*folios(primera), *folios(segunda)}) == 28
    assert folios(web.get("/consola/icalma/ticket/?p=80")) == folios(segunda)


def test_mas_alla_del_tope_no_se_ordena_por_cualquier_columna(
    tickets, supervisor, monkeypatch, django_assert_num_queries
):
    tickets(28)
    web = entrar(supervisor)
    por_folio = folios(web.get("/consola/icalma/ticket/?o=-0"))
    assert por_folio == sorted(por_folio, reverse=True)
    de_siempre = folios(web.get("/consola/icalma/ticket/"))
    monkeypatch.setattr(topes, "TOPE", 26)
    # the order is refused for what came with the rows: they are read again in the list's own
    with django_assert_num_queries(7):
        respuesta = web.get("/consola/icalma/ticket/?o=1")
    assert folios(respuesta) == de_siempre
    with django_assert_num_queries(7):
        assert len(folios(web.get("/consola/icalma/ticket/?o=1&p=2"))) == 3
    assert "Son más de 26: filtra o busca antes" in respuesta.content.decode()
    # Its creation has an index: the newest first, however many there are.
    recientes = web.get("/consola/icalma/ticket/?o=-6")
    creados = [t.creado_en for t in recientes.context["cl"].result_list]
    assert creados == sorted(creados, reverse=True)
    assert "filtra o busca antes" not in recientes.content.decode()


def test_filtro_por_empresa_solo_a_quien_tiene_varias(camino, otra, supervisor, raiz):
    camino.generar()
    assert "?empresa=" not in entrar(supervisor).get("/consola/avisos/aviso/").content.decode()
    web = entrar(raiz)
    todos = web.get("/consola/avisos/aviso/").context["cl"].result_count
    suyos = web.get(f"/consola/avisos/aviso/?empresa={otra.empresa.pk}").context["cl"].result_count
    assert 0 < suyos < todos
    assert web.get("/consola/avisos/aviso/?empresa=99999").context["cl"].result_count == 0


@pytest.mark.parametrize(
    ("dia", "cuando", "cuantas"),
    [
        ("hoy", "2026-11-24 23:30", 1),
        ("hoy", "2026-11-25 00:10", 1),
        ("manana", "2026-11-24 09:00", 1),
        ("semana", "2026-11-24 09:00", 3),
        ("hoy", "2026-11-30 09:00", 0),
    ],
)
def test_visitas_de_un_dia_en_la_pared_de_quien_mira(llenar, supervisor, dia, cuando, cuantas):
    llenar(3)
    hora.fijar(local(cuando))
    web = entrar(supervisor)
    assert web.get(f"/consola/visitas/visita/?dia={dia}").context["cl"].result_count == cuantas


def test_visitas_de_unos_dias_van_como_pasa_el_dia(llenar, supervisor):
    llenar(3)
    hora.fijar(local("2026-11-24 09:00"))
    web = entrar(supervisor)

    def dias(consulta):
        filas = web.get(f"/consola/visitas/visita/{consulta}").context["cl"].result_list
        return [v.inicia_en.day for v in filas]

    assert dias("?dia=semana") == [24, 25, 26]
    assert dias("") == [26, 25, 24]
    assert dias("?dia=semana&o=-1") == [26, 25, 24]


def test_visitas_de_uno_mismo(llenar, supervisor, jefe):
    llenar(2)
    Visita.objects.filter(pk=Visita.objects.first().pk).update(persona=jefe)
    for persona in (supervisor, jefe):
        web = entrar(persona)
        assert web.get("/consola/visitas/visita/?quien=yo").context["cl"].result_count == 1
    assert entrar(jefe).get("/consola/visitas/visita/").context["cl"].result_count == 2


def test_la_lista_se_titula_con_su_nombre_y_sus_filtros_dicen_todos(jefe, icalma):
    pagina = entrar(jefe).get("/consola/icalma/ticket/").content.decode()
    titulo = pagina.partition("<title>")[2].partition("</title>")[0]
    assert titulo.startswith("Tickets · Consola")
    assert "<b>Sin filtrar</b>" in pagina
    assert ">Todo<" not in pagina
