"""`make manual`: the manual's pictures, taken from the demo itself, and its pages to print.

Starts the demo on a folder and a port of its own, walks the story of each company in Chromium with
the clock set by hand, so that every date is the same each time, and leaves
docs/manual/imagenes/*.png and var/manual/*.html. Neither is kept in git: the manual reads well
without them.
"""

import html
import os
import re
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager

from correr import ESPERA_WEB_S, entorno_de, ordenes_de, paso, responde
from procesos import RAIZ, Aviso, Senales, decir, lanzar, puerto_libre, terminar
from retratos_comteco import contar as contar_comteco
from retratos_gente import IMAGENES, RETRATOS
from retratos_icalma import contar as contar_icalma
from retratos_ingevec import contar as contar_ingevec

MANUAL = RAIZ / "docs" / "manual"
PAGINAS = RAIZ / "var" / "manual"
SIN_RED = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --lang=es"
)


# --- what is needed


def navegador():
    """(playwright's entry, path of Chromium), or Aviso with what to install."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise Aviso("playwright is missing; install it with: make entorno-dev") from None
    pedido = os.environ.get("CHROMIUM")
    ruta = shutil.which(pedido) if pedido else shutil.which("chromium")
    if not ruta:
        raise Aviso("Chromium is missing; install it, or name it with CHROMIUM=/path make manual")
    return sync_playwright, ruta


@contextmanager
def demo():
    """The demo's web in a temporary folder, and this process on its database; gives its address."""
    puerto, senales = puerto_libre(), Senales()
    with tempfile.TemporaryDirectory(prefix="postventa-manual-") as carpeta:
        for variable in ("DATABASE_URL", "REDIS_URL", "SITE_URL", "EMAIL_PROVIDER", "DEBUG"):
            os.environ.pop(variable, None)
        # Playwright keeps an event loop in this thread; Django would refuse the ORM there.
        os.environ |= {"VAR_DIR": carpeta, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
        entorno = entorno_de(puerto)
        if not paso(
            [sys.executable, "herramientas/preparar.py", "--sin-casos"],
            entorno,
            senales,
            "the demo",
        ):
            raise Aviso("interrupted")
        web = lanzar(ordenes_de(puerto)["web"], env=entorno)
        try:
            esperar_a_la_web(web, puerto, senales)
            os.environ |= entorno
            preparar_django()
            yield f"http://127.0.0.1:{puerto}"
        finally:
            terminar([web])


def esperar_a_la_web(web, puerto, senales):
    limite = time.monotonic() + ESPERA_WEB_S
    while not responde(puerto):
        if web.poll() is not None or senales.recibida or time.monotonic() > limite:
            raise Aviso("the demo's web did not start")
        time.sleep(0.2)


def preparar_django():
    sys.path.insert(0, str(RAIZ))
    import django

    django.setup()


# --- the pages


HOJA = """<!doctype html>
<html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{titulo}</title><link rel="stylesheet" href="manual.css"></head>
<body><nav>{enlaces}</nav><main>{cuerpo}</main></body></html>
"""


def encuadernar():
    """The pages of docs/manual as HTML beside their pictures and style sheet, under var/manual/."""
    from markdown_it import MarkdownIt

    lector = MarkdownIt("commonmark", {"html": False}).enable("table")
    hojas = sorted(MANUAL.glob("*.md"), key=lambda hoja: (hoja.stem != "index", hoja.stem))
    paginas = {hoja.stem: hoja.read_text(encoding="utf-8") for hoja in hojas}
    titulos = {n: t.partition("\n")[0].removeprefix("# ") for n, t in paginas.items()}
    enlaces = " · ".join(f'<a href="{n}.html">{html.escape(t)}</a>' for n, t in titulos.items())
    shutil.rmtree(PAGINAS, ignore_errors=True)
    shutil.copytree(IMAGENES, PAGINAS / "imagenes")
    shutil.copy(MANUAL / "manual.css", PAGINAS)
    for nombre, texto in paginas.items():
        cuerpo = re.sub(r'(href="[\w-]+)\.md"', r'\1.html"', lector.render(texto))
        hoja = HOJA.format(titulo=html.escape(titulos[nombre]), enlaces=enlaces, cuerpo=cuerpo)
        (PAGINAS / f"{nombre}.html").write_text(hoja, encoding="utf-8")


def main():
    sync_playwright, chromium = navegador()
    shutil.rmtree(IMAGENES, ignore_errors=True)
    IMAGENES.mkdir(parents=True)
    decir("starting the demo and telling its story")
    with demo() as sitio, sync_playwright() as p:
        ventana = p.chromium.launch(
            executable_path=chromium, args=SIN_RED.split(), env=os.environ | {"LANGUAGE": "es"}
        )
        contar_icalma(ventana, sitio)
        contar_ingevec(ventana, sitio)
        contar_comteco(ventana, sitio)
        ventana.close()
    if faltan := sorted(set(RETRATOS) - {a.stem for a in IMAGENES.glob("*.png")}):
        raise Aviso(f"no picture was taken of: {', '.join(faltan)}")
    encuadernar()
    decir(f"{len(RETRATOS)} pictures in docs/manual/imagenes/; read it from var/manual/index.html")


if __name__ == "__main__":
    try:
        main()
    except Aviso as aviso:
        sys.exit(f"postventa: {aviso}")
