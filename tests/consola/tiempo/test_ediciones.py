"""After an edit of dates or hours: what it moves, and who did it."""

import re
from datetime import date

import pytest

from postventa.calendario.models import Calendario, Feriado, Tramo
from tests.consola.conftest import entrar
from tests.consola.test_alta_desde_cero import filas


def test_editar_un_feriado_lleva_a_lo_que_mueve(administradora, camino, calendario_cl, url):
    camino.generar()
    datos = {"codigo": "cl", "nombre": "Chile", "pais": "CL"}
    nuevo = {"fecha": "2026-11-24", "nombre": "Decreto", "fuente": "Ley", "es_vigente": "on"}
    datos |= filas("feriados", nuevo) | {"_save": "1"}
    web = entrar(administradora)
    respuesta = web.post(f"/consola/calendario/calendario/{calendario_cl.pk}/change/", datos)
    assert (respuesta.status_code, respuesta.url) == (302, url)
    assert web.get(url).context["total"] == 1


def test_editar_lo_que_no_es_fecha_vuelve_a_la_lista(administradora, calendario_cl, icalma):
    feriado = Feriado.objects.get()
    datos = {
        "codigo": "cl", "nombre": "Chile continental", "pais": "CL", "_save": "1",
        "feriados-TOTAL_FORMS": 1, "feriados-INITIAL_FORMS": 1, "feriados-0-id": feriado.pk,
        "feriados-0-calendario": calendario_cl.pk, "feriados-0-fecha": "2026-12-08",
        "feriados-0-nombre": "Inmaculada", "feriados-0-fuente": "Otra",
        "feriados-0-es_vigente": "on",
    }  # fmt: skip
    url = f"/consola/calendario/calendario/{calendario_cl.pk}/change/"
    respuesta = entrar(administradora).post(url, datos)
    assert (respuesta.status_code, respuesta.url) == (302, "/consola/calendario/calendario/")


def test_editar_el_horario_lleva_a_lo_que_mueve(administradora, camino, jornada_icalma):
    camino.hasta_por_firmar()
    base = f"/consola/calendario/jornada/{jornada_icalma.pk}"
    datos = {"codigo": "icalma", "nombre": "Icalma", "_save": "1"}
    datos |= filas("tramos", {"dia": 5, "desde": "09:00", "hasta": "13:00"})
    web = entrar(administradora)
    respuesta = web.post(f"{base}/change/", datos)
    assert (respuesta.status_code, respuesta.url) == (302, f"{base}/mueve/")
    assert web.get(respuesta.url).status_code == 200
    assert Tramo.objects.filter(dia=5).count() == 1
    assert "Qué plazos se mueven" in web.get(f"{base}/change/").content.decode()


@pytest.mark.parametrize(
    ("mas", "versiones"),
    [
        ({}, 0),
        ({"nombre": "Chile continental"}, 1),
        ({"feriados-0-fecha": "2026-12-09"}, 1),
        ({"nombre": "Chile continental", "feriados-0-fecha": "2026-12-09",
          "feriados-TOTAL_FORMS": 2, "feriados-1-fecha": "2026-12-10",
          "feriados-1-nombre": "Decreto", "feriados-1-fuente": "Ley",
          "feriados-1-es_vigente": "on"}, 1),
    ],
    ids=["nothing", "its name", "a holiday", "all at once"],
)  # fmt: skip
def test_guardar_da_una_version_y_ninguna_si_nada_cambia(
    administradora, calendario_cl, icalma, mas, versiones
):
    local = Calendario.objects.create(codigo="n", nombre="Ñuñoa", pais="CL", padre=calendario_cl)
    feriado = Feriado.objects.get()
    calendario_cl.refresh_from_db()
    antes, sello = calendario_cl.version, calendario_cl.sello
    datos = {
        "codigo": "cl", "nombre": "Chile", "pais": "CL", "_save": "1",
        "feriados-TOTAL_FORMS": 1, "feriados-INITIAL_FORMS": 1, "feriados-0-id": feriado.pk,
        "feriados-0-calendario": calendario_cl.pk, "feriados-0-fecha": "2026-12-08",
        "feriados-0-nombre": feriado.nombre, "feriados-0-fuente": feriado.fuente,
        "feriados-0-es_vigente": "on",
    }  # fmt: skip
    url = f"/consola/calendario/calendario/{calendario_cl.pk}/change/"
    assert entrar(administradora).post(url, datos | mas).status_code == 302
    calendario_cl.refresh_from_db()
    assert calendario_cl.version == antes + versiones
    assert (calendario_cl.sello != sello) == bool(versiones)
    # The local one inherits the holidays, not the name.
    local.refresh_from_db()
    assert local.version == 1 + any("fecha" in campo for campo in mas)


