"""Versions of a policy: what an edit changes, who made each, and who still runs on it."""

import pytest

from postventa.plazos.models import Plazo, PoliticaPlazo
from tests.consola.conftest import CANARIO, entrar
from tests.consola.test_paginas import revisar
from tests.consola.test_roles import politica


def direccion(p):
    return f"/consola/plazos/politicaplazo/{p.pk}/change/"


def cambiar(web, empresa, **cambios):
    p, datos = politica(empresa, **cambios)
    assert web.post(direccion(p), {**datos, "_confirmada": "1"}).status_code == 302
    return PoliticaPlazo.objects.get(empresa=empresa, codigo="contacto", es_vigente=True)


def test_antes_de_guardar_dice_que_cambia_y_no_guarda(administradora, icalma, camino):
    for _ in range(2):
        camino.generar()
    p, datos = politica(icalma, cantidad=72, es_estricto="on", avisa_a="jefe")
    respuesta = entrar(administradora).post(direccion(p), {**datos, "_save": "Guardar"})
    assert respuesta.status_code == 200
    revisar(respuesta)
    assert respuesta.context["diferencias"] == [
        ("Plazo", "48 horas hábiles", "72 horas hábiles"),
        ("Estricto", "No", "Sí"),
        ("Advertencia a", "Supervisor de Postventa", "Jefe de Postventa"),
    ]
    pagina = respuesta.content.decode()
    assert "Los 2 plazos que corren conservan la suya." in pagina
    assert '<input type="hidden" name="cantidad" value="72">' in pagina
    assert '<input type="hidden" name="_save" value="Guardar">' in pagina
    assert PoliticaPlazo.objects.filter(empresa=icalma, codigo="contacto").count() == 1


def test_se_avisa_a_los_roles_que_la_empresa_tiene(administradora, icalma):
    p, datos = politica(icalma, avisa_a=["supervisor", "jefe"], escala_a=["gerente"])
    web = entrar(administradora)
    form = web.get(direccion(p)).context["adminform"].form
    assert [v for v, _ in form.fields["avisa_a"].choices] == ["supervisor", "jefe", "gerente"]
    assert web.post(direccion(p), {**datos, "_confirmada": "1"}).status_code == 302
    nueva = PoliticaPlazo.objects.get(empresa=icalma, codigo="contacto", es_vigente=True)
    assert (nueva.roles_de_aviso, nueva.roles_de_vencimiento) == (
        ["supervisor", "jefe"],
        ["gerente"],
    )


@pytest.mark.parametrize("rol", ["call_center", "inventado", "supervisor jefe"])
def test_rol_que_la_empresa_no_tiene_no_se_guarda(administradora, icalma, rol):
    p, datos = politica(icalma, avisa_a=rol)
    respuesta = entrar(administradora).post(direccion(p), {**datos, "_confirmada": "1"})
    assert list(respuesta.context["adminform"].form.errors) == ["avisa_a"]
    assert PoliticaPlazo.objects.filter(codigo="contacto").count() == 1


def test_politica_nueva_tampoco_avisa_a_quien_la_empresa_no_tiene(administradora, icalma):
    datos = {"empresa": icalma.pk, "codigo": "otra", "nombre": "Otra", "cantidad": 3,
             "unidad": "dias_habiles", "avisa_a": "call_center"}  # fmt: skip
    web, ruta = entrar(administradora), "/consola/plazos/politicaplazo/add/"
    errores = web.post(ruta, datos).context["adminform"].form.errors
    assert errores == {"avisa_a": ["En esta empresa nadie tiene ese rol: Call center."]}
    assert web.post(ruta, {**datos, "empresa": ""}).status_code == 200
    assert web.post(ruta, {**datos, "avisa_a": "jefe"}).status_code == 302
    assert PoliticaPlazo.objects.get(codigo="otra").avisa_a == "jefe"


