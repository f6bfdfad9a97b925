"""Django's own words, where the console speaks: «tú», and of no gender that it cannot know."""

import re
from gettext import GNUTranslations
from pathlib import Path

import django
import pytest
from django.utils.html import strip_tags
from django.utils.translation import gettext, ngettext

from postventa.calendario.models import Calendario
from postventa.consola.voz import DE_LA_CONSOLA, DE_TODOS, DEL_NAVEGADOR
from tests.consola.conftest import entrar

USTED = re.compile(
    r"\b(usted|por favor|corrija|introduzca|ingrese|seleccione|escoja|elija|asegúrese|su clave|"
    r"su contraseña|adicional)\b",
    re.IGNORECASE,
)


def de_django(nombre):
    """What Django says in Spanish, by what it says in English."""
    raiz, dicho = Path(django.__file__).parent, {}
    for sala in ("contrib/admin", "contrib/auth", "conf"):
        for archivo in (raiz / sala / "locale/es/LC_MESSAGES").glob(f"{nombre}.mo"):
            with archivo.open("rb") as abierto:
                dicho |= GNUTranslations(abierto)._catalog
    return dicho


def test_cada_palabra_nuestra_reemplaza_una_que_django_dice():
    assert {**DE_LA_CONSOLA, **DE_TODOS}.keys() - de_django("django").keys() == set()
    assert DEL_NAVEGADOR.keys() - de_django("djangojs").keys() == set()


def test_lo_nuestro_no_trata_de_usted_y_lo_de_todos_no_trata_de_nada():
    for texto in [*DE_LA_CONSOLA.values(), *DE_TODOS.values(), *DEL_NAVEGADOR.values()]:
        assert not USTED.search(texto), texto
    for texto in DE_TODOS.values():
        assert not re.match(r"(Escrib|Elig|Elij|Complet|Marc|Revis|Corrig)", texto), texto


def test_django_habla_con_nuestras_palabras(db):
    assert gettext("All") == "Sin filtrar"
    assert ngettext("Please correct the error below.", "x", 2).startswith("Hay datos por corregir")
    # What is not ours stays Django's.
    assert gettext("January") == "enero"


@pytest.mark.parametrize("lista", ["empresas/empresa", "personas/usuario", "icalma/ticket"])
def test_filtro_sin_elegir_no_es_de_ningun_genero(administradora, proyecto, lista):
    pagina = entrar(administradora).get(f"/consola/{lista}/").content.decode()
    for filtro in re.findall(r'<details class="filtro".*?</details>', pagina, re.DOTALL):
        assert "Todos" not in filtro
        assert "Todas" not in filtro
        assert ">Todo<" not in filtro


def test_fila_nueva_se_agrega_sin_adjetivos(administradora, calendario_cl):
    pagina = entrar(administradora).get(
        f"/consola/calendario/calendario/{calendario_cl.pk}/change/"
    )
    texto = pagina.content.decode()
    assert "Agregar feriado" in texto
    assert not USTED.search(re.sub(r"<script.*?</script>", "", texto, flags=re.DOTALL))


def test_guardar_y_eliminar_dicen_lo_que_hicieron(administradora, proyecto):
    web = entrar(administradora)
    datos = {"codigo": "nueva", "nombre": "Nueva", "pais": "CL", "feriados-TOTAL_FORMS": 0,
             "feriados-INITIAL_FORMS": 0}  # fmt: skip

    def dicho(respuesta):
        return [strip_tags(str(m)) for m in respuesta.context["messages"]]

    alta = web.post("/consola/calendario/calendario/add/", datos, follow=True)
    assert dicho(alta) == ["Se agregó «Nueva»."]
    ficha = f"/consola/calendario/calendario/{Calendario.objects.get(codigo='nueva').pk}"
    cambio = web.post(f"{ficha}/change/", {**datos, "nombre": "Otra"}, follow=True)
    assert dicho(cambio) == ["Se guardó «Otra»."]
    fin = web.post(f"{ficha}/delete/", {"post": "yes"}, follow=True)
    assert dicho(fin) == ["Se eliminó «Otra»."]


def test_el_navegador_tambien(administradora, proyecto):
    catalogo = entrar(administradora).get("/consola/jsi18n/").content.decode()
    assert '"Choose a Date": "Elige una fecha"' in catalogo
    assert "Elija una Fecha" not in catalogo
