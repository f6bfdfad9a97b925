"""What waits for each of CAPERA's staff, and the lists of the console."""

import pytest

from postventa.calendario import hora
from postventa.personas.actores import SISTEMA
from postventa.personas.models import Usuario
from reclamos.consola_espera import esperan
from tests.consola.conftest import entrar
from tests.reclamos.oficina import LISTA


@pytest.fixture
def espera(caso, plantel):
    def de(nombre):
        persona = Usuario.objects.get(pk=getattr(plantel, nombre).pk)
        return [e.titulo for e in esperan(persona, caso.ahora)]

    return de


def folios(respuesta):
    return [r.folio for r in respuesta.context["cl"].result_list]


def test_cada_paso_espera_a_quien_le_toca(caso, plantel, espera):
    caso.recibir("carta")
    assert (espera("vendedora"), espera("legal")) == (
        ["Pasar por escrito"],
        ["Falta pasarla por escrito: la recibió Vendedora"],
    )
    caso.formalizar()
    assert (espera("vendedora"), espera("legal")) == ([], ["Dar N° de Ingreso"])
    caso.numerar()
    assert espera("legal") == ["Admitir o desestimar"]
    caso.admitir()
    assert (espera("legal"), espera("jefa_obra")) == ([], ["Empezar el análisis"])
    caso.tramitar("analizar", plantel.jefa_obra)
    assert espera("jefa_obra") == ["Seguir el análisis"]
    caso.cumplir()
    assert espera("jefa_obra") == ["Redactar y pedir el visado"]
    caso.tramitar("pedir_visado", plantel.jefa_obra, **caso.texto() | {"medio": "carta"})
    assert (espera("jefa_obra"), espera("gerente")) == ([], ["Visar la respuesta"])
    caso.anotar("visar", plantel.gerente)
    assert (espera("jefa_obra"), espera("gerente")) == (["Enviar la respuesta visada"], [])
    caso.tramitar("responder", plantel.jefa_obra)
    assert espera("legal") == ["Cartas por despachar: 1"]
    caso.tramitar("conformar", caso.cliente)
    assert espera("legal") == ["Cerrar: conforme"]
    caso.archivar()
    assert espera("legal") == espera("otro") == []


def test_lo_que_archivo_el_silencio_espera_lo_aprendido(caso, plantel, espera):
    caso.respondida().pasar(days=30).tramitar("archivar_por_silencio", SISTEMA)
    assert espera("legal") == ["Archivado por silencio: falta lo aprendido"]
    caso.anotar("completar_cierre", plantel.legal, lecciones="Avisar", propuestas="Llamar")
    assert espera("legal") == []


def test_una_causa_que_se_repite_espera_que_decidan_el_plan(casos, camino_de_mejora, espera):
    for _ in range(2):
        camino_de_mejora(casos().analizar()).identificar()
    assert espera("gerente") == ["Una causa se repite: decide el plan"]


@pytest.mark.parametrize("cuantos", [1, 3])
def test_lo_que_espera_cuesta_lo_mismo_con_muchos(
    casos, plantel, cuantos, django_assert_num_queries
):
    for _ in range(cuantos):
        uno = casos().ingresar()
    persona = Usuario.objects.get(pk=plantel.legal.pk)
    # roles; letters; complaints with their duties; improvements
    with django_assert_num_queries(5):
        assert len(esperan(persona, uno.ahora)) == cuantos


def test_la_portada_lleva_a_las_listas(caso, plantel):
    caso.ingresar()
    hora.fijar(caso.ahora)
    portada = entrar(plantel.legal).get("/consola/")
    assert [nombre for nombre, _ in portada.context["paginas"]] == [
        "Recibir una queja o reclamo", "Registro de cerrados", "Planes de mejora",
    ]  # fmt: skip
    for _, url in portada.context["paginas"]:
        assert entrar(plantel.legal).get(url).status_code == 200


