"""The clocks of the procedures, the company's systems and the day's indicators."""

from datetime import date

import pytest

from comteco.procedimientos import indicadores
from comteco.procedimientos.indicadores import Medida
from comteco.procedimientos.models import Confirmacion, Tramite
from comteco.procedimientos.sistemas import SistemaNoDisponible
from postventa.expedientes.models import Movimiento
from postventa.tramitacion.barrido import barrer
from postventa.tramitacion.errores import Conflicto
from tests.calendario.lugares import LA_PAZ
from tests.conftest import local

LUNES = date(2026, 11, 23)


def hasta_e4(camino):
    camino.abrir("E").paso("e1_solicitar_informacion").paso("e2_ingresar_al_sistema")
    return camino.paso("e3_determinar_estado", "E4").paso("e4_registrar_dano")


@pytest.mark.regla("ASE-E4")
def test_dano_corre_24_horas_con_limite_de_48_aunque_se_derive(camino):
    hasta_e4(camino)
    plazo = camino.plazo("dano")
    assert camino.vence("dano") == "2026-11-24 10:00:00"
    assert f"{plazo.limite_en.astimezone(LA_PAZ):%d %H:%M}" == "25 10:00"
    assert (camino.tramite.situacion, plazo.estado) == ("CERRADO", "CORRIENDO")
    camino.a_las("2026-11-24 10:00").anotar("registrar_solucion")
    assert camino.plazo("dano").estado == "CUMPLIDO"
    with pytest.raises(Conflicto, match="No hay un plazo que corra"):
        camino.anotar("registrar_solucion")


@pytest.mark.regla("ASE-E8")
def test_dano_reiterado_abre_su_propio_plazo(camino):
    camino.abrir("E").paso("e1_solicitar_informacion").paso("e2_ingresar_al_sistema")
    camino.paso("e3_determinar_estado", "E7").paso("e7_verificar_ultimo").paso("e8_reiterar_dano")
    camino.paso("e9_priorizar")
    assert camino.plazo("dano").estado == "CORRIENDO"
    barrer(local("2026-11-24 10:01", LA_PAZ))
    assert camino.plazo("dano").estado == "VENCIDO"


@pytest.mark.regla("ASE-C9")
def test_traslado_tiene_diez_dias_desde_la_solicitud_firmada(camino):
    camino.abrir("C").paso("c1_verificar_requisitos").paso("c2_verificar_factibilidad", "C3")
    camino.paso("c3_revisar_tecnologia", "C6").paso("c6_digitar_traslado")
    camino.paso("c7_confirmar_resumen").paso("c8_imprimir_solicitud")
    assert camino.vence("traslado") == "2026-12-03 23:59:59"
    with pytest.raises(Conflicto):
        camino.anotar("registrar_traslado")
    camino.paso("c9_entregar")
    assert camino.plazo("traslado").estado == "CORRIENDO"
    camino.a_las("2026-12-04 00:00").anotar("registrar_traslado")
    assert camino.plazo("traslado").estado == "CUMPLIDO_TARDE"


@pytest.mark.regla("ASE-F6")
def test_reclamo_tiene_quince_dias_habiles(camino):
    camino.abrir("F").paso("f1_recabar_reclamo").paso("f2_ingresar_al_sistema")
    camino.paso("f3_revisar_existente", "F6").paso("f6_digitar_reclamo")
    assert camino.vence("reclamo_legal") == "2026-12-14 23:59:59"
    assert camino.tramite.confirmaciones.get(paso="F6").referencia == "RC-1"
    camino.a_las("2026-12-14 17:00").anotar("registrar_respuesta")
    assert camino.plazo("reclamo_legal").estado == "CUMPLIDO"


@pytest.mark.regla("ASE-IND")
@pytest.mark.parametrize(
    ("cuando", "estado"),
    [("2026-11-24 09:59", "CUMPLIDO"), ("2026-11-24 10:00", "CUMPLIDO_TARDE")],
)
def test_oportunidad_es_en_menos_de_24_horas(camino, cuando, estado):
    camino.abrir("J").a_las(cuando).paso("j1_remitir")
    assert camino.plazo("oportunidad").estado == estado


# --- systems


class Caido:
    def registrar(self, pedido):
        raise SistemaNoDisponible("smartflex", pedido.tramite.estado)

    consultar = registrar


class Propio:
    """An adapter that talks to the system: nobody types a number."""

    def registrar(self, pedido):
        return f"AUTO-{pedido.paso}"

    consultar = registrar


def con_smartflex(settings, clase):
    settings.COMTECO_SISTEMAS = {
        **settings.COMTECO_SISTEMAS,
        "smartflex": f"{clase.__module__}.{clase.__name__}",
    }


