"""The staff's session ends by itself, and everywhere at once when it must (TM-31)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from postventa.accesos import limites, sesiones
from tests.accesos.telefono import con_clave
from tests.consola.conftest import entrar


@pytest.fixture
def alas(supervisor):
    """A browser that came in, and a way of looking at the console some time later."""
    navegador, inicio = Client(), timezone.now()
    con_clave(navegador)

    def abre(**despues):
        with time_machine.travel(inicio + timedelta(**despues)):
            return navegador.get("/consola/").status_code == 200

    return abre


def test_quince_minutos_sin_uso_cierran_la_sesion(alas):
    assert alas(minutes=14)
    assert alas(minutes=28)
    assert not alas(minutes=44)
    assert not alas(minutes=45)


def test_diez_horas_de_uso_cierran_la_sesion(alas):
    minutos = range(10, 600, 10)
    assert all(alas(minutes=m) for m in minutos)
    assert not alas(minutes=601)


def test_los_minutos_son_un_ajuste(alas, monkeypatch):
    monkeypatch.setattr(limites, "SESION_INACTIVA", timedelta(minutes=2))
    assert not alas(minutes=3)


def test_sesion_vencida_vuelve_a_la_entrada_y_lo_dice(supervisor):
    navegador = entrar(supervisor)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        respuesta = navegador.get("/consola/icalma/ticket/", follow=True)
    assert respuesta.redirect_chain == [("/consola/login/?next=/consola/icalma/ticket/", 302)]
    assert "Tu sesión se cerró por tiempo" in respuesta.content.decode()


def test_sesion_vencida_no_hace_lo_que_se_envia(supervisor, camino):
    ticket = camino.generar().ticket
    navegador = entrar(supervisor)
    url = f"/consola/icalma/ticket/{ticket.pk}/ticket/{ticket.pk}/registrar_contacto/"
    datos = {"exito": "si", "medio": "telefono", "visto": ticket.cadena_largo}
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert navegador.post(url, datos).url.startswith("/consola/login/")
    assert type(ticket).objects.get().cadena_largo == ticket.cadena_largo


def test_sesion_que_no_entro_por_la_puerta_no_sirve(supervisor):
    navegador = entrar(supervisor)
    sesion = navegador.session
    del sesion[sesiones.CLAVE]
    sesion.save()
    assert navegador.get("/consola/").status_code == 302


def test_uso_se_anota_a_lo_mas_una_vez_por_minuto(supervisor):
    peticion = RequestFactory().get("/consola/")
    peticion.session = {sesiones.CLAVE: sesiones.marcas()}
    antes = dict(peticion.session[sesiones.CLAVE])
    with time_machine.travel(timezone.now() + timedelta(seconds=50)):
        assert sesiones.sigue(peticion)
        assert peticion.session[sesiones.CLAVE] == antes
    with time_machine.travel(timezone.now() + timedelta(seconds=70)):
        assert sesiones.sigue(peticion)
        assert peticion.session[sesiones.CLAVE]["visto"] > antes["visto"]
        assert peticion.session[sesiones.CLAVE]["desde"] == antes["desde"]


def test_cerrar_sesiones_las_cierra_todas_y_solo_las_suyas(supervisor, jefe):
    una, otra, ajena = entrar(supervisor), entrar(supervisor), entrar(jefe)
    supervisor.cerrar_sesiones()
    assert una.get("/consola/").status_code == 302
    assert otra.get("/consola/").status_code == 302
    assert ajena.get("/consola/").status_code == 200


def test_sesion_firmada_con_la_clave_anterior_sigue(supervisor, settings):
    """A change of SECRET_KEY under way throws nobody out."""
    navegador = entrar(supervisor)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "otra-clave"
    assert navegador.get("/consola/").status_code == 200
