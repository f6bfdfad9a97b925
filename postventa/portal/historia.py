"""A case in its owner's words: its state, the next date, and what happened, newest first.

Movements come from the audit and clocks from their rows; the room gives the words
(`PortalDeSala.estados`, `hitos`, `terminos`) and what it does not name is not shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from postventa.calendario.palabras import (
    cantidad_en_palabras,
    fecha_en_palabras,
    vence_en_palabras,
)
from postventa.expedientes.models import Expediente, Movimiento, Situacion
from postventa.expedientes.salas import Sala, sala_de
from postventa.plazos.models import ABIERTOS, EstadoPlazo, Plazo
from postventa.plazos.reloj import UN_SEGUNDO
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita


class Pildora(NamedTuple):
    """Icon, tone and word of a state: never colour alone."""

    icono: str
    tono: str
    palabra: str


@dataclass
class Hito:
    """One line of the history."""

    icono: str
    tono: str
    titulo: str
    en: datetime
    cuando: str
    detalle: str = ""


GENERICAS = {
    Situacion.ABIERTO: ("reloj", "info"),
    Situacion.RETENIDO: ("pausa", "alerta"),
    Situacion.CERRADO: ("visto", "ok"),
}


def estado_de(sala: Sala, caso: Expediente) -> Pildora:
    """State pill of a case, in the room's words for its owner."""
    if caso.etapa in sala.portal.estados:
        return Pildora(*sala.portal.estados[caso.etapa])
    palabras = dict(sala.caso.modelo._meta.get_field("estado").choices)
    return Pildora(*GENERICAS[caso.situacion], palabras.get(caso.etapa, caso.etapa))


def con_fechas(casos: QuerySet) -> QuerySet:
    """The same with what `resumen` reads: two queries more, however many cases."""
    return casos.prefetch_related(
        Prefetch("plazos", Plazo.objects.abiertos().select_related("politica")),
        Prefetch("visitas", Visita.objects.filter(estado=V.COORDINADA).order_by("inicia_en")),
    )


def resumen(caso: Expediente, ahora: datetime) -> dict:
    """One line of the list: the case, its pill and the next date that matters to its owner."""
    sala = sala_de(caso.tipo)
    return {
        "caso": caso,
        "estado": estado_de(sala, caso),
        "creado": fecha_en_palabras(caso.creado_en, caso.sede.tz, con_hora=False, con_anio=True),
        "proximo": "" if caso.cerrado_en else _proximo(sala, caso, ahora),
    }


def _proximo(sala: Sala, caso: Expediente, ahora: datetime) -> str:
    visita = next((v for v in caso.visitas.all() if v.termina_en >= ahora), None)
    if visita:
        cuando = fecha_en_palabras(visita.inicia_en, caso.sede.tz)
        return f"{visita.get_tipo_display()}: {cuando}"
    plazos = [p for p in caso.plazos.all() if p.codigo in sala.portal.terminos]
    if not plazos:
        return ""
    plazo = min(plazos, key=lambda p: p.vence_en)
    return _de_plazo(plazo, sala.portal.terminos[plazo.codigo], caso, ahora)


def _de_plazo(plazo: Plazo, para: str, caso: Expediente, ahora: datetime) -> str:
    vence = vence_en_palabras(plazo.vence_en, caso.sede.tz)
    if plazo.vence_en < ahora:
        return f"El plazo para {para} venció {vence}"
    return f"Plazo para {para}: hasta {vence}"


def hitos(sala: Sala, caso: Expediente, ahora: datetime) -> list[Hito]:
    """What happened and what runs, newest first; running clocks stand on top. Two queries."""
    plazos = [
        p
        for p in caso.plazos.select_related("politica").order_by("vence_en")
        if p.codigo in sala.portal.terminos
    ]
    movimientos = caso.movimientos.select_related("detalle").order_by("-numero")
    pasados = [h for m in movimientos if (h := _de_movimiento(sala, caso, m, plazos))]
    pasados += _vencidos(sala, caso, plazos, ahora)
    pasados.sort(key=lambda h: h.en, reverse=True)
    corriendo = [_corriendo(sala, caso, p) for p in plazos if p.estado in ABIERTOS]
    return [h for h in corriendo if h.en >= ahora] + pasados


def _de_movimiento(
    sala: Sala, caso: Expediente, m: Movimiento, plazos: Iterable[Plazo]
) -> Hito | None:
    detalle = getattr(m, "detalle", None)
    palabras = sala.portal.hitos.get((m.objeto, m.verbo))
    if callable(palabras):
        palabras = palabras(detalle.datos if detalle else {})
    if not palabras:
        return None
    icono, tono, titulo = palabras
    quien = (detalle and detalle.nombre_actor) or "Postventa"
    cierra = {f.codigo for f in sala.cierra if (f.objeto, f.verbo) == (m.objeto, m.verbo)}
    cumplidos = [
        _cumplido(p, caso) for p in plazos if p.codigo in cierra and p.detenido_en == m.ocurrido_en
    ]
    return Hito(
        icono,
        tono,
        titulo.format(quien=quien),
        m.ocurrido_en,
        _cuando(m.ocurrido_en, caso),
        " ".join(filter(None, cumplidos)),
    )


def _cumplido(plazo: Plazo, caso: Expediente) -> str:
    termino = cantidad_en_palabras(plazo.politica.cantidad, plazo.politica.unidad)
    vence = vence_en_palabras(plazo.vence_en, caso.sede.tz)
    if plazo.estado == EstadoPlazo.CUMPLIDO:
        return f"Dentro del plazo de {termino}, que vencía {vence}."
    if plazo.estado == EstadoPlazo.CUMPLIDO_TARDE:
        return f"Fuera del plazo de {termino}, que vencía {vence}."
    return ""


def _vencidos(sala: Sala, caso: Expediente, plazos: Iterable[Plazo], ahora: datetime) -> list[Hito]:
    """Breaches, whether or not the sweep has seen them: the instant after the due one."""
    return [
        Hito(
            "alerta",
            "mal",
            f"Venció el plazo para {sala.portal.terminos[p.codigo]}",
            en,
            _cuando(en, caso),
        )
        for p in plazos
        if (en := _vencio_en(p, ahora))
    ]


def _vencio_en(plazo: Plazo, ahora: datetime) -> datetime | None:
    if plazo.vencido_en or plazo.estado not in ABIERTOS or plazo.vence_en >= ahora:
        return plazo.vencido_en
    return plazo.vence_en + UN_SEGUNDO


def _corriendo(sala: Sala, caso: Expediente, plazo: Plazo) -> Hito:
    return Hito(
        "reloj",
        "info",
        f"Corre el plazo para {sala.portal.terminos[plazo.codigo]}",
        plazo.vence_en,
        f"Vence {vence_en_palabras(plazo.vence_en, caso.sede.tz)}",
    )


def _cuando(instante: datetime, caso: Expediente) -> str:
    texto = fecha_en_palabras(instante, caso.sede.tz)
    return texto[0].upper() + texto[1:]
