"""What COMTECO's customer is told by mail, and the written answer to a claim."""

from datetime import date

import pytest

from comteco.procedimientos.documentos import DERECHO_ATT, descargar, documentos_de
from postventa.avisos.correo import renderizar
from postventa.avisos.models import Aviso
from postventa.calendario import hora
from postventa.tramitacion.errores import Conflicto, DatosInvalidos
from tests.comteco.procedimientos.conftest import LUNES_BO
from tests.consola.conftest import entrar
from tests.documentos.leer import texto


def reclamar(camino, **datos):
    camino.abrir("F").paso("f1_recabar_reclamo").paso("f2_ingresar_al_sistema")
    return camino.paso("f3_revisar_existente", "F6").paso("f6_digitar_reclamo", **datos)


def trasladar(camino):
    camino.abrir("C", servicio="telefonia").paso("c1_verificar_requisitos")
    camino.paso("c2_verificar_factibilidad", "C3").paso("c3_revisar_tecnologia", "C6")
    camino.paso("c6_digitar_traslado").paso("c7_confirmar_resumen")
    return camino.paso("c8_imprimir_solicitud").paso("c9_entregar")


def correo(tipo):
    aviso = Aviso.objects.get(tipo=f"comteco/{tipo}")
    assert aviso.destino == "mirtha@correo.example"
    mensaje = renderizar(aviso)
    assert "<p" in mensaje.alternatives[0][0]
    return " ".join(f"{mensaje.subject} {mensaje.body}".split())


@pytest.mark.regla("ASE-F6")
def test_el_numero_del_reclamo_llega_al_cliente(camino):
    reclamar(camino, numero_odeco="ODECO-77")
    leido = correo("reclamo")
    for dicho in ("RC-1", "ODECO-77", "14 de diciembre", "devolveremos la llamada"):
        assert dicho in leido
    assert "Cobro doble" not in leido


@pytest.mark.regla("ASE-F6", "ASE-DOC")
def test_la_respuesta_escrita_dice_el_derecho_a_la_att(camino):
    reclamar(camino).pasar(days=3).anotar("registrar_respuesta", numero_odeco="ODECO-9")
    assert camino.plazo("reclamo_legal").estado == "CUMPLIDO"
    titulos = [d["titulo"] for d in documentos_de(camino.tramite)][2:]
    assert titulos == ["Respuesta al reclamo, original", "Respuesta al reclamo, copia"]
    papel, mail = texto(descargar(camino.tramite, "respuesta_copia")[1]), correo("respuesta")
    for dicho in ("RC-1", "ODECO-9", "Se ajusta el cobro doble.", "15 días hábiles", "ATT"):
        assert dicho in papel
        assert dicho in mail
    assert DERECHO_ATT in papel
    with pytest.raises(Conflicto):
        camino.anotar("registrar_respuesta")


def test_la_respuesta_vacia_no_se_da_por_dada(camino):
    with pytest.raises(DatosInvalidos) as rechazo:
        reclamar(camino).anotar("registrar_respuesta", respuesta=" ")
    assert set(rechazo.value.campos) == {"respuesta"}
    assert camino.releer().respondido_en is None
    assert not Aviso.objects.filter(tipo="comteco/respuesta").exists()


@pytest.mark.regla("ASE-C9")
def test_el_tiempo_y_el_costo_del_traslado_llegan_al_cliente(camino):
    trasladar(camino)
    leido = correo("traslado")
    for dicho in ("de 1 a 10 días", "Bs 146,28", "3 de diciembre", "factura del mes en curso"):
        assert dicho in leido


@pytest.mark.regla("ASE-D8", "ASE-D9")
def test_las_fechas_de_la_suspension_y_su_cambio_llegan_al_cliente(camino, caminos):
    camino.suspender(servicio="tv_cable")
    leido = correo("suspension")
    for dicho in ("martes 1 de diciembre de 2026", "lunes 1 de marzo de 2027", "24 horas"):
        assert dicho in leido
    otra = caminos().a_las("2026-12-10 10:00").abrir("D", pide="reconexion", servicio="internet")
    otra.paso("d1_verificar_cuentas").paso("d2_verificar_tramite", "D9")
    otra.paso("d9_cambiar_fecha", hasta_el=date(2027, 1, 5))
    leido = correo("reconexion")
    assert "martes 5 de enero de 2027" in leido
    assert "24 horas" not in leido


def test_quien_no_tiene_correo_recibe_su_copia(camino, gente_comteco, socio):
    socio.correo = ""
    socio.save()
    reclamar(camino)
    assert Aviso.objects.get(tipo="comteco/reclamo").estado == "DESCARTADO"
    hora.fijar(LUNES_BO)
    url = f"/consola/procedimientos/tramite/{camino.tramite.pk}/change/?verbo=registrar_respuesta"
    pagina = entrar(gente_comteco.asesora).get(url).content.decode()
    assert "no tiene correo" in pagina
