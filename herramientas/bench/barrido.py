"""The sweep of due clocks over ever more open ones, beside one bare UPDATE with its event rows.

`piso` marks the same clocks late and leaves their alert rows in one statement. `piso_con_correos`
also leaves one outbox row per clock and person, which is most of what the product writes.
Most sweeps find nothing due: that one is measured beside a bare heartbeat, each after a pause as a
worker's is, and once more right after a sweep of what was due.
"""

import time
from datetime import UTC, datetime, timedelta

from bench import datos
from bench.medidas import decir, por_turnos, razon, resumen
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postventa.avisos.models import Aviso
from postventa.plazos.models import AlertaPlazo, EstadoPlazo, Plazo
from postventa.tramitacion import barrido

META, META_VACIO_MS, META_CRECE = 2.0, 2.0, 2.0
# A Tuesday morning, office open, years ahead of every clock that merely runs.
AHORA = datetime(2026, 12, 1, 14, tzinfo=UTC)
LEJOS = AHORA + timedelta(days=365)
CASOS = 200
PAUSA_S = 0.05
LATIR = "UPDATE plazos_latido SET visto_en = now() WHERE nombre = 'plazos'"
VENCER = """
    UPDATE plazos_plazo
    SET estado = 'VENCIDO', vencido_en = vence_en + interval '1 second', proximo_en = NULL
    WHERE proximo_en <= %s AND estado IN ('CORRIENDO', 'ADVERTIDO', 'VENCIDO')
    RETURNING id, empresa_id, expediente_id, vence_en
"""
ALERTAR = """
    INSERT INTO plazos_alertaplazo (plazo_id, tipo, ocurrida_en, por_avisar_en)
    SELECT id, 'vencimiento', vence_en + interval '1 second', now() FROM tocado
"""
AVISAR = """
    INSERT INTO avisos_aviso (empresa_id, expediente_id, tipo, clave, nombre, destino, datos,
        asunto, estado, intentos, creado_en, enviar_desde_en, grupo, error, id_de_envio)
    SELECT empresa_id, expediente_id, 'plazo_vencimiento', 'piso:' || id || para, 'Piso',
        para || '@correo.example', jsonb_build_object('sobre', id, 'vence_en', vence_en),
        '', 'EN_COLA', 0, now(), now(), 'plazo_resumen', '', ''
    FROM tocado, (VALUES ('supervisor'), ('jefe')) AS personas (para)
"""


