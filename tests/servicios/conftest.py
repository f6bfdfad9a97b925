"""Fixtures for tests on real servers: `make test-services` starts them and names them here."""

import os
import sys
import time
from pathlib import Path

import pytest
from procesos import lanzar, terminar

from tests.ingevec.conftest import (  # noqa: F401
    depto,
    duenio,
    edificio,
    gente,
    ingevec,
    jornadas,
    llamada,
    pauta,
)

HAY_SERVICIOS = bool(os.environ.get("REDIS_URL")) and "postgres" in os.environ.get(
    "DATABASE_URL", ""
)
# Without servers these modules are not even imported: playwright is not in the lean environment.
collect_ignore_glob = [] if HAY_SERVICIOS else ["test_*.py"]

# Playwright keeps an event loop in the test's thread; Django would refuse the ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SIN_RED = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
)


def pytest_collection_modifyitems(items):
    aqui = Path(__file__).parent
    for item in items:
        if aqui in item.path.parents:
            item.add_marker(pytest.mark.servicios)
            if "page" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.navegador)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """This machine's Chromium, which runs as root and calls nobody."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ["CHROMIUM"],
        "args": SIN_RED.split(),
    }


@pytest.fixture
def redis_limpio():
    """The tests' Redis, emptied before and after."""
    import redis

    servidor = redis.Redis.from_url(os.environ["REDIS_URL"])
    servidor.flushdb()
    yield servidor
    servidor.flushdb()
    servidor.close()


def url_de_la_base(conexion):
    """The DATABASE_URL of the database that the tests themselves are using."""
    ajustes = conexion.settings_dict
    clave = f":{ajustes['PASSWORD']}" if ajustes["PASSWORD"] else ""
    lugar = f"{ajustes['HOST']}:{ajustes['PORT']}" if ajustes["PORT"] else ajustes["HOST"]
    return f"postgres://{ajustes['USER']}{clave}@{lugar}/{ajustes['NAME']}"


@pytest.fixture
def entorno_de_procesos(transactional_db, settings, tmp_path):
    """The environment of another process of ours that shares this test's database and mails."""
    from django.db import connection

    settings.EMAIL_FILE_PATH = tmp_path / "correos"
    settings.EMAIL_FILE_PATH.mkdir()
    return os.environ | {
        "BARRIDO_CADA_S": "1",
        "CELERY_PISTAS": "true",
        "DATABASE_URL": url_de_la_base(connection),
        "DJANGO_SETTINGS_MODULE": "postventa.settings.test",
        "EMAIL_PROVIDER": "archivo",
        "PYTHONTZPATH": "",
        "PYTHONUNBUFFERED": "1",
        "VAR_DIR": str(tmp_path),
    }


def esperar_a(condicion, segundos=20):
    """The first true answer of `condicion()`; AssertionError when the time is over."""
    limite = time.monotonic() + segundos
    while time.monotonic() < limite:
        if respuesta := condicion():
            return respuesta
        time.sleep(0.05)
    raise AssertionError(f"still not true after {segundos} s")


@pytest.fixture
def esperar():
    return esperar_a


def _celery(parte, entorno, tmp_path, listo, *opciones):
    registro = tmp_path / f"{parte}.log"
    orden = [sys.executable, "-m", "celery", "-A", "postventa", parte, "--loglevel", "INFO"]
    with registro.open("w") as salida:
        proceso = lanzar([*orden, *opciones], env=entorno, stdout=salida, stderr=salida)
    proceso.registro = registro
    try:
        esperar_a(lambda: listo in registro.read_text() or proceso.poll() is not None, 40)
        assert proceso.poll() is None, registro.read_text()
        yield proceso
    finally:
        terminar([proceso])


@pytest.fixture
def worker(entorno_de_procesos, redis_limpio, settings, tmp_path):
    """A Celery worker in another process; this process publishes its hints to it too."""
    settings.CELERY_PISTAS = True
    yield from _celery("worker", entorno_de_procesos, tmp_path, " ready.", "--concurrency", "2")


@pytest.fixture
def beat(entorno_de_procesos, redis_limpio, tmp_path):
    """A beat in another process that ticks every second instead of every minute."""
    yield from _celery("beat", entorno_de_procesos, tmp_path, "beat: Starting", "--pidfile", "")


# --- pages that are read (playwright is imported only where there are servers)


@pytest.fixture
def sitio(live_server, settings):
    from tests.servicios.actores import cargar_demo

    cargar_demo(live_server.url, settings)
    return live_server.url


def _lector(browser, sitio, ancho, **opciones):
    from tests.servicios.actores import navegador
    from tests.servicios.lector import Lector

    with navegador(browser, sitio, ancho) as page:
        lector = Lector(page, sitio, **opciones)
        yield lector
    assert lector.hallado == {}


@pytest.fixture
def portal(sitio, browser):
    """A reader on the customers' side, with a phone."""
    from tests.servicios.lector import PULGAR

    yield from _lector(browser, sitio, 390, minimo=PULGAR)


@pytest.fixture
def consola(sitio, browser):
    """A reader on the staff's side, at a desk."""
    yield from _lector(browser, sitio, 1280)
