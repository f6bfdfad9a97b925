"""The console's lists beside the same 25 rows bare and in Django's own admin, page by page."""

from bench import datos
from bench.medidas import decir, por_turnos, razon, resumen
from django.db import connection
from django.test.utils import CaptureQueriesContext

META, META_SENTENCIAS = 1.5, 6
LISTAS = {"tickets": "icalma/ticket", "plazos": "plazos/plazo"}
CASOS = 60


def medir(proyecto, opciones) -> None:
    for n in range(CASOS):
        datos.ticket(*datos.propietario(proyecto, 970_000 + n))
    comparar(max(opciones.vueltas // 3, 5), (1, 2))


def comparar(vueltas: int, paginas: tuple[int, ...], **comun) -> None:
    web = datos.consola("jefe")
    for nombre, ruta in LISTAS.items():
        for p in paginas:
            urls = {
                "desnuda": f"/piso/{nombre}/?p={p}",
                "django": f"/piso/admin/{ruta}/?p={p}",
                "postventa": f"/consola/{ruta}/?p={p}",
            }
            quienes = {quien: lambda url=url: _abrir(web, url) for quien, url in urls.items()}
            tiempos = por_turnos(quienes, vueltas, 3)
            consultas = {quien: _consultas(abrir) for quien, abrir in quienes.items()}
            decir("lista", lista=nombre, pagina=p, **comun, **_comparados(tiempos, consultas))


def _comparados(tiempos, consultas) -> dict:
    suyos, pisos = tiempos["postventa"], ("django", "desnuda")
    return {
        "ms": {quien: resumen(t) for quien, t in tiempos.items()},
        "razon": {piso: razon(suyos, tiempos[piso]) for piso in pisos},
        "razon_procesador": {piso: razon(suyos.propios, tiempos[piso].propios) for piso in pisos},
        "meta": META,
        "sentencias": {quien: len(suyas) for quien, suyas in consultas.items()},
        "meta_sentencias": META_SENTENCIAS,
        # Once and by the wall, all of them together.
        "base_ms": {
            quien: round(sum(float(c["time"]) for c in suyas) * 1000)
            for quien, suyas in consultas.items()
        },
    }


def _abrir(web, url) -> None:
    respuesta = web.get(url)
    if respuesta.status_code != 200:
        raise RuntimeError(f"{url}: {respuesta.status_code}")


def _consultas(abrir) -> list:
    with CaptureQueriesContext(connection) as consultas:
        abrir()
    return consultas.captured_queries