def medir(proyecto, opciones) -> None:
    casos = [datos.ticket(*datos.propietario(proyecto, 900_000 + n), 1) for n in range(CASOS)]
    plazo = Plazo.objects.filter(codigo="contacto").last()
    # Only what is measured may fall due.
    Plazo.objects.update(proximo_en=LEJOS, vence_en=LEJOS, avisar_en=None)
    mesa = _Mesa(plazo, [c.pk for c in casos], opciones.vencidos)
    por_tamano = {}
    for abiertos in sorted(int(n) for n in opciones.abiertos.split(",")):
        mesa.llenar(abiertos)
        vacios = mesa.medir_vacio(opciones.vueltas)
        tiempos = mesa.medir(max(opciones.vueltas // 4, 5)) | vacios
        _decir(abiertos, opciones.vencidos, tiempos, mesa)
        por_tamano[abiertos] = resumen(tiempos["postventa"])
    menor, mayor = min(por_tamano), max(por_tamano)
    decir(
        "barrido_crece",
        de=menor,
        a=mayor,
        razon=round(por_tamano[mayor]["mediana"] / por_tamano[menor]["mediana"], 2),
        razon_procesador=round(
            por_tamano[mayor]["procesador"] / por_tamano[menor]["procesador"], 2
        ),
        meta=META_CRECE,
    )


def _decir(abiertos, vencidos, tiempos, mesa) -> None:
    comun = {"abiertos": abiertos, "sentencias": mesa.sentencias()}
    decir(
        "barrido_vacio",
        abiertos=abiertos,
        ms=resumen(tiempos["vacio"]),
        meta_ms=META_VACIO_MS,
        piso_ms=resumen(tiempos["latido"]),
        tras_lleno_ms=resumen(tiempos["tras_lleno"]),
    )
    decir(
        "barrido",
        **comun,
        vencidos=vencidos,
        ms=resumen(tiempos["postventa"]),
        marcar_ms=resumen(tiempos["marcar"]),
        piso_ms=resumen(tiempos["piso"]),
        piso_con_correos_ms=resumen(tiempos["piso_con_correos"]),
        razon=razon(tiempos["marcar"], tiempos["piso"]),
        razon_con_correos=razon(tiempos["postventa"], tiempos["piso_con_correos"]),
        meta=META,
    )


class _Mesa:
    """Many clocks that run and the same few that fall due again for every turn."""

    def __init__(self, plazo, casos, vencidos):
        self.plazo, self.casos = plazo, casos
        self._copiar(vencidos, "por_vencer")
        self.vencidos = list(Plazo.objects.filter(codigo="por_vencer").values_list("pk", flat=True))
        self.abiertos = 0

    def _copiar(self, cuantos: int, codigo: str, desde: int = 0) -> None:
        """Clocks like that one, spread over the cases, by the database itself."""
        otros = {
            "expediente_id": "(%(casos)s::bigint[])[1 + g %% %(total)s]",
            "codigo": "%(codigo)s",
            "ordinal": "g",
        }
        columnas = [f.column for f in Plazo._meta.concrete_fields if not f.primary_key]
        valores = [otros.get(columna, f"p.{columna}") for columna in columnas]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO plazos_plazo ({', '.join(columnas)}) SELECT {', '.join(valores)} "  # noqa: S608
                "FROM plazos_plazo p, generate_series(%(desde)s::int, %(hasta)s::int) g "
                "WHERE p.id = %(como)s",
                {
                    "casos": self.casos,
                    "total": len(self.casos),
                    "codigo": codigo,
                    "desde": desde,
                    "hasta": desde + cuantos - 1,
                    "como": self.plazo.pk,
                },
            )

    def llenar(self, abiertos: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # a million rows are no request
            self._copiar(abiertos - self.abiertos, "abierto", self.abiertos)
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("RESET statement_timeout")
        self.abiertos = abiertos

    def preparar(self, nombre: str) -> None:
        """Everything as before the turn; with nothing due for the idle one."""
        vence = LEJOS if nombre in ("vacio", "tras_lleno") else AHORA - timedelta(seconds=1)
        Aviso.objects.filter(expediente__in=self.casos).delete()
        AlertaPlazo.objects.all().delete()
        Plazo.objects.filter(pk__in=self.vencidos).update(
            estado=EstadoPlazo.CORRIENDO,
            vencido_en=None,
            vence_en=vence,
            proximo_en=vence + timedelta(seconds=1),
        )

    def medir_vacio(self, vueltas: int) -> dict:
        self.preparar("vacio")
        quienes = {"latido": self._latir, "vacio": lambda: self._barrer(0)}
        return por_turnos(quienes, vueltas, 2, lambda _: time.sleep(PAUSA_S))

    def medir(self, vueltas: int) -> dict:
        quienes = {
            "tras_lleno": lambda: self._barrer(0),
            "piso": lambda: self._piso(""),
            "piso_con_correos": lambda: self._piso(AVISAR),
            "marcar": self._marcar,
            "postventa": lambda: self._barrer(len(self.vencidos)),
        }
        return por_turnos(quienes, vueltas, 2, self.preparar)

    def sentencias(self) -> int:
        self.preparar("postventa")
        with CaptureQueriesContext(connection) as consultas:
            self._barrer(len(self.vencidos))
        return sum(not c["sql"].startswith(("BEGIN", "COMMIT")) for c in consultas)

    def _barrer(self, esperados: int) -> None:
        tocados = barrido.barrer(AHORA)
        if tocados != esperados:
            raise RuntimeError(f"el barrido tocó {tocados} plazos y no {esperados}")

    def _marcar(self) -> None:
        """The claim with its alert rows: what the floor does, without telling anybody."""
        tocados, _ = barrido._lote(AHORA)
        if tocados != len(self.vencidos):
            raise RuntimeError(f"se marcaron {tocados} plazos y no {len(self.vencidos)}")

    def _latir(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(LATIR)

    def _piso(self, tambien: str) -> None:
        final = tambien or "SELECT count(*) FROM alertado"
        sql = f"WITH tocado AS ({VENCER}), alertado AS ({ALERTAR} RETURNING id) {final}"
        with connection.cursor() as cursor:
            cursor.execute(sql, [AHORA])
