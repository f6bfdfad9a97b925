"""D) One suspension a year, four months at most, and a reconnection that comes by itself."""

from datetime import date

import pytest

from comteco.procedimientos.models import Tramite
from postventa.personas.actores import SISTEMA
from postventa.tramitacion.acciones import tramitar
from postventa.tramitacion.barrido import barrer
from postventa.tramitacion.errores import Conflicto, DatosInvalidos
from tests.calendario.lugares import LA_PAZ
from tests.conftest import local


def hasta_d7(camino, **campos):
    camino.abrir("D", **campos).paso("d1_verificar_cuentas").paso("d2_verificar_tramite")
    return camino.paso("d3_revisar_primera_vez").paso("d5_informar_importe", "D7")


@pytest.mark.regla("ASE-D7", "ASE-AN5")
@pytest.mark.parametrize(
    ("desde", "hasta"),
    [
        (date(2026, 12, 1), date(2027, 4, 1)),
        # R11: the last day of a shorter month.
        (date(2026, 11, 30), date(2027, 3, 30)),
        (date(2027, 10, 31), date(2028, 2, 29)),
    ],
)
def test_suspension_de_cuatro_meses_justos_se_registra(camino, desde, hasta):
    hasta_d7(camino).paso("d7_digitar_suspension", desde_el=desde, hasta_el=hasta)
    assert (camino.tramite.desde_el, camino.tramite.hasta_el) == (desde, hasta)


@pytest.mark.regla("ASE-D7", "ASE-AN5")
@pytest.mark.parametrize(
    ("desde", "hasta"),
    [
        (date(2026, 12, 1), date(2027, 4, 2)),
        (date(2027, 10, 31), date(2028, 3, 1)),
        (date(2026, 12, 1), date(2027, 12, 1)),
    ],
)
def test_cuatro_meses_y_un_dia_se_rechazan_con_las_palabras_del_documento(camino, desde, hasta):
    hasta_d7(camino)
    with pytest.raises(DatosInvalidos, match="máximo 4 meses") as rechazo:
        camino.paso("d7_digitar_suspension", desde_el=desde, hasta_el=hasta)
    assert set(rechazo.value.campos) == {"hasta_el"}
    assert camino.releer().desde_el is None
    assert not camino.tramite.confirmaciones.filter(paso="D7").exists()


@pytest.mark.parametrize(
    ("desde", "hasta", "campo"),
    [
        (date(2026, 11, 22), date(2026, 12, 22), "desde_el"),
        (date(2026, 12, 1), date(2026, 12, 1), "hasta_el"),
        (None, date(2026, 12, 1), "desde_el"),
        (date(2026, 12, 1), None, "hasta_el"),
        (date(9999, 12, 1), date(9999, 12, 31), "desde_el"),
    ],
)
def test_fechas_que_no_pueden_ser_dicen_que_hacer(camino, desde, hasta, campo):
    hasta_d7(camino)
    with pytest.raises(DatosInvalidos) as rechazo:
        camino.paso("d7_digitar_suspension", desde_el=desde, hasta_el=hasta)
    assert campo in rechazo.value.campos


@pytest.mark.regla("ASE-D3", "ASE-D4")
def test_segunda_suspension_del_anio_no_procede(caminos):
    caminos().suspender()
    segunda = caminos().a_las("2026-12-28 09:00").abrir("D").paso("d1_verificar_cuentas")
    segunda.paso("d2_verificar_tramite").paso("d3_revisar_primera_vez")
    assert (segunda.tramite.estado, segunda.tramite.es_primera_vez) == ("D4", False)
    with pytest.raises(Conflicto):
        segunda.paso("d7_digitar_suspension")
    segunda.paso("d4_informar_no_procede")
    assert segunda.tramite.estado == "NO_PROCEDE"


@pytest.mark.regla("ASE-D3")
def test_la_cuenta_es_por_producto_y_anio_calendario(caminos):
    caminos().suspender(desde_el=date(2026, 12, 1), hasta_el=date(2026, 12, 20))
    otro = caminos().abrir("D", producto="999").paso("d1_verificar_cuentas")
    otro.paso("d2_verificar_tramite").paso("d3_revisar_primera_vez")
    assert otro.tramite.estado == "D5"
    barrer(local("2026-12-20 00:00", LA_PAZ))
    del_otro_anio = caminos().a_las("2027-01-04 09:00").abrir("D").paso("d1_verificar_cuentas")
    del_otro_anio.paso("d2_verificar_tramite").paso("d3_revisar_primera_vez")
    assert del_otro_anio.tramite.estado == "D5"


