"""Runs a command with a PostgreSQL and a Redis of its own:  servicios.py COMMAND ARGS...

The command finds them in DATABASE_URL and REDIS_URL and Chromium in CHROMIUM. A variable that is
already set is used as it is. The servers are this machine's binaries, on free ports, in a
temporary folder that is gone afterwards; as root, PostgreSQL runs as another user, for it refuses
to be root.
"""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from signal import SIGINT
from urllib.parse import urlsplit

from procesos import Aviso, Senales, decir, lanzar, puerto_libre, terminar

ESPERA_S = 20
NAVEGADORES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing here outlives the tests, so nothing needs to reach the disk.
SIN_DISCO = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def programa(*nombres, carpetas=()):
    """The first of those programs found on PATH or in those folders (newest first), or None."""
    lugares = [*os.environ.get("PATH", os.defpath).split(os.pathsep), *carpetas]
    ruta = os.pathsep.join(lugares)
    hallados = (shutil.which(nombre, path=ruta) for nombre in nombres)
    return next(filter(None, hallados), None)


def carpetas_de_postgres():
    def version(carpeta):
        partes = [parte for parte in Path(carpeta).parts if parte.replace(".", "").isdigit()]
        return float(partes[-1]) if partes else 0

    return sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=version, reverse=True)


def exigir(que, hallado, paquete, variable):
    if not hallado:
        raise Aviso(f"{que} is missing: install it (on Debian: {paquete}) or set {variable}")
    return hallado


def usuario_de_postgres():
    """Whom PostgreSQL runs as: nobody else, or as root an unprivileged user of this machine."""
    if os.geteuid():
        return {}
    for nombre in ("postgres", "nobody"):
        try:
            usuario = pwd.getpwnam(nombre)
        except KeyError:
            continue
        return {"user": usuario.pw_uid, "group": usuario.pw_gid, "extra_groups": []}
    raise Aviso("PostgreSQL cannot run as root and this machine has no user postgres or nobody")


def esperar(abierto, que, proceso, registro):
    """Until `abierto()`; Aviso with the end of its log when the server ends or takes too long."""
    limite = time.monotonic() + ESPERA_S
    while not abierto():
        if proceso.poll() is not None or time.monotonic() > limite:
            final = " | ".join(registro.read_text(errors="replace").splitlines()[-3:])
            raise Aviso(f"{que} did not start: {final}")
        time.sleep(0.05)


def contesta(puerto):
    with socket.socket() as enchufe:
        enchufe.settimeout(1)
        return enchufe.connect_ex(("127.0.0.1", puerto)) == 0


@contextmanager
def postgres(carpeta, initdb):
    """A PostgreSQL cluster that trusts this machine's users; gives its DATABASE_URL."""
    quien, puerto = usuario_de_postgres(), puerto_libre()
    datos, registro = carpeta / "datos", carpeta / "postgres.log"
    if quien:
        os.chown(carpeta, quien["user"], quien["group"])
    creado = subprocess.run(
        [initdb, "--pgdata", datos, "--username", "postventa", "--auth", "trust"]
        + ["--no-locale", "--encoding", "UTF8", "--no-sync"],
        capture_output=True,
        text=True,
        cwd=carpeta,
        **quien,
    )
    if creado.returncode:
        raise Aviso(f"initdb failed: {creado.stderr.strip().splitlines()[-1]}")
    ajustes = [f"port={puerto}", "listen_addresses=127.0.0.1", f"unix_socket_directories={carpeta}"]
    orden = [Path(initdb).resolve().with_name("postgres"), "-D", datos]
    for ajuste in [*ajustes, *SIN_DISCO]:
        orden += ["-c", ajuste]
    with registro.open("w") as salida:
        servidor = lanzar(orden, cwd=carpeta, stdout=salida, stderr=subprocess.STDOUT, **quien)
    try:
        listo = "database system is ready to accept connections"
        esperar(lambda: listo in registro.read_text(), "PostgreSQL", servidor, registro)
        yield f"postgres://postventa@127.0.0.1:{puerto}/postgres"
    finally:
        terminar([servidor], SIGINT)  # "fast": open connections are cut


@contextmanager
def redis(carpeta, servidor_redis):
    """A Redis that keeps nothing on disk; gives its REDIS_URL."""
    puerto, registro = puerto_libre(), carpeta / "redis.log"
    orden = [servidor_redis, "--port", puerto, "--bind", "127.0.0.1", "--dir", carpeta]
    orden += ["--save", "", "--appendonly", "no"]
    with registro.open("w") as salida:
        servidor = lanzar(orden, cwd=carpeta, stdout=salida, stderr=subprocess.STDOUT)
    try:
        esperar(lambda: contesta(puerto), "Redis", servidor, registro)
        yield f"redis://127.0.0.1:{puerto}/0"
    finally:
        terminar([servidor])


def comprobar(variable, puerto_normal):
    """A server that a variable names must answer before the suite starts."""
    partes = urlsplit(os.environ[variable])
    lugar = (partes.hostname or "localhost", partes.port or puerto_normal)
    try:
        socket.create_connection(lugar, timeout=5).close()
    except OSError:
        raise Aviso(f"nothing answers at {lugar[0]}:{lugar[1]}, which {variable} names") from None


def navegador():
    hallado = os.environ.get("CHROMIUM") or programa(*NAVEGADORES)
    return exigir("Chromium", hallado, "chromium", "CHROMIUM")


def con_servicios(orden):
    """Runs the command beside its servers; gives its exit code, 1 if it was told to stop."""
    senales = Senales()
    entorno = os.environ | {"PYTHONTZPATH": "", "CHROMIUM": navegador()}
    with ExitStack() as pila:
        temporal = Path(pila.enter_context(tempfile.TemporaryDirectory(prefix="postventa-")))
        temporal.chmod(0o711)
        if os.environ.get("DATABASE_URL"):
            comprobar("DATABASE_URL", 5432)
        else:
            initdb = programa("initdb", carpetas=carpetas_de_postgres())
            exigir("PostgreSQL", initdb, "postgresql", "DATABASE_URL")
        if os.environ.get("REDIS_URL"):
            comprobar("REDIS_URL", 6379)
        else:
            servidor = programa("redis-server", "valkey-server")
            exigir("Redis", servidor, "redis-server", "REDIS_URL")
            (temporal / "redis").mkdir()
            entorno["REDIS_URL"] = pila.enter_context(redis(temporal / "redis", servidor))
        if not os.environ.get("DATABASE_URL"):
            (temporal / "pg").mkdir()
            entorno["DATABASE_URL"] = pila.enter_context(postgres(temporal / "pg", initdb))
        decir("PostgreSQL and Redis are up")
        proceso = lanzar(orden, env=entorno)
        pila.callback(terminar, [proceso], SIGINT)
        while proceso.poll() is None and not senales.recibida:
            time.sleep(0.1)
        return 1 if senales.recibida else proceso.returncode


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: servicios.py COMMAND ARGS...")
    try:
        sys.exit(con_servicios(sys.argv[1:]))
    except Aviso as aviso:
        sys.exit(f"postventa: {aviso}")
