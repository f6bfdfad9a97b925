"""A mail that arrives is a draft for staff, whatever it says and whoever says it (TM-17 to 19)."""

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta

import pytest
from django.core import mail

from postventa.avisos.models import Aviso
from postventa.entrada import hilos, tratar
from postventa.entrada.checks import revisar_secreto
from postventa.entrada.models import CorreoEntrante, FotoEntrante
from postventa.entrada.tope import BYTES
from postventa.expedientes.models import Expediente, Movimiento
from tests.expedientes.manos import pdf
from tests.icalma.conftest import foto

PARA = "postventa_ingevec@ingevec.cl"
CREDENCIAL = {
    "HTTP_AUTHORIZATION": "Basic " + base64.b64encode(b"proveedor:secreto-de-prueba").decode()
}
CUERPO = (
    "Buenas tardes, escribo del Edificio Los Maitenes, depto. 1203.\n"
    "La llave de la cocina gotea desde ayer.\nMi celular es +56 9 7777 8888, RUT 14.562.378-0\n\n"
    "El lun, 23 nov 2026 a las 10:00, Postventa escribió:\n> llame al 800 422 727"
)


def por_postmark(client, **cambios):
    datos = {
        "MessageID": "uno",
        "From": "hector@correo.example",
        "FromName": "Héctor Saldías",
        "FromFull": {"Email": "hector@correo.example", "Name": "Héctor Saldías"},
        "ToFull": [{"Email": PARA, "Name": ""}],
        "CcFull": [],
        "BccFull": [],
        "OriginalRecipient": PARA,
        "Subject": "Gotera en la cocina",
        "TextBody": CUERPO,
        "HtmlBody": "",
        "Headers": [{"Name": "Message-ID", "Value": "<uno@correo.example>"}],
        "Attachments": [],
        **cambios,
    }
    return client.post(
        "/correo-entrante/postmark/", json.dumps(datos), "application/json", **CREDENCIAL
    )


def por_mailgun(client, crudo: bytes | str, clave="firma-de-prueba"):
    instante, ficha = str(int(time.time())), "f" * 50
    firma = hmac.new(clave.encode(), f"{instante}{ficha}".encode(), hashlib.sha256).hexdigest()
    datos = {
        "timestamp": instante,
        "token": ficha,
        "signature": firma,
        "recipient": PARA,
        "sender": "hector@correo.example",
        "body-mime": crudo.decode("latin-1") if isinstance(crudo, bytes) else crudo,
    }
    return client.post("/correo-entrante/mailgun/inbound_mime/", datos, **CREDENCIAL)


def crudo(cuerpo="Gotea", asunto="Gotera", de="Hector <hector@correo.example>", extra=""):
    return (
        f"From: {de}\r\nTo: {PARA}\r\nSubject: {asunto}\r\nMessage-ID: <dos@correo.example>\r\n"
        f"{extra}Content-Type: text/plain; charset=utf-8\r\n\r\n{cuerpo}"
    )


@pytest.fixture(autouse=True)
def casa(ingevec, edificio, duenio, depto):
    return edificio


# --- what comes in


def test_postmark_deja_un_borrador_con_los_datos_propuestos(client, edificio, duenio):
    assert por_postmark(client).status_code == 200
    correo = CorreoEntrante.objects.get()
    assert (correo.estado, correo.de, correo.de_nombre, correo.origen) == (
        "PENDIENTE",
        "hector@correo.example",
        "Héctor Saldías",
        "postmark",
    )
    assert (correo.cliente, correo.expediente, correo.es_de_otro) == (duenio, None, False)
    assert correo.propuesto == {
        "proyecto": edificio.pk,
        "unidad": "1203",
        "requerimiento": CUERPO.partition("\n\nEl lun")[0],
        "telefonos": "+56 9 7777 8888",
    }


def test_mailgun_deja_lo_mismo(client):
    assert por_mailgun(client, crudo("Gotea, fono 22 345 6789")).status_code == 200
    correo = CorreoEntrante.objects.get()
    assert (correo.origen, correo.de, correo.texto) == (
        "mailgun",
        "hector@correo.example",
        "Gotea, fono 22 345 6789",
    )
    assert correo.propuesto["telefonos"] == "22 345 6789"


def test_un_correo_nunca_hace_nada_mas(client):
    """TM-17: no case, no act, no mail."""
    por_postmark(client, Subject="Anular ING-2026-0001", TextBody="Anulen la solicitud")
    assert (Expediente.objects.count(), Movimiento.objects.count(), Aviso.objects.count()) == (
        0,
        0,
        0,
    )
    assert mail.outbox == []


