"""The hall's machines against the procedure's graph, transcribed by hand (003:66-99, X-12)."""

from uuid import uuid4

import pytest

from comteco.recepcion.ingreso import publico_de
from comteco.recepcion.models import Atencion, Ficha
from postventa.personas.actores import SISTEMA, Actor
from postventa.personas.models import Cliente
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import NoAutorizado
from tests.maquina import declaradas, no_rechazadas, poner, rechazo_de

ATENCION = {
    ("", "acoger", "P1"),
    ("P1", "pedir_informacion", "P2"),
    ("P1", "pedir_ubicacion", "P3"),
    ("P1", "pedir_tramite", "P5"),
    ("P2", "informar", "END_INFO"),
    ("P3", "ubicar", "P4"),
    ("P4", "acreditar", "END_VISITA"),
    ("P5", "direccionar", "P6"),
    ("P6", "habilitar", "P8"),
    ("P6", "observar", "P7"),
    ("P7", "comunicar_pendientes", "END_PENDIENTE"),
    ("P8", "entregar_ficha", "END_FICHA"),
}
FICHA = {
    ("", "emitir", "EMITIDA"),
    ("EMITIDA", "llamar", "LLAMADA"),
    ("LLAMADA", "volver_a_llamar", "LLAMADA"),
    ("LLAMADA", "atender", "EN_ATENCION"),
    ("LLAMADA", "ausentar", "AUSENTE"),
    ("EN_ATENCION", "terminar", "ATENDIDA"),
    ("EN_ATENCION", "derivar", "DERIVADA"),
}
ESTADOS = (
    "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8",
    "END_INFO", "END_VISITA", "END_PENDIENTE", "END_FICHA",
)  # fmt: skip
ESTADOS_DE_FICHA = ("EMITIDA", "LLAMADA", "EN_ATENCION", "ATENDIDA", "AUSENTE", "DERIVADA")
RECIBEN = {"informes", "jefa"}
# `asesora` sits at the desk that has the number.
QUIEN_DE_FICHA = {
    "emitir": {"sistema"},
    "llamar": {"asesora", "asesor", "caja", "jefa"},
    "volver_a_llamar": {"asesora"},
    "atender": {"asesora"},
    "ausentar": {"asesora", "jefa"},
    "terminar": {"asesora", "jefa"},
    "derivar": {"asesora"},
}


@pytest.fixture
def gente(plantel, comteco):
    otro = Cliente.objects.create(
        empresa=comteco, tipo_documento="CI", numero="9900199", nombre="Otro"
    )
    return {**vars(plantel), "sistema": SISTEMA, "publico": publico_de(comteco), "otro": otro}


@pytest.fixture
def atencion(plataforma, plantel):
    nueva = Atencion(
        tipo="comteco_sala", folio="COM-S1", empresa=plataforma.empresa, sede=plataforma,
        cliente=publico_de(plataforma.empresa), canal="sala", nonce=uuid4(),
    )  # fmt: skip
    return tramitar(nueva, "acoger", plantel.informes)


@pytest.fixture
def ficha(hall):
    hall.llega()
    return hall.siguiente()


@pytest.mark.regla("DSC-P1", "DSC-P5")
def test_maquina_de_la_atencion_es_el_grafo_del_documento():
    assert declaradas(Atencion) == ATENCION


def test_maquina_de_la_ficha_es_la_tabla():
    assert declaradas(Ficha) == FICHA


@pytest.mark.parametrize("estado", ESTADOS)
def test_paso_fuera_del_grafo_es_conflicto_y_nada_cambia(atencion, gente, estado):
    posibles = {verbo for origen, verbo, _ in ATENCION if origen == estado}
    todos = {verbo for _, verbo, _ in ATENCION}
    puesta = poner(atencion, estado)
    assert no_rechazadas(puesta, todos - posibles, dict.fromkeys(todos, gente["informes"])) == []


@pytest.mark.parametrize("estado", ESTADOS_DE_FICHA)
def test_verbo_de_ficha_fuera_de_la_tabla_es_conflicto(ficha, gente, estado):
    posibles = {verbo for origen, verbo, _ in FICHA if origen == estado}
    quien = {verbo: gente[min(quienes)] for verbo, quienes in QUIEN_DE_FICHA.items()}
    assert no_rechazadas(poner(ficha, estado), {*quien} - posibles, quien) == []


@pytest.mark.parametrize("verbo", sorted(v for o, v, _ in ATENCION if o))
def test_paso_solo_lo_da_quien_recibe(atencion, gente, verbo):
    origen = next(o for o, v, _ in ATENCION if v == verbo)
    puesta = poner(atencion, origen)
    permitidos = {n for n, q in gente.items() if rechazo_de(puesta, verbo, q) is not NoAutorizado}
    assert permitidos == RECIBEN


@pytest.mark.parametrize("verbo", sorted(QUIEN_DE_FICHA))
def test_verbo_de_ficha_solo_lo_dispara_quien_dice_la_tabla(ficha, gente, verbo):
    origen = next(o for o, v, _ in FICHA if v == verbo)
    puesta = poner(ficha, origen or "EMITIDA")
    permitidos = {n for n, q in gente.items() if rechazo_de(puesta, verbo, q) is not NoAutorizado}
    assert permitidos == QUIEN_DE_FICHA[verbo]


def test_gente_de_otra_empresa_no_dispara_nada(atencion, ficha, supervisor, jefe):
    for ajeno in (supervisor, jefe):
        for objeto, tabla in ((atencion, ATENCION), (ficha, FICHA)):
            verbos = {v for _, v, _ in tabla}
            assert {rechazo_de(objeto, v, ajeno) for v in verbos} == {NoAutorizado}


def test_solo_el_publico_de_su_ficha_o_su_meson_responden_la_encuesta(ficha, gente):
    from comteco.recepcion.permisos import MESON, PORTADOR, roles_de_ficha

    puesta = poner(ficha, "ATENDIDA")
    pueden = {
        n for n, q in gente.items() if {MESON, PORTADOR} & roles_de_ficha(Actor.de(q), puesta)
    }
    assert pueden == {"asesora", "publico"}
