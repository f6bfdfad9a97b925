"""The owner and the agreed visit: confirm, move, propose, name a replacement, calendar."""

import secrets
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from postventa.avisos import correo
from postventa.calendario import hora
from postventa.visitas import agenda
from postventa.visitas.models import Ocupacion, Visita
from tests.conftest import local
from tests.icalma.conftest import en_sesion, releer
from tickets.icalma.models import Ticket
from tickets.icalma.vistas import visita as vista

RUT = "12.345.678-5"


@pytest.fixture
def inspeccion(camino, duenia):
    camino.generar().contactar().coordinar_inspeccion()
    hora.fijar(camino.ahora)
    return camino


@pytest.fixture
def trabajo(camino, duenia):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar(()).coordinar_trabajo()
    hora.fijar(camino.ahora)
    return camino


def ruta(camino, que, visita=None):
    return f"/icalma/caso/{camino.ticket.publico}/visita/{(visita or camino.visita).pk}/{que}"


def caso(navegador, camino):
    respuesta = navegador.get(f"/icalma/caso/{camino.ticket.publico}/")
    assert respuesta.status_code == 200
    return " ".join(respuesta.content.decode().split())


def elegir(navegador, camino, cuando, **cambios):
    datos = {"inicia": f"{local(cuando):%Y%m%dT%H%MZ}", "visto": releer(camino.ticket).cadena_largo}
    return navegador.post(ruta(camino, "hora/"), datos | cambios)


def ocupar(camino, cuando, cuartos=1):
    """Somebody takes that time of the Supervisor, for a visit of another ticket."""
    inicia = local(cuando)
    otro = Ticket.objects.get(pk=camino.ticket.pk)
    otro.pk = otro.id = otro.expediente_ptr_id = None
    otro._state.adding = True
    otro.folio, otro.publico, otro.nonce = f"X-{cuando}", secrets.token_urlsafe(12), uuid4()
    otro.save()
    visita = Visita.objects.create(
        expediente_id=otro.pk,
        tipo="INSPECCION",
        persona=camino.supervisor,
        inicia_en=inicia,
        termina_en=inicia + cuartos * agenda.CUARTO,
    )
    agenda.ocupar(visita)


# --- confirm


def test_confirmar_se_ve_y_no_se_repite(inspeccion, duenia):
    pagina = caso(duenia, inspeccion)
    assert pagina.count("Confirmar</button>") == 1
    assert duenia.post(ruta(inspeccion, "confirmar/")).status_code == 302
    visita = releer(inspeccion.visita)
    assert (visita.estado, visita.confirmada_en) == ("COORDINADA", hora.ahora())
    pagina = caso(duenia, inspeccion)
    assert "Confirmada por ti" in pagina
    assert "Confirmar</button>" not in pagina
    assert "Confirmaste la visita" in pagina
    assert duenia.post(ruta(inspeccion, "confirmar/")).status_code == 409
    assert duenia.get(ruta(inspeccion, "confirmar/")).status_code == 405


# --- another hour


def test_se_ofrecen_las_horas_libres_de_diez_dias_habiles(inspeccion, duenia):
    respuesta = duenia.get(ruta(inspeccion, "hora/"))
    dias = respuesta.context["dias"]
    assert [d["fecha"].day for d in dias] == [24, 25, 26, 27, 30, 1, 2, 3, 4, 7]
    martes = [h for _, h in dias[0]["horas"]]
    assert (martes[0], martes[-1], len(martes)) == ("08:00", "17:00", 18)
    assert "10:00" not in martes  # the hour that it already has


