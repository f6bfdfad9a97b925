"""Icalma's ticket against the tables of its procedure, transcribed by hand (I-T01 to I-T21)."""

from uuid import uuid4

import pytest

from postventa.personas.actores import SISTEMA
from tests.conftest import local, observaciones
from tests.icalma.mesa import RUT_REEMPLAZO, gente_de
from tests.maquina import autorizados, declaradas, no_rechazadas, poner
from tickets.icalma.models import Ticket

TABLA = {
    ("", "generar", "GENERADO"),
    ("", "retener", "RETENIDO"),
    ("RETENIDO", "liberar", "GENERADO"),
    ("GENERADO", "registrar_contacto", "GENERADO"),
    ("GENERADO", "coordinar_inspeccion", "INSPECCION_COORDINADA"),
    ("INSPECCION_COORDINADA", "reprogramar_inspeccion", "INSPECCION_COORDINADA"),
    ("INSPECCION_COORDINADA", "deshacer_inspeccion", "GENERADO"),
    ("INSPECCION_COORDINADA", "resolver_por_inasistencia", "RESUELTO_INASISTENCIA"),
    ("INSPECCION_COORDINADA", "inspeccionar", "INSPECCIONADO"),
    ("INSPECCIONADO", "coordinar_trabajo", "TRABAJO_COORDINADO"),
    ("TRABAJO_COORDINADO", "iniciar_trabajo", "EN_EJECUCION"),
    ("TRABAJO_COORDINADO", "deshacer_trabajo", "INSPECCIONADO"),
    ("TRABAJO_COORDINADO", "resolver_por_inasistencia", "RESUELTO_INASISTENCIA"),
    ("EN_EJECUCION", "coordinar_otra_visita", "TRABAJO_COORDINADO"),
    ("EN_EJECUCION", "terminar_trabajos", "POR_FIRMAR"),
    ("POR_FIRMAR", "firmar", "CERRADO_CONFORME"),
    ("POR_FIRMAR", "firmar", "POR_FIRMAR"),  # D-03, with an observation EN_CONSULTA
    ("POR_FIRMAR", "rechazar_firma", "TRABAJO_COORDINADO"),
    ("INSPECCIONADO", "cerrar_sin_trabajos", "CERRADO_SIN_TRABAJOS"),
    ("RETENIDO", "anular", "ANULADO"),
    ("GENERADO", "anular", "ANULADO"),
    ("INSPECCION_COORDINADA", "anular", "ANULADO"),
    ("INSPECCIONADO", "anular", "ANULADO"),
    ("TRABAJO_COORDINADO", "anular", "ANULADO"),
    ("EN_EJECUCION", "anular", "ANULADO"),
    ("POR_FIRMAR", "anular", "ANULADO"),
    ("POR_FIRMAR", "reabrir_por_consulta", "INSPECCIONADO"),
    ("TRABAJO_COORDINADO", "reprogramar_trabajo", "TRABAJO_COORDINADO"),
}
ESTADOS = (
    "RETENIDO",
    "GENERADO",
    "INSPECCION_COORDINADA",
    "INSPECCIONADO",
    "TRABAJO_COORDINADO",
    "EN_EJECUCION",
    "POR_FIRMAR",
    "CERRADO_CONFORME",
    "RESUELTO_INASISTENCIA",
    "CERRADO_SIN_TRABAJOS",
    "ANULADO",
)
S, J, P, R, X, M = "supervisor", "jefe", "propietario", "reemplazo", "sistema", "maestro"
# Column "who" of the tables. Where a visit leads its ticket, the Sistema does it as well.
QUIEN = {
    # Sistema: what goes on after an objection that the Jefe upheld (D-14).
    "generar": {P, X},
    "retener": {P, X},
    "liberar": {X},
    "registrar_contacto": {S},
    "coordinar_inspeccion": {S},
    "reprogramar_inspeccion": {S, P},
    "deshacer_inspeccion": {S, X},
    "resolver_por_inasistencia": {X},
    "inspeccionar": {S, X},
    "coordinar_trabajo": {S},
    "iniciar_trabajo": {S, M, X},
    "deshacer_trabajo": {S, X},
    "coordinar_otra_visita": {S},
    "terminar_trabajos": {S, X},
    "firmar": {P, R, X},
    "rechazar_firma": {S},
    "cerrar_sin_trabajos": {S, J},
    "anular": {J},
    "reabrir_por_consulta": {X},
    "reprogramar_trabajo": {S, P},
}


def test_maquina_del_ticket_es_la_tabla():
    assert declaradas(Ticket) == TABLA


def test_todo_verbo_del_ticket_dice_quien():
    assert {verbo for _, verbo, _ in TABLA} == set(QUIEN)


@pytest.mark.parametrize("estado", ESTADOS)
def test_verbo_fuera_de_la_tabla_es_conflicto_y_nada_cambia(camino, estado):
    ticket = poner(camino.generar().ticket, estado)
    posibles = {verbo for origen, verbo, _ in TABLA if origen == estado}
    quien = {
        verbo: {S: camino.supervisor, J: camino.jefe, P: camino.cliente}.get(
            min(roles - {M, R}), SISTEMA
        )
        for verbo, roles in QUIEN.items()
    }
    assert no_rechazadas(ticket, set(QUIEN) - posibles, quien) == []


@pytest.mark.parametrize("verbo", QUIEN)
def test_verbo_del_ticket_solo_lo_dispara_quien_dice_la_tabla(camino, verbo):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.coordinar_trabajo(reemplazo_nombre="Ana Pérez", reemplazo_documento=RUT_REEMPLAZO)
    # A replacement signs what they received, so it is they who receive here.
    camino.ticket.visitas.filter(tipo="TRABAJO").update(recibe_rol=R)
    gente = gente_de(camino)
    origen = min(o for o, v, _ in TABLA if v == verbo)

    def objeto():
        return poner(camino.ticket, origen) if origen else _por_nacer(camino)

    datos = {"bloqueado_por": camino.ticket} if verbo == "retener" else {}
    assert autorizados(objeto, verbo, gente, **datos) == QUIEN[verbo]


def _por_nacer(camino):
    viejo = camino.ticket
    ticket = Ticket(
        tipo="icalma",
        folio=f"ICA-{uuid4().hex[:8]}",
        empresa=viejo.empresa,
        sede=viejo.sede,
        cliente=camino.cliente,
        unidad=camino.unidad,
        canal="web",
        creado_en=local("2026-11-23 11:00"),
    )
    ticket.por_ingresar = observaciones(1)
    return ticket
