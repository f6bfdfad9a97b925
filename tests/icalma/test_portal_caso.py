"""The owner's page of a case, and the answers that it takes."""

import pytest

from postventa.calendario import hora
from postventa.visitas.models import Visita
from tests.icalma.conftest import en_sesion, releer
from tickets.icalma.models import Ticket


@pytest.fixture
def ver(camino, duenia):
    def pagina():
        hora.fijar(camino.ahora)
        respuesta = duenia.get(f"/icalma/caso/{camino.ticket.publico}/")
        assert respuesta.status_code == 200
        return " ".join(respuesta.content.decode().split())

    return pagina


def responder(navegador, camino, obs, respuesta, **cambios):
    datos = {"respuesta": respuesta, "visto": camino.ticket.cadena_largo, **cambios}
    return navegador.post(f"/icalma/caso/{camino.ticket.publico}/observacion/{obs.pk}/", datos)


def rechazada(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    hora.fijar(camino.ahora)
    return camino.obs[1]


def test_recien_enviado_no_espera_nada_del_propietario(camino, ver):
    camino.generar()
    pagina = ver()
    assert "Lo que esperamos de ti" not in pagina
    assert '<li class="hecho">Ingreso</li> <li aria-current="step">Contacto</li>' in pagina
    assert "Para contactarte" in pagina
    assert "2 días hábiles" in pagina
    assert "Vence el miércoles 25 de noviembre, a las 10:15" in pagina
    assert "Grieta larga" in pagina


def test_visita_coordinada_se_muestra(camino, ver):
    camino.generar().contactar().coordinar_inspeccion()
    pagina = ver()
    assert "Visita de inspección" in pagina
    assert "Martes 24 de noviembre, a las 10:00, hasta las 10:45" in pagina
    assert "Debes estar tú" in pagina


@pytest.mark.regla("I-09")
def test_rechazo_muestra_exclusion_literal_motivo_y_garantia(camino, ver):
    rechazada(camino)
    pagina = ver()
    assert "Responde por 1 observación rechazada" in pagina
    assert "Mantenimiento indebido o falta de éste (VER MANTENCIÓN PROGRAMADA)." in pagina
    assert "Aireador con sarro" in pagina
    assert (
        "La garantía legal de este elemento (instalaciones, 5 años) sigue vigente hasta el 14 de "
        "marzo de 2028."
    ) in pagina
    assert "Si no respondes a más tardar el martes 1 de diciembre" in pagina


def test_garantia_de_lo_que_no_es_de_otra_clase_se_entiende_sola(camino, ver):
    rechazada(camino)
    camino.ticket.observaciones.update(clase="otro")
    assert "(otros elementos, 5 años)" in ver()


@pytest.mark.regla("I-10")
def test_pedir_revision_deja_en_consulta_y_lo_aprobado_sigue(camino, duenia, ver):
    obs = rechazada(camino)
    respuesta = responder(duenia, camino, obs, "revision", motivo="No fue mal uso")
    assert respuesta.status_code == 302
    obs = releer(obs)
    assert (obs.estado, obs.motivo_disputa) == ("EN_CONSULTA", "No fue mal uso")
    pagina = ver()
    assert "La revisa el Jefe" in pagina
    assert "Lo que esperamos de ti" not in pagina
    assert "Pediste la revisión." not in pagina
    assert "Pediste la revisión." in duenia.get(respuesta.url).content.decode()
    camino.ticket = releer(camino.ticket)
    camino.coordinar_trabajo()


def test_aceptar_rechazo(camino, duenia):
    obs = rechazada(camino)
    responder(duenia, camino, obs, "acepto")
    obs = releer(obs)
    assert obs.estado == "RECHAZADA_ACEPTADA"


def test_respuesta_de_una_pagina_vieja_no_hace_nada(camino, duenia):
    obs = rechazada(camino)
    respuesta = responder(duenia, camino, obs, "revision", visto=1, motivo="Mi razón escrita")
    assert respuesta.status_code == 409
    assert "El caso cambió mientras mirabas esta página" in respuesta.content.decode()
    assert "Mi razón escrita" in respuesta.content.decode()
    obs = releer(obs)
    assert obs.estado == "RECHAZADA"


def test_responder_dos_veces_es_una(camino, duenia):
    obs = rechazada(camino)
    codigos = [responder(duenia, camino, obs, "revision").status_code for _ in range(2)]
    assert codigos == [302, 409]
    assert obs.ticket.avisos.filter(tipo="icalma/consulta_jefe").count() == 1


@pytest.mark.parametrize("respuesta", ["", "acoger", "confirmar_rechazo", "conformar", "aprobar"])
def test_respuesta_inventada_se_rechaza(camino, duenia, respuesta):
    obs = rechazada(camino)
    assert responder(duenia, camino, obs, respuesta).status_code == 422
    obs = releer(obs)
    assert obs.estado == "RECHAZADA"


@pytest.mark.parametrize("visto", ["", "abc", "1e9", None])
def test_sin_saber_que_pagina_vio_se_rechaza(camino, duenia, visto):
    obs = rechazada(camino)
    datos = {"respuesta": "acepto"} | ({"visto": visto} if visto is not None else {})
    ruta = f"/icalma/caso/{camino.ticket.publico}/observacion/{obs.pk}/"
    assert duenia.post(ruta, datos).status_code == 422


def test_motivo_larguisimo_se_explica(camino, duenia):
    obs = rechazada(camino)
    respuesta = responder(duenia, camino, obs, "revision", motivo="a" * 1001)
    assert respuesta.status_code == 422
    assert "Usa como máximo 1.000 letras." in respuesta.content.decode()


def test_nada_de_otro_se_ve_ni_se_responde(camino, duenia, vecino, proyecto):
    obs = rechazada(camino)
    ajeno = en_sesion(vecino, proyecto)
    publico = camino.ticket.publico
    antes = camino.ticket.movimientos.count()
    for ruta in ("", "recibido/", "firma/", "firma/codigo/", "acta/", f"observacion/{obs.pk}/"):
        for metodo in (ajeno.get, ajeno.post, ajeno.put, ajeno.delete):
            respuesta = metodo(f"/icalma/caso/{publico}/{ruta}")
            assert respuesta.status_code in (404, 405), (ruta, metodo)
    assert camino.ticket.movimientos.count() == antes


def test_observacion_de_otro_ticket_no_existe(camino, duenia, vecino, proyecto):
    obs = rechazada(camino)
    camino.ticket = None
    camino.ahora = hora.ahora()
    camino.generar(1)
    assert responder(duenia, camino, obs, "acepto").status_code == 404


def test_observacion_de_otro_ticket_no_cambia_por_get(camino, duenia):
    obs = rechazada(camino)
    ruta = f"/icalma/caso/{camino.ticket.publico}/observacion/{obs.pk}/"
    respuesta = duenia.get(ruta)
    assert (respuesta.status_code, respuesta["Allow"]) == (405, "POST")
    pagina = respuesta.content.decode()
    assert "Esto se hace con un botón" in pagina
    assert f'href="/icalma/caso/{camino.ticket.publico}/">Volver al requerimiento' in pagina


def test_por_firmar_pide_la_firma(camino, ver):
    camino.hasta_por_firmar(1, ())
    pagina = ver()
    assert pagina.count("Lo que esperamos de ti") == 1
    assert f'href="/icalma/caso/{camino.ticket.publico}/firma/"' in pagina


def test_cerrado_lleva_al_acta_y_no_espera_nada(camino, ver):
    camino.hasta_por_firmar().firmar()
    pagina = ver()
    assert "Lo que esperamos de ti" not in pagina
    assert f"/icalma/caso/{camino.ticket.publico}/acta/" in pagina
    assert pagina.count('class="hecho"') == 5


def test_textos_hostiles_se_muestran_literales(camino, duenia, ver):
    malo = '"><svg onload=alert(1)>'
    camino.generar(1).contactar().coordinar_inspeccion().iniciar_inspeccion()
    camino.tramitar(camino.obs[0], "rechazar", exclusion="E4", fundamento=malo)
    assert "<svg onload" not in ver()
    assert "&quot;&gt;&lt;svg onload=alert(1)&gt;" in ver()


def test_ninguna_palabra_interna_llega_al_propietario(camino, ver):
    camino.hasta_por_firmar()
    pagina = ver()
    for interna in ("POR_FIRMAR", "RECHAZADA", "EJECUTADA", "hasta_el", "None"):
        assert interna not in pagina


@pytest.mark.parametrize("cantidad", [1, 3])
def test_consultas_del_caso_no_crecen(camino, duenia, cantidad, django_assert_num_queries):
    camino.generar(cantidad)
    hora.fijar(camino.ahora)
    ruta = f"/icalma/caso/{Ticket.objects.get().publico}/"
    duenia.get(ruta)
    with django_assert_num_queries(DEL_CASO):
        duenia.get(ruta)


DEL_CASO = 17


def test_anulado_no_promete_lo_que_ya_no_se_hara(camino, ver):
    camino.generar(3).contactar().coordinar_inspeccion().iniciar_inspeccion()
    camino.tramitar(camino.obs[0], "aprobar")
    camino.tramitar(camino.ticket, "anular", camino.jefe, motivo="Se ingresó dos veces")
    pagina = ver()
    assert "Aprobada, sin trabajos" in pagina
    assert pagina.count("No se revisó") == 2
    assert "Por revisar" not in pagina


@pytest.mark.regla("I-14")
def test_historia_dice_quien_firmo_y_no_que_firmo_el_sistema(camino, ver):
    camino.hasta_por_firmar()
    camino.tramitar(camino.obs[1], "disputar", camino.cliente, motivo="No lo acepto")
    camino.firmar()
    camino.tramitar(camino.obs[1], "confirmar_rechazo", camino.jefe, motivo="Es mantención")
    pagina = ver()
    assert "Firma de conformidad de Camila Rojas Fuentealba" in pagina
    assert "Cerrado con la firma de conformidad" in pagina
    assert "Sistema" not in pagina


@pytest.mark.parametrize("maestros", ["Óscar Vidal", "Óscar Vidal, Nelson Catrileo"])
def test_trabajos_se_dicen_igual_con_uno_que_con_varios(camino, ver, maestros):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.coordinar_trabajo()
    Visita.objects.filter(pk=camino.visita.pk).update(maestros=maestros)
    assert f"Trabajos a cargo de {maestros}. Responde Rodrigo Sepúlveda" in ver()


def test_plazo_atrasado_dice_hace_cuanto_y_cuando_vencio(camino, ver):
    camino.generar().pasar(days=9)
    pagina = ver()
    assert "<b>Venció hace 7 días</b>" in pagina
    assert '<p class="chico">El miércoles 25 de noviembre, a las 10:15</p>' in pagina


@pytest.mark.parametrize(
    ("maestros", "palabras"),
    [("", "Se identificará en conserjería."), ("Óscar Vidal, Nel", "Se identificarán en")],
)
def test_identificarse_en_conserjeria_va_en_singular_si_va_uno(camino, ver, maestros, palabras):
    camino.generar().contactar().coordinar_inspeccion()
    Visita.objects.update(maestros=maestros, exige_conserjeria=True)
    assert palabras in ver()
