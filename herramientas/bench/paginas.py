"""Statements and milliseconds of the pages people look at most, each warm."""

from bench import datos
from bench.medidas import decir, por_turnos, resumen
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets.inmuebles.models import Proyecto

# At most so many statements; None where no figure was promised.
METAS = {"portal_inicio": None, "portal_caso": None, "consola_inicio": None, "consola_lista": 6}
METAS |= {"consola_caso": 12, "consola_plazos": None}
CASOS = 60


def medir(proyecto: Proyecto, opciones) -> None:
    cliente, unidad = datos.propietario(proyecto, 950_000)
    caso = datos.ticket(cliente, unidad)
    for n in range(CASOS):
        datos.ticket(*datos.propietario(proyecto, 950_001 + n))
    web, consola = datos.navegador(cliente, proyecto), datos.consola()
    paginas = {
        "portal_inicio": (web, "/icalma/"),
        "portal_caso": (web, f"/icalma/caso/{caso.publico}/"),
        "consola_inicio": (consola, "/consola/"),
        "consola_lista": (consola, "/consola/icalma/ticket/"),
        "consola_caso": (consola, f"/consola/icalma/ticket/{caso.pk}/change/"),
        "consola_plazos": (consola, "/consola/plazos/plazo/"),
    }
    quienes = {
        nombre: lambda quien=quien, url=url: _abrir(quien, url)
        for nombre, (quien, url) in paginas.items()
    }
    tiempos = por_turnos(quienes, max(opciones.vueltas // 3, 5), 3)
    for nombre, hacer in quienes.items():
        with CaptureQueriesContext(connection) as consultas:
            hacer()
        sentencias = sum(not c["sql"].startswith(("BEGIN", "COMMIT")) for c in consultas)
        decir(
            "pagina",
            pagina=nombre,
            sentencias=sentencias,
            meta_sentencias=METAS[nombre],
            ms=resumen(tiempos[nombre]),
        )


def _abrir(web, url) -> None:
    respuesta = web.get(url)
    if respuesta.status_code != 200:
        raise RuntimeError(f"{url}: {respuesta.status_code}")
