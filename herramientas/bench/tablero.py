"""A manager's board over five years of work, beside a stock page that reads as many stored rows.

The cases are those of `escala`, with their clocks and a visit's acts spread as work is: evenly over
five years, the last of them running. What was kept of past weeks stands, as after any night.
"""

from datetime import UTC, datetime

from bench import datos
from bench.escala import RELOJES, Mesa, _azar
from bench.medidas import decir, por_turnos, razon, resumen
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from postventa.expedientes.models import Movimiento
from postventa.tableros import sellos
from postventa.tableros.models import Resumen, Sello

META_SENTENCIAS, META_PISO, META_CRECE = 8, 3, 1.2
MINUTOS = 5 * 365 * 24 * 60


class Anios(Mesa):
    """The same cases, with work spread over five years."""

    def _expediente(self) -> dict:
        return {**super()._expediente(), "creado_en": self._creado("g")}

    def _creado(self, caso: str) -> str:
        """As many cases in each week of the five years, whatever their number."""
        minutos = f"(({_azar(caso + ' + 11', 1_000_003)})::bigint * {MINUTOS} / 1000003)"
        return f"(%(ahora)s::timestamptz - interval '1 minute' * {minutos})"

    def _abierto(self, g: str = "g") -> str:
        """Those of the last four weeks still run, and none that is older."""
        limite = f"interval '{28 if self.abiertas else 0} days'"
        return f"({self._creado(g)} > %(ahora)s::timestamptz - {limite})"

    def _plazo(self) -> dict:
        caso, n = f"(g / {len(RELOJES)})", f"(g %% {len(RELOJES)})"
        inicia = self._creado(caso)
        vence = f"({inicia} + interval '2 days' * (1 + {n}))"
        tarde = f"{_azar('g + 13', 10)} = 0"
        return {
            **super()._plazo(),
            "inicia_en": inicia,
            "inicio_efectivo_en": inicia,
            "vence_en": vence,
            "avisar_en": f"{vence} - interval '1 day'",
            "detenido_en": f"CASE WHEN NOT {self._abierto(caso)} THEN {vence} - interval '1 hour' "
            f"* {_azar('g + 17', 40)} END",
            "estado": f"CASE WHEN {self._abierto(caso)} THEN 'CORRIENDO' "
            f"WHEN {tarde} THEN 'CUMPLIDO_TARDE' ELSE 'CUMPLIDO' END",
        }

    def llenar(self, casos: int) -> None:
        desde = self.casos
        super().llenar(casos)
        modelo = Movimiento.objects.filter(expediente=self.ticket).first().pk
        acto = {
            "expediente_id": "@ + g / 2",
            "numero": "2 + g %% 2",
            "objeto": "'visita'",
            "verbo": f"CASE WHEN {_azar('g + 19', 8)} = 0 THEN 'registrar_inasistencia_cliente' "
            "ELSE 'realizar' END",
            "ocurrido_en": f"{self._creado('(g / 2)')} + interval '3 days' * (1 + g %% 2)",
        }
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            self._copiar(cursor, Movimiento, modelo, acto, desde * 2, casos * 2 - 1)
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("RESET statement_timeout")


def medir(proyecto, opciones) -> None:
    mesa, web = Anios(proyecto, opciones.abiertas), datos.consola("gerencia")
    medianas, vueltas = {}, max(opciones.vueltas // 3, 5)
    for casos in sorted(int(n) for n in opciones.casos.split(",")):
        mesa.llenar(casos)
        sellos.olvidar()
        with CaptureQueriesContext(connection) as consultas:
            ms = por_turnos({"": sellos_de_la_noche}, 1, 0)[""][0]
        decir("tablero_sellar", casos=casos, sentencias=len(consultas), ms=round(ms, 1))
        leidas = filas_que_lee()
        quienes = {
            "tablero": lambda: abrir(web, "/consola/tablero/"),
            "tablero_lugar": lambda: abrir(
                web, f"/consola/tablero/?proyecto={mesa.listas['sedes'][3]}"
            ),
            "tablero_anio": lambda: abrir(web, "/consola/tablero/?semanas=52"),
            "piso": lambda leidas=leidas: piso(web, leidas),
        }
        tiempos = por_turnos(quienes, vueltas, 2)
        medianas[casos] = {n: resumen(t)["mediana"] for n, t in tiempos.items()}
        for nombre in quienes:
            _decir(nombre, casos, quienes[nombre], tiempos, leidas)
    menor, mayor = min(medianas), max(medianas)
    for nombre, ms in medianas[mayor].items():
        decir("tablero_crece", pagina=nombre, de=menor, a=mayor, meta=META_CRECE,
              razon=round(ms / medianas[menor][nombre], 2))  # fmt: skip


def _decir(nombre, casos, hacer, tiempos, leidas) -> None:
    with CaptureQueriesContext(connection) as consultas:
        hacer()
    decir(
        "tablero",
        pagina=nombre,
        casos=casos,
        plazos=casos * len(RELOJES),
        filas_leidas=leidas,
        sentencias=len(consultas),
        meta_sentencias=META_SENTENCIAS,
        ms=resumen(tiempos[nombre]),
        sobre_piso=razon(tiempos[nombre], tiempos["piso"]),
        meta_piso=META_PISO,
    )


def sellos_de_la_noche() -> None:
    sellos.sellar_todas(datetime.now(UTC).replace(microsecond=0))


def abrir(web, url) -> None:
    respuesta = web.get(url)
    if respuesta.status_code != 200:
        raise RuntimeError(f"{url}: {respuesta.status_code}")


def filas_que_lee() -> int:
    """Stored rows that the board of eight weeks reads."""
    ultima = Sello.objects.order_by("-hasta").values_list("hasta", flat=True).first()
    semanas = Resumen.objects.order_by("-semana").values_list("semana", flat=True).distinct()[:7]
    return Resumen.objects.filter(
        semana__in=list(semanas), corte__in=("s", "p"), semana__lt=ultima
    ).count()


def piso(web, cuantas: int) -> None:
    """A stock page of as many of those rows."""
    with override_settings(ROOT_URLCONF="bench.rutas_tablero"):
        abrir(web, f"/piso/{cuantas}/")
