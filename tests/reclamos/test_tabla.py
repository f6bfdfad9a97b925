"""CAPERA's machines against the tables of its procedure, transcribed by hand (C-T01 to C-T19)."""

from uuid import uuid4

import pytest

from postventa.personas.actores import SISTEMA
from postventa.personas.models import Cliente
from postventa.tramitacion.errores import NoAutorizado
from reclamos.ingreso import recibir
from reclamos.models import Mejora, Reclamo
from tests.maquina import declaradas, no_rechazadas, poner, rechazo_de

RECLAMO = {
    ("", "recibir", "RECIBIDA"),
    ("RECIBIDA", "formalizar", "FORMALIZADA"),
    ("RECIBIDA", "resolver_en_el_acto", "RESUELTA_EN_EL_ACTO"),
    ("FORMALIZADA", "resolver_en_el_acto", "RESUELTA_EN_EL_ACTO"),
    ("FORMALIZADA", "numerar", "INGRESADA"),
    ("RESUELTA_EN_EL_ACTO", "numerar", "RESUELTA_EN_EL_ACTO"),
    ("INGRESADA", "admitir", "ADMITIDA"),
    ("INGRESADA", "declarar_inadmisible", "INADMISIBLE"),
    ("ADMITIDA", "analizar", "EN_ANALISIS"),
    ("EN_ANALISIS", "pedir_visado", "POR_VISAR"),
    ("POR_VISAR", "devolver_de_visado", "EN_ANALISIS"),
    ("EN_ANALISIS", "responder", "RESPONDIDA"),
    ("POR_VISAR", "responder", "RESPONDIDA"),
    ("EN_ANALISIS", "prorrogar", "EN_ANALISIS"),
    ("POR_VISAR", "prorrogar", "POR_VISAR"),
    ("RESPONDIDA", "conformar", "CONFORME"),
    ("RESPONDIDA", "disconformar", "DISCONFORME"),
    ("RESPONDIDA", "archivar_por_silencio", "SILENCIO"),
    ("SILENCIO", "archivar_por_silencio", "ARCHIVADA"),
    ("DISCONFORME", "archivar_por_silencio", "ARCHIVADA"),
    ("DISCONFORME", "reanalizar", "EN_ANALISIS"),
    ("DISCONFORME", "abrir_controversia", "CONTROVERSIA"),
    ("CONTROVERSIA", "invitar_a_via_legal", "VIA_LEGAL"),
    ("CONFORME", "archivar", "ARCHIVADA"),
    ("CONTROVERSIA", "archivar", "ARCHIVADA"),
    ("VIA_LEGAL", "archivar", "ARCHIVADA"),
    ("INADMISIBLE", "archivar", "ARCHIVADA"),
    ("RESUELTA_EN_EL_ACTO", "archivar", "ARCHIVADA"),
}
MEJORA = {
    ("", "identificar_causa", "CAUSA_RAIZ_IDENTIFICADA"),
    ("CAUSA_RAIZ_IDENTIFICADA", "descartar_plan", "PLAN_NO_REQUERIDO"),
    ("CAUSA_RAIZ_IDENTIFICADA", "abrir_plan", "PLAN_ABIERTO"),
    ("PLAN_ABIERTO", "iniciar_acciones", "ACCIONES_EN_CURSO"),
    ("ACCIONES_EN_CURSO", "verificar", "VERIFICADO"),
    ("VERIFICADO", "publicar_leccion", "LECCION_PUBLICADA"),
}
ESTADOS = (
    "RECIBIDA",
    "FORMALIZADA",
    "RESUELTA_EN_EL_ACTO",
    "INGRESADA",
    "INADMISIBLE",
    "ADMITIDA",
    "EN_ANALISIS",
    "POR_VISAR",
    "RESPONDIDA",
    "CONFORME",
    "DISCONFORME",
    "SILENCIO",
    "CONTROVERSIA",
    "VIA_LEGAL",
    "ARCHIVADA",
)
ESTADOS_DE_MEJORA = (
    "CAUSA_RAIZ_IDENTIFICADA",
    "PLAN_NO_REQUERIDO",
    "PLAN_ABIERTO",
    "ACCIONES_EN_CURSO",
    "VERIFICADO",
    "LECCION_PUBLICADA",
)
# Column "who". `vendedora` is who received it and `jefa_obra` its Responsable.
QUIEN = {
    "formalizar": {"vendedora", "denunciante"},
    "resolver_en_el_acto": {"vendedora"},
    "numerar": {"legal"},
    "admitir": {"legal"},
    "declarar_inadmisible": {"legal"},
    "analizar": {"jefa_obra"},
    "pedir_visado": {"jefa_obra"},
    "devolver_de_visado": {"gerente"},
    "responder": {"jefa_obra"},
    "prorrogar": {"jefa_obra"},
    "conformar": {"denunciante", "legal"},
    "disconformar": {"denunciante", "legal"},
    "archivar_por_silencio": {"sistema"},
    "reanalizar": {"legal"},
    "abrir_controversia": {"legal", "gerente"},
    "invitar_a_via_legal": {"gerente"},
    "archivar": {"legal"},
}
QUIEN_DE_MEJORA = {
    "descartar_plan": {"jefa_obra", "legal", "gerente"},
    "abrir_plan": {"jefa_obra", "legal", "gerente"},
    "iniciar_acciones": {"encargado", "legal"},
    "verificar": {"legal", "gerente"},
    "publicar_leccion": {"legal", "gerente"},
}


