"""The side ways on the page of a case: absences, disputes, parking, documents, something more."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from postventa.calendario import hora
from postventa.documentos.actas import huella
from postventa.expedientes.models import Borrador
from postventa.tramitacion.acciones import anotar
from tests.conftest import local, observaciones
from tests.icalma.conftest import en_sesion, escrita, releer
from tickets.icalma.acta import contenido_del_acta
from tickets.icalma.ingreso import ingresar
from tickets.icalma.models import Ticket
from tickets.inmuebles.models import Propiedad


@pytest.fixture
def ver(camino, duenia):
    def pagina(ticket=None):
        hora.fijar(camino.ahora)
        respuesta = duenia.get(f"/icalma/caso/{(ticket or camino.ticket).publico}/")
        assert respuesta.status_code == 200
        return " ".join(respuesta.content.decode().split())

    return pagina


def falta(camino):
    camino.ahora = camino.visita.inicia_en + timedelta(minutes=20)
    camino.tramitar(
        camino.visita,
        "registrar_inasistencia_cliente",
        llegada_en=camino.ahora - timedelta(minutes=15),
        conserje="Luis Pino",
    )
    hora.fijar(camino.ahora)
    return camino


@pytest.fixture
def con_falta(camino, duenia):
    return falta(camino.generar().contactar().coordinar_inspeccion())


def ruta(camino, visita=None):
    return f"/icalma/caso/{camino.ticket.publico}/visita/{(visita or camino.visita).pk}/objetar/"


def resolver(camino, acoge, motivo="Lo dice el libro de conserjería"):
    camino.ticket = anotar(
        camino.visita, "resolver_objecion", camino.jefe, ahora=camino.ahora, acoge=acoge,
        motivo=motivo,
    )  # fmt: skip


# --- absences


@pytest.mark.regla("I-19")
def test_primera_falta_muestra_la_evidencia_y_que_pasa_con_otra(con_falta, ver):
    pagina = ver()
    assert "No encontramos a nadie en tu visita de inspección" in pagina
    assert "Llegamos a las 10:05, nos anotó Luis Pino en conserjería" in pagina
    assert "tampoco hay nadie, el requerimiento se da por resuelto" in pagina
    assert f'href="{ruta(con_falta)}"' in pagina


@pytest.mark.regla("I-19")
def test_objetar_una_vez_la_ve_el_jefe_y_se_sigue_en_la_pagina(con_falta, duenia, ver):
    formulario = " ".join(duenia.get(ruta(con_falta)).content.decode().split())
    assert "Se puede una sola vez en este requerimiento." in formulario
    assert "14:20" not in formulario
    assert "10:05, cerrada a las 10:20" in formulario
    respuesta = duenia.post(ruta(con_falta), {"motivo": "Estaba, no tocaron"})
    assert respuesta.status_code == 302
    assert releer(con_falta.visita).motivo_objecion == "Estaba, no tocaron"
    pagina = ver()
    assert "El Jefe de Postventa revisa tu objeción" in pagina
    assert "Estaba, no tocaron" in pagina
    assert "Objetaste la inasistencia ante el Jefe" in pagina
    assert duenia.post(ruta(con_falta), {"motivo": "Otra vez"}).status_code == 409
    resolver(con_falta, True)
    pagina = ver()
    assert "Esa visita no cuenta como inasistencia" in pagina
    assert "Lo dice el libro de conserjería" in pagina


def test_objecion_rechazada_muestra_el_motivo_del_jefe(con_falta, duenia, ver):
    duenia.post(ruta(con_falta), {"motivo": "Estaba"})
    resolver(con_falta, False, "Llamamos dos veces")
    pagina = ver()
    assert "El Jefe de Postventa confirmó la inasistencia." in pagina
    assert "Llamamos dos veces" in pagina
    assert "Objetar la inasistencia</a>" not in pagina


@pytest.mark.parametrize("motivo", ["", "   ", "x" * 1001])
def test_objetar_sin_decir_que_paso_se_explica(con_falta, duenia, motivo):
    respuesta = duenia.post(ruta(con_falta), {"motivo": motivo})
    assert respuesta.status_code == 422
    assert releer(con_falta.visita).objetada_en is None


def test_mirar_la_objecion_no_objeta(con_falta, duenia):
    antes = con_falta.ticket.movimientos.count()
    duenia.get(ruta(con_falta))
    duenia.head(ruta(con_falta))
    assert con_falta.ticket.movimientos.count() == antes


def test_falta_seguida_de_una_visita_hecha_ya_no_se_muestra(con_falta, ver):
    con_falta.coordinar_inspeccion("2026-11-26 10:00").inspeccionar(())
    assert "No encontramos a nadie" not in ver()


@pytest.mark.regla("I-19")
def test_resuelto_explica_la_regla_y_lleva_al_que_sigue(con_falta, duenia, ver):
    falta(con_falta.coordinar_inspeccion("2026-11-26 10:00"))
    pagina = ver()
    assert "Dos visitas seguidas sin nadie en la vivienda" in pagina
    assert "Si no hubiese nadie en dos ocasiones coordinadas seguidas" in pagina
    assert "¿Encontraste algo más?" not in pagina
    viejo = con_falta.ticket
    duenia.post(ruta(con_falta), {"motivo": "Estaba mi hermana"})
    resolver(con_falta, True)
    nuevo = Ticket.objects.get(continua=viejo)
    pagina = ver(viejo)
    assert f"Lo pendiente sigue en {nuevo.folio}." in pagina
    assert f"El Jefe acogió tu objeción; lo pendiente sigue en {nuevo.folio}" in pagina
    pagina = ver(nuevo)
    assert f"Este ticket sigue a {viejo.folio}." in pagina
    assert f"Sigue a {viejo.folio}: el Jefe acogió tu objeción" in pagina
    assert "Enviaste tu requerimiento" not in pagina


# --- disputes


@pytest.mark.regla("I-10")
def test_en_consulta_muestra_su_plazo_y_la_decision_con_su_razon(camino, duenia, ver):
    camino.generar(3).contactar().coordinar_inspeccion().inspeccionar((1, 2))
    camino.tramitar(camino.obs[1], "disputar", camino.cliente, motivo="No fue mal uso")
    camino.tramitar(camino.obs[2], "disputar", camino.cliente, motivo="Tampoco")
    pagina = ver()
    plazo = "El Jefe de Postventa decide a más tardar el martes 1 de diciembre, hasta el final"
    assert pagina.count(plazo) == 2
    assert "Los trabajos aprobados siguen igual mientras tanto." in pagina
    camino.tramitar(camino.obs[1], "acoger", camino.jefe, motivo="La pieza venía fallada")
    camino.tramitar(camino.obs[2], "confirmar_rechazo", camino.jefe, motivo="Falta mantención")
    pagina = ver()
    assert "<b>El Jefe acogió tu consulta:</b> La pieza venía fallada" in pagina
    assert "<b>El Jefe confirmó el rechazo:</b> Falta mantención" in pagina
    assert "Lo que había dicho el supervisor:" in pagina
    assert plazo not in pagina


@pytest.mark.regla("I-10")
def test_firma_parcial_dice_que_pasa_despues(camino, duenia, ver):
    camino.hasta_por_firmar()
    camino.tramitar(camino.obs[1], "disputar", camino.cliente, motivo="No fue mal uso")
    hora.fijar(camino.ahora)
    pagina = duenia.get(f"/icalma/caso/{camino.ticket.publico}/firma/").content.decode()
    assert "Si lo confirma, el ticket se cierra con esta firma." in pagina
    camino.firmar()
    pagina = ver()
    assert "si confirma el rechazo, el ticket se cierra con esta firma" in pagina
    assert "Lo que esperamos de ti" not in pagina
    camino.tramitar(camino.obs[1], "acoger", camino.jefe, motivo="La pieza venía fallada")
    pagina = ver()
    assert camino.ticket.estado == "INSPECCIONADO"
    assert "Guardamos tu firma" not in pagina
    assert "Se agregaron trabajos por tu consulta" in pagina


# --- parking


@pytest.mark.regla("I-15")
def test_retenido_lleva_a_la_firma_que_lo_libera_y_despues_se_lee(camino, duenia, ver):
    primero = camino.hasta_por_firmar(1, ()).ticket
    nuevo = ingresar(
        camino.unidad, camino.cliente, observaciones(1), nonce=uuid4(), ahora=camino.ahora
    )
    pagina = ver(nuevo)
    assert "En espera de tu firma anterior" in pagina
    assert f'href="/icalma/caso/{primero.publico}/firma/"' in pagina
    camino.firmar()
    pagina = ver(nuevo)
    assert "Tu requerimiento dejó de estar en espera" in pagina
    assert "Lo que esperamos de ti" not in pagina
    assert "Para contactarte" in pagina


# --- documents


def baja(duenia, ticket, resto):
    return duenia.get(f"/icalma/caso/{ticket.publico}/documento/{resto}")


def test_documentos_se_ofrecen_cuando_existen_y_se_descargan(camino, duenia, ver):
    camino.generar()
    publico = camino.ticket.publico
    pagina = ver()
    assert f'href="/icalma/caso/{publico}/documento/comprobante/"' in pagina
    assert "acta_inspeccion" not in pagina
    respuesta = baja(duenia, camino.ticket, "comprobante/")
    nombre = f"comprobante-{camino.ticket.folio}.pdf"
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta["Content-Disposition"] == f'attachment; filename="{nombre}"'
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in respuesta["Cache-Control"]
    assert camino.ticket.folio in PdfReader(BytesIO(respuesta.content)).pages[0].extract_text()
    camino.contactar().coordinar_inspeccion().inspeccionar(())
    assert f'href="/icalma/caso/{publico}/documento/acta_inspeccion/"' in ver()
    assert baja(duenia, camino.ticket, "acta_inspeccion/").status_code == 200


@pytest.mark.regla("I-14")
def test_acta_se_descarga_sin_firmar_y_firmada(camino, duenia, ver):
    camino.hasta_por_firmar(1, ())
    ver()
    esperada = huella(contenido_del_acta(camino.ticket))[:4]
    sin_firmar = baja(duenia, camino.ticket, "acta_conformidad/")
    texto = "".join(p.extract_text() for p in PdfReader(BytesIO(sin_firmar.content)).pages)
    assert "Sin firmar" in texto
    assert esperada in texto
    camino.firmar()
    ver()
    firmada = baja(duenia, camino.ticket, "acta_conformidad/1/")
    texto = "".join(p.extract_text() for p in PdfReader(BytesIO(firmada.content)).pages)
    assert "Camila Rojas Fuentealba" in texto
    assert baja(duenia, camino.ticket, "acta_conformidad/").status_code == 404


@pytest.mark.parametrize(
    "resto",
    ["acta_inspeccion/", "acta_conformidad/", "acta_conformidad/1/", "acta_conformidad/0/",
     "acta_conformidad/99999999999999999999/", "otra/", "..%2Fbase/"],
)  # fmt: skip
def test_documento_que_no_existe_es_404(camino, duenia, resto):
    camino.generar()
    assert baja(duenia, camino.ticket, resto).status_code == 404


def test_documentos_de_otro_no_se_alcanzan(camino, duenia, vecino, proyecto):
    camino.generar()
    ajeno = en_sesion(vecino, proyecto)
    for resto in ("documento/comprobante/", "algo-mas/"):
        ruta = f"/icalma/caso/{camino.ticket.publico}/{resto}"
        assert ajeno.get(ruta).status_code == 404
        assert duenia.post(ruta).status_code == 405


# --- something more


@pytest.mark.regla("I-20")
def test_algo_mas_explica_y_lleva_a_otro_requerimiento(camino, duenia, ver):
    camino.generar(1)
    assert "¿Encontraste algo más?" in ver()
    url = f"/icalma/caso/{camino.ticket.publico}/algo-mas/"
    pagina = " ".join(duenia.get(url).content.decode().split())
    assert "no serán inspeccionadas y menos incluidas en el ticket en curso" in pagina
    assert f'href="/icalma/requerimiento/{camino.unidad.pk}/"' in pagina
    assert "Crear otro para Torre B, depto. 704" in pagina
    assert "Primero firma" not in pagina
    assert (Borrador.objects.count(), Ticket.objects.count()) == (0, 1)
    assert camino.ticket.observaciones.count() == 1


@pytest.mark.regla("I-15")
def test_algo_mas_avisa_que_lo_nuevo_espera_la_firma(camino, duenia, ver):
    camino.hasta_por_firmar(1, ())
    ver()
    pagina = duenia.get(f"/icalma/caso/{camino.ticket.publico}/algo-mas/").content.decode()
    assert f'Primero firma <span class="junto">{camino.ticket.folio}</span>.' in pagina


@pytest.mark.regla("I-02")
def test_algo_mas_no_ofrece_la_vivienda_vendida(camino, duenia, ver):
    camino.generar(1)
    ver()
    Propiedad.objects.update(hasta=date(2026, 11, 20))
    pagina = duenia.get(f"/icalma/caso/{camino.ticket.publico}/algo-mas/").content.decode()
    assert "Esta vivienda ya no está a tu nombre." in pagina
    assert "/icalma/requerimiento/" not in pagina


def test_reprogramada_conserva_su_pagina_en_pocas_consultas(
    camino, duenia, django_assert_num_queries
):
    camino.generar(1).contactar().coordinar_inspeccion()
    for dia in (25, 26, 27):
        inicia = local(f"2026-11-{dia} 10:00")
        camino.tramitar(
            camino.ticket,
            "reprogramar_inspeccion",
            inicia_en=inicia,
            termina_en=inicia + timedelta(minutes=45),
        )
    hora.fijar(camino.ahora)
    url = f"/icalma/caso/{camino.ticket.publico}/"
    duenia.get(url)
    with django_assert_num_queries(15):  # without a running clock, fewer than a new ticket
        duenia.get(url)


# --- emergencies


@pytest.mark.regla("I-16")
@pytest.mark.parametrize(
    ("cuando", "dice"),
    [
        ("2026-11-23 10:15", "Ahora atendemos: ingresa tu requerimiento y además llama al"),
        ("2026-11-23 18:00", "Abrimos mañana, martes 24 de noviembre, a las 08:00."),
        ("2026-11-28 11:00", "Abrimos el lunes 30 de noviembre, a las 08:00."),
        ("2026-12-08 11:00", "Abrimos mañana, miércoles 9 de diciembre, a las 08:00."),
    ],
)
def test_antes_de_enviar_dice_que_hacer_a_esa_hora_en_una_emergencia(camino, duenia, cuando, dice):
    hora.fijar(local(cuando))
    unidad = camino.unidad.pk
    duenia.post(f"/icalma/requerimiento/{unidad}/", escrita())
    pagina = " ".join(
        duenia.get(f"/icalma/requerimiento/{unidad}/revisar/").content.decode().split()
    )
    assert dice in pagina
    assert "no tenemos personal de emergencia" in pagina
    assert "Administración de tu edificio" in pagina
    assert "Fuera del plazo establecido por Ley General de Urbanismo y Construcciones." in pagina
