"""The managers' board: a page, and each of its tables as a file."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone

from postventa.calendario.palabras import duracion_en_palabras
from postventa.consola import exportar
from postventa.consola.contexto import momento
from postventa.consola.hoy import ALARMA
from postventa.consola.tablero import vista
from postventa.consola.tablero.alcance import empresas_de, mira_tableros, mirada_de
from postventa.consola.tablero.enlaces import Enlaces
from postventa.consola.tablero.tablas import Tabla, Tablero
from postventa.empresas.models import Empresa
from postventa.expedientes.bitacora import anotar_cambio
from postventa.tableros.lectura import leer
from postventa.tableros.periodo import HABITUAL, LARGOS, Periodo, de_semanas


@dataclass(frozen=True)
class Pedido:
    """What the address asks for: a view that is shared shows the same to whoever may."""

    empresas: list[Empresa]
    empresa: int | None
    sede: int | None
    semanas: int
    hasta: date
    es_de_hoy: bool
    mal: str = ""

    @property
    def elegidas(self) -> list[Empresa]:
        return [e for e in self.empresas if self.empresa in (None, e.pk)]

    @property
    def periodo(self) -> Periodo:
        return de_semanas(self.semanas, self.hasta)


def pedido_de(request) -> Pedido:
    """Http404 for a company or place that is not that person's; a date that is none is said."""
    empresas, mal = empresas_de(request.user), ""
    pide: QueryDict = request.GET
    empresa, sede = (_clave(pide.get(campo, "")) for campo in ("empresa", "proyecto"))
    if empresa and empresa not in {e.pk for e in empresas}:
        raise Http404
    semanas = pide.get("semanas", "")
    largo = int(semanas) if semanas in {str(n) for n in LARGOS} else HABITUAL
    zona = ZoneInfo(empresas[0].zona) if empresas else timezone.get_current_timezone()
    hoy = momento(request).astimezone(zona).date()
    hasta, pedida = hoy, pide.get("hasta", "")
    if pedida:
        try:
            hasta = min(date.fromisoformat(pedida), hoy)
            if hasta.year < 2001:
                raise ValueError(pedida)
        except ValueError:
            hasta, mal = hoy, "Escribe una fecha de este siglo, por ejemplo 2026-11-27."
    return Pedido(empresas, empresa, sede, largo, hasta, hasta == hoy, mal)


def _clave(texto: str) -> int | None:
    if not texto:
        return None
    if not texto.isdecimal() or len(texto) > 17:
        raise Http404
    return int(texto)


def _tablero(request) -> tuple[Pedido, Tablero]:
    if not mira_tableros(request.user):
        raise PermissionDenied("El tablero es de gerencia, jefatura y administración.")
    pedido = pedido_de(request)
    mirada = mirada_de(request.user, pedido.elegidas, pedido.sede)
    lectura = leer(mirada, pedido.periodo, momento(request))
    if pedido.sede and pedido.sede not in lectura.fichas.sedes:
        raise Http404
    enlaces = Enlaces(pedido.periodo, pedido.sede, pedido.empresa)
    return pedido, Tablero(lectura, pedido.elegidas, enlaces)


def tablero(request):
    from django.contrib.admin import site

    pedido, datos = _tablero(request)
    contexto = {
        **site.each_context(request),
        "title": "Tablero",
        "pedido": pedido,
        "largos": LARGOS,
        "lugares": _lugares(datos),
        "latido": _latido(datos.fichas.latidos),
        "direccion": request.GET.urlencode(),
        **vista.contexto(datos),
    }
    return TemplateResponse(request, "consola/tablero/tablero.html", contexto)


def _lugares(datos: Tablero) -> list[tuple[int, str]]:
    sedes = datos.fichas.sedes.items()
    return sorted(((pk, nombre) for pk, nombre in sedes), key=lambda par: par[1].lower())


def _latido(latidos: dict) -> dict:
    """The pulse of who sweeps, in real time, as the home tells it."""
    ahora, plazos, beat = timezone.now(), latidos.get("plazos"), latidos.get("beat")
    return {
        "visto": plazos and timezone.localtime(plazos),
        "hace": plazos and duracion_en_palabras(int((ahora - plazos).total_seconds())),
        "beat": beat and timezone.localtime(beat),
        "alarma": plazos is None or ahora - plazos > ALARMA,
        "sin_beat": beat is None or ahora - beat > ALARMA,
    }


class _Filas(list):
    """Rows in hand, for who writes a file from a queryset."""

    def __getitem__(self, tramo):
        return _Filas(super().__getitem__(tramo))

    def iterator(self, chunk_size=None):
        return iter(self)


def archivo(request, tabla, formato):
    """One table of the board, cut as the page is; who took it out stays written."""
    from django.contrib.admin import site

    if formato not in exportar.FORMATOS:
        raise Http404
    if request.method != "POST":
        mensaje = "Aquí solo llega lo que se envía con un botón del tablero."
        return site.rechazo(request, 405, mensaje)
    pedido, datos = _tablero(request)
    elegida = datos.todas().get(tabla)
    if elegida is None:
        raise Http404
    detalle = {
        "tablero": elegida.titulo,
        "formato": formato,
        "periodo": str(pedido.periodo),
        "lugar": datos.fichas.sedes.get(pedido.sede, ""),
        "filas": len(elegida.filas),
    }
    for empresa in pedido.elegidas:
        cambio = {campo: ["", valor] for campo, valor in detalle.items() if valor != ""}
        anotar_cambio(empresa, request.user, "exportar", request.user, momento(request), cambio)
    nombre = f"tablero-{elegida.clave}-{pedido.periodo}"
    filas = _Filas([[n, d, *(c.valor for c in celdas)] for n, d, celdas in elegida.filas])
    return exportar.FORMATOS[formato](_columnas(elegida), filas, nombre, request.user)


def _columnas(tabla: Tabla) -> list[exportar.Columna]:
    titulos = [tabla.primera, "Detalle", *tabla.columnas]
    return [exportar.Columna(t, lambda fila, n=n: fila[n]) for n, t in enumerate(titulos)]