@pytest.mark.regla("I-08")
@pytest.mark.regla("I-22")
def test_elegir_reprograma_sin_inasistencia_y_avisa_con_calendario(inspeccion, duenia):
    vieja = inspeccion.visita
    assert elegir(duenia, inspeccion, "2026-11-25 11:30").status_code == 302
    vieja, ticket = releer(vieja), releer(inspeccion.ticket)
    inspeccion.ticket = ticket
    nueva = inspeccion.visita
    assert (vieja.estado, vieja.motivo) == ("REPROGRAMADA", "La cambió el propietario")
    assert (nueva.estado, nueva.inicia_en, nueva.termina_en) == (
        "COORDINADA",
        local("2026-11-25 11:30"),
        local("2026-11-25 12:15"),
    )
    assert (ticket.estado, ticket.inasistencias_seguidas) == ("INSPECCION_COORDINADA", 0)
    assert Ocupacion.objects.filter(visita=vieja).count() == 0
    mensaje = correo.renderizar(ticket.avisos.filter(tipo="icalma/visita").order_by("pk").last())
    nombres = [(a[0], a[2]) for a in mensaje.attachments]
    assert nombres == [("visita.ics", "text/calendar"), ("visita-anterior.ics", "text/calendar")]
    nuevo, anterior = (str(a[1]) for a in mensaje.attachments)
    assert f"UID:visita-{nueva.pk}@" in nuevo
    assert "STATUS:CONFIRMED" in nuevo
    assert f"UID:visita-{vieja.pk}@" in anterior
    assert "STATUS:CANCELLED" in anterior
    pagina = caso(duenia, inspeccion)
    assert "Antes era el martes 24 de noviembre, a las 10:00" in pagina
    assert ruta(inspeccion, "visita.ics", vieja) in pagina


def test_adjuntos_de_un_correo_son_siempre_los_mismos(inspeccion):
    aviso = inspeccion.ticket.avisos.get(tipo="icalma/visita")
    antes = correo.renderizar(aviso).attachments
    hora.fijar(local("2026-11-27 10:00"))
    inspeccion.tramitar(inspeccion.visita, "cancelar", motivo="x")
    assert correo.renderizar(aviso).attachments == antes


@pytest.mark.regla("I-12")
def test_visita_de_trabajo_conserva_lo_que_lleva(trabajo, duenia):
    duenia.post(
        ruta(trabajo, "reemplazo/"), {"reemplazo_nombre": "Ana", "reemplazo_documento": RUT}
    )
    servidas = {o.pk for o in trabajo.visita.observaciones.all()}
    assert elegir(duenia, trabajo, "2026-11-30 14:00").status_code == 302
    trabajo.ticket = releer(trabajo.ticket)
    nueva = trabajo.visita
    assert (nueva.inicia_en, nueva.termina_en - nueva.inicia_en) == (
        local("2026-11-30 14:00"),
        timedelta(hours=3),
    )
    assert (nueva.maestros, nueva.reemplazo_documento) == (
        "Óscar Vidal, Nelson Catrileo",
        "12345678-5",
    )
    assert {o.pk for o in nueva.observaciones.all()} == servidas


def test_hora_tomada_ofrece_la_siguiente_ya_elegida(inspeccion, duenia):
    assert duenia.get(ruta(inspeccion, "hora/")).status_code == 200
    ocupar(inspeccion, "2026-11-25 11:45")
    respuesta = elegir(duenia, inspeccion, "2026-11-25 11:30")
    assert respuesta.status_code == 409
    texto = " ".join(respuesta.content.decode().split())
    assert "La siguiente libre es el miércoles 25 de noviembre, a las 12:00: quedó elegida" in texto
    assert f'value="{local("2026-11-25 12:00"):%Y%m%dT%H%MZ}" checked' in texto
    assert inspeccion.visita.inicia_en == local("2026-11-24 10:00")


def test_carrera_perdida_dentro_de_la_puerta_tambien_ofrece_otra(inspeccion, duenia, monkeypatch):
    reales, veces = vista.horas_libres, []

    def libres(*args):
        horas = reales(*args)
        if not veces:  # somebody takes it between the reading and the writing
            ocupar(inspeccion, "2026-11-25 11:30", 2)
        veces.append(1)
        return horas

    monkeypatch.setattr(vista, "horas_libres", libres)
    respuesta = elegir(duenia, inspeccion, "2026-11-25 11:30")
    assert respuesta.status_code == 409
    assert "a las 12:00: quedó elegida" in respuesta.content.decode()
    assert (releer(inspeccion.visita).estado, inspeccion.ticket.visitas.count()) == (
        "COORDINADA",
        1,
    )