@pytest.fixture
def gente(caso, plantel, denunciante, capera):
    """Somebody for each part, and those who only resemble them."""
    vecina = Cliente.objects.create(
        empresa=capera, tipo_documento="DNI", numero="40999999", nombre="Vecina"
    )
    return {
        "vendedora": plantel.vendedora,
        "legal": plantel.legal,
        "gerente": plantel.gerente,
        "jefa_obra": plantel.jefa_obra,
        "encargado": plantel.otro,
        "administrador": plantel.administrador,
        "denunciante": denunciante,
        "vecina": vecina,
        "sistema": SISTEMA,
    }


@pytest.fixture
def reclamo(caso, plantel):
    """One with a receiver, a number and a Responsable, to be put in any state."""
    return caso.ingresar("caseta").admitir().reclamo


@pytest.fixture
def mejora(caso, reclamo, camino_de_mejora, plantel):
    camino = camino_de_mejora(caso).identificar()
    Mejora.objects.update(encargado=plantel.otro)
    return camino.mejora


def test_maquina_del_reclamo_es_la_tabla():
    assert declaradas(Reclamo) == RECLAMO


def test_maquina_de_la_mejora_es_la_tabla():
    assert declaradas(Mejora) == MEJORA


def test_todo_verbo_dice_quien():
    assert {v for _, v, _ in RECLAMO} == {*QUIEN, "recibir"}
    assert {v for _, v, _ in MEJORA} == {*QUIEN_DE_MEJORA, "identificar_causa"}


@pytest.mark.parametrize("estado", ESTADOS)
def test_verbo_fuera_de_la_tabla_es_conflicto_y_nada_cambia(reclamo, gente, estado):
    puesto = poner(reclamo, estado)
    posibles = {verbo for origen, verbo, _ in RECLAMO if origen == estado}
    quien = {verbo: gente[min(quienes)] for verbo, quienes in QUIEN.items()}
    quien["recibir"] = gente["vendedora"]
    assert no_rechazadas(puesto, {*QUIEN, "recibir"} - posibles, quien) == []


@pytest.mark.parametrize("estado", ESTADOS_DE_MEJORA)
def test_verbo_de_mejora_fuera_de_la_tabla_es_conflicto(mejora, gente, estado):
    puesta = poner(mejora, estado)
    posibles = {verbo for origen, verbo, _ in MEJORA if origen == estado}
    quien = {verbo: gente[min(quienes)] for verbo, quienes in QUIEN_DE_MEJORA.items()}
    quien["identificar_causa"] = gente["legal"]
    assert no_rechazadas(puesta, {*quien} - posibles, quien) == []


@pytest.mark.parametrize("verbo", QUIEN)
def test_verbo_del_reclamo_solo_lo_dispara_quien_dice_la_tabla(reclamo, gente, verbo):
    origen = min(o for o, v, _ in RECLAMO if v == verbo)
    permitidos = {
        nombre
        for nombre, actor in gente.items()
        if rechazo_de(poner(reclamo, origen), verbo, actor) is not NoAutorizado
    }
    assert permitidos == QUIEN[verbo]


@pytest.mark.parametrize("verbo", QUIEN_DE_MEJORA)
def test_verbo_de_la_mejora_solo_lo_dispara_quien_dice_la_tabla(mejora, gente, verbo):
    origen = min(o for o, v, _ in MEJORA if v == verbo)
    permitidos = {
        nombre
        for nombre, actor in gente.items()
        if rechazo_de(poner(mejora, origen), verbo, actor) is not NoAutorizado
    }
    assert permitidos == QUIEN_DE_MEJORA[verbo]


@pytest.mark.regla("C-01")
def test_cualquier_trabajador_recibe_y_nadie_de_fuera(
    caso, plantel, caseta, denunciante, supervisor
):
    for persona in vars(plantel).values():
        assert caso.recibir(por=persona).reclamo.estado == "RECIBIDA"
    antes = Reclamo.objects.count()
    datos = {"nonce": uuid4(), "canal": "correo", "clase": "QUEJA"}
    for ajeno in (supervisor, SISTEMA):
        with pytest.raises(NoAutorizado):
            recibir(caseta, denunciante, ajeno, **datos)
    assert Reclamo.objects.count() == antes


def test_gente_de_otra_empresa_no_dispara_nada(reclamo, supervisor, jefe):
    for verbo in QUIEN:
        for ajeno in (supervisor, jefe):
            assert rechazo_de(reclamo, verbo, ajeno) is NoAutorizado