@pytest.mark.parametrize(
    ("casos", "dice"),
    [
        (0, "Ningún plazo corre con esta política ahora."),
        (1, "El plazo que corre conserva la suya."),
        (3, "Los 3 plazos que corren conservan la suya."),
    ],
)
def test_dice_que_pasa_con_los_que_corren(administradora, icalma, camino, casos, dice):
    for _ in range(casos):
        camino.generar()
    p, datos = politica(icalma, unidad="dias_habiles", cantidad=3)
    respuesta = entrar(administradora).post(direccion(p), datos)
    assert respuesta.context["corren"] == dice
    assert respuesta.context["diferencias"] == [("Plazo", "48 horas hábiles", "3 días hábiles")]


def test_confirmado_queda_la_version_nueva_y_los_que_corren_conservan_la_suya(
    administradora, icalma, camino
):
    camino.generar()
    antes = Plazo.objects.values().get()
    nueva = cambiar(entrar(administradora), icalma, cantidad=72)
    assert (nueva.version, nueva.cantidad) == (2, 72)
    assert Plazo.objects.values().get() == antes
    camino.generar()
    assert Plazo.objects.last().politica == nueva


def test_con_errores_se_corrigen_antes_de_preguntar(administradora, icalma):
    p, datos = politica(icalma, cantidad=50)
    respuesta = entrar(administradora).post(direccion(p), datos)
    assert "diferencias" not in respuesta.context
    assert list(respuesta.context["adminform"].form.errors) == ["cantidad"]


def test_quien_no_administra_no_llega_ni_a_la_pregunta(supervisor, icalma):
    p, datos = politica(icalma, cantidad=72)
    web = entrar(supervisor)
    for mas in ({}, {"_confirmada": "1"}):
        assert web.post(direccion(p), datos | mas).status_code == 403
    assert PoliticaPlazo.objects.filter(codigo="contacto").count() == 1


def test_version_que_ya_no_es_la_vigente_no_se_cambia(administradora, icalma):
    """Somebody else was ahead: nothing of theirs is lost."""
    vieja, datos = politica(icalma, cantidad=96)
    web = entrar(administradora)
    cambiar(web, icalma, cantidad=72)
    assert web.post(direccion(vieja), {**datos, "_confirmada": "1"}).status_code == 403
    assert PoliticaPlazo.objects.get(codigo="contacto", es_vigente=True).cantidad == 72


def test_versiones_con_autor_y_los_plazos_de_cada_una(administradora, icalma, camino, otra):
    for _ in range(2):
        camino.generar()
    web = entrar(administradora)
    nueva = cambiar(web, icalma, cantidad=72)
    camino.generar()
    respuesta = web.get(direccion(nueva))
    revisar(respuesta)
    filas = [
        (v["politica"].version, v["dura"], v["corren"], v["cambio"] and v["cambio"].por)
        for v in respuesta.context["versiones"]
    ]
    assert filas == [
        (2, "72 horas hábiles", 1, administradora),
        (1, "48 horas hábiles", 2, None),
    ]
    pagina = respuesta.content.decode()
    assert "Con la que partió el sistema" in pagina
    assert CANARIO not in pagina


def test_lo_que_se_detuvo_ya_no_corre(administradora, icalma, camino):
    camino.generar().contactar()
    p, _ = politica(icalma)
    [version] = entrar(administradora).get(direccion(p)).context["versiones"]
    assert version["corren"] == 0


def test_historial_cuenta_todas_las_versiones(administradora, icalma):
    web = entrar(administradora)
    cambiar(web, icalma, cantidad=72)
    tercera = cambiar(web, icalma, cantidad=96)
    pagina = web.get(f"/consola/plazos/politicaplazo/{tercera.pk}/history/").content.decode()
    assert "<del>48</del> → 72" in pagina
    assert "<del>72</del> → 96" in pagina


@pytest.mark.parametrize("versiones", [1, 3])
def test_ficha_cuesta_lo_mismo_con_mas_versiones(
    administradora, icalma, versiones, django_assert_num_queries
):
    web = entrar(administradora)
    p, _ = politica(icalma)
    for n in range(2, versiones + 1):
        p = cambiar(web, icalma, cantidad=24 * (n + 1))
    with django_assert_num_queries(15):
        web.get(direccion(p))


def test_nombre_de_la_politica_dice_su_plazo(icalma):
    assert str(politica(icalma)[0]) == "Contactar al propietario (48 horas hábiles)"
