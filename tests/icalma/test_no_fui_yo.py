"""An owner who did not send the ticket says so with one press from the mail (TM-03, TM-04)."""

import re

import pytest

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.tramitacion.acciones import anotar
from postventa.tramitacion.errores import NoAutorizado
from tests.icalma.conftest import releer
from tests.icalma.consola import Consola
from tests.icalma.mesa import gente_de
from tickets.icalma import enlaces
from tickets.icalma.consola_espera import esperan
from tickets.icalma.permisos import ANOTACIONES


@pytest.fixture
def url(camino):
    camino.generar()
    hora.fijar(camino.ahora)
    enlace = Aviso.objects.get(tipo="icalma/ingreso").datos["url_no_fui_yo"]
    return re.sub(r"^https?://[^/]+", "", enlace)


def test_abrir_el_enlace_no_hace_nada_y_muestra_solo_el_folio(camino, client, url):
    antes = camino.ticket.movimientos.count()
    pagina = client.get(url).content.decode()
    assert f"¿No enviaste el requerimiento {camino.ticket.folio}?" in pagina
    for dato in (
        "Camila",
        "16.482.937",
        "Arrayanes",
        "704",
        "Grieta",
        camino.ticket.cliente.correo,
    ):
        assert dato not in pagina
    assert releer(camino.ticket).movimientos.count() == antes


def test_apretar_avisa_al_jefe_una_sola_vez(camino, client, url, jefe, supervisor):
    antes = hora.ahora().replace(microsecond=0)
    for veces in range(3):
        respuesta = client.post(url)
        assert respuesta.status_code == 200, veces
    ticket = releer(camino.ticket)
    assert ticket.estado == "GENERADO"
    assert antes <= ticket.denunciado_en <= hora.ahora()
    acto = ticket.movimientos.get(verbo="denunciar_ingreso")
    assert (acto.clase_actor, acto.canal) == ("sistema", "correo")
    avisos = Aviso.objects.filter(tipo="icalma/no_fui_yo")
    assert list(avisos.values_list("destino", flat=True)) == [jefe.email]
    assert [e.titulo for e in esperan(jefe, hora.ahora())] == [
        "El propietario dice que no lo envió"
    ]
    assert "no lo envió" not in str(esperan(supervisor, hora.ahora()))
    pagina = Consola(jefe, ticket).pagina("?ver=historial").content.decode()
    assert "Desconocer el requerimiento" in pagina
    assert "Llámalo antes de seguir" in pagina


def test_terminado_ya_no_hay_nada_que_detener(camino, client, url):
    camino.tramitar(camino.ticket, "anular", camino.jefe, motivo="Duplicado")
    assert "ya terminó" in client.post(url).content.decode()
    assert releer(camino.ticket).denunciado_en is None


def test_enlace_alterado_o_de_otro_ticket_es_404(camino, client, url):
    otro = camino.generar(1).ticket
    ajeno = url.replace(url.split("/")[3], otro.publico)
    for mala in (url[:-2] + "x/", ajeno, ajeno.replace("no-fui-yo", "firma")):
        assert (client.get(mala).status_code, client.post(mala).status_code) == (404, 404), mala
    suyo = enlaces.no_fui_yo(otro).split("/icalma/")[1]
    assert client.get(f"/icalma/{suyo}").status_code == 200


def test_nadie_con_sesion_lo_anota_por_la_puerta(camino):
    camino.generar()
    assert ANOTACIONES["denunciar_ingreso"] == {"sistema"}
    for nombre, quien in gente_de(camino).items():
        if nombre != "sistema":
            with pytest.raises(NoAutorizado):
                anotar(camino.ticket, "denunciar_ingreso", quien, ahora=camino.ahora)
