"""Signing: the act that was read, by the person who may, once, with a fresh code (TM-20)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.documentos.models import Documento, Firma
from postventa.portal.codigos import codigo_de
from postventa.portal.models import Desafio
from tests.icalma.conftest import en_sesion, releer
from tickets.icalma.models import Observacion


@pytest.fixture
def por_firmar(camino, duenia):
    camino.hasta_por_firmar(2, ())
    hora.fijar(camino.ahora)
    return camino


@pytest.fixture
def url(por_firmar):
    return f"/icalma/caso/{por_firmar.ticket.publico}/firma/"


def pedir(navegador, url, **datos):
    respuesta = navegador.post(f"{url}codigo/", datos)
    assert respuesta.status_code == 200
    return codigo_de(Desafio.objects.latest("creado_en").pk)


def formulario(navegador, url, **cambios):
    inicial = navegador.get(url).context["form"].initial
    return {
        "nombre": "Camila Rojas Fuentealba",
        "leido": "on",
        "huella": inicial["huella"],
        "visto": inicial["visto"],
        **cambios,
    }


def firmar(navegador, url, **cambios):
    codigo = cambios.pop("codigo", None) or pedir(navegador, url)
    return navegador.post(url, formulario(navegador, url, codigo=codigo, **cambios))


def nada_firmado(camino):
    camino.ticket = releer(camino.ticket)
    return (
        camino.ticket.estado,
        Firma.objects.count(),
        Documento.objects.filter(tipo="conformidad").count(),
    ) == (
        "POR_FIRMAR",
        0,
        0,
    )


def test_pagina_muestra_lo_que_se_firma_y_su_huella(por_firmar, duenia, url):
    pagina = " ".join(duenia.get(url).content.decode().split())
    for texto in (
        "Acta de conformidad",
        por_firmar.ticket.folio,
        "16.482.937-5",
        "Se reparó y pintó.",
        "Declaro que recibí conforme los trabajos de esta lista.",
        "Enviarme el código",
        "ca•••••@correo.example",
    ):
        assert texto in pagina
    huella = duenia.get(url).context["form"].initial["huella"]
    assert huella[:8] in pagina
    assert nada_firmado(por_firmar)


@pytest.mark.regla("I-14")
def test_firmar_cierra_y_deja_la_evidencia(por_firmar, duenia, url):
    codigo = pedir(duenia, url)
    datos = formulario(duenia, url, codigo=codigo)
    respuesta = duenia.post(
        url, datos, headers={"user-agent": "Navegador de prueba"}, REMOTE_ADDR="192.0.2.7"
    )
    assert respuesta.url == f"/icalma/caso/{por_firmar.ticket.publico}/"
    por_firmar.ticket = releer(por_firmar.ticket)
    firma = Firma.objects.get()
    assert por_firmar.ticket.estado == "CERRADO_CONFORME"
    assert firma.documento.sha256 == datos["huella"]
    assert (firma.nombre, firma.numero_documento, firma.rol, firma.metodo) == (
        "Camila Rojas Fuentealba",
        "16482937-5",
        "propietario",
        "codigo",
    )
    assert (firma.direccion_ip, firma.navegador) == ("192.0.2.7", "Navegador de prueba")
    assert Desafio.objects.get().usado_en is not None
    pagina = duenia.get(f"/icalma/caso/{por_firmar.ticket.publico}/acta/").content.decode()
    assert datos["huella"][:8] in pagina
    assert "Camila Rojas Fuentealba" in pagina


def test_mirar_no_cambia_nada(por_firmar, duenia, url):
    antes = (Desafio.objects.count(), Aviso.objects.count(), por_firmar.ticket.cadena_largo)
    for _ in range(3):
        duenia.get(url)
        duenia.head(url)
    for mirar in (duenia.get, duenia.head):
        assert mirar(f"{url}codigo/").url == url
    por_firmar.ticket = releer(por_firmar.ticket)
    despues = (Desafio.objects.count(), Aviso.objects.count(), por_firmar.ticket.cadena_largo)
    assert despues == antes


def test_pedir_codigo_conserva_el_nombre(por_firmar, duenia, url):
    pagina = duenia.post(f"{url}codigo/", {"nombre": "Camila R."}).content.decode()
    assert 'value="Camila R."' in pagina
    assert "Enviarme otro código" in pagina


@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"nombre": ""}, "Escribe tu nombre completo."),
        ({"nombre": "   "}, "Escribe tu nombre completo."),
        ({"nombre": "x" * 121}, "Usa como máximo 120 letras."),
        ({"leido": ""}, "Marca que leíste el acta"),
        ({"codigo": "12"}, "El código no coincide. Quedan 4 intentos"),
        ({"codigo": "x" * 300}, "Escribe los 6 dígitos del código."),
    ],
)
def test_falta_algo_y_se_explica(por_firmar, duenia, url, cambios, mensaje):
    respuesta = firmar(duenia, url, **cambios) if "codigo" not in cambios else (
        pedir(duenia, url) and firmar(duenia, url, **cambios)
    )  # fmt: skip
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert mensaje in pagina
    if "nombre" not in cambios:
        assert 'value="Camila Rojas Fuentealba"' in pagina
    assert nada_firmado(por_firmar)


def test_sin_pedir_codigo_no_se_firma(por_firmar, duenia, url):
    respuesta = duenia.post(url, formulario(duenia, url, codigo="123456"))
    assert respuesta.status_code == 422
    assert "Primero pide un código" in respuesta.content.decode()
    assert nada_firmado(por_firmar)


def test_codigo_vencido_no_firma(por_firmar, duenia, url):
    codigo = pedir(duenia, url)
    Desafio.objects.update(vence_en=timezone.now() - timedelta(seconds=1))
    respuesta = firmar(duenia, url, codigo=codigo)
    assert respuesta.status_code == 422
    assert "Este código ya no sirve" in respuesta.content.decode()
    assert nada_firmado(por_firmar)


def test_codigo_usado_no_firma_otra_vez(por_firmar, duenia, url):
    codigo = pedir(duenia, url)
    datos = formulario(duenia, url, codigo=codigo)
    assert duenia.post(url, datos).status_code == 302
    repetida = duenia.post(url, datos)
    assert repetida.status_code == 409
    assert "ya tiene tu firma" in repetida.content.decode()
    assert (Firma.objects.count(), Documento.objects.filter(tipo="conformidad").count()) == (1, 1)


def test_sexto_intento_falla_aunque_acierte(por_firmar, duenia, url):
    codigo = pedir(duenia, url)
    malo = "000000" if codigo != "000000" else "111111"
    for _ in range(5):
        firmar(duenia, url, codigo=malo)
    assert firmar(duenia, url, codigo=codigo).status_code == 422
    assert nada_firmado(por_firmar)


def test_codigo_de_acceso_no_firma(por_firmar, duenia, url, cliente, proyecto):
    """A code asked for to come in signs nothing."""
    duenia.post("/icalma/acceso/", {"sede": proyecto.pk, "numero": "16.482.937-5"})
    codigo = codigo_de(Desafio.objects.latest("creado_en").pk)
    assert firmar(duenia, url, codigo=codigo).status_code == 422
    assert nada_firmado(por_firmar)


def test_codigo_de_otro_ticket_no_firma(por_firmar, duenia, url):
    codigo = pedir(duenia, url)
    Desafio.objects.update(referencia="otro-ticket")
    assert firmar(duenia, url, codigo=codigo).status_code == 422
    assert nada_firmado(por_firmar)


def test_codigo_pedido_en_otro_navegador_no_firma(por_firmar, duenia, url, cliente, proyecto):
    otro = en_sesion(cliente, proyecto)
    codigo = pedir(otro, url)
    assert firmar(duenia, url, codigo=codigo).status_code == 422
    assert nada_firmado(por_firmar)


def test_acta_que_cambio_se_lee_de_nuevo(por_firmar, duenia, url):
    codigo = pedir(duenia, url)
    datos = formulario(duenia, url, codigo=codigo)
    Observacion.objects.filter(pk=por_firmar.obs[0].pk).update(trabajo="Otra cosa")
    respuesta = duenia.post(url, datos)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "El acta cambió desde que la leíste" in pagina
    assert 'value="Camila Rojas Fuentealba"' in pagina
    assert "Otra cosa" in pagina
    assert nada_firmado(por_firmar)
    assert duenia.post(url, formulario(duenia, url, codigo=codigo)).status_code == 302


@pytest.mark.parametrize(("huella", "status"), [("", 422), ("0" * 64, 409), ("x", 409)])
def test_huella_inventada_no_firma(por_firmar, duenia, url, huella, status):
    respuesta = firmar(duenia, url, huella=huella)
    assert respuesta.status_code == status
    assert nada_firmado(por_firmar)


def test_pagina_vieja_no_firma_y_el_codigo_sigue_sirviendo(por_firmar, duenia, url):
    codigo = pedir(duenia, url)
    respuesta = firmar(duenia, url, codigo=codigo, visto=1)
    assert respuesta.status_code == 409
    assert "El caso cambió mientras mirabas esta página" in respuesta.content.decode()
    assert nada_firmado(por_firmar)
    assert firmar(duenia, url, codigo=codigo).status_code == 302


def test_ticket_que_no_espera_firma_lo_dice(camino, duenia):
    camino.generar()
    url = f"/icalma/caso/{camino.ticket.publico}/firma/"
    for respuesta in (duenia.get(url), duenia.post(url), duenia.post(f"{url}codigo/")):
        assert respuesta.status_code == 409
        assert "no espera una firma" in respuesta.content.decode()


def test_con_consulta_abierta_la_firma_se_guarda_hasta_que_decida(camino, duenia):
    camino.hasta_por_firmar()
    camino.tramitar(camino.obs[1], "disputar", camino.cliente, motivo="No fue mal uso")
    hora.fijar(camino.ahora)
    url = f"/icalma/caso/{camino.ticket.publico}/firma/"
    pagina = duenia.get(url).content.decode()
    assert "Guardaremos tu firma hasta que el Jefe de Postventa decida." in pagina
    assert firmar(duenia, url).status_code == 302
    camino.ticket = releer(camino.ticket)
    assert (camino.ticket.estado, Firma.objects.count()) == ("POR_FIRMAR", 1)
    caso = duenia.get(f"/icalma/caso/{camino.ticket.publico}/").content.decode()
    assert "Guardamos tu firma." in caso
    assert duenia.get(url).status_code == 409
    camino.ticket = releer(camino.ticket)
    camino.tramitar(camino.obs[1], "confirmar_rechazo", camino.jefe, motivo="Sarro")
    camino.ticket = releer(camino.ticket)
    assert camino.ticket.estado == "CERRADO_CONFORME"


def test_rechazo_sin_responder_se_advierte_antes_de_firmar(camino, duenia):
    camino.hasta_por_firmar()
    hora.fijar(camino.ahora)
    pagina = duenia.get(f"/icalma/caso/{camino.ticket.publico}/firma/").content.decode()
    assert "Tienes 1 observación rechazada sin responder." in pagina


@pytest.mark.regla("I-15")
def test_firmar_libera_el_ticket_retenido(por_firmar, duenia, url, unidad):
    from tests.icalma.test_portal_envio import enviar, escrita

    nuevo = f"/icalma/requerimiento/{unidad.pk}/"
    duenia.post(nuevo, escrita(2))
    enviar(duenia, nuevo)
    retenido = por_firmar.ticket.retenidos.get()
    assert firmar(duenia, url).status_code == 302
    retenido = releer(retenido)
    assert retenido.estado == "GENERADO"
    assert retenido.plazos.filter(codigo="contacto").count() == 1


def test_firmar_sin_ficha_de_seguridad_es_403(por_firmar, duenia, url):
    codigo = pedir(duenia, url)
    datos = formulario(duenia, url, codigo=codigo)
    duenia.handler.enforce_csrf_checks = True
    assert duenia.post(url, datos).status_code == 403
    assert nada_firmado(por_firmar)


def test_nadie_enmarca_la_pagina(por_firmar, duenia, url):
    respuesta = duenia.get(url)
    assert respuesta["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in respuesta["Content-Security-Policy"]
    assert "no-store" in respuesta["Cache-Control"]
