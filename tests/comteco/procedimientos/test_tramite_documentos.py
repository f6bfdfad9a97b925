"""COMTECO's papers as anybody reads them, with the originals and copies that the document asks."""

import pytest

from comteco.procedimientos.documentos import PAPELES, descargar, documentos_de
from postventa.documentos.sobres import SinDocumento
from tests.consola.conftest import entrar
from tests.documentos.leer import texto


def leer(tramite, tipo):
    return texto(descargar(tramite, tipo)[1])


def titulos(tramite):
    return [d["titulo"] for d in documentos_de(tramite)]


def hasta_d7(camino, **campos):
    camino.abrir("D", **campos).paso("d1_verificar_cuentas").paso("d2_verificar_tramite")
    return camino.paso("d3_revisar_primera_vez")


@pytest.mark.regla("ASE-DOC", "ASE-A6")
def test_solicitud_de_servicios_se_imprime_antes_de_firmarla(camino):
    camino.abrir("A").paso("a1_verificar_requisitos").paso("a2_marcar_componentes")
    assert titulos(camino.tramite) == []
    camino.paso("a3_digitar_servicio").paso("a4_consultar_pago", "A5").paso("a5_derivar_a_caja")
    camino.paso("a5_1_cobrar", comprobante="R-8")
    assert camino.tramite.estado == "A6"
    assert titulos(camino.tramite) == [
        "Solicitud de Servicios, original",
        "Solicitud de Servicios, copia",
    ]
    leido = leer(camino.tramite, "solicitud_original")
    for dicho in (
        "Solicitud de Servicios N° de trámite COM-2026-0001",
        "ORIGINAL, para archivo",
        "Identificador de llamadas",
        "Bs 35,00, caja, comprobante R-8",
        "SF-1001",
        "Mirtha Rojas Vargas Firma del cliente",
        "COMTECO R.L.",
    ):
        assert dicho in leido
    copia = leer(camino.tramite, "solicitud_copia")
    assert "COPIA, para cliente" in copia
    assert "ORIGINAL" not in copia


@pytest.mark.regla("ASE-DOC", "ASE-D6", "ASE-D8")
def test_deposito_en_garantia_tiene_un_original_y_ninguna_copia(camino):
    hasta_d7(camino).paso("d5_informar_importe", "D6").paso("d6_digitar_deposito")
    assert titulos(camino.tramite) == ["Depósito en Garantía, original"]
    assert "Bs 87,50" in leer(camino.tramite, "deposito_original")
    camino.paso("d6_1_cobrar").paso("d7_digitar_suspension")
    leido = leer(camino.tramite, "solicitud_copia")
    assert "Solicitud de Pedido" in leido
    assert "lunes 1 de marzo de 2027" in leido


@pytest.mark.regla("ASE-DOC", "ASE-F6")
def test_reclamos_varios_lleva_el_numero_que_se_da_al_cliente(camino):
    camino.abrir("F").paso("f1_recabar_reclamo").paso("f2_ingresar_al_sistema")
    camino.paso("f3_revisar_existente", "F6").paso("f6_digitar_reclamo")
    assert titulos(camino.tramite) == [
        "Formulario de Reclamos Varios, original",
        "Formulario de Reclamos Varios, copia",
    ]
    leido = leer(camino.tramite, "reclamo_copia")
    assert "RC-1" in leido
    assert "Cobro doble en octubre" in leido


@pytest.mark.regla("ASE-DOC")
def test_papel_que_no_existe_no_se_descarga(camino):
    camino.abrir("J")
    for tipo in (*PAPELES, "otro"):
        with pytest.raises(SinDocumento):
            descargar(camino.tramite, tipo)


def test_se_descarga_de_su_pagina_y_solo_en_su_oficina(camino, gente_comteco):
    camino.abrir("B").paso("b1_verificar_requisitos").paso("b2_ingresar_al_sistema")
    camino.paso("b3_elegir_plan").paso("b4_confirmar_resumen")
    url = f"/consola/procedimientos/tramite/{camino.tramite.pk}"
    web = entrar(gente_comteco.asesora)
    pagina = web.get(f"{url}/change/?ver=documentos").content.decode()
    assert "Solicitud de Servicios, copia" in pagina
    papel = web.get(f"{url}/documento/solicitud_copia/1/")
    assert papel["Content-Type"] == "application/pdf"
    ajena = entrar(gente_comteco.zonal)
    assert ajena.get(f"{url}/documento/solicitud_copia/1/").status_code == 404
    assert web.get(f"{url}/documento/deposito_original/").status_code == 404
