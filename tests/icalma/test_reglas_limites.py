"""Edges of the law where somebody would lose a right: who, when, and on what word."""

from datetime import timedelta
from uuid import uuid4

import pytest

from postventa.personas.actores import Actor
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from tests.conftest import LUNES, observaciones
from tickets.icalma.models import Ticket


def suelto(camino, cliente, **campos):
    """A ticket that somebody hands to the door without the submission's own checks."""
    ticket = Ticket(
        tipo="icalma",
        folio=f"ICA-2026-{uuid4().hex[:6]}",
        empresa=camino.unidad.proyecto.empresa,
        sede=camino.unidad.proyecto,
        cliente=cliente,
        unidad=camino.unidad,
        canal="web",
        **campos,
    )
    ticket.por_ingresar = observaciones(1)
    return ticket


@pytest.mark.regla("I-02")
@pytest.mark.parametrize("verbo", ["generar", "retener"])
def test_la_puerta_misma_exige_al_propietario(camino, extrania, verbo):
    datos = {"bloqueado_por": None} if verbo == "retener" else {}
    with pytest.raises(NoAutorizado, match="Solo el propietario"):
        tramitar(suelto(camino, extrania), verbo, extrania, ahora=LUNES, **datos)
    assert Ticket.objects.count() == 0


@pytest.mark.regla("I-15")
def test_la_puerta_misma_no_genera_si_otro_espera_su_firma(camino):
    camino.hasta_por_firmar()
    with pytest.raises(Conflicto, match="espera su firma"):
        tramitar(suelto(camino, camino.cliente), "generar", camino.cliente, ahora=camino.ahora)
    assert Ticket.objects.count() == 1


def ausencia(camino, llegada):
    return camino.tramitar(
        camino.visita,
        "registrar_inasistencia_cliente",
        llegada_en=llegada,
        conserje="Luis Pino",
    )


@pytest.mark.regla("I-19")
def test_llegar_despues_de_la_visita_no_es_ausencia_del_propietario(camino):
    camino.generar().contactar().coordinar_inspeccion()
    termina = camino.visita.termina_en
    camino.ahora = termina + timedelta(hours=5)
    with pytest.raises(DatosInvalidos, match="la empresa no llegó"):
        ausencia(camino, termina + timedelta(seconds=1))
    assert camino.ticket.inasistencias_seguidas == 0
    assert ausencia(camino, termina).inasistencias_seguidas == 1


def test_visita_no_empieza_el_dia_antes(camino):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    with pytest.raises(Conflicto, match="otro día"):
        camino.tramitar(camino.visita, "iniciar", recibe_rol="propietario")
    camino.ahora = camino.visita.inicia_en - timedelta(hours=1)
    camino.tramitar(camino.visita, "iniciar", recibe_rol="propietario")
    assert camino.visita.estado == "EN_CURSO"


@pytest.mark.regla("I-09")
def test_aprobar_sin_garantia_vigente_pide_que_alguien_lo_explique(camino, unidad):
    unidad.inscripcion_el = unidad.recepcion_definitiva_el.replace(year=2010)
    unidad.save()
    camino.generar(1).contactar().coordinar_inspeccion().iniciar_inspeccion()
    with pytest.raises(DatosInvalidos) as rechazo:
        camino.tramitar(camino.obs[0], "aprobar")
    assert set(rechazo.value.campos) == {"fundamento"}
    camino.tramitar(camino.obs[0], "aprobar", fundamento="Ya se había comprometido en la entrega.")
    assert camino.obs[0].fundamento == "Ya se había comprometido en la entrega."


@pytest.mark.regla("I-14")
@pytest.mark.parametrize("huella", ["", "0" * 64])
def test_firmar_exige_la_huella_del_acta_leida(camino, huella):
    camino.hasta_por_firmar()
    with pytest.raises(Conflicto, match="El acta cambió"):
        camino.tramitar(
            camino.ticket, "firmar", camino.cliente, nombre="Camila Rojas", huella=huella
        )
    assert not camino.ticket.documentos.filter(tipo="conformidad").exists()


@pytest.mark.regla("I-14")
def test_reemplazo_que_no_recibio_no_firma(camino):
    camino.generar(1).contactar().coordinar_inspeccion().inspeccionar(())
    camino.coordinar_trabajo(reemplazo_nombre="Ana Soto", reemplazo_documento="11.111.111-1")
    camino.iniciar_trabajo().ejecutar().terminar()
    with pytest.raises(NoAutorizado):
        camino.firmar(Actor.reemplazo("Ana Soto", "11111111-1"))


@pytest.mark.regla("I-14")
@pytest.mark.parametrize("nombre", ["Otra Persona", "Camila", "Camila Rojas Soto", "camila pérez"])
def test_firmar_con_otro_nombre_se_rechaza_y_dice_cual(camino, nombre):
    camino.hasta_por_firmar()
    with pytest.raises(DatosInvalidos, match="Camila Rojas Fuentealba"):
        camino.tramitar(
            camino.ticket, "firmar", camino.cliente, nombre=nombre, huella=camino.huella
        )
    assert not camino.ticket.documentos.filter(tipo="conformidad").exists()


@pytest.mark.parametrize(
    "nombre", ["camila rojas", "CAMILA  FUENTEALBA", "Camila Rójas Fuentealba"]
)
def test_firmar_perdona_mayusculas_tildes_y_un_apellido(camino, nombre):
    camino.hasta_por_firmar()
    camino.tramitar(camino.ticket, "firmar", camino.cliente, nombre=nombre, huella=camino.huella)
    assert camino.ticket.estado == "CERRADO_CONFORME"