@pytest.mark.parametrize("inicia", ["", "mañana", "20261125", "99999999T9999Z", "x" * 400])
def test_hora_mal_escrita_se_explica(inspeccion, duenia, inicia):
    respuesta = duenia.post(ruta(inspeccion, "hora/"), {"inicia": inicia, "visto": 1})
    assert respuesta.status_code == 422
    assert "Elige una de las horas libres." in respuesta.content.decode()


@pytest.mark.parametrize("cuando", ["2026-11-28 10:00", "2026-11-25 07:30", "2026-11-25 11:10"])
def test_hora_que_no_se_ofrecio_no_se_toma(inspeccion, duenia, cuando):
    assert elegir(duenia, inspeccion, cuando).status_code == 409
    assert inspeccion.visita.inicia_en == local("2026-11-24 10:00")


def test_pagina_vieja_no_cambia_la_hora(inspeccion, duenia):
    assert elegir(duenia, inspeccion, "2026-11-25 11:30", visto=1).status_code == 409
    assert inspeccion.visita.inicia_en == local("2026-11-24 10:00")


def test_empezada_no_se_cambia_ni_se_ofrece(inspeccion, duenia):
    hora.fijar(inspeccion.visita.inicia_en)
    for que in ("hora/", "confirmar/", "reemplazo/"):
        assert duenia.post(ruta(inspeccion, que), {}).status_code == 409
    assert duenia.get(ruta(inspeccion, "hora/")).status_code == 409
    pagina = caso(duenia, inspeccion)
    assert "Cambiar la hora" not in pagina


# --- proposal


def test_proponer_otra_hora_se_guarda_y_se_ve(inspeccion, duenia):
    datos = {"accion": "proponer", "dia": "2026-12-10", "hora": "16:00", "nota": "Estoy de viaje"}
    assert duenia.post(ruta(inspeccion, "hora/"), datos).status_code == 302
    visita = releer(inspeccion.visita)
    assert (visita.propuesta_inicia_en, visita.propuesta_nota) == (
        local("2026-12-10 16:00"),
        "Estoy de viaje",
    )
    pagina = caso(duenia, inspeccion)
    assert "Propusiste el jueves 10 de diciembre, a las 16:00." in pagina
    assert "Propusiste otra hora" in pagina


@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"dia": ""}, "Elige el día."),
        ({"dia": "32/13/2026"}, "Elige un día del calendario."),
        ({"hora": ""}, "Elige la hora."),
        ({"hora": "noche"}, "Escribe la hora: 10:30."),
        ({"dia": "2026-11-28"}, "Elige un día hábil"),
        ({"dia": "2026-11-20"}, "todavía no haya pasado"),
        ({"nota": "x" * 301}, "Usa como máximo 300 letras."),
    ],
)
def test_propuesta_incompleta_se_explica_y_conserva_lo_escrito(
    inspeccion, duenia, cambios, mensaje
):
    datos = {"accion": "proponer", "dia": "2026-12-10", "hora": "16:00", "nota": "Viajo"} | cambios
    respuesta = duenia.post(ruta(inspeccion, "hora/"), datos)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert mensaje in pagina
    assert "hora" in cambios or 'value="16:00"' in pagina
    assert releer(inspeccion.visita).propuesta_inicia_en is None


# --- replacement


@pytest.mark.regla("I-13")
def test_nombrar_cambiar_y_quitar_reemplazo(trabajo, duenia):
    url = ruta(trabajo, "reemplazo/")
    datos = {"reemplazo_nombre": "Ana Soto", "reemplazo_documento": "12345678-5"}
    assert duenia.post(url, datos).status_code == 302
    pagina = caso(duenia, trabajo)
    assert "<b>Tu reemplazo:</b> Ana Soto, RUT 12.345.678-5." in pagina
    assert "Se registró un reemplazo" in pagina
    formulario = duenia.get(url).content.decode()
    assert 'value="12.345.678-5"' in formulario
    assert "frente al supervisor" in formulario
    assert duenia.post(url, {"accion": "quitar"}).status_code == 302
    assert releer(trabajo.visita).reemplazo_documento == ""
    assert duenia.post(url, {"accion": "quitar"}).status_code == 409


