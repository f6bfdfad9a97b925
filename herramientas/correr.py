"""`make run`: Postventa with its demo, on this machine alone, until Ctrl-C.

Prepares the embedded database, starts web, worker and beat, and ends all three when it is told
to stop or when the web dies. A worker or a beat that dies is started again; one that keeps dying
ends everything. `--reiniciar` (`make demo`) puts the demo data back instead.
"""

import fcntl
import os
import shutil
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from procesos import RAIZ, Aviso, Senales, decir, lanzar, puerto_ocupado, terminar

ESPERA_WEB_S = 60
# What holds nobody's page may die and be started again, so many times in a while.
RELANZABLES = ("worker", "beat")
VECES, RATO_S = 3, 120
PYTHON = sys.executable


def leer_puerto():
    texto = os.environ.get("PUERTO") or "8000"
    if not texto.isdigit() or not 0 < int(texto) < 65536:
        raise Aviso(f"PUERTO must be a number from 1 to 65535, not {texto!r}")
    return int(texto)


def entorno_de(puerto):
    """What every process of ours is told. Warnings only: the summary must stay readable."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "postventa.settings.dev",
        "PUERTO": str(puerto),
        "PYTHONTZPATH": "",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore::UserWarning:celery.platforms",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
        # Whoever watches a deadline run out should not have to wait a minute to see it.
        "BARRIDO_CADA_S": os.environ.get("BARRIDO_CADA_S") or "10",
    }


def ordenes_de(puerto):
    """The command of each process, by the name that messages use."""
    celery = [PYTHON, "-m", "celery", "--quiet", "--app", "postventa"]
    nivel = ["--loglevel", os.environ.get("LOG_LEVEL", "WARNING")]
    web = f"--bind 127.0.0.1:{puerto} --workers 2 --threads 4 --no-control-socket"
    worker = "--concurrency 2 --without-gossip --without-mingle --without-heartbeat"
    return {
        "web": [PYTHON, "-m", "gunicorn", "postventa.wsgi", *web.split(), "--log-level", "warning"],
        "worker": [*celery, "worker", *worker.split(), *nivel],
        "beat": [*celery, "beat", "--pidfile", "", *nivel],
    }


def tomar_cerrojo(var):
    """Only one `make run` or `make demo` per checkout: they share var/."""
    var.mkdir(parents=True, exist_ok=True)
    cerrojo = (var / "correr.lock").open("w")
    try:
        fcntl.flock(cerrojo, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Aviso("it is already running from this folder; end that one first") from None
    return cerrojo


def paso(orden, entorno, senales, que):
    """Runs one command to its end; Aviso if it fails, False if we were told to stop meanwhile."""
    proceso = lanzar(orden, env=entorno)
    while proceso.poll() is None and not senales.recibida:
        time.sleep(0.05)
    if senales.recibida:
        terminar([proceso])
        return False
    if proceso.returncode:
        raise Aviso(f"{que} failed; the reason is above")
    return True


def responde(puerto):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{puerto}/healthz", timeout=2) as respuesta:
            return respuesta.status == 200
    except (urllib.error.URLError, OSError):
        return False


def muerto(procesos):
    """The name of the first process that has ended by itself, or None."""
    return next((nombre for nombre, p in procesos.items() if p.poll() is not None), None)


class Relevo:
    """Starts again what died by itself, within measure. `lanzar_otro(nombre)` is a new process."""

    def __init__(self, lanzar_otro):
        self.lanzar_otro, self.caidas = lanzar_otro, {nombre: [] for nombre in RELANZABLES}

    def relevar(self, procesos, caido):
        """In the place of the process that ended; Aviso if it is not to be started again."""
        dicho = f"{caido} ended by itself (exit code {procesos[caido].returncode})"
        if caido not in self.caidas:
            raise Aviso(f"{dicho}; ending the others")
        ahora = time.monotonic()
        recientes = [c for c in self.caidas[caido] if ahora - c < RATO_S]
        if len(recientes) >= VECES:
            raise Aviso(f"{dicho}, time after time; ending the others")
        self.caidas[caido] = [*recientes, ahora]
        decir(f"{dicho}; starting it again")
        terminar([procesos[caido]])
        procesos[caido] = self.lanzar_otro(caido)


def vigilar(procesos, puerto, senales, presentar, relevo):
    """Until a signal: presents the demo once the web answers; Aviso if it cannot go on."""
    presentada, limite = False, time.monotonic() + ESPERA_WEB_S
    while not senales.recibida:
        caido = muerto(procesos)
        if caido:
            relevo.relevar(procesos, caido)
        if not presentada and responde(puerto):
            presentada = True
            presentar()
        elif not presentada and time.monotonic() > limite:
            raise Aviso(f"the web did not answer /healthz within {ESPERA_WEB_S} s")
        time.sleep(0.2)


def correr():
    puerto = leer_puerto()
    cerrojo = tomar_cerrojo(var_de())
    if puerto_ocupado(puerto):
        raise Aviso(f"port {puerto} is taken; choose another with: make run PUERTO={puerto + 1}")
    entorno, senales = entorno_de(puerto), Senales()
    decir("preparing the database")
    if not paso([PYTHON, "herramientas/preparar.py"], entorno, senales, "preparing the database"):
        return
    procesos, ordenes = {}, ordenes_de(puerto)

    def lanzar_uno(nombre):
        return lanzar(ordenes[nombre], env=entorno)

    def presentar():
        resumen = [PYTHON, "manage.py", "presentar_demo"]
        if paso(resumen, entorno, senales, "presentar_demo"):
            decir("running; Ctrl-C ends it")

    try:
        for nombre in ordenes:
            procesos[nombre] = lanzar_uno(nombre)
        vigilar(procesos, puerto, senales, presentar, Relevo(lanzar_uno))
    finally:
        terminar(list(procesos.values()))
        cerrojo.close()
    decir("ended")


def reiniciar():
    """Forgets the embedded database, its files, mails and queue, and loads the demo again."""
    if os.environ.get("DATABASE_URL"):
        raise Aviso("make demo only resets the embedded database; unset DATABASE_URL first")
    var = var_de()
    cerrojo = tomar_cerrojo(var)
    for archivo in [*var.glob("postventa.sqlite3*"), *var.glob("beat*")]:
        archivo.unlink()
    for carpeta in ("adjuntos", "correos", "cola"):
        shutil.rmtree(var / carpeta, ignore_errors=True)
    orden = [PYTHON, "herramientas/preparar.py"]
    if paso(orden, entorno_de(leer_puerto()), Senales(), "loading the demo"):
        decir("the demo data is as on the first day; now: make run")
    cerrojo.close()


def var_de():
    return Path(os.environ.get("VAR_DIR") or RAIZ / "var")


if __name__ == "__main__":
    try:
        reiniciar() if "--reiniciar" in sys.argv[1:] else correr()
    except Aviso as aviso:
        sys.exit(f"postventa: {aviso}")
