"""Starting several processes together and ending them together, whatever happens."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
PACIENCIA_S = 3.0
SENALES = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Aviso(Exception):
    """Something the person at the terminal must put right; its text is the one line they see."""


def morir_con_el_padre():
    """In the child (Linux): get SIGTERM even if our parent is killed without a chance to act."""
    if _libc is not None:
        _libc.prctl(1, signal.SIGTERM)


def lanzar(orden, **opciones):
    """A process in a group of its own, so that the terminal's Ctrl-C reaches only us."""
    opciones.setdefault("cwd", RAIZ)
    return subprocess.Popen(
        [str(parte) for parte in orden],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=morir_con_el_padre,
        **opciones,
    )


def _vive_el_grupo(pid):
    try:
        os.killpg(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def terminar(procesos, senal=signal.SIGTERM):
    """Asks every process to end; after PACIENCIA_S seconds kills what is left of their groups."""
    for proceso in procesos:
        if proceso.poll() is None:
            proceso.send_signal(senal)
    limite = time.monotonic() + PACIENCIA_S
    while time.monotonic() < limite and any(proceso.poll() is None for proceso in procesos):
        time.sleep(0.05)
    for proceso in procesos:
        if _vive_el_grupo(proceso.pid):
            try:
                os.killpg(proceso.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        proceso.wait()


class Senales:
    """Remembers the first request to stop; loops ask `recibida` instead of being interrupted."""

    def __init__(self):
        self.recibida = None
        for senal in SENALES:
            signal.signal(senal, self._anotar)

    def _anotar(self, senal, _marco):
        self.recibida = self.recibida or signal.Signals(senal)


def puerto_libre():
    """A TCP port of this machine that nobody listens on now."""
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return enchufe.getsockname()[1]


def puerto_ocupado(puerto):
    """Whether nobody else could listen on that port of this machine."""
    with socket.socket() as enchufe:
        enchufe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            enchufe.bind(("127.0.0.1", puerto))
        except OSError:
            return True
    return False


def decir(texto):
    print(f"postventa: {texto}", flush=True)
