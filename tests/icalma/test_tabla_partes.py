"""Observations and visits of Icalma against their tables, transcribed by hand."""

import pytest

from postventa.personas.actores import SISTEMA
from postventa.visitas.models import Visita
from tests.icalma.mesa import gente_de
from tests.maquina import autorizados, declaradas, no_rechazadas, poner
from tickets.icalma.models import Observacion

S, J, P, X, M = "supervisor", "jefe", "propietario", "sistema", "maestro"

OBSERVACION = {
    ("PENDIENTE", "aprobar", "APROBADA"),
    ("PENDIENTE", "rechazar", "RECHAZADA"),
    ("RECHAZADA", "disputar", "EN_CONSULTA"),
    ("EN_CONSULTA", "acoger", "APROBADA"),
    ("EN_CONSULTA", "confirmar_rechazo", "RECHAZADA_DEFINITIVA"),
    ("RECHAZADA", "aceptar_rechazo", "RECHAZADA_ACEPTADA"),
    ("APROBADA", "ejecutar", "EJECUTADA"),
    ("EJECUTADA", "conformar", "CONFORME"),
    ("EJECUTADA", "devolver", "APROBADA"),
}
ESTADOS_OBSERVACION = (
    "PENDIENTE",
    "APROBADA",
    "RECHAZADA",
    "EN_CONSULTA",
    "RECHAZADA_DEFINITIVA",
    "RECHAZADA_ACEPTADA",
    "EJECUTADA",
    "CONFORME",
)
QUIEN_OBSERVACION = {
    "aprobar": {S},
    "rechazar": {S},
    "disputar": {P},
    "acoger": {J},
    "confirmar_rechazo": {J},
    "aceptar_rechazo": {P, X},
    "ejecutar": {S},
    "conformar": {X},
    "devolver": {X},
}
VISITA = {
    ("COORDINADA", "iniciar", "EN_CURSO"),
    ("EN_CURSO", "realizar", "REALIZADA"),
    ("COORDINADA", "reprogramar", "REPROGRAMADA"),
    ("COORDINADA", "cancelar", "CANCELADA"),
    ("COORDINADA", "registrar_inasistencia_cliente", "INASISTENCIA_CLIENTE"),
    ("COORDINADA", "registrar_inasistencia_empresa", "INASISTENCIA_EMPRESA"),
    ("COORDINADA", "registrar_acceso_denegado", "ACCESO_DENEGADO"),
}
ESTADOS_VISITA = (
    "COORDINADA",
    "EN_CURSO",
    "REALIZADA",
    "REPROGRAMADA",
    "CANCELADA",
    "INASISTENCIA_CLIENTE",
    "INASISTENCIA_EMPRESA",
    "ACCESO_DENEGADO",
)
# Of an inspection; the works of I-T11 are also a maestro's to start.
QUIEN_VISITA = {
    "iniciar": {S},
    "realizar": {S, X},
    "reprogramar": {X},
    "cancelar": {S, X},
    "registrar_inasistencia_cliente": {S},
    "registrar_inasistencia_empresa": {S},
    "registrar_acceso_denegado": {S},
}


def _alguien(camino, quien):
    personas = {S: camino.supervisor, J: camino.jefe, P: camino.cliente}
    return {v: personas.get(min(roles), SISTEMA) for v, roles in quien.items()}


@pytest.mark.parametrize(
    ("modelo", "tabla", "quien"),
    [(Observacion, OBSERVACION, QUIEN_OBSERVACION), (Visita, VISITA, QUIEN_VISITA)],
)
def test_maquina_de_la_parte_es_la_tabla(modelo, tabla, quien):
    assert declaradas(modelo) == tabla
    assert {verbo for _, verbo, _ in tabla} == set(quien)


@pytest.mark.parametrize("estado", ESTADOS_OBSERVACION)
def test_verbo_de_observacion_fuera_de_la_tabla_es_conflicto(camino, estado):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    observacion = poner(camino.obs[0], estado)
    posibles = {verbo for origen, verbo, _ in OBSERVACION if origen == estado}
    verbos = set(QUIEN_OBSERVACION) - posibles
    assert no_rechazadas(observacion, verbos, _alguien(camino, QUIEN_OBSERVACION)) == []


@pytest.mark.parametrize("estado", ESTADOS_VISITA)
def test_verbo_de_visita_fuera_de_la_tabla_es_conflicto(camino, estado):
    visita = poner(camino.generar().contactar().coordinar_inspeccion().visita, estado)
    posibles = {verbo for origen, verbo, _ in VISITA if origen == estado}
    verbos = set(QUIEN_VISITA) - posibles
    assert no_rechazadas(visita, verbos, _alguien(camino, QUIEN_VISITA)) == []


@pytest.mark.parametrize("verbo", QUIEN_OBSERVACION)
def test_verbo_de_observacion_solo_lo_dispara_quien_dice_la_tabla(camino, verbo):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    gente = gente_de(camino)
    origen = next(o for o, v, _ in OBSERVACION if v == verbo)
    observacion = camino.obs[0]
    datos = {"motivo": "Quedó mal"} if verbo == "devolver" else {}
    puede = autorizados(lambda: poner(observacion, origen), verbo, gente, **datos)
    assert puede == QUIEN_OBSERVACION[verbo]


@pytest.mark.parametrize("verbo", QUIEN_VISITA)
def test_verbo_de_visita_solo_lo_dispara_quien_dice_la_tabla(camino, verbo):
    visita = camino.generar().contactar().coordinar_inspeccion().visita
    gente = gente_de(camino)
    origen = next(o for o, v, _ in VISITA if v == verbo)
    assert autorizados(lambda: poner(visita, origen), verbo, gente) == QUIEN_VISITA[verbo]


@pytest.mark.regla("I-08")
def test_visita_de_trabajo_la_inicia_tambien_un_maestro(camino):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar().coordinar_trabajo()
    gente = gente_de(camino)
    visita = camino.visita
    assert autorizados(lambda: poner(visita, "COORDINADA"), "iniciar", gente) == {S, M}
