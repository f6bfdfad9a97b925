"""Every address of the console, found by itself: from the URL resolver and from the pages."""

import io
import itertools
import re
import zipfile
from collections import Counter

from django.apps import apps
from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter
from django.views.generic import RedirectView

from postventa.consola import alcances
from tests.documentos.leer import texto as texto_de_pdf

ENLACES = re.compile(r'(?:href|src|action)="(/consola/[^"#]*)')
# Of the rows of a model, so many are tried; of what takes several values, so many combinations;
# of the links that differ in a number only, so many are followed.
FILAS, TOPE, PARECIDAS = 2, 8, 2


def _recorrer(patrones, antes=""):
    for patron in patrones:
        if isinstance(patron, URLPattern):
            yield antes + str(patron.pattern), patron
        else:
            yield from _recorrer(patron.url_patterns, antes + str(patron.pattern))


def patrones():
    """(route, pattern) of everything under the console that is a route, not a regex, and that does
    not only lead to another."""
    return [
        (ruta, patron)
        for ruta, patron in _recorrer(get_resolver().url_patterns)
        if ruta.startswith("consola/")
        and not re.search(r"[(^$]", ruta)
        and getattr(patron.callback, "view_class", None) is not RedirectView
    ]


def filas_de(empresa):
    """Rows of a company by model: of every model that says to which it belongs."""
    filas = {}
    for modelo, donde in alcances._ALCANCES.items():
        if modelo is apps.get_model("personas", "Usuario"):
            consulta = modelo.objects.filter(membresias__empresa=empresa)
        elif donde.empresa:
            consulta = modelo.objects.filter(**{donde.empresa: empresa.pk})
        else:
            continue
        filas[modelo] = list(consulta.distinct())
    return filas


def direcciones(filas, palabras, cuantas=FILAS):
    """Addresses of the resolver with those rows in them, the last ones of each model.

    `palabras` are tried where a route takes text that names no row: what a new page calls its
    parameters does not matter, only whether they are numbers or words.
    """
    numeros = sorted({f.pk for todas in filas.values() for f in todas if isinstance(f.pk, int)})
    for ruta, patron in patrones():
        propias = _modelo(ruta, filas)
        valores = []
        for convertidor in patron.pattern.converters.values():
            es_numero = isinstance(convertidor, IntConverter)
            de_fila = [f.pk for f in filas.get(propias, ())[-cuantas:]] or numeros
            valores.append(de_fila if es_numero or convertidor.regex == ".+" else palabras)
        combinaciones = list(itertools.product(*valores))
        paso = max(1, len(combinaciones) // TOPE)
        for combinacion in combinaciones[::paso]:
            resto = iter(combinacion)
            yield "/" + re.sub(r"<[^>]+>", lambda _, v=resto: str(next(v)), ruta)


def _modelo(ruta, filas):
    """The model whose pages stand under `consola/<app>/<model>/`."""
    donde = tuple(ruta.split("/")[1:3])
    return next((m for m in filas if (m._meta.app_label, m._meta.model_name) == donde), None)


def leer(respuesta):
    """All that an answer tells: its text, its headers, and what is packed inside a file."""
    cuerpo = b"".join(respuesta) if respuesta.streaming else respuesta.content
    if cuerpo.startswith(b"%PDF"):
        dicho = texto_de_pdf(cuerpo)
    elif cuerpo.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(cuerpo)) as paquete:
            dicho = "".join(paquete.read(n).decode("utf-8", "replace") for n in paquete.namelist())
    else:
        dicho = cuerpo.decode("utf-8", "replace")
    return dicho + str(respuesta.headers)


class Rastreo:
    """A browser that opens everything and keeps where it read something it should not."""

    def __init__(self, navegador, prohibido):
        self.navegador, self.prohibido = navegador, re.compile(prohibido, re.IGNORECASE)
        self.vistas, self.halladas, self.rotas, self.formas = {}, {}, {}, Counter()

    def abrir(self, ruta):
        """Look at one address; return the addresses of its page."""
        # What leaves the console, or what only a person decides to open, is not walked.
        if ruta in self.vistas or "logout" in ruta:
            return []
        respuesta = self.navegador.get(ruta)
        self.vistas[ruta] = respuesta.status_code
        if respuesta.status_code >= 500:
            self.rotas[ruta] = respuesta.status_code
        dicho = leer(respuesta)
        if hallado := self.prohibido.search(dicho):
            desde = max(0, hallado.start() - 60)
            self.halladas[ruta] = dicho[desde : hallado.end() + 60]
        enlaces = ENLACES.findall(dicho) if "html" in respuesta["Content-Type"] else []
        if respuesta.status_code in (301, 302) and respuesta.url.startswith("/consola/"):
            enlaces.append(respuesta.url)
        return [e.replace("&amp;", "&") for e in enlaces]

    def seguir(self, rutas, tope=6000):
        """Open those, and whatever their pages lead to."""
        pendientes = list(dict.fromkeys(rutas))
        conocidas = set(pendientes)
        for ruta in pendientes:
            assert len(self.vistas) < tope, f"more than {tope} addresses"
            for nueva in self.abrir(ruta):
                if nueva not in conocidas and self._es_otra(nueva):
                    pendientes.append(nueva)
                conocidas.add(nueva)
        return self

    def _es_otra(self, ruta):
        forma = re.sub(r"\d+", "N", ruta)
        self.formas[forma] += 1
        return self.formas[forma] <= PARECIDAS
