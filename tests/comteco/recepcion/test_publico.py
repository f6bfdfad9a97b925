"""What anybody may look at: the television and the page of a number, with no person in either."""

from datetime import timedelta

import pytest
from django.test import Client

from comteco.recepcion import llaves
from comteco.recepcion.models import Destino, Ficha, SalaDeEspera, Tanteo
from postventa.calendario import hora
from postventa.expedientes.models import CambioMaestro
from postventa.personas.models import Usuario
from tests.calendario.lugares import LA_PAZ
from tests.comteco.recepcion.conftest import VIERNES
from tests.conftest import local
from tests.consola.conftest import entrar


@pytest.fixture
def a_las_diez(hall):
    hora.fijar(VIERNES)
    return hall


@pytest.fixture
def panel(a_las_diez):
    llave = llaves.dar(SalaDeEspera.objects.get(), VIERNES)
    return f"/comteco/sala/panel/{llave}/"


def personas():
    """Every word that names somebody of the staff or could."""
    usuarios = Usuario.objects.all()
    return {p for u in usuarios for p in (u.username, u.first_name, u.email) if p}


@pytest.mark.regla("DSC-P8")
def test_panel_dice_numero_y_meson_y_ningun_nombre(panel, hall):
    hall.llega(referencia="SF-SECRETA")
    hall.llega("pac")
    hall.siguiente()
    hall.siguiente(hall.mesones.mezanine)
    datos = Client().get(f"{panel}llamadas/").json()
    assert set(datos) == {"hora", "llamadas"}
    assert datos["hora"].startswith("10:0")
    assert datos["llamadas"] == [
        {"numero": "P-001", "meson": "Mezanine 3", "vez": 1},
        {"numero": "V-001", "meson": "Mesón 12", "vez": 1},
    ]
    pagina = Client().get(panel).content.decode()
    assert "P-001" in pagina
    dicho = pagina + Client().get(f"{panel}llamadas/").content.decode()
    prohibido = {
        *personas(),
        "SF-SECRETA",
        "COM-S",
        *map(str, Ficha.objects.values_list("publico")),
    }
    assert [p for p in prohibido if p in dicho] == []


def test_llamar_otra_vez_vuelve_al_panel(panel, hall):
    hall.llega()
    hall.tramitar(hall.siguiente(), "volver_a_llamar")
    [unica] = Client().get(f"{panel}llamadas/").json()["llamadas"]
    assert unica == {"numero": "V-001", "meson": "Mesón 12", "vez": 2}


def test_panel_pregunta_poco(panel, hall, django_assert_num_queries):
    for _ in range(8):
        hall.atendida()
    # The hall, its calls, and the movable clock of the tests.
    with django_assert_num_queries(3):
        respuesta = Client().get(f"{panel}llamadas/")
    assert len(respuesta.json()["llamadas"]) == 6
    assert "no-store" in respuesta["Cache-Control"]


def test_llave_errada_o_revocada_no_abre(panel, hall, plantel):
    assert Client().get("/comteco/sala/panel/inventada/").status_code == 404
    administra = entrar(plantel.administradora)
    sala = SalaDeEspera.objects.get()
    dada = administra.post("/consola/sala/panel/", {"sala": sala.pk, "que": "dar"})
    nueva = dada.context["direccion"].partition("/comteco/")[2]
    assert Client().get(f"{panel}llamadas/").status_code == 404
    assert Client().get(f"/comteco/{nueva}").status_code == 200
    assert nueva not in administra.get("/consola/sala/panel/").content.decode()
    administra.post("/consola/sala/panel/", {"sala": sala.pk, "que": "quitar"})
    assert Client().get(f"/comteco/{nueva}").status_code == 404
    cambios = list(CambioMaestro.objects.filter(modelo="recepcion.saladeespera"))
    assert len(cambios) == 2
    assert not any(nueva.split("/")[2] in str(c.detalle) for c in cambios)


def test_llave_la_da_tambien_el_superusuario(panel):
    raiz = Usuario.objects.create_superuser("raiz", password="x")
    pagina = entrar(raiz).get("/consola/sala/panel/")
    assert (pagina.status_code, pagina.context["salas"]) == (200, [SalaDeEspera.objects.get()])


@pytest.mark.parametrize("quien", ["informes", "asesora", "jefa", "gerente"])
def test_llave_la_da_solo_quien_administra(panel, plantel, quien):
    web = entrar(getattr(plantel, quien))
    sala = SalaDeEspera.objects.get().pk
    assert web.post("/consola/sala/panel/", {"sala": sala, "que": "quitar"}).status_code == 403
    assert Client().get(panel).status_code == 200


def test_pagina_de_la_ficha_sigue_su_turno(a_las_diez):
    hall = a_las_diez
    hall.llega()
    ficha = hall.llega()
    url = f"/comteco/sala/ficha/{ficha.publico}/"

    def dice():
        return " ".join(Client().get(url).content.decode().split())

    assert "Hay <b>1</b> antes de usted" in dice()
    hall.tramitar(hall.siguiente(), "atender")
    assert "la siguiente ficha" in dice()
    ficha = hall.siguiente(hall.mesones.catorce)
    assert "Pase ahora a <b>Mesón 14</b>" in dice()
    assert [p for p in personas() if p in dice()] == []
    assert "SF-1" not in dice()
    assert Client().get("/comteco/sala/ficha/inventada/").status_code == 404


def test_ficha_derivada_lleva_a_la_que_sigue(a_las_diez):
    hall = a_las_diez
    hall.llega("traslado-salientes")
    ficha = hall.tramitar(hall.siguiente(), "atender")
    vieja = hall.tramitar(ficha, "derivar", unidad=hall.mesones.mezanine.unidad)
    pagina = Client().get(f"/comteco/sala/ficha/{vieja.publico}/").content.decode()
    assert f"/comteco/sala/ficha/{vieja.sigue_en.publico}/" in pagina


