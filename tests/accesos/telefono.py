"""The application of a telephone, by the book (RFC 6238), and the people who use it."""

import base64
import hmac
import re
import struct
import time

from django.test import Client

ENTRADA, SEGUNDO, CUENTA = "/consola/login/", "/consola/segundo-paso/", "/consola/cuenta/"
ACTIVAR, RESPALDO = f"{CUENTA}segundo-paso/", f"{CUENTA}respaldo/"
CLAVE = "clave-de-prueba"


def codigo(secreto, pasos=0):
    """Six digits of that secret now, or so many half minutes from now."""
    paso = struct.pack(">Q", int(time.time()) // 30 + pasos)
    sello = hmac.new(base64.b32decode(secreto), paso, "sha1").digest()
    desde = sello[-1] & 15
    return f"{(struct.unpack('>I', sello[desde : desde + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def con_clave(navegador, usuario="rsepulveda", clave=CLAVE, **mas):
    """The first step of coming in."""
    return navegador.post(ENTRADA, {"username": usuario, "password": clave}, **mas)


def activar(navegador):
    """Enrol from a browser that has just come in; return the secret."""
    clave = re.search(r'class="secreto">(.+?)</code>', navegador.get(ACTIVAR).content.decode())[1]
    secreto = re.sub(r"<[^>]+>", "", clave)
    respuesta = navegador.post(ACTIVAR, {"code": codigo(secreto)})
    assert (respuesta.status_code, respuesta.url) == (302, RESPALDO)
    return secreto


def respaldos(navegador):
    """The backup codes that the page shows."""
    return re.findall(r"<li><code>(\d+)</code>", navegador.get(RESPALDO).content.decode())


def con_factor(usuario="rsepulveda"):
    """A browser of somebody who enrolled, and the secret."""
    navegador = Client()
    con_clave(navegador, usuario)
    return navegador, activar(navegador)