def test_el_mismo_correo_dos_veces_es_uno(client):
    por_postmark(client)
    assert por_postmark(client).status_code == 200
    assert CorreoEntrante.objects.count() == 1


def test_sin_la_clave_del_proveedor_no_entra(client):
    respuesta = client.post("/correo-entrante/postmark/", "{}", "application/json")
    assert respuesta.status_code == 400
    assert por_mailgun(client, crudo(), clave="otra").status_code == 400
    assert CorreoEntrante.objects.count() == 0


def test_recibir_sin_secreto_no_arranca(settings):
    settings.ANYMAIL = {}
    assert [e.id for e in revisar_secreto()] == ["entrada.E001"]
    settings.CORREO_ENTRANTE = []
    assert [e.id for e in revisar_secreto()] == ["entrada.E001"]
    settings.CORREO_RASTREADO = []
    assert revisar_secreto() == []


def test_direccion_de_nadie_no_guarda_nada(client):
    por_postmark(
        client, OriginalRecipient="otra@x.example", ToFull=[{"Email": "otra@x.example", "Name": ""}]
    )
    assert CorreoEntrante.objects.count() == 0


# --- replies


@pytest.fixture
def solicitud(llamada):
    return llamada.ingresar().solicitud


def responder(client, solicitud, de):
    direccion = hilos.direccion(solicitud, PARA)
    por_postmark(
        client,
        From=de,
        FromFull={"Email": de, "Name": ""},
        OriginalRecipient=direccion,
        ToFull=[{"Email": direccion, "Name": ""}],
    )
    return CorreoEntrante.objects.get()


def test_respuesta_con_direccion_firmada_se_muestra_junto_al_caso(client, solicitud):
    antes = solicitud.cadena_largo
    correo = responder(client, solicitud, "hector@correo.example")
    assert (correo.expediente_id, correo.es_de_otro, correo.para) == (solicitud.pk, False, PARA)
    assert Expediente.objects.get(pk=solicitud.pk).cadena_largo == antes


def test_respuesta_firmada_de_otra_persona_se_marca(client, solicitud):
    correo = responder(client, solicitud, "otra@correo.example")
    assert (correo.expediente_id, correo.es_de_otro) == (solicitud.pk, True)


def test_numero_adivinado_o_sello_falso_no_se_junta_con_el_caso(client, solicitud):
    falso = f"postventa_ingevec+{solicitud.publico}.{'0' * 20}@ingevec.cl"
    por_postmark(client, Subject=f"Re: {solicitud.folio}", OriginalRecipient=falso)
    correo = CorreoEntrante.objects.get()
    assert (correo.expediente, correo.estado) == (None, "PENDIENTE")


def test_direccion_firmada_no_sirve_en_otra_empresa(solicitud, icalma):
    direccion = hilos.direccion(solicitud, icalma.correo_contacto)
    assert hilos.expediente_de(icalma, direccion) is None


# --- machines and floods


@pytest.mark.parametrize(
    "cabecera",
    [
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "Precedence: list",
        "Return-Path: <>",
        "List-Id: <ofertas.example>",
        "X-Auto-Response-Suppress: All",
    ],
)
def test_lo_que_manda_una_maquina_no_se_lee(client, cabecera):
    assert por_mailgun(client, crudo(extra=f"{cabecera}\r\n").encode()).status_code == 200
    assert CorreoEntrante.objects.count() == 0


def test_lo_propio_que_vuelve_no_se_lee(client, ingevec):
    por_mailgun(client, crudo(de=f"Ingevec <{ingevec.remitente}>").encode())
    por_mailgun(client, crudo(de=f"Ingevec <{PARA}>").encode())
    assert CorreoEntrante.objects.count() == 0


def test_demasiados_de_uno_mismo_quedan_aparte(client):
    for n in range(22):
        cabeceras = [{"Name": "Message-ID", "Value": f"<{n}@correo.example>"}]
        por_postmark(client, Headers=cabeceras)
    estados = list(CorreoEntrante.objects.order_by("pk").values_list("estado", flat=True))
    assert estados == ["PENDIENTE"] * 20 + ["DESCARTADO"] * 2


# --- hostile mails


def anidado(veces):
    """Parts inside parts, each one deeper."""
    cabeza = "".join(
        f'--f{n}\r\nContent-Type: multipart/mixed; boundary="f{n + 1}"\r\n\r\n'
        for n in range(veces)
    )
    return (
        crudo(extra='Content-Type: multipart/mixed; boundary="f0"\r\n').replace(
            "Content-Type: text/plain; charset=utf-8\r\n", ""
        )
        + cabeza
    )


