"""The machine against the tables of the document: what may happen, who may do it, nothing else."""

from datetime import date

import pytest

from comteco.procedimientos.flujo import ETAPAS
from comteco.procedimientos.flujos.base import P
from comteco.procedimientos.models import Tramite
from comteco.procedimientos.pasos import PASOS
from comteco.procedimientos.sala import SALA
from postventa.personas.actores import SISTEMA
from postventa.tramitacion.errores import Conflicto, NoAutorizado
from tests.comteco.procedimientos.tabla import (
    FINALES,
    POSICIONES,
    QUIEN,
    RECORRIDOS,
    TABLA,
    VERBOS,
)
from tests.maquina import declaradas, no_rechazadas, poner, rechazo_de

PASOS_DE = {"A": 6, "B": 5, "C": 9, "D": 9, "E": 9, "F": 7, "G": 9, "H": 1, "I": 1, "J": 1}


@pytest.fixture
def gente(gente_comteco, socio, supervisor, jefe):
    """Somebody for each part, and those who only resemble them."""
    return {
        **vars(gente_comteco), "socio": socio, "sistema": SISTEMA, "de_icalma": supervisor,
        "jefa_de_icalma": jefe,
    }  # fmt: skip


def permitidos(verbo):
    return QUIEN.get(verbo, {"asesora"})


def test_maquina_del_tramite_es_la_tabla():
    assert declaradas(Tramite) == TABLA


@pytest.mark.parametrize("estado", [*POSICIONES, *FINALES])
def test_paso_fuera_de_la_tabla_es_conflicto_y_nada_cambia(camino, gente, estado):
    puesto = poner(camino.abrir("A").tramite, estado)
    posibles = {verbo for origen, verbo, _ in TABLA if origen == estado}
    # Of a trámite that suspends nothing, the verbs of a suspension are refused too.
    posibles -= {"d8_habilitar", "d9_mover_reconexion"}
    quien = {verbo: gente[min(permitidos(verbo))] for verbo in VERBOS}
    assert no_rechazadas(puesto, {*VERBOS} - posibles, quien) == []


@pytest.mark.parametrize("verbo", [v for v in VERBOS if v != "abrir"])
def test_paso_solo_lo_da_quien_dice_el_documento(camino, gente, verbo):
    origen = min(o for o, v, _ in TABLA if v == verbo)
    tramite = camino.abrir("A").tramite
    pueden = {
        nombre
        for nombre, actor in gente.items()
        if rechazo_de(poner(tramite, origen), verbo, actor) is not NoAutorizado
    }
    assert pueden == permitidos(verbo)


def test_abrir_es_de_un_asesor_de_esa_oficina(camino, gente, gente_comteco):
    for nombre, actor in gente.items():
        if nombre in ("asesora", "socio", "sistema"):
            continue
        with pytest.raises(NoAutorizado):
            camino.abrir("A", por=actor)
    assert not Tramite.objects.exists()
    assert camino.abrir("A", por=gente_comteco.asesora).tramite.estado == "A1"


@pytest.mark.parametrize(("letra", "pasos"), RECORRIDOS)
def test_cada_rama_llega_a_su_fin(camino, caminos, letra, pasos):
    """Every way through the ten procedures; D9 and the second suspension need one before."""
    verbos = [verbo for verbo, _ in pasos]
    campos = {"pide": "reconexion"} if "d9_cambiar_fecha" in verbos else {}
    if ("d3_revisar_primera_vez", "D4") in pasos:
        campos["producto"] = caminos().suspender(producto="777").tramite.producto
        camino.a_las("2026-12-15 09:00")
    camino.abrir(letra, **campos)
    solo_este_mes = ("g3_informar_costo", "G6") in pasos
    for verbo, hasta in pasos:
        datos = {}
        if verbo == "g1_revisar_tramite" and solo_este_mes:
            datos = {"meses": ["2026-11"]}
        if verbo == "d7_digitar_suspension" and "d4_autorizar" in verbos:
            datos = {"desde_el": date(2027, 3, 1), "hasta_el": date(2027, 4, 1)}
        camino.paso(verbo, hasta, **datos)
        assert camino.tramite.estado == hasta
    assert camino.tramite.estado in FINALES
    assert camino.tramite.cerrado_en == camino.ahora
    assert camino.plazo("oportunidad").estado == "CUMPLIDO"


@pytest.mark.parametrize("posicion", POSICIONES)
def test_desde_cualquier_paso_se_anula_con_su_motivo(camino, gente_comteco, posicion):
    camino.tramite = poner(camino.abrir("A").tramite, posicion)
    camino.paso("anular", por=gente_comteco.jefa)
    assert camino.tramite.estado == "ANULADO"
    assert camino.tramite.motivo_anulacion == "El cliente desistió"
    assert camino.plazo("oportunidad").estado == "CANCELADO"


def test_un_paso_no_se_salta(camino):
    camino.abrir("A")
    with pytest.raises(Conflicto, match="Ya no se puede"):
        camino.paso("a6_imprimir_solicitud")
    assert camino.releer().estado == "A1"


def test_todo_paso_del_documento_tiene_texto_y_etapa():
    assert {letra: len(pasos) for letra, pasos in PASOS.items()} == PASOS_DE
    assert set(ETAPAS) == {p for p in P if p}
    assert set(SALA.caso.etiquetas) == {*VERBOS}
