"""A clock says the same of itself on its case, on the home, on each list and in the search."""

import re

import pytest

from postventa.calendario import hora
from postventa.calendario.models import Feriado
from postventa.expedientes.models import Expediente
from tests.conftest import LUNES, local
from tests.consola.conftest import entrar


@pytest.fixture(autouse=True)
def quieto(time_machine):
    """A second more is other words: nothing passes while a page is drawn."""
    time_machine.move_to(LUNES, tick=False)


def dichos(web, caso, plantilla):
    """What each page says is left of the only clock of the case."""
    paginas = {
        "caso": f"/consola/icalma/ticket/{caso.pk}/change/",
        "casos": "/consola/icalma/ticket/",
        "plazos": "/consola/plazos/plazo/",
        "hallar": f"/consola/buscar/?cliente={caso.cliente_id}",
    }
    return {
        nombre: re.search(plantilla[nombre == "caso"], web.get(url).content.decode())[1]
        for nombre, url in paginas.items()
    }


PLANTILLA = (r'class="falta [a-z]*">([^<]+)<', r'plazo-falta">(?:<svg.*?</svg>)?([^<]+)</p>')


@pytest.mark.parametrize(
    ("creado", "ahora", "esperado"),
    [
        ("2026-11-23 10:15", "2026-11-23 11:34:01", "1 día hábil y 22 h 40 min"),
        ("2026-11-20 16:00", "2026-11-21 11:00", "1 día hábil y 8 h"),
        ("2026-11-20 21:00", "2026-11-21 11:00", "2 días hábiles desde la apertura"),
        ("2026-11-23 10:15", "2026-11-25 12:20", "Vencido hace 2 h 5 min"),
    ],
)
def test_el_mismo_plazo_se_dice_igual_en_todas_partes(camino, supervisor, creado, ahora, esperado):
    camino.ahora = local(creado)
    caso = camino.generar().ticket
    hora.fijar(local(ahora))
    assert dichos(entrar(supervisor), caso, PLANTILLA) == dict.fromkeys(
        ("caso", "casos", "plazos", "hallar"), esperado
    )


def test_la_lista_sabe_del_feriado_que_se_acaba_de_agregar(
    camino, supervisor, icalma, django_assert_num_queries
):
    camino.generar()
    hora.fijar(LUNES)
    web = entrar(supervisor)
    assert "2 días hábiles<" in web.get("/consola/icalma/ticket/").content.decode()
    Feriado.objects.create(calendario=icalma.calendario, fecha="2026-11-24", nombre="Uno nuevo")
    # business time is read once more, and remembered again
    with django_assert_num_queries(6 + 5):
        pagina = web.get("/consola/icalma/ticket/").content.decode()
    assert re.findall(r"[^>]*hábil[^<]*<", pagina) == ["1 día hábil<"]
    with django_assert_num_queries(6):
        web.get("/consola/icalma/ticket/")


def test_una_fecha_que_no_es_de_ningun_plazo_no_rompe_la_lista(camino, supervisor):
    camino.generar()
    hora.fijar(LUNES)
    Expediente.objects.update(proximo_vence_en=local("2026-11-23 13:15"))
    assert "3 h<" in entrar(supervisor).get("/consola/icalma/ticket/").content.decode()
