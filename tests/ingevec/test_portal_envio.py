"""Sending: once, whole, in the chosen hour; who loses it types nothing again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postventa.avisos.models import Aviso
from postventa.expedientes.models import Borrador
from postventa.personas.models import Rol
from postventa.visitas.models import Visita
from tests.conftest import local
from tests.ingevec.navegador import Pedido, en_sesion, texto
from tickets.ingevec.models import Inspector, Solicitud
from tickets.ingevec.vistas import envio


@pytest.mark.regla("G-01", "G-03")
def test_enviar_agenda_en_la_misma_sesion(pedido, gente, duenio):
    respuesta = pedido.hasta_revisar().mandar()
    s = pedido.solicitud
    assert respuesta.url == f"/ingevec/caso/{s.publico}/recibido/"
    assert (s.estado, s.canal, s.cliente) == ("INSPECCION_AGENDADA", "web", duenio)
    assert s.recibida_por is None
    visita = s.visitas.get()
    assert (visita.inicia_en, visita.persona) == (local("2026-11-25 09:00"), gente[Rol.INSPECTOR])
    assert s.plazos.get(codigo="inspeccion").estado == "CUMPLIDO"
    assert [m.canal for m in s.movimientos.order_by("numero")][:2] == ["web", "web"]
    assert Borrador.objects.count() == 0


def test_revisar_muestra_todo_antes_de_enviar(pedido):
    pagina = texto(pedido.hasta_revisar().ver("revisar/"))
    for dicho in (
        "Gotera bajo el lavaplatos",
        "Cocina",
        "Miércoles 25 de noviembre, a las 09:00",
        "Ana Mora",
        "+56 9 1111 2222",
        "he•••••@correo.example",
    ):
        assert dicho in pagina


def test_confirmacion_dice_numero_fecha_en_palabras_y_da_el_calendario(pedido):
    pagina = texto(pedido.navegador.get(pedido.hasta_revisar().mandar().url))
    s = pedido.solicitud
    assert s.folio in pagina
    assert "Su inspección quedó agendada para el" in pagina
    assert "<strong>miércoles 25 de noviembre, a las 09:00</strong>" in pagina
    assert "Qué sigue" in pagina
    ics = pedido.navegador.get(f"/ingevec/caso/{s.publico}/visita/{s.visitas.get().pk}/visita.ics")
    assert ics["Content-Type"].startswith("text/calendar")
    assert b"DTSTART:20261125T120000Z" in ics.content


@pytest.mark.parametrize("veces", [2, 4])
def test_enviar_varias_veces_es_una_solicitud(pedido, veces):
    datos = pedido.hasta_revisar().formulario()
    destinos = {pedido.mandar(datos).url for _ in range(veces)}
    assert destinos == {f"/ingevec/caso/{pedido.solicitud.publico}/recibido/"}
    assert (Visita.objects.count(), Aviso.objects.count()) == (1, 1)


def test_otra_ventana_cambio_algo_y_se_revisa_de_nuevo(pedido):
    datos = pedido.hasta_revisar().formulario()
    pedido.requerimiento("Otra cosa", "agregar")
    respuesta = pedido.mandar(datos)
    assert respuesta.status_code == 409
    assert "Cambió su solicitud en otra ventana" in texto(respuesta)
    assert "Otra cosa" in texto(respuesta)
    pedido.visita("20261125T1245Z")
    assert pedido.mandar(datos).status_code == 409
    assert Solicitud.objects.count() == 0


@pytest.mark.parametrize("nonce", ["", "no-es-uuid", "00000000-0000-4000-8000-000000000000"])
def test_formulario_inventado_se_rechaza(pedido, nonce):
    respuesta = pedido.hasta_revisar().mandar({"nonce": nonce, "huella": "x"})
    assert respuesta.status_code == 409
    assert "No se envió nada" in texto(respuesta)
    assert (Solicitud.objects.count(), Borrador.objects.count()) == (0, 1)


def test_nonce_del_borrador_de_otro_no_sirve(pedido, vecina, edificio):
    datos = pedido.hasta_revisar().formulario()
    suya = vecina.propiedades.get().unidad
    respuesta = Pedido(en_sesion(vecina, edificio), suya).mandar(datos)
    assert respuesta.status_code == 409
    pedido.mandar(datos)
    ajeno = Pedido(en_sesion(vecina, edificio), suya).mandar(datos)
    assert ajeno.status_code == 409
    assert Solicitud.objects.count() == 1


def test_vivienda_vendida_mientras_escribia_no_se_envia(pedido, duenio):
    datos = pedido.hasta_revisar().formulario()
    duenio.propiedades.update(hasta="2026-11-22")
    assert pedido.mandar(datos).status_code == 404
    assert Solicitud.objects.count() == 0


# --- the race for an hour


def test_hora_ocupada_al_enviar_ofrece_la_siguiente_sin_retipear(pedido, ocupar):
    datos = pedido.hasta_revisar().formulario()
    ocupar("2026-11-25 09:00")
    respuesta = pedido.mandar(datos)
    pagina = texto(respuesta)
    assert respuesta.status_code == 409
    assert (
        "Esa hora se acaba de ocupar. La siguiente libre es el miércoles 25 de noviembre, a las "
        "09:45: quedó elegida."
    ) in pagina
    assert 'value="20261125T1245Z" checked' in pagina
    assert 'value="Ana Mora"' in pagina
    assert pedido.visita("20261125T1245Z").status_code == 302
    pedido.mandar()
    s = Solicitud.objects.get(canal="web")
    assert s.visitas.get().inicia_en == local("2026-11-25 09:45")
    assert s.requerimientos.get().descripcion == "Gotera bajo el lavaplatos"


def test_hora_tomada_por_un_inspector_la_hace_otro(pedido, ocupar, otro_inspector):
    otro = otro_inspector()
    datos = pedido.hasta_revisar().formulario()
    ocupar("2026-11-25 09:00")
    assert pedido.mandar(datos).status_code == 302
    visita = Solicitud.objects.get(canal="web").visitas.get()
    assert (visita.inicia_en, visita.persona) == (local("2026-11-25 09:00"), otro)


def test_perder_entre_leer_y_escribir_prueba_con_otro_y_despues_pregunta(
    pedido, ocupar, monkeypatch
):
    """The offer was read before the other call took the hour: the door decides."""
    datos = pedido.hasta_revisar().formulario()
    ofrecidas = envio.horas_para(pedido.depto.proyecto_id, *[local("2026-11-23 10:15")] * 2)
    ocupar("2026-11-25 09:00")
    vieja = iter([ofrecidas])
    despues = envio.horas_para
    monkeypatch.setattr(envio, "horas_para", lambda *a, **k: next(vieja, None) or despues(*a, **k))
    folios = set(Solicitud.objects.values_list("folio", flat=True))
    respuesta = pedido.mandar(datos)
    assert respuesta.status_code == 409
    assert "09:45: quedó elegida" in texto(respuesta)
    assert set(Solicitud.objects.values_list("folio", flat=True)) == folios
    assert Borrador.objects.count() == 1


def test_ultima_hora_perdida_deja_enviar_sin_hora(pedido, ocupar):
    Inspector.objects.update(cupos_por_dia=1)
    datos = pedido.hasta_revisar().formulario()
    ocupar("2026-11-25 16:30")
    respuesta = pedido.mandar(datos)
    pagina = texto(respuesta)
    assert respuesta.status_code == 409
    assert "No quedan horas libres el miércoles 25 de noviembre" in pagina
    assert pedido.visita("").status_code == 302
    pedido.mandar()
    s = Solicitud.objects.get(canal="web")
    sin_hora = s.movimientos.get(verbo="ingresar").detalle.datos["sin_hora"]
    assert sin_hora == "No quedan horas libres el miércoles 25 de noviembre."


# --- somebody else's


@pytest.mark.parametrize(
    "camino", ["recibido/", "conformidad/", "visita/{v}/hora/", "visita/{v}/visita.ics"]
)
def test_caso_ajeno_es_404_en_todas_sus_paginas(pedido, vecina, edificio, client, camino):
    pedido.hasta_revisar().mandar()
    s = pedido.solicitud
    url = f"/ingevec/caso/{s.publico}/{camino.format(v=s.visitas.get().pk)}"
    assert en_sesion(vecina, edificio).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_caso_no_se_ve_por_la_puerta_de_otra_empresa(pedido, cliente, proyecto):
    pedido.hasta_revisar().mandar()
    de_icalma = en_sesion(cliente, proyecto)
    publico = pedido.solicitud.publico
    assert de_icalma.get(f"/icalma/caso/{publico}/").status_code == 404
    assert de_icalma.get(f"/ingevec/caso/{publico}/").status_code == 302


# --- cost


@pytest.mark.parametrize(
    ("pagina", "consultas"), [("", 7), ("que/", 7), ("visita/", 12), ("revisar/", 7)]
)
def test_consultas_de_cada_pagina(pedido, otro_inspector, pagina, consultas):
    otro_inspector()
    pedido.hasta_revisar()
    pedido.ver(pagina)
    with CaptureQueriesContext(connection) as hechas:
        pedido.ver(pagina)
    assert len(hechas) == consultas


@pytest.mark.parametrize("cuantos", [1, 5])
def test_consultas_del_envio_no_crecen_con_lo_que_se_pide(pedido, cuantos):
    pedido.urgencia()
    for n in range(cuantos):
        pedido.requerimiento(f"Falla {n}", "agregar")
    pedido.visita()
    datos = pedido.formulario()
    with CaptureQueriesContext(connection) as hechas:
        assert pedido.mandar(datos).status_code == 302
    assert len(hechas) == 63
