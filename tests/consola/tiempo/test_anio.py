"""A year compared with the official list: by whom, when, with which; until then, a warning."""

from datetime import date

import pytest

from postventa.calendario.models import Calendario, ConfirmacionAnual, Feriado
from postventa.empresas.models import Empresa
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Membresia, Rol
from tests.conftest import LUNES
from tests.consola.conftest import entrar, personal
from tests.consola.test_paginas import revisar

FUENTE = {"fuente": "feriados.gob.cl, visto el 23 de noviembre"}


@pytest.fixture
def url(calendario_cl):
    return f"/consola/calendario/calendario/{calendario_cl.pk}/anio/2026/"


def test_lista_del_anio_con_su_fuente(administradora, url, calendario_cl, icalma):
    Feriado.objects.create(
        calendario=calendario_cl, fecha=date(2026, 6, 29), nombre="San Pedro", fuente="Trasladado",
        es_vigente=False,
    )  # fmt: skip
    respuesta = entrar(administradora).get(url)
    revisar(respuesta)
    pagina = respuesta.content.decode()
    assert "1 feriado." in pagina
    assert "Martes 8 de diciembre" in pagina
    assert [f["feriado"].nombre for f in respuesta.context["retirados"]] == ["San Pedro"]


def test_lo_heredado_se_lista_y_lo_local_manda(administradora, calendario_cl, proyecto):
    comuna = Calendario.objects.create(codigo="n", nombre="Ñuñoa", pais="CL", padre=calendario_cl)
    proyecto.calendario_propio = comuna
    proyecto.save()
    local = {"calendario": comuna, "fuente": "Decreto"}
    Feriado.objects.create(fecha=date(2026, 12, 8), nombre="Inmaculada local", **local)
    Feriado.objects.create(fecha=date(2026, 11, 2), nombre="Aniversario", **local)
    Feriado.objects.create(
        calendario=calendario_cl, fecha=date(2026, 9, 18), nombre="Independencia", fuente="Ley"
    )
    respuesta = entrar(administradora).get(f"/consola/calendario/calendario/{comuna.pk}/anio/2026/")
    assert [(f["feriado"].nombre, f["es_heredado"]) for f in respuesta.context["feriados"]] == [
        ("Independencia", True),
        ("Aniversario", False),
        ("Inmaculada local", False),
    ]


def test_confirmar_deja_quien_cuando_y_con_que(administradora, url, calendario_cl, icalma):
    web = entrar(administradora)
    assert web.post(url, FUENTE).status_code == 302
    fila = ConfirmacionAnual.objects.get()
    assert (fila.calendario, fila.anio, fila.confirmado_por) == (
        calendario_cl,
        2026,
        str(administradora),
    )
    assert abs((fila.confirmado_en - LUNES).total_seconds()) < 60
    cambio = CambioMaestro.objects.get(modelo="calendario.confirmacionanual")
    assert (cambio.por, cambio.detalle["fuente"]) == (administradora, ["", FUENTE["fuente"]])
    pagina = web.get(url).content.decode()
    assert "feriados.gob.cl, visto el 23 de noviembre" in pagina
    assert "Confirmar la lista de 2026" not in pagina
    ficha = web.get(f"/consola/calendario/calendario/{calendario_cl.pk}/change/").content.decode()
    assert "feriados.gob.cl" in ficha
    historial = web.get(f"/consola/calendario/calendario/{calendario_cl.pk}/history/")
    assert "feriados.gob.cl" in historial.content.decode()


def test_sin_fuente_no_se_confirma(administradora, url, icalma):
    respuesta = entrar(administradora).post(url, {"fuente": " "})
    assert respuesta.status_code == 422
    assert list(respuesta.context["form"].errors) == ["fuente"]
    assert ConfirmacionAnual.objects.count() == 0


def test_confirmar_dos_veces_deja_la_primera(administradora, url, icalma):
    web = entrar(administradora)
    web.post(url, FUENTE)
    respuesta = web.post(url, {"fuente": "otra"}, follow=True)
    assert "Otra persona ya había confirmado 2026." in respuesta.content.decode()
    assert ConfirmacionAnual.objects.count() == 1
    assert CambioMaestro.objects.count() == 1