@pytest.mark.regla("I-13")
@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"reemplazo_nombre": ""}, "Escribe el nombre completo de tu reemplazo."),
        ({"reemplazo_documento": ""}, "Escribe el RUT de tu reemplazo."),
        ({"reemplazo_documento": "12.345.678-9"}, "El dígito verificador no coincide."),
        ({"reemplazo_documento": "abc"}, "Escribe el RUT completo"),
        ({"reemplazo_documento": "16482937-5"}, "el RUT del propietario"),
    ],
)
def test_reemplazo_mal_escrito_se_explica(trabajo, duenia, cambios, mensaje):
    datos = {"reemplazo_nombre": "Ana Soto", "reemplazo_documento": RUT} | cambios
    respuesta = duenia.post(ruta(trabajo, "reemplazo/"), datos)
    assert respuesta.status_code == 422
    assert mensaje in respuesta.content.decode()
    assert releer(trabajo.visita).reemplazo_documento == ""


def test_inspeccion_no_ofrece_reemplazo(inspeccion, duenia):
    assert "eemplazo</a>" not in caso(duenia, inspeccion)
    assert duenia.get(ruta(inspeccion, "reemplazo/")).status_code == 409


# --- calendar


def test_calendario_se_descarga(inspeccion, duenia):
    respuesta = duenia.get(ruta(inspeccion, "visita.ics"))
    assert respuesta["Content-Type"] == "text/calendar; charset=utf-8"
    nombre = f"visita-{inspeccion.ticket.folio}-{inspeccion.visita.pk}.ics"
    assert respuesta["Content-Disposition"] == f'attachment; filename="{nombre}"'
    texto = respuesta.content.decode()
    assert "DTSTART:20261124T130000Z" in texto
    assert "STATUS:CONFIRMED" in texto
    assert "METHOD:PUBLISH" in texto


# --- nobody else's


def test_nada_de_la_visita_de_otro_se_alcanza(trabajo, duenia, vecino, proyecto):
    ajeno = en_sesion(vecino, proyecto)
    antes = trabajo.ticket.movimientos.count()
    for que in ("confirmar/", "hora/", "reemplazo/", "visita.ics", "objetar/"):
        for metodo in (ajeno.get, ajeno.post):
            assert metodo(ruta(trabajo, que)).status_code in (404, 405), que
    assert trabajo.ticket.movimientos.count() == antes


def test_visita_de_otro_ticket_no_existe_bajo_este(trabajo, duenia, camino):
    visita = camino.visita
    camino.ticket = None
    camino.generar(1)
    for que in ("confirmar/", "hora/", "reemplazo/", "visita.ics", "objetar/"):
        assert duenia.post(ruta(camino, que, visita)).status_code in (404, 405)


def test_sin_sesion_se_pide_entrar(inspeccion, client):
    url = ruta(inspeccion, "hora/")
    respuesta = client.get(url)
    assert respuesta.url == f"/icalma/acceso/?{urlencode({'next': url})}"


@pytest.mark.parametrize("cuantas", [1, 3])
def test_consultas_de_las_horas_no_crecen(inspeccion, duenia, cuantas, django_assert_num_queries):
    for n in range(cuantas):
        Ocupacion.objects.create(
            persona=inspeccion.supervisor,
            bloque_en=local(f"2026-11-25 1{n}:00"),
            visita=inspeccion.visita,
        )
    url = ruta(inspeccion, "hora/")
    duenia.get(url)
    with django_assert_num_queries(DE_LAS_HORAS):
        duenia.get(url)


DE_LAS_HORAS = 11
