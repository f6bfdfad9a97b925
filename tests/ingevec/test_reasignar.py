"""Handing Ingevec's solicitudes over: who may, who receives them, one by one and by project."""

import pytest

from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.expedientes.models import Expediente, Movimiento
from postventa.expedientes.verificacion import Cuenta, verificar_casos
from postventa.personas.actores import SISTEMA
from postventa.personas.models import Membresia, Rol
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from tests.consola.conftest import entrar, personal
from tests.ingevec.mesa import LISTA, Consola
from tickets.inmuebles.models import Proyecto

PAGINA = "/consola/reasignar/"
ROLES = (Rol.CALL_CENTER, Rol.JEFE, Rol.INSPECTOR, Rol.MAESTRO, Rol.GERENTE, Rol.ADMINISTRADOR)
REASIGNAN = {Rol.JEFE, Rol.ADMINISTRADOR}
RECIBEN = {Rol.CALL_CENTER, Rol.JEFE, Rol.INSPECTOR, Rol.MAESTRO}
# Where the case may be when it changes hands.
ETAPAS = ("INGRESADA", "INSPECCION_AGENDADA", "DIAGNOSTICADA", "TRABAJOS_AGENDADOS", "POR_LLAMAR")


@pytest.fixture
def otra_operadora(ingevec):
    return personal("otra", ingevec, Rol.CALL_CENTER, first_name="Eva", last_name="Rojas")


def hasta(llamada, etapa):
    pasos = {
        "INGRESADA": llamada.ingresar,
        "INSPECCION_AGENDADA": lambda: llamada.ingresar().agendar(),
        "DIAGNOSTICADA": lambda: llamada.ingresar().agendar().diagnosticar(),
        "TRABAJOS_AGENDADOS": lambda: (
            llamada.ingresar().agendar().diagnosticar().agendar_trabajos()
        ),
        "POR_LLAMAR": llamada.hasta_por_llamar,
    }
    return pasos[etapa]()


@pytest.mark.parametrize("etapa", ETAPAS)
def test_reasignar_cambia_quien_responde_y_nada_mas(llamada, otra_operadora, etapa):
    s = hasta(llamada, etapa).solicitud
    plazos = list(s.plazos.order_by("pk").values())
    visitas = list(s.visitas.order_by("pk").values())
    antes = Expediente.objects.values().get()
    llamada.anotar("reasignar", Rol.JEFE, responsable=otra_operadora, motivo="Vacaciones")
    despues = Expediente.objects.values().get()
    cambiados = {k for k in antes if antes[k] != despues[k]}
    assert cambiados == {"responsable_id", "cadena_largo", "cadena_cabeza"}
    assert (despues["responsable_id"], despues["etapa"]) == (otra_operadora.pk, etapa)
    assert list(s.plazos.order_by("pk").values()) == plazos
    assert list(s.visitas.order_by("pk").values()) == visitas
    m = Movimiento.objects.latest("pk")
    assert (m.verbo, m.antes, m.despues) == ("reasignar", etapa, etapa)
    assert m.detalle.datos["responsable_nuevo"] == "Eva Rojas"
    assert list(verificar_casos(Cuenta())) == []
    assert Aviso.objects.filter(tipo="reasignado").get().destino == otra_operadora.email


@pytest.mark.parametrize("rol", ROLES)
def test_matriz_de_quien_reasigna(llamada, ingevec, otra_operadora, rol):
    llamada.ingresar()
    quien = personal("mira", ingevec, rol)
    datos = {"responsable": otra_operadora, "motivo": "Vacaciones"}
    if rol in REASIGNAN:
        llamada.anotar("reasignar", quien, **datos)
    else:
        with pytest.raises(NoAutorizado):
            llamada.anotar("reasignar", quien, **datos)
    quedo = Expediente.objects.get().responsable
    assert quedo == (otra_operadora if rol in REASIGNAN else None)


def test_ni_el_propietario_ni_el_sistema_reasignan(llamada, duenio, otra_operadora):
    llamada.ingresar()
    for quien in (duenio, SISTEMA):
        with pytest.raises(NoAutorizado):
            llamada.anotar("reasignar", quien, responsable=otra_operadora, motivo="x")


@pytest.mark.parametrize("rol", ROLES)
def test_matriz_de_quien_recibe(llamada, ingevec, rol):
    llamada.ingresar()
    quien = personal("recibe", ingevec, rol)
    if rol in RECIBEN:
        llamada.anotar("reasignar", Rol.JEFE, responsable=quien, motivo="Vacaciones")
    else:
        with pytest.raises(DatosInvalidos, match="no atiende casos"):
            llamada.anotar("reasignar", Rol.JEFE, responsable=quien, motivo="Vacaciones")
    assert Expediente.objects.get().responsable == (quien if rol in RECIBEN else None)