def test_historial_del_calendario_cuenta_sus_feriados(administradora, calendario_cl, icalma):
    base = f"/consola/calendario/calendario/{calendario_cl.pk}"
    feriado = Feriado.objects.get()
    datos = {
        "codigo": "cl", "nombre": "Chile", "pais": "CL",
        "feriados-TOTAL_FORMS": 1, "feriados-INITIAL_FORMS": 1, "feriados-0-id": feriado.pk,
        "feriados-0-calendario": calendario_cl.pk, "feriados-0-fecha": "2026-12-08",
        "feriados-0-nombre": "Inmaculada Concepción", "feriados-0-fuente": "x",
        "feriados-0-DELETE": "on",
    }  # fmt: skip
    web = entrar(administradora)
    assert web.post(f"{base}/change/", datos).status_code == 302
    assert Feriado.objects.count() == 0
    pagina = web.get(f"{base}/history/").content.decode()
    assert "Eliminar" in pagina
    assert "Inmaculada Concepción" in pagina


def test_feriados_que_ya_pasaron_esperan_doblados(administradora, calendario_cl, icalma):
    """Every row is in the page, once, and what is added goes to the open ones."""
    Feriado.objects.create(
        calendario=calendario_cl, fecha=date(2026, 5, 1), nombre="Trabajo", fuente="x"
    )
    web = entrar(administradora)
    url = f"/consola/calendario/calendario/{calendario_cl.pk}/change/"

    def partes(**busca):
        pagina = web.get(url, busca).content.decode()
        abiertos, _, doblados = pagina.partition('<details class="pasados">')
        return [
            sorted(set(re.findall(r'value="(Trabajo|Inmaculada Concepción)"', parte)))
            for parte in (abiertos, doblados)
        ]

    assert partes() == [["Inmaculada Concepción"], ["Trabajo"]]
    pagina = web.get(url).content.decode()
    assert re.findall(r'id="(feriados-\w+)"', pagina) == [
        "feriados-group", "feriados-heading", "feriados-1", "feriados-empty", "feriados-0",
    ]  # fmt: skip
    # A year that somebody asks for, other than this one, is open.
    assert partes(anio=2027) == [[], []]
    assert "pasados" not in web.get(url, {"anio": 2025}).content.decode()


def test_calendario_muestra_un_anio_a_la_vez(administradora, calendario_cl, icalma):
    for anio in (2025, 2027):
        Feriado.objects.create(
            calendario=calendario_cl, fecha=date(anio, 5, 1), nombre=f"De {anio}", fuente="x"
        )
    web = entrar(administradora)
    url = f"/consola/calendario/calendario/{calendario_cl.pk}/change/"

    def nombres(**busca):
        [feriados] = web.get(url, busca).context["inline_admin_formsets"]
        return [f.instance.nombre for f in feriados.formset.initial_forms]

    assert nombres() == ["Inmaculada Concepción"]
    assert nombres(anio=2027) == ["De 2027"]
    assert nombres(anio="todos") == ["De 2025", "Inmaculada Concepción", "De 2027"]
    for malo in ("0000", "x", "99999999"):
        assert web.get(url, {"anio": malo}).status_code == 200