@pytest.mark.regla("ASE-D3")
def test_pedida_en_un_anio_y_con_inicio_en_otro_se_cuenta_donde_empieza(caminos):
    caminos().a_las("2026-12-10 09:00").suspender(
        desde_el=date(2027, 1, 4), hasta_el=date(2027, 2, 4)
    )
    segunda = hasta_d7(caminos().a_las("2026-12-11 09:00"))
    with pytest.raises(DatosInvalidos, match="dos suspensiones en un año"):
        segunda.paso("d7_digitar_suspension", desde_el=date(2027, 6, 1), hasta_el=date(2027, 7, 1))


@pytest.mark.regla("ASE-D4")
def test_la_jefatura_autoriza_otra_y_queda_quien_y_por_que(caminos, gente_comteco):
    primera = caminos().suspender(desde_el=date(2026, 11, 24), hasta_el=date(2026, 12, 1))
    barrer(local("2026-12-01 00:00", LA_PAZ))
    assert primera.releer().habilitado_en is not None
    segunda = caminos().a_las("2026-12-02 09:00").abrir("D").paso("d1_verificar_cuentas")
    segunda.paso("d2_verificar_tramite").paso("d3_revisar_primera_vez")
    with pytest.raises(DatosInvalidos):
        segunda.paso("d4_autorizar", motivo=" ")
    segunda.paso("d4_autorizar")
    assert segunda.tramite.autorizado_por == gente_comteco.jefa
    assert segunda.tramite.motivo_autorizacion == "Viaje por salud"
    segunda.paso("d5_informar_importe", "D7").paso(
        "d7_digitar_suspension", desde_el=date(2026, 12, 3), hasta_el=date(2026, 12, 30)
    )
    assert segunda.paso("d8_imprimir_solicitud").tramite.estado == "OK"


def test_anulada_no_cuenta(caminos):
    primera = hasta_d7(caminos()).paso("d7_digitar_suspension").paso("anular")
    assert primera.tramite.estado == "ANULADO"
    assert hasta_d7(caminos()).tramite.estado == "D7"


# --- the end of it


@pytest.mark.regla("ASE-D8")
def test_el_servicio_se_habilita_solo_en_su_fecha(camino):
    camino.suspender()
    assert camino.vence("suspension") == "2027-02-28 23:59:59"
    assert camino.plazo("suspension").es_pactado
    barrer(local("2027-02-28 23:59", LA_PAZ))
    assert camino.releer().habilitado_en is None
    barrer(local("2027-03-01 00:00", LA_PAZ))
    assert camino.releer().habilitado_en == local("2027-03-01 00:00", LA_PAZ)
    assert camino.tramite.estado == "OK"
    assert camino.plazo("suspension").estado == "CUMPLIDO"
    ultimo = camino.tramite.movimientos.latest("numero")
    assert (ultimo.verbo, ultimo.detalle.nombre_actor) == ("d8_habilitar", "Sistema")
    assert not camino.tramite.plazos.filter(codigo="reconexion_tv").exists()
    assert barrer(local("2027-03-02 00:00", LA_PAZ)) == 0


@pytest.mark.regla("ASE-D8", "ASE-D9")
@pytest.mark.parametrize("servicio", ["tv_cable", "multimedias"])
def test_tv_cable_tiene_24_horas_para_reconectarse(camino, servicio):
    camino.suspender(servicio=servicio)
    barrer(local("2027-03-01 00:00", LA_PAZ))
    assert camino.vence("reconexion_tv") == "2027-03-02 00:00:00"
    camino.releer()
    camino.a_las("2027-03-01 18:00").anotar("registrar_reconexion")
    assert camino.plazo("reconexion_tv").estado == "CUMPLIDO"
    assert camino.tramite.reconectado_en == camino.ahora