def test_a_nadie_visita_y_nada_le_habla_de_visitas(caso, plantel):
    caso.ingresar()
    hora.fijar(caso.ahora)
    portada = entrar(plantel.legal).get("/consola/")
    assert "isitas" not in portada.content.decode()
    assert "Hola, " in portada.content.decode()


@pytest.mark.parametrize("texto", ["1-2026", "0001/2026", "40123456", "chunga", "CAP-20261126-01"])
def test_se_busca_por_codigo_ingreso_documento_y_nombre(caso, casos, plantel, texto):
    caso.ingresar()
    web = entrar(plantel.legal)
    assert folios(web.get(LISTA, {"q": texto})) == [caso.reclamo.folio]
    assert folios(web.get(LISTA, {"q": "9-2026"})) == []


def test_los_filtros_separan(caso, casos, plantel):
    caso.ingresar("carta", clase="QUEJA").admitir()
    otro = casos().recibir("telefono")
    web = entrar(plantel.jefa_obra)
    for filtro in ({"clase__exact": "QUEJA"}, {"canal": "carta"}, {"responsable": "yo"},
                   {"estado": "ADMITIDA"}):  # fmt: skip
        assert folios(web.get(LISTA, filtro)) == [caso.reclamo.folio], filtro
    legal = entrar(plantel.legal)
    assert folios(legal.get(LISTA, {"canal": "telefono"})) == [otro.reclamo.folio]


@pytest.mark.parametrize("cuantos", [1, 3])
@pytest.mark.parametrize(("lista", "consultas"), [("reclamo", 6), ("cierre", 7), ("mejora", 5)])
def test_las_listas_cuestan_a_lo_mas_seis(
    casos, plantel, camino_de_mejora, cuantos, lista, consultas, django_assert_num_queries
):
    for _ in range(cuantos):
        uno = casos().respondida()
        camino_de_mejora(uno).identificar()
        uno.tramitar("conformar", uno.cliente).archivar()
    web = entrar(plantel.legal)
    # session, user, roles, saved filters, rows; what was added to the closed ones; and the demo's
    # clock, where a column speaks of now
    with django_assert_num_queries(consultas):
        pagina = web.get(f"/consola/reclamos/{lista}/")
        assert pagina.context["cl"].result_count == cuantos


@pytest.mark.regla("C-21")
def test_el_registro_de_cerrados_solo_se_lee(caso, casos, plantel):
    caso.respondida().tramitar("conformar", caso.cliente).archivar()
    web, fila = entrar(plantel.administrador), caso.reclamo.cierre
    lista = "/consola/reclamos/cierre/"
    assert web.get(f"{lista}add/").status_code == 403
    assert web.post(f"{lista}{fila.pk}/change/", {"lecciones": "Otra"}).status_code == 405
    assert web.post(f"{lista}{fila.pk}/delete/", {"post": "yes"}).status_code == 403
    pagina = web.get(f"{lista}{fila.pk}/change/")
    assert pagina.url == f"{LISTA}{caso.reclamo.pk}/change/?ver=cierre#detalle"
    assert "26-11-2026 11:00" in web.get(lista).content.decode()
    hallados = web.get(lista, {"q": "1-2026"}).context["cl"].result_list
    assert [c.pk for c in hallados] == [fila.pk]
    assert web.get(lista, {"aprendido": "pendiente"}).context["cl"].result_count == 0


@pytest.mark.regla("C-19")
def test_una_controversia_sin_acuerdo_espera_a_legal_y_a_gerencia(caso, plantel, espera):
    caso.controversia()
    sigue = ["En controversia, sin acuerdo"]
    assert (espera("legal"), espera("gerente"), espera("jefa_obra")) == (sigue, sigue, [])
    caso.gestion()
    assert (espera("legal"), espera("gerente")) == (sigue, sigue)
    caso.gestion(hay_acuerdo=True)
    assert (espera("legal"), espera("gerente")) == (["Cerrar: en controversia"], [])
