"""Health checks for containers: exit code 0 when the part answers.  salud.py web|worker|beat"""

import os
import socket
import sys
import urllib.request
from urllib.parse import urlsplit


def web():
    """The site answers /healthz as if asked by its own name."""
    anfitrion = urlsplit(os.environ["SITE_URL"]).netloc
    pregunta = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": anfitrion})
    with urllib.request.urlopen(pregunta, timeout=3) as respuesta:
        return respuesta.status == 200


def worker():
    """This container's worker answers a ping through the broker."""
    from postventa.celery import app

    return bool(app.control.ping([f"celery@{socket.gethostname()}"], timeout=3))


def beat():
    """Some beat holds redbeat's lock, which lapses half a minute after its last sign of life."""
    import redis

    servidor = redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=3)
    return bool(servidor.exists("redbeat::lock"))


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    revisar = {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]
    sys.exit(0 if revisar() else 1)