def test_habilitar_dos_veces_es_conflicto(camino):
    camino.suspender()
    barrer(local("2027-03-01 00:00", LA_PAZ))
    with pytest.raises(Conflicto, match="no tiene un servicio suspendido"):
        tramitar(camino.releer(), "d8_habilitar", SISTEMA)


def reconexion(caminos, cuando="2026-12-10 10:00"):
    otro = caminos().a_las(cuando).abrir("D", pide="reconexion").paso("d1_verificar_cuentas")
    return otro.paso("d2_verificar_tramite", "D9")


@pytest.mark.regla("ASE-D2", "ASE-D9")
def test_reconexion_mueve_la_fecha_de_la_suspension(camino, caminos):
    camino.suspender()
    otra = reconexion(caminos)
    assert otra.tramite.suspension_id == camino.tramite.pk
    otra.paso("d9_cambiar_fecha", hasta_el=date(2026, 12, 20))
    assert otra.tramite.estado == "OK"
    assert camino.releer().hasta_el == date(2026, 12, 20)
    assert camino.vence("suspension") == "2026-12-19 23:59:59"
    assert list(camino.tramite.plazos.filter(codigo="suspension").order_by("ordinal")
                .values_list("estado", flat=True)) == ["CANCELADO", "CORRIENDO"]  # fmt: skip
    barrer(local("2026-12-20 00:00", LA_PAZ))
    assert camino.releer().habilitado_en == local("2026-12-20 00:00", LA_PAZ)


@pytest.mark.regla("ASE-D9")
def test_reconexion_de_hoy_habilita_en_el_acto(camino, caminos):
    camino.suspender(servicio="tv_cable")
    otra = reconexion(caminos).paso("d9_cambiar_fecha", hasta_el=date(2026, 12, 10))
    assert camino.releer().habilitado_en == otra.ahora
    assert camino.vence("reconexion_tv") == "2026-12-11 10:00:00"
    assert not otra.tramite.plazos.filter(codigo="reconexion_tv").exists()


@pytest.mark.regla("ASE-D9")
@pytest.mark.parametrize(
    ("fecha", "mensaje"),
    [
        (date(2027, 4, 2), "máximo 4 meses"),
        (date(2026, 12, 9), "hoy o después"),
        (None, "Anota la nueva fecha"),
    ],
)
def test_reconexion_en_fecha_que_no_puede_ser(camino, caminos, fecha, mensaje):
    camino.suspender()
    otra = reconexion(caminos)
    with pytest.raises(DatosInvalidos, match=mensaje):
        otra.paso("d9_cambiar_fecha", hasta_el=fecha)
    assert camino.releer().hasta_el == date(2027, 3, 1)


@pytest.mark.regla("ASE-D9")
def test_reconexion_de_una_suspension_anterior_al_portal_corre_en_su_tramite(caminos):
    otra = reconexion(caminos).paso("d9_cambiar_fecha", hasta_el=date(2026, 12, 20))
    assert otra.tramite.suspension is None
    assert not otra.tramite.plazos.filter(codigo="reconexion_tv").exists()
    tv = caminos().a_las("2026-12-10 10:00").abrir("D", pide="reconexion", servicio="tv_cable")
    tv.paso("d1_verificar_cuentas").paso("d2_verificar_tramite", "D9").paso("d9_cambiar_fecha")
    assert tv.vence("reconexion_tv") == "2026-12-11 10:00:00"


@pytest.mark.regla("ASE-D5", "ASE-D6")
def test_quien_cancela_pasa_por_caja_y_vuelve(camino, gente_comteco):
    camino.abrir("D").paso("d1_verificar_cuentas").paso("d2_verificar_tramite")
    camino.paso("d3_revisar_primera_vez").paso("d5_informar_importe", "D6")
    camino.paso("d6_digitar_deposito")
    assert (camino.tramite.estado, camino.tramite.importe_en_palabras) == ("D6.1", "Bs 87,50")
    with pytest.raises(Conflicto):
        camino.paso("d7_digitar_suspension")
    camino.paso("d6_1_cobrar")
    cobro = camino.tramite.cobros.get()
    assert (cobro.concepto, cobro.en_palabras, cobro.via) == ("deposito", "Bs 87,50", "caja")
    assert cobro.por == gente_comteco.caja
    assert camino.tramite.estado == "D7"
    assert Tramite.objects.count() == 1
