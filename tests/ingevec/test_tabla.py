"""Ingevec's machines against the tables of its procedure, transcribed by hand (G-T01 to G-T13)."""

import pytest

from postventa.personas.actores import SISTEMA
from postventa.personas.models import Rol
from postventa.tramitacion.errores import NoAutorizado
from tests.maquina import declaradas, no_rechazadas, poner, rechazo_de
from tickets.ingevec.models import Requerimiento, Solicitud

SOLICITUD = {
    ("", "ingresar", "INGRESADA"),
    ("INGRESADA", "agendar_inspeccion", "INSPECCION_AGENDADA"),
    ("INSPECCION_AGENDADA", "reagendar_inspeccion", "INSPECCION_AGENDADA"),
    ("INSPECCION_AGENDADA", "diagnosticar", "DIAGNOSTICADA"),
    ("DIAGNOSTICADA", "cerrar_sin_garantia", "CERRADA_SIN_GARANTIA"),
    ("DIAGNOSTICADA", "agendar_trabajos", "TRABAJOS_AGENDADOS"),
    ("TRABAJOS_AGENDADOS", "reagendar_trabajos", "TRABAJOS_AGENDADOS"),
    ("TRABAJOS_AGENDADOS", "iniciar_trabajos", "EN_EJECUCION"),
    ("EN_EJECUCION", "interrumpir_trabajos", "TRABAJOS_AGENDADOS"),
    ("EN_EJECUCION", "terminar_trabajos", "POR_LLAMAR"),
    ("POR_LLAMAR", "registrar_conformidad", "CERRADA"),
    ("POR_LLAMAR", "volver_a_inspeccion", "INSPECCION_AGENDADA"),
    ("POR_LLAMAR", "volver_a_trabajos", "TRABAJOS_AGENDADOS"),
    ("INGRESADA", "atender_urgencia", "ATENCION_INMEDIATA"),
    ("ATENCION_INMEDIATA", "diagnosticar", "DIAGNOSTICADA"),
    ("ATENCION_INMEDIATA", "iniciar_trabajos", "EN_EJECUCION"),
    ("INGRESADA", "responder_consulta", "RESPONDIDA"),
    ("INGRESADA", "anular", "ANULADA"),
    ("INSPECCION_AGENDADA", "anular", "ANULADA"),
    ("ATENCION_INMEDIATA", "anular", "ANULADA"),
    ("DIAGNOSTICADA", "anular", "ANULADA"),
    ("TRABAJOS_AGENDADOS", "anular", "ANULADA"),
    ("EN_EJECUCION", "anular", "ANULADA"),
    ("POR_LLAMAR", "anular", "ANULADA"),
}
REQUERIMIENTO = {
    ("PENDIENTE", "corresponder", "CORRESPONDE"),
    ("PENDIENTE", "no_corresponder", "NO_CORRESPONDE"),
    ("CORRESPONDE", "ejecutar", "EJECUTADO"),
    ("EJECUTADO", "conformar", "CONFORME"),
    ("EJECUTADO", "disconformar", "DISCONFORME"),
    ("DISCONFORME", "rehacer", "CORRESPONDE"),
    ("DISCONFORME", "reinspeccionar", "PENDIENTE"),
}
ESTADOS = (
    "INGRESADA",
    "INSPECCION_AGENDADA",
    "ATENCION_INMEDIATA",
    "DIAGNOSTICADA",
    "TRABAJOS_AGENDADOS",
    "EN_EJECUCION",
    "POR_LLAMAR",
    "CERRADA",
    "CERRADA_SIN_GARANTIA",
    "RESPONDIDA",
    "ANULADA",
)
C, J, I, M, G = "call_center", "jefe", "inspector", "maestro", "gerente"  # noqa: E741
P, X = "propietario", "sistema"
# Column "who"; where a visit leads its solicitud, the Sistema does it as well.
QUIEN = {
    "agendar_inspeccion": {C, P},
    "reagendar_inspeccion": {C, P},
    "diagnosticar": {I, X},
    "cerrar_sin_garantia": {I, G},
    "agendar_trabajos": {C},
    "reagendar_trabajos": {C},
    "iniciar_trabajos": {M, I, X},
    "interrumpir_trabajos": {C, I, M},
    "terminar_trabajos": {M, G, X},
    "registrar_conformidad": {C, P},
    "volver_a_inspeccion": {C},
    "volver_a_trabajos": {C},
    "atender_urgencia": {C, I, M},
    "responder_consulta": {C},
    "anular": {J},
}
QUIEN_REQUERIMIENTO = {
    "corresponder": {I, X},
    "no_corresponder": {I, X},
    "ejecutar": {I, M},
    "conformar": {X},
    "disconformar": {X},
    "rehacer": {X},
    "reinspeccionar": {X},
}