def test_no_recibe_quien_atiende_otro_proyecto_ni_otra_empresa(llamada, ingevec, otra):
    llamada.ingresar()
    lejos = Proyecto.objects.create(empresa=ingevec, codigo="lejos", nombre="Edificio Lejos")
    de_lejos = personal("lejos", otra.empresa, Rol.CALL_CENTER)
    Membresia.objects.create(usuario=de_lejos, empresa=ingevec, sede=lejos, rol=Rol.CALL_CENTER)
    for quien in (de_lejos, otra.supervisora):
        with pytest.raises(DatosInvalidos, match="no atiende casos"):
            llamada.anotar("reasignar", Rol.JEFE, responsable=quien, motivo="x")


def test_lo_terminado_no_cambia_de_manos(llamada, otra_operadora):
    llamada.ingresar().tramitar(llamada.solicitud, "anular", Rol.JEFE, motivo="Duplicada")
    with pytest.raises(Conflicto, match="ya terminó"):
        llamada.anotar("reasignar", Rol.JEFE, responsable=otra_operadora, motivo="x")


# --- in the console


def test_se_reasigna_desde_la_pagina_del_caso(llamada, gente, otra_operadora):
    llamada.ingresar()
    hora.fijar(llamada.ahora)
    mesa = Consola(llamada, gente[Rol.JEFE])
    assert "reasignar" in mesa.verbos()
    pagina = mesa.pagina("?verbo=reasignar").content.decode()
    assert "sus alertas siguen llegando al call center" in pagina
    mesa.hacer(
        "solicitud", llamada.solicitud, "reasignar",
        responsable=otra_operadora.pk, motivo="Vacaciones",
    )  # fmt: skip
    assert mesa.solicitud.responsable == otra_operadora
    historial = mesa.pagina("?ver=historial").content.decode()
    assert "<b>Responde ahora:</b> Eva Rojas" in historial
    assert "reasignar" not in Consola(llamada, gente[Rol.CALL_CENTER]).verbos()


@pytest.mark.parametrize("rol", [Rol.CALL_CENTER, Rol.INSPECTOR, Rol.MAESTRO, Rol.GERENTE])
def test_post_forjado_de_quien_no_reasigna_no_cambia_nada(llamada, gente, otra_operadora, rol):
    llamada.ingresar()
    mesa = Consola(llamada, gente[rol])
    datos = {"responsable": otra_operadora.pk, "motivo": "x"}
    respuesta = mesa.postear("solicitud", llamada.solicitud, "reasignar", **datos)
    assert respuesta.status_code == 403
    assert mesa.solicitud.responsable is None
    lote = {"a": otra_operadora.pk, "motivo": "x", "accion": "confirmar", "cuantos": 1}
    assert mesa.web.post(PAGINA, {**lote, "caso": [mesa.pk]}).status_code == 403
    assert 'name="caso"' not in mesa.web.get(LISTA).content.decode()


@pytest.mark.parametrize("rol", [Rol.JEFE, Rol.ADMINISTRADOR])
def test_los_de_un_proyecto_pasan_juntos(llamada, ingevec, edificio, otra_operadora, rol):
    llamada.ingresar().ingresar().ingresar()
    web = entrar(personal("manda", ingevec, rol))
    assert "De cualquiera (3)" in web.get(PAGINA, {"sede": edificio.pk}).content.decode()
    datos = {"sede": edificio.pk, "de": "todos", "a": otra_operadora.pk, "motivo": "Vacaciones"}
    previa = web.post(PAGINA, {**datos, "accion": "ver"}).content.decode()
    assert "3 casos pasarán a Eva Rojas" in previa
    assert "sus alertas siguen llegando al call center" in previa
    assert "quien figura en el proyecto" not in previa
    web.post(PAGINA, {**datos, "accion": "confirmar", "cuantos": 3})
    assert set(Expediente.objects.values_list("responsable", flat=True)) == {otra_operadora.pk}
    assert Movimiento.objects.filter(verbo="reasignar").count() == 3


def test_los_elegidos_de_la_lista(llamada, gente, otra_operadora):
    uno = llamada.ingresar().solicitud
    llamada.ingresar()
    web = entrar(gente[Rol.JEFE])
    assert web.get(LISTA).content.decode().count('name="caso"') == 2
    datos = {"caso": [uno.pk], "a": otra_operadora.pk, "motivo": "x", "cuantos": 1}
    respuesta = web.post(PAGINA, {**datos, "accion": "confirmar"})
    assert respuesta.url == LISTA
    responsables = Expediente.objects.order_by("pk").values_list("responsable", flat=True)
    assert list(responsables) == [otra_operadora.pk, None]