@pytest.mark.regla("DSC-IND")
def test_encuesta_se_responde_una_vez(a_las_diez):
    hall = a_las_diez
    ficha = hall.atendida()
    url = f"/comteco/sala/ficha/{ficha.publico}/"
    web = Client()
    assert "¿Quedó satisfecho" in web.get(url).content.decode()
    assert web.post(url, {"satisfecho": "quizás"}).status_code == 422
    assert web.post(url, {"satisfecho": "si"}).status_code == 302
    otra = web.post(url, {"satisfecho": "no"})
    assert (otra.status_code, "ya respondió" in otra.content.decode()) == (409, True)
    ficha = Ficha.objects.get(pk=ficha.pk)
    assert ficha.satisfecho is True
    assert ficha.encuestada_en >= VIERNES
    assert "¿Quedó satisfecho" not in web.get(url).content.decode()


def test_encuesta_antes_de_terminar_no_se_acepta(a_las_diez):
    hall = a_las_diez
    ficha = hall.llega()
    url = f"/comteco/sala/ficha/{ficha.publico}/"
    assert Client().post(url, {"satisfecho": "si"}).status_code == 409
    ficha = Ficha.objects.get(pk=ficha.pk)
    assert ficha.satisfecho is None


def test_qr_es_un_dibujo_de_la_direccion_del_sitio(a_las_diez, settings):
    from comteco.recepcion.vistas.ficha import direccion

    settings.SITE_URL = "https://sala.example/"
    ficha = a_las_diez.llega()
    respuesta = Client().get(f"/comteco/sala/ficha/{ficha.publico}/qr.svg", HTTP_HOST="localhost")
    assert respuesta["Content-Type"] == "image/svg+xml"
    assert b"<svg" in respuesta.content
    assert direccion(ficha) == f"https://sala.example/comteco/sala/ficha/{ficha.publico}/"


def test_lo_publico_no_se_guarda_ni_se_indexa(panel, hall):
    ficha = f"/comteco/sala/ficha/{hall.llega().publico}/"
    for url in (panel, f"{panel}llamadas/", ficha, f"{ficha}qr.svg"):
        respuesta = Client().get(url)
        assert (respuesta.status_code, respuesta["X-Robots-Tag"]) == (200, "none")
        assert "no-store" in respuesta["Cache-Control"]
    assert Client().get(panel)["Referrer-Policy"] == "no-referrer"


def test_quien_prueba_direcciones_se_topa_y_la_sala_sigue(panel, hall):
    ficha = f"/comteco/sala/ficha/{hall.llega().publico}/"
    invento = "/comteco/sala/ficha/inventada/"
    sweeps = [Client().get(invento, REMOTE_ADDR=f"10.9.8.{n}").status_code for n in range(31)]
    assert sweeps == [404] * 30 + [429]
    topado = Client().post(invento, {"satisfecho": "si"}, REMOTE_ADDR="10.9.8.200")
    assert (topado.status_code, topado["Retry-After"]) == (429, "3600")
    assert "no-store" in topado["Cache-Control"]
    llave = "/comteco/sala/panel/inventada/llamadas/"
    assert Client().get(llave, REMOTE_ADDR="10.9.8.7").status_code == 429
    # Whoever shares that network and has an address goes on; and the others are not stopped.
    for url in (ficha, panel, f"{panel}llamadas/"):
        assert Client().get(url, REMOTE_ADDR="10.9.8.7").status_code == 200
    assert Client().get(invento, REMOTE_ADDR="10.9.9.7").status_code == 404
    fila = Tanteo.objects.get(cuantas=30)
    assert "10.9.8" not in fila.huella
    hora.fijar(VIERNES + timedelta(days=2))
    assert Client().get(invento, REMOTE_ADDR="10.9.8.1").status_code == 404
    assert [t.cuantas for t in Tanteo.objects.all()] == [1]


def test_la_de_ayer_dice_que_su_dia_paso(a_las_diez):
    hall = a_las_diez
    ficha = hall.llega()
    hora.fijar(VIERNES + timedelta(hours=14))
    pagina = Client().get(f"/comteco/sala/ficha/{ficha.publico}/").content.decode()
    assert "Era para el 27-11-2026 y ya no se llama" in pagina
    assert "la siguiente ficha" not in pagina
    assert "data-refresca" not in pagina


@pytest.mark.regla("DSC-IND")
def test_encuesta_se_cierra_con_su_semestre(a_las_diez):
    hall = a_las_diez
    ficha = hall.atendida()
    url = f"/comteco/sala/ficha/{ficha.publico}/"
    hora.fijar(local("2027-01-01 00:00", LA_PAZ))
    assert "¿Quedó satisfecho" not in Client().get(url).content.decode()
    tarde = Client().post(url, {"satisfecho": "si"})
    assert (tarde.status_code, "ya se cerró" in tarde.content.decode()) == (409, True)
    hora.fijar(local("2026-12-31 23:59", LA_PAZ))
    assert Client().post(url, {"satisfecho": "si"}).status_code == 302
    ficha = Ficha.objects.get(pk=ficha.pk)
    assert (ficha.satisfecho, ficha.encuestada_por) == (True, None)


def test_panel_dice_que_es_cada_letra_de_la_tabla(panel, hall):
    assert "V Venta · P Post venta · R Retiro o baja" in Client().get(panel).content.decode()
    Destino.objects.filter(prefijo="R").update(prefijo="B")
    assert "B Retiro o baja" in Client().get(panel).content.decode()