def test_sistema_que_no_responde_no_pierde_ni_escribe_nada(camino, settings):
    camino.abrir("A").paso("a1_verificar_requisitos")
    antes = Movimiento.objects.count()
    con_smartflex(settings, Caido)
    with pytest.raises(SistemaNoDisponible, match="Smartflex no responde"):
        camino.paso("a2_marcar_componentes")
    assert (camino.releer().estado, camino.tramite.pedido) == ("A2", "")
    assert Movimiento.objects.count() == antes
    assert not Confirmacion.objects.exists()


def test_un_adaptador_propio_da_el_numero_sin_que_nadie_lo_escriba(camino, settings):
    con_smartflex(settings, Propio)
    camino.abrir("A").paso("a1_verificar_requisitos").paso("a2_marcar_componentes")
    camino.paso("a3_digitar_servicio", referencia="")
    assert camino.tramite.confirmaciones.get(paso="A3").referencia == "AUTO-A3"


@pytest.mark.regla("ASE-A2", "ASE-A3")
def test_la_confirmacion_guarda_sistema_numero_y_quien(camino, gente_comteco):
    camino.abrir("A").paso("a1_verificar_requisitos").paso("a2_marcar_componentes")
    camino.paso("a3_digitar_servicio")
    fila = camino.tramite.confirmaciones.get(paso="A3")
    assert (fila.sistema, fila.referencia, fila.por) == (
        "smartflex", "SF-1001", gente_comteco.asesora,
    )  # fmt: skip


@pytest.mark.regla("ASE-C2")
def test_la_factibilidad_se_consulta_en_qgis(camino):
    camino.abrir("C").paso("c1_verificar_requisitos").paso("c2_verificar_factibilidad", "NO_FACT")
    assert camino.tramite.confirmaciones.get().sistema == "qgis"
    assert (camino.tramite.estado, camino.tramite.barrio) == ("NO_FACT", "Cala Cala")


@pytest.mark.regla("ASE-G4", "ASE-G6")
def test_el_detalle_pasa_por_pac_y_consultas(camino):
    camino.abrir("G").paso("g1_revisar_tramite").paso("g2_verificar_titular")
    camino.paso("g3_informar_costo", "G4").paso("g4_emitir_factura").paso("g5_cobrar")
    camino.paso("g6_consultar")
    assert [c.sistema for c in camino.tramite.confirmaciones.all()] == ["pac", "consultas"]


# --- indicators


@pytest.mark.regla("ASE-IND")
@pytest.mark.parametrize(
    ("cumplen", "total", "umbral", "porcentaje", "veredicto"),
    [
        (98, 100, 98, "98,0 %", "Observado"),
        (981, 1000, 98, "98,1 %", "Aceptado"),
        (95, 100, 95, "95,0 %", "Observado"),
        (9501, 10000, 95, "95,0 %", "Aceptado"),
        (100, 100, 98, "100,0 %", "Aceptado"),
        (0, 5, 95, "0,0 %", "Observado"),
        (0, 0, 98, "sin datos", "sin datos"),
    ],
)
def test_medida_es_estricta_y_sin_solicitudes_no_dice_nada(
    cumplen, total, umbral, porcentaje, veredicto
):
    medida = Medida(cumplen, total, umbral)
    assert (medida.porcentaje, medida.veredicto) == (porcentaje, veredicto)


@pytest.mark.regla("ASE-IND")
def test_indicadores_del_dia_por_oficina_y_asesor(
    caminos, gente_comteco, django_assert_num_queries
):
    caminos().abrir("J").paso("j1_remitir")
    caminos().abrir("A").paso("a1_verificar_requisitos", "NO_REQ")
    caminos().abrir("J").paso("anular")
    caminos().abrir("J").pasar(hours=25).paso("j1_remitir")
    caminos().a_las("2026-11-23 23:59").abrir("J")
    # Another day's, by the wall of the company.
    caminos().a_las("2026-11-24 00:00").abrir("J").paso("j1_remitir")
    with django_assert_num_queries(1):
        (fila,) = indicadores.del_dia(Tramite.objects.all(), LUNES, LA_PAZ)
    assert (fila.sede, fila.asesor, fila.total) == ("Edificio principal", "Asesora", 4)
    assert (fila.eficacia.cumplen, fila.oportunidad.cumplen) == (2, 2)
    eficacia, oportunidad = indicadores.resumen([fila])
    assert (eficacia.porcentaje, oportunidad.veredicto) == ("50,0 %", "Observado")
    assert indicadores.del_dia(Tramite.objects.all(), date(2026, 11, 22), LA_PAZ) == []
