"""Settings: production is strict whatever its environment says; time zones are the package's."""

import os
import subprocess
import sys
import zoneinfo

import pytest

PROD = {
    "DJANGO_SETTINGS_MODULE": "postventa.settings.prod",
    "SECRET_KEY": "not-a-secret-but-long-enough-for-this-test-0123456789",
    "DATABASE_URL": "postgres://postventa@db/postventa",
    "REDIS_URL": "redis://redis:6379/0",
    "SITE_URL": "https://postventa.example",
}


def en_produccion(raiz, expresion, **entorno):
    """What an expression over the settings prints in a fresh process with that environment."""
    codigo = f"from django.conf import settings; print({expresion})"
    todo = {"PATH": os.environ["PATH"], **PROD, **entorno}
    limpio = {clave: valor for clave, valor in todo.items() if valor is not None}
    orden = [sys.executable, "-c", codigo]
    return subprocess.run(orden, cwd=raiz, env=limpio, capture_output=True, text=True)


def test_produccion_no_enciende_demo_ni_reloj_movible(raiz):
    salida = en_produccion(
        raiz,
        "settings.DEMO, settings.RELOJ_MOVIBLE, settings.DEBUG",
        DEMO="1",
        RELOJ_MOVIBLE="1",
        DEBUG="1",
    )
    assert salida.stdout == "False False False\n"


@pytest.mark.parametrize("variable", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "SITE_URL"])
def test_produccion_exige_cada_secreto(raiz, variable):
    salida = en_produccion(raiz, "settings.DEBUG", **{variable: None})
    assert salida.returncode != 0
    assert f'"{variable}" not set' in salida.stderr


def test_produccion_solo_atiende_su_nombre_y_por_https(raiz):
    salida = en_produccion(
        raiz,
        "settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT",
        ALLOWED_HOSTS="",
    )
    assert salida.stdout == "['postventa.example'] True True\n"


def test_produccion_limita_cada_sentencia(raiz):
    salida = en_produccion(raiz, "settings.DATABASES['default']['OPTIONS']['options']")
    assert "statement_timeout=15000" in salida.stdout


def test_proveedor_de_correo_se_elige_por_nombre():
    from postventa.settings.base import backend_de_correo

    assert backend_de_correo("archivo") == "django.core.mail.backends.filebased.EmailBackend"
    assert backend_de_correo("sendgrid") == "anymail.backends.sendgrid.EmailBackend"


def test_zonas_horarias_salen_del_paquete_y_no_de_la_maquina():
    assert zoneinfo.TZPATH == ()
    assert zoneinfo.ZoneInfo("America/Santiago").key == "America/Santiago"


def test_csp_no_admite_codigo_en_linea_ni_otros_sitios(settings):
    directivas = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert {f for v in directivas.values() for f in v} == {"'none'", "'self'", "data:", "blob:"}


def test_beat_conoce_todo_su_horario():
    from postventa.celery import app

    assert {entrada["task"] for entrada in app.conf.beat_schedule.values()} == {
        "tramitacion.barrer_plazos",
        "tramitacion.recalcular_plazos",
        "tramitacion.latido_beat",
        "avisos.barrer",
        "consola.barrer",
        "expedientes.anclar",
        "expedientes.purgar",
        "portal.purgar",
        "entrada.olvidar",
        "inmuebles.aplicar_pedidas",
        "inmuebles.olvidar_cargas",
        "tableros.sellar",
        "accesos.purgar",
    }
    assert all(entrada["options"]["expires"] for entrada in app.conf.beat_schedule.values())