@pytest.mark.parametrize(
    "hostil",
    [
        crudo("nulo \x00 adentro").encode(),
        crudo().encode().replace(b"Gotea", b"\xff\xfe\xc3\x28"),
        crudo().replace("utf-8", "iso-2022-jp").encode().replace(b"Gotea", b"\x1b$B%F%9%H\x1b(B"),
        crudo().replace("utf-8", "no-existe").encode(),
        anidado(1000).encode(),
        crudo("x" * 2_000_000).encode(),
        crudo(asunto="=?utf-8?b?no-es-base64?=").encode(),
        crudo(de='"Malo\r\n Bcc: x@y.example" <malo>').encode(),
        b"",
        b"\r\n\r\n",
    ],
    ids=range(10),
)
def test_correo_hostil_no_rompe_nada_y_el_siguiente_entra(client, hostil):
    assert por_mailgun(client, hostil).status_code in (200, 413)
    CorreoEntrante.objects.all().delete()
    por_postmark(client)
    assert CorreoEntrante.objects.count() == 1


def test_correo_enorme_se_rechaza_sin_leerlo(client):
    respuesta = client.post(
        "/correo-entrante/postmark/", b"x", "application/json", CONTENT_LENGTH=str(BYTES + 1)
    )
    assert respuesta.status_code == 413
    sin_largo = client.post(
        "/correo-entrante/postmark/", b"x", "application/json", CONTENT_LENGTH=""
    )
    assert sin_largo.status_code == 411


def test_html_queda_en_texto_sin_guiones_ni_enlaces(client):
    html = (
        "<head><title>no</title></head><body><script>alert(1)</script><p>La llave <b>gotea</b></p>"
        '<a href="http://malo.example/x">pulsa</a><img src="file:///etc/hostname"></body>'
    )
    por_postmark(client, TextBody="", HtmlBody=html)
    assert CorreoEntrante.objects.get().texto == "La llave gotea\npulsa"


# --- files


def adjunto(nombre, contenido, tipo="image/jpeg"):
    return {
        "Name": nombre,
        "Content": base64.b64encode(contenido).decode(),
        "ContentType": tipo,
        "ContentID": "",
    }


def test_fotos_pasan_por_la_misma_puerta_y_lo_demas_se_nombra(client, media):
    buena = foto("cocina.jpg").read()
    por_postmark(
        client,
        Attachments=[
            adjunto("cocina.jpg", buena),
            adjunto("planilla.xlsm", b"PK\x03\x04", "application/vnd.ms-excel"),
            adjunto("x.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
        ],
    )
    guardada = FotoEntrante.objects.get()
    assert (guardada.nombre, guardada.archivo.read()[:3]) == ("cocina.jpg", b"\xff\xd8\xff")
    assert [f["nombre"] for f in CorreoEntrante.objects.get().sin_guardar] == [
        "planilla.xlsm",
        "x.svg",
    ]


def test_un_pdf_donde_solo_entran_fotos_se_nombra_y_no_se_guarda(client, media):
    por_postmark(client, Attachments=[adjunto("carta.pdf", pdf(), "application/pdf")])
    assert not FotoEntrante.objects.exists()
    assert [f["nombre"] for f in CorreoEntrante.objects.get().sin_guardar] == ["carta.pdf"]


# --- what staff do, and what is forgotten


def test_un_correo_se_trata_una_vez(client, gente):
    por_postmark(client)
    correo, ahora = CorreoEntrante.objects.get(), CorreoEntrante.objects.get().recibido_en
    alguien = gente["call_center"]
    tratar.descartar(correo, alguien, "Publicidad", ahora)
    with pytest.raises(tratar.YaTratado):
        tratar.descartar(correo, alguien, "Otra vez", ahora)
    correo.refresh_from_db()
    assert (correo.estado, correo.motivo, correo.tratado_por) == (
        "DESCARTADO",
        "Publicidad",
        alguien,
    )


def test_lo_tratado_se_olvida_y_lo_pendiente_no(client, gente):
    por_postmark(client, Attachments=[adjunto("c.jpg", foto("c.jpg").read())])
    correo = CorreoEntrante.objects.get()
    despues = correo.recibido_en + timedelta(days=91)
    assert tratar.olvidar(despues) == 0
    tratar.descartar(correo, gente["call_center"], "Publicidad", correo.recibido_en)
    assert (tratar.olvidar(despues), tratar.olvidar(despues)) == (1, 0)
    correo.refresh_from_db()
    assert (correo.texto, correo.de, correo.propuesto, FotoEntrante.objects.count()) == (
        "",
        "",
        {},
        0,
    )