@pytest.fixture
def ingresada(llamada):
    return llamada.ingresar()


def todos(llamada):
    """Somebody for each role, and nobody's: {role: actor}."""
    return {
        **{str(rol.value): usuario for rol, usuario in llamada.gente.items()},
        P: llamada.duenio,
        X: SISTEMA,
    }


def test_maquina_de_la_solicitud_es_la_tabla():
    assert declaradas(Solicitud) == SOLICITUD


def test_maquina_del_requerimiento_es_la_tabla():
    assert declaradas(Requerimiento) == REQUERIMIENTO


def test_todo_verbo_dice_quien():
    assert {v for _, v, _ in SOLICITUD} == {*QUIEN, "ingresar"}
    assert {v for _, v, _ in REQUERIMIENTO} == set(QUIEN_REQUERIMIENTO)


@pytest.mark.parametrize("estado", ESTADOS)
def test_verbo_fuera_de_la_tabla_es_conflicto_y_nada_cambia(ingresada, estado):
    solicitud = poner(ingresada.solicitud, estado)
    posibles = {verbo for origen, verbo, _ in SOLICITUD if origen == estado}
    gente = todos(ingresada)
    quien = {verbo: gente[min(roles - {P})] for verbo, roles in QUIEN.items()}
    assert no_rechazadas(solicitud, set(QUIEN) - posibles, quien) == []


@pytest.mark.parametrize("verbo", QUIEN)
def test_verbo_de_la_solicitud_solo_lo_dispara_quien_dice_la_tabla(ingresada, verbo):
    origen = min(o for o, v, _ in SOLICITUD if v == verbo)
    permitidos = {
        rol
        for rol, actor in todos(ingresada).items()
        if rechazo_de(poner(ingresada.solicitud, origen), verbo, actor) is not NoAutorizado
    }
    assert permitidos == QUIEN[verbo]


@pytest.mark.parametrize("verbo", QUIEN_REQUERIMIENTO)
def test_verbo_del_requerimiento_solo_lo_dispara_quien_dice_la_tabla(ingresada, verbo):
    origen = min(o for o, v, _ in REQUERIMIENTO if v == verbo)
    permitidos = {
        rol
        for rol, actor in todos(ingresada).items()
        if rechazo_de(poner(ingresada.reqs[0], origen), verbo, actor, motivo="x")
        is not NoAutorizado
    }
    assert permitidos == QUIEN_REQUERIMIENTO[verbo]


def test_gente_de_otra_empresa_no_dispara_nada(ingresada, supervisor, jefe):
    for verbo in QUIEN:
        for ajeno in (supervisor, jefe):
            assert rechazo_de(ingresada.solicitud, verbo, ajeno) is NoAutorizado


def test_un_maestro_no_inicia_una_inspeccion(llamada):
    llamada.ingresar(cupo=llamada.cupo())
    datos = {"representante": "Ana"}
    assert (
        rechazo_de(llamada.visita, "iniciar", llamada.gente[Rol.MAESTRO], **datos) is NoAutorizado
    )
