"""Getting in, or learning something, without being the owner (TM-01, 02, 03, 05, 06, 26, 32)."""

import random
import re
from collections import Counter

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from postventa.accesos.models import AlertaAcceso
from postventa.avisos.models import Aviso
from postventa.avisos.tasks import barrer
from postventa.documentos.models import Firma
from postventa.expedientes.models import Adjunto, Borrador, Expediente, Movimiento
from postventa.personas.documentos import normalizar_rut
from postventa.portal import limites
from postventa.portal.codigos import codigo_de
from postventa.portal.models import Desafio
from tests.conftest import LUNES
from tests.icalma.conftest import foto
from tests.portal.conftest import entrar, pedir

DUENIA, NADIE = "16.482.937-5", "7.654.321-6"


def vista(respuesta):
    """All that the other side gets, without what is random in every answer."""
    cuerpo = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", respuesta.content.decode())
    cabeceras = tuple(sorted((k, v) for k, v in respuesta.items() if k not in ("Expires", "Date")))
    galletas = tuple(sorted((n, len(g.value), str(g).split(";", 1)[1].partition("expires")[0])
                            for n, g in respuesta.cookies.items()))  # fmt: skip
    return respuesta.status_code, cabeceras, galletas, cuerpo


def test_doscientos_pedidos_no_distinguen_a_la_duenia(proyecto, cliente, extrania, monkeypatch):
    """TM-01: the answers and the number of statements are one and the same."""
    for limite in ("POR_DOCUMENTO_Y_RED", "POR_DOCUMENTO", "POR_RED"):
        monkeypatch.setattr(limites, limite, 1000)
    pedidos = [DUENIA] * 100 + [NADIE] * 50 + ["17.903.264-3"] * 50
    random.Random(7).shuffle(pedidos)
    vistas = Counter()
    # The pages tell the hour: it stands still, so that only the person can make a difference.
    with time_machine.travel(LUNES, tick=False):
        for numero in pedidos:
            navegador = Client()
            with CaptureQueriesContext(connection) as consultas:
                primera = vista(pedir(navegador, proyecto, numero))
            vistas[primera, vista(navegador.get("/icalma/codigo/")), len(consultas)] += 1
    assert list(vistas.values()) == [200]


def test_control_la_comparacion_ve_una_diferencia(proyecto, cliente, icalma):
    icalma.exige_codigo = False
    icalma.save()
    assert vista(pedir(Client(), proyecto, DUENIA)) != vista(pedir(Client(), proyecto, NADIE))


def ruts(cuantos):
    """Valid documents, one after another."""
    for cuerpo in range(5_000_001, 5_000_001 + cuantos):
        for digito in "0123456789K":
            try:
                yield normalizar_rut(f"{cuerpo}{digito}")
                break
            except Exception:  # not its check digit
                continue


def test_barrido_de_ruts_se_frena_y_la_duenia_entra_desde_su_casa(proyecto, cliente):
    """TM-02, TM-32: whatever X-Forwarded-For says, the network is the one that connects."""
    estados = Counter()
    for n, numero in enumerate([DUENIA, *ruts(60)]):
        respuesta = pedir(
            Client(), proyecto, numero, REMOTE_ADDR=f"203.0.113.{n + 1}",
            HTTP_X_FORWARDED_FOR=f"198.51.{n}.7", HTTP_X_REAL_IP=f"198.51.{n}.8",
            HTTP_FORWARDED=f"for=198.51.{n}.9",
        )  # fmt: skip
        estados[respuesta.status_code] += 1
    assert estados == {302: limites.POR_RED, 429: 61 - limites.POR_RED}
    assert AlertaAcceso.objects.count() == 1
    casa = Client(REMOTE_ADDR="198.51.100.20")
    assert entrar(casa, proyecto).get("/icalma/mis-requerimientos/").status_code == 200


def test_cincuenta_pedidos_son_tres_correos(proyecto, cliente):
    """TM-05, from one browser or from many of one network."""
    uno = Client()
    for n in range(50):
        pedir(uno if n % 2 else Client(), proyecto, DUENIA)
        uno.post("/icalma/codigo/", {"otro": "1"})
    barrer()
    assert [m.to for m in mail.outbox] == [["Camila Rojas Fuentealba <camila@correo.example>"]] * 3


def todo():
    modelos = (Expediente, Borrador, Adjunto, Movimiento, Firma)
    return {m.__name__: m.objects.count() for m in modelos}