def test_anio_sin_feriados_no_se_confirma(administradora, calendario_cl, icalma):
    url = f"/consola/calendario/calendario/{calendario_cl.pk}/anio/2031/"
    web = entrar(administradora)
    pagina = web.get(url).content.decode()
    assert "No hay feriados de 2031" in pagina
    assert "Confirmar la lista" not in pagina
    assert web.post(url, FUENTE).status_code == 422
    assert ConfirmacionAnual.objects.count() == 0


@pytest.mark.parametrize("anio", [0, 1800, 99999])
def test_anio_imposible_es_404(administradora, calendario_cl, icalma, anio):
    url = f"/consola/calendario/calendario/{calendario_cl.pk}/anio/{anio}/"
    assert entrar(administradora).get(url).status_code == 404


def test_quitar_una_confirmacion_queda_escrito(administradora, url, icalma):
    web = entrar(administradora)
    web.post(url, FUENTE)
    assert web.post(url, {"accion": "quitar"}).status_code == 302
    assert ConfirmacionAnual.objects.count() == 0
    assert list(CambioMaestro.objects.values_list("accion", flat=True)) == ["crear", "eliminar"]
    web.post(url, {"accion": "quitar"})
    assert CambioMaestro.objects.count() == 2


@pytest.mark.parametrize("rol", [Rol.SUPERVISOR, Rol.JEFE, Rol.GERENTE])
def test_quien_no_administra_mira_y_no_confirma(url, icalma, rol):
    web = entrar(personal("mira", icalma, rol))
    assert "Esa persona confirma también cada año." in web.get(url).content.decode()
    assert web.post(url, FUENTE).status_code == 403
    assert web.post(url, {"accion": "quitar"}).status_code == 403
    assert ConfirmacionAnual.objects.count() == 0


def test_calendario_compartido_lo_confirma_quien_administra_a_todas(administradora, url, otra):
    assert entrar(administradora).post(url, FUENTE).status_code == 403
    Membresia.objects.create(usuario=administradora, empresa=otra.empresa, rol=Rol.ADMINISTRADOR)
    assert entrar(administradora).post(url, FUENTE).status_code == 302


def test_portada_advierte_y_lleva_a_confirmar(administradora, url, icalma, poner_hora):
    web = entrar(administradora)
    portada = web.get("/consola/").content.decode()
    assert f'<a href="{url}">Comparar y confirmar Chile, 2026</a>' in portada
    web.post(url, FUENTE)
    assert "Comparar y confirmar" not in web.get("/consola/").content.decode()
    poner_hora("2026-12-01 09:00")
    assert "Comparar y confirmar Chile, 2027" in web.get("/consola/").content.decode()


def test_ficha_del_calendario_dice_que_anios_faltan(
    administradora, calendario_cl, icalma, poner_hora
):
    web = entrar(administradora)
    url = f"/consola/calendario/calendario/{calendario_cl.pk}/change/"

    def anios():
        return [(a["anio"], a["falta"]) for a in web.get(url).context["anios"]]

    assert anios() == [(2027, False), (2026, True)]
    assert "Se confirma desde diciembre" in web.get(url).content.decode()
    poner_hora("2026-12-01 09:00")
    assert anios() == [(2027, True), (2026, True)]


@pytest.mark.parametrize(
    ("es_compartido", "dice"),
    [
        (True, "la comparten varias empresas; la edita quien administra todas ellas."),
        (False, "la edita quien administra la empresa."),
    ],
)
def test_solo_lectura_dice_quien_edita_y_confirma(
    supervisor, url, calendario_cl, icalma, otra, es_compartido, dice
):
    if not es_compartido:
        peru = Calendario.objects.create(codigo="pe", nombre="Perú", pais="PE")
        Empresa.objects.exclude(pk=icalma.pk).update(calendario=peru)
    web, ficha = entrar(supervisor), f"/consola/calendario/calendario/{calendario_cl.pk}/change/"
    de_ficha = web.get(ficha).content.decode()
    assert f"Solo lectura: {dice}" in de_ficha
    assert "Comparar 2026" not in de_ficha
    assert "Ver 2026" in de_ficha
    for anio in (2026, 2027):
        pagina = web.get(url.replace("2026", str(anio))).content.decode()
        assert f"Solo lectura: {dice} Esa persona confirma también cada año." in pagina
