"""The history of a case: annotations by their name, data in words, in the place's own zone."""

from datetime import timedelta

import pytest

from postventa.calendario import hora
from postventa.consola.historial import legibles
from postventa.consola.salas import consola_de
from postventa.plazos.models import Plazo
from tests.conftest import SANTIAGO, local
from tests.icalma.consola import Consola
from tests.icalma.mesa import falla
from tests.tramitacion.relojes import repetir


@pytest.mark.parametrize(
    ("clave", "valor", "fila"),
    [
        (
            "inicia_en",
            "2026-11-26T12:30:00Z",
            "Empieza: jueves 26 de noviembre de 2026, a las 09:30",
        ),
        (
            "vence_en",
            "2026-12-02T02:59:59Z",
            "Vence: martes 1 de diciembre de 2026, hasta el final del día",
        ),
        ("plazo", "consulta", "Plazo: Revisión del Jefe"),
        ("reemplazo_documento", "12345678-5", "Documento del reemplazo: 12.345.678-5"),
        ("termino_estimado_el", "2026-12-04", "Término estimado: viernes 4 de diciembre de 2026"),
        ("con_quien", "Camila", "Con quién: Camila"),
        ("medio", "telefono", "Medio: Teléfono"),
        ("recibe_rol", "propietario", "Recibe: Propietario"),
        ("exclusion", "E2", "Exclusión: E2, Desgaste por uso normal de la vivienda."),
        ("exito", False, "Contestó: No"),
        ("motivos", {"7": "Quedó manchado", "9": "Gotea"}, "Motivos: Quedó manchado; Gotea"),
        ("inicia_en", "2026-99-99T12:30:00Z", "Empieza: 2026-99-99T12:30:00Z"),
    ],
)
def test_dato_de_un_acto_se_lee_en_palabras(clave, valor, fila):
    leido = legibles(
        {clave: valor}, consola_de("icalma"), SANTIAGO, {"consulta": "Revisión del Jefe"}
    )
    assert [": ".join(f) for f in leido] == [fila]


@pytest.mark.parametrize(
    "datos", [{"huella": "0" * 64}, {"persona": 3}, {"nota": ""}, {"x": True}, {"fotos": {}}]
)
def test_lo_que_no_es_para_leer_no_se_muestra(datos):
    assert legibles(datos, consola_de("icalma"), SANTIAGO) == []


def test_historial_dice_la_anotacion_y_nunca_una_clave(camino, supervisor):
    camino.generar().contactar().coordinar_inspeccion().inspeccionar()
    camino.coordinar_trabajo(reemplazo_nombre="Ana Pérez", reemplazo_documento="12.345.678-5")
    hora.fijar(camino.ahora)
    pagina = Consola(supervisor, camino.ticket).pagina("?ver=historial").content.decode()
    assert "<b>Documento del reemplazo:</b> 12.345.678-5" in pagina
    for clave in ("inicia_en", "Inicia en", "reemplazo_documento", "recibe_rol", "T12:30:00Z"):
        assert clave not in pagina


def test_cada_plazo_dice_por_que_esa_fecha(camino, supervisor):
    camino.generar()
    repetir(Plazo.objects.get(), 4)
    hora.fijar(camino.ahora)
    pagina = Consola(supervisor, camino.ticket).pagina().content.decode()
    assert pagina.count("¿Por qué esta fecha?") == 5


def test_no_llegamos_no_se_anota_antes_de_la_hora(camino, supervisor):
    camino.generar().contactar().coordinar_inspeccion("2026-11-24 10:00")
    visita, antes = camino.visita, local("2026-11-24 10:00") - timedelta(seconds=1)
    camino.ahora = antes
    rechazo = falla(camino, visita, "registrar_inasistencia_empresa", motivo="No alcanzamos")
    assert rechazo.mensaje == "La hora acordada todavía no llega."

    hora.fijar(antes - timedelta(minutes=1))
    consola = Consola(supervisor, camino.ticket)
    respuesta = consola.postear(
        "visita", visita, "registrar_inasistencia_empresa", motivo="No alcanzamos"
    )
    assert (respuesta.status_code, consola.visita.estado) == (409, "COORDINADA")
    camino.ahora = local("2026-11-24 10:00")
    camino.tramitar(visita, "registrar_inasistencia_empresa", motivo="No alcanzamos")
    assert consola.visita.estado == "INASISTENCIA_EMPRESA"