def test_solo_con_el_rut_nada_queda_guardado(camino, proyecto, catalogo, unidad, nadie):
    """TM-03: every address of the owners, by every way, knowing all ids but no code."""
    ticket = camino.hasta_por_firmar().ticket
    pedir(nadie, proyecto, DUENIA)
    antes = todo()
    datos = {"accion": "agregar", "descripcion": "x", "respuesta": "acepto", "visto": "1",
             "nombre": "C", "codigo": "000000", "leido": "on", "nonce": "1"}  # fmt: skip
    base = f"/icalma/requerimiento/{unidad.pk}/"
    caso = f"/icalma/caso/{ticket.publico}/"
    rutas = ["/icalma/requerimiento/", base, f"{base}foto/", f"{base}vaciar/", f"{base}revisar/",
             caso, f"{caso}recibido/", f"{caso}observacion/{camino.obs[1].pk}/", f"{caso}firma/",
             f"{caso}firma/codigo/", f"{caso}acta/", "/icalma/mis-requerimientos/"]  # fmt: skip
    for ruta in rutas:
        for respuesta in (
            nadie.get(ruta),
            nadie.head(ruta),
            nadie.post(ruta, datos),
            nadie.post(ruta, {**datos, "fotos": foto()}),
            nadie.put(ruta, datos, content_type="application/json"),
        ):
            assert respuesta.status_code in (302, 404, 405), ruta
            assert respuesta.headers.get("Location", "").startswith("/icalma/acceso/") or (
                respuesta.status_code != 302
            )
    assert todo() == antes
    assert Desafio.objects.count() == 1


def test_enlace_del_correo_lo_puede_abrir_un_robot_sin_gastar_nada(proyecto, cliente):
    """TM-06: no link of the mail carries the code, and opening them all consumes nothing."""
    duenia, robot = Client(), Client()
    pedir(duenia, proyecto, DUENIA)
    barrer()
    carta = mail.outbox[0].body + mail.outbox[0].alternatives[0].content
    codigo = re.search(r"\b(\d{3}) ?(\d{3})\b", mail.outbox[0].body)
    codigo = "".join(codigo.groups())
    enlaces = set(re.findall(r"https?://[^\s\"'<>]+", carta))
    assert [e for e in enlaces if codigo in e] == []
    assert {e.split("/")[2] for e in enlaces} <= {"testserver"}
    for enlace in enlaces:
        robot.get(enlace)
    assert robot.post("/icalma/codigo/", {"codigo": codigo}).status_code == 302
    assert robot.get("/icalma/mis-requerimientos/").status_code == 302
    assert duenia.post("/icalma/codigo/", {"codigo": codigo}).status_code == 302
    assert duenia.get("/icalma/mis-requerimientos/").status_code == 200


@pytest.mark.parametrize("cabecera", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_HOST"])
def test_anfitrion_inventado_no_llega_al_correo(proyecto, cliente, cabecera):
    """TM-26."""
    respuesta = pedir(Client(), proyecto, DUENIA, **{cabecera: "malo.example"})
    assert respuesta.status_code == (400 if cabecera == "HTTP_HOST" else 302)
    barrer()
    cartas = "".join(m.message().as_string() for m in mail.outbox)
    assert "malo.example" not in cartas + str(respuesta.headers)
    assert Aviso.objects.count() == (0 if cabecera == "HTTP_HOST" else 1)


@pytest.mark.parametrize(
    "numero", ["١٦٤٨٢٩٣٧٥", "１６４８２９３７-5", "16482937-٥", "१६४८२९३७5", "15634821\u212a"]
)
def test_digitos_de_otra_escritura_no_son_un_rut(proyecto, cliente, nadie, numero):
    respuesta = pedir(nadie, proyecto, numero)
    assert respuesta.status_code == 422
    assert Desafio.objects.count() == 0


@pytest.mark.parametrize(
    "camino",
    ["/icalma/../..//malo.example", "/icalma//malo.example", "/icalma/%2e%2e//malo.example"],
)
def test_destino_que_sale_de_la_empresa_se_ignora(client, proyecto, cliente, camino):
    pedir(client, proyecto, siguiente=camino)
    codigo = Desafio.objects.latest("creado_en").pk
    respuesta = client.post("/icalma/codigo/", {"codigo": codigo_de(codigo)})
    assert respuesta.url == "/icalma/mis-requerimientos/"


def test_sesion_plantada_no_sirve_despues_de_entrar(proyecto, cliente):
    """Fixation: the key that was in the browser before opens nothing afterwards."""
    duenia, atacante = Client(), Client()
    pedir(duenia, proyecto)
    plantada = duenia.cookies["sessionid"].value
    entrar(duenia, proyecto)
    atacante.cookies["sessionid"] = plantada
    assert atacante.get("/icalma/mis-requerimientos/").status_code == 302
    assert duenia.get("/icalma/mis-requerimientos/").status_code == 200


def test_galletas_no_se_leen_ni_se_mandan_de_fuera(proyecto, cliente):
    navegador = Client()
    navegador.get("/icalma/acceso/")
    entrar(navegador, proyecto)
    banderas = {n: (g["httponly"], g["samesite"]) for n, g in navegador.cookies.items()}
    assert banderas == {"sessionid": (True, "Lax"), "csrftoken": (True, "Lax")}
