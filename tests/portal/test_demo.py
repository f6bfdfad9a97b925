"""The demonstration's mailbox, and what refuses to start in production."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import override_settings

from postventa.portal import checks
from postventa.portal.views.demo import leer

CAMINOS = ["/demo/correos/", "/demo/correos/1/", "/demo/correos/1/html/"]


@pytest.fixture
def buzon(db, settings, tmp_path):
    """Two mails as Django's file backend leaves them."""
    settings.EMAIL_FILE_PATH = tmp_path
    for n in (1, 2):
        conexion = get_connection("django.core.mail.backends.filebased.EmailBackend")
        mensaje = EmailMultiAlternatives(
            f"Código número {n}: ñandú",
            f"Hola <script>alert({n})</script>\nhttps://malo.example",
            "Icalma <p@icalma.example>",
            ["Camila Ñ <c@correo.example>"],
            connection=conexion,
        )
        mensaje.attach_alternative(f"<head></head><h1>Hola {n}</h1><a href='/'>ir</a>", "text/html")
        mensaje.send()
    return tmp_path


def test_buzon_muestra_lo_nuevo_primero(client, buzon):
    pagina = client.get("/demo/correos/").content.decode()
    assert pagina.index("Código número 2: ñandú") < pagina.index("Código número 1: ñandú")
    assert "Camila Ñ &lt;c@correo.example&gt;" in pagina


def test_correo_se_muestra_como_texto_y_en_un_marco_cerrado(client, buzon):
    respuesta = client.get("/demo/correos/1/")
    pagina = respuesta.content.decode()
    assert "&lt;script&gt;alert(1)" in pagina
    assert "<script>alert" not in pagina
    assert "frame-src 'self'" in respuesta["Content-Security-Policy"]
    marco = client.get("/demo/correos/1/html/")
    politica = marco["Content-Security-Policy"]
    assert "<h1>Hola 1</h1>" in marco.content.decode()
    assert "sandbox allow-top-navigation-by-user-activation" in politica
    assert "default-src 'none'" in politica
    assert "script" not in politica
    assert marco["X-Frame-Options"] == "SAMEORIGIN"


def test_correo_que_no_existe_es_404(client, buzon):
    assert client.get("/demo/correos/9/").status_code == 404


def test_buzon_vacio_dice_que_hacer(client, db, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "nada"
    assert "Todavía no se ha enviado" in client.get("/demo/correos/").content.decode()
    assert leer() == []


@pytest.mark.parametrize("camino", CAMINOS)
def test_sin_demo_no_hay_buzon(client, buzon, settings, camino):
    assert client.get(camino).status_code == 200
    assert client.post(camino).status_code == 405
    settings.DEMO = False
    assert client.get(camino).status_code == 404
    assert client.post(camino).status_code == 404


@pytest.mark.parametrize(
    ("demo", "movible", "ids"),
    [
        (True, True, ["portal.E001", "portal.E002"]),
        (True, False, ["portal.E001"]),
        (False, True, ["portal.E002"]),
        (False, False, []),
    ],
)
def test_produccion_no_arranca_con_la_demostracion(monkeypatch, demo, movible, ids):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "postventa.settings.prod")
    with override_settings(DEMO=demo, RELOJ_MOVIBLE=movible):
        assert [e.id for e in checks.sin_demo_en_produccion(None)] == ids


def test_fuera_de_produccion_la_demostracion_arranca(settings):
    assert checks.sin_demo_en_produccion(None) == []


@pytest.mark.parametrize(
    ("remitente", "dice"),
    [
        ("p@icalma.example", "viernes 27 de noviembre de 2026, a las 21:30"),
        ("otro@malo.example", "sábado 28 de noviembre de 2026, a las 00:30 (UTC)"),
    ],
)
def test_correo_dice_la_hora_de_su_empresa(client, icalma, settings, tmp_path, remitente, dice):
    settings.DEMO, settings.EMAIL_FILE_PATH = True, tmp_path
    icalma.remitente = "p@icalma.example"
    icalma.save()
    crudo = f"Subject: Uno\nFrom: Icalma <{remitente}>\nTo: c@correo.example\n"
    (tmp_path / "1.log").write_text(f"{crudo}Date: Sat, 28 Nov 2026 00:30:00 -0000\n\nHola\n")
    for ruta in CAMINOS[:2]:
        assert dice in client.get(ruta).content.decode()
