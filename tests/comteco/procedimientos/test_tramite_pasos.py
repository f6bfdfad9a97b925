"""What the steps of the other procedures demand, refuse and leave written."""

from datetime import date
from decimal import Decimal

import pytest

from comteco.procedimientos.ingreso import SOLO_TITULAR
from comteco.procedimientos.models import Requisito, Tarifa, Tramite
from comteco.procedimientos.requisitos import aplicables
from postventa.tramitacion.errores import Conflicto, DatosInvalidos

HOY = date(2026, 11, 23)


def textos(camino, letra, **campos):
    camino.abrir(letra, **campos)
    return [r.texto for r in aplicables(camino.tramite, HOY)]


TERCERO = {"es_tercero": True, "tercero": "Luis Rojas", "tercero_documento": "5551234"}


# --- opening


@pytest.mark.regla("ASE-G2")
def test_un_tercero_no_pide_el_detalle_de_llamadas(camino):
    with pytest.raises(DatosInvalidos) as rechazo:
        camino.abrir("G", **TERCERO)
    assert rechazo.value.campos == {"es_tercero": SOLO_TITULAR}
    assert not Tramite.objects.exists()


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("producto", "  "),
        ("producto", "<b>"),
        ("procedimiento", "Z"),
        ("servicio", "fax"),
        ("persona", ""),
    ],
)
def test_lo_que_no_se_puede_abrir_dice_el_campo(camino, campo, valor):
    campos = {campo: valor} if campo != "procedimiento" else {}
    letra = valor if campo == "procedimiento" else "A"
    with pytest.raises(DatosInvalidos) as rechazo:
        camino.abrir(letra, **campos)
    assert set(rechazo.value.campos) == {campo}
    assert not Tramite.objects.exists()


def test_tercero_sin_nombre_ni_cedula_se_pide(camino):
    with pytest.raises(DatosInvalidos) as rechazo:
        camino.abrir("A", es_tercero=True)
    assert set(rechazo.value.campos) == {"tercero", "tercero_documento"}


def test_el_producto_se_guarda_sin_adornos_y_el_folio_es_de_la_empresa(camino):
    camino.abrir("A", producto="4-425 1234")
    assert (camino.tramite.producto, camino.tramite.folio) == ("44251234", "COM-2026-0001")
    assert camino.tramite.responsable == camino.gente.asesora


# --- annexes


@pytest.mark.regla("ASE-A1", "ASE-AN1")
def test_anexo_1_segun_quien_tramita(camino, caminos):
    titular = textos(camino, "A")
    assert titular == [
        "Ser titular del servicio",
        "Portar cédula de identidad vigente",
        "Tener las cuentas de sus servicios al día",
        "Número celular de referencia",
    ]
    tercero = textos(caminos(), "A", **TERCERO)
    assert "Nota escrita de solicitud firmada por el titular" in tercero
    assert "Ser titular del servicio" not in tercero
    juridica = textos(caminos(), "A", persona="juridica")
    assert set(juridica) - set(titular) == {
        "Nota del o los Representantes Legales que acredite al tramitador",
        "Fotocopia del NIT",
        "Fotocopia de la cédula de identidad del Representante Legal y del tramitador",
        "Teléfono de referencia",
    }


@pytest.mark.regla("ASE-B1", "ASE-AN2")
def test_anexo_2_pide_la_nota_del_representante_a_la_persona_juridica(camino, caminos):
    assert "Nota de solicitud suscrita por el representante legal" not in textos(camino, "B")
    assert "Nota de solicitud suscrita por el representante legal" in textos(
        caminos(), "B", persona="juridica"
    )


@pytest.mark.regla("ASE-C1", "ASE-AN3")
def test_anexo_3_pide_direccion_y_derecho_y_su_columna_juridica_es_lectura(camino):
    filas = textos(camino, "C", persona="juridica")
    assert any("croquis de ubicación" in t for t in filas)
    assert any(t.startswith("Pago de derecho de traslado") for t in filas)
    leidas = Requisito.objects.filter(procedimiento="C", es_lectura=True)
    assert {r.persona for r in leidas} == {"juridica"}


@pytest.mark.regla("ASE-H1", "ASE-AN4")
def test_anexo_4_se_mira_antes_de_remitir(camino):
    assert len(textos(camino, "H")) == 13
    camino.paso("h1_remitir")
    assert camino.tramite.estado == "DERIVADO"


@pytest.mark.regla("ASE-D1", "ASE-AN5")
def test_anexo_5_distingue_suspension_de_reconexion(camino, caminos):
    assert "Cuentas al día" in textos(camino, "D")
    assert textos(caminos(), "D", pide="reconexion") == [
        "Ser el titular del servicio", "Tener facturas al día",
    ]  # fmt: skip


@pytest.mark.regla("ASE-I1", "ASE-AN6")
def test_anexo_6_pide_los_equipos_del_servicio(camino, caminos):
    assert any("módem" in t for t in textos(camino, "I"))
    tv = textos(caminos(), "I", servicio="tv_cable", persona="juridica")
    assert any("decodificador" in t for t in tv)
    assert not any("módem" in t for t in tv)
    assert "Poder notariado otorgado por el titular" in tv


@pytest.mark.regla("ASE-A1")
def test_requisito_que_falta_concluye_y_queda_dicho(camino, gente_comteco):
    camino.abrir("A").paso("a1_verificar_requisitos", "NO_REQ")
    assert camino.tramite.estado == "NO_REQ"
    vistos = camino.tramite.requisitos.all()
    assert [(v.texto, v.por) for v in vistos if not v.cumple] == [
        ("Ser titular del servicio", gente_comteco.asesora)
    ]
    assert len(vistos) == 4


@pytest.mark.regla("ASE-A1")
def test_no_se_da_por_cumplido_lo_que_falta_ni_al_reves(camino):
    camino.abrir("A")
    filas = list(aplicables(camino.tramite, HOY))
    with pytest.raises(DatosInvalidos, match="Falta: Ser titular del servicio"):
        camino.paso("a1_verificar_requisitos", cumple=True, cumplidos=filas[1:])
    with pytest.raises(DatosInvalidos, match="desmarca lo que falta"):
        camino.paso("a1_verificar_requisitos", cumple=False, cumplidos=filas)
    with pytest.raises(DatosInvalidos, match="Di si cumple"):
        camino.paso("a1_verificar_requisitos", cumple=None, cumplidos=filas)
    assert camino.releer().estado == "A1"
    assert not camino.tramite.requisitos.exists()


def test_requisito_terminado_ya_no_se_pide_y_lo_visto_queda(camino, caminos):
    camino.abrir("A").paso("a1_verificar_requisitos")
    Requisito.objects.filter(texto="Número celular de referencia").update(
        hasta_el=date(2026, 11, 22)
    )
    assert "Número celular de referencia" not in textos(caminos(), "A")
    assert camino.tramite.requisitos.filter(texto="Número celular de referencia").exists()


def test_sin_requisitos_registrados_no_se_pasa(camino):
    Requisito.objects.update(hasta_el=date(2026, 1, 1))
    camino.abrir("A")
    with pytest.raises(DatosInvalidos, match="Administración"):
        camino.paso("a1_verificar_requisitos", cumple=True)


# --- money


@pytest.mark.regla("ASE-TAR", "ASE-C7")
@pytest.mark.parametrize(
    ("servicio", "cuanto"),
    [
        ("telefonia", "Bs 146,28"),
        ("internet", "Bs 200,00"),
        ("tv_cable", "Bs 200,00"),
        ("multimedias", "Bs 200,00"),
    ],
)
def test_traslado_cuesta_su_tarifa_en_la_recurrente(camino, servicio, cuanto):
    camino.abrir("C", servicio=servicio).paso("c1_verificar_requisitos")
    camino.paso("c2_verificar_factibilidad", "C3").paso("c3_revisar_tecnologia", "C6")
    camino.paso("c6_digitar_traslado").paso("c7_confirmar_resumen")
    cobro = camino.tramite.cobros.get()
    assert (cobro.en_palabras, cobro.via, cobro.concepto) == (cuanto, "recurrente", "traslado")


@pytest.mark.regla("ASE-TAR")
def test_sin_tarifa_no_se_inventa_un_precio(camino):
    camino.abrir("C", servicio="hspa").paso("c1_verificar_requisitos")
    camino.paso("c2_verificar_factibilidad", "C3").paso("c3_revisar_tecnologia", "C6")
    camino.paso("c6_digitar_traslado")
    with pytest.raises(DatosInvalidos, match="No hay una tarifa vigente"):
        camino.paso("c7_confirmar_resumen")
    assert camino.releer().estado == "C7"


@pytest.mark.regla("ASE-TAR", "ASE-G3")
@pytest.mark.parametrize(
    ("meses", "importe"),
    [(["2026-10"], "12.00"), (["2026-08", "2026-10", "2026-11", "2026-10"], "24.00")],
)
def test_detalle_cuesta_doce_por_mes_pasado(camino, meses, importe):
    camino.abrir("G").paso("g1_revisar_tramite", meses=meses).paso("g2_verificar_titular")
    camino.paso("g3_informar_costo", "G8").paso("g8_enviar_a_recurrente")
    assert camino.tramite.cobros.get().monto == Decimal(importe)


@pytest.mark.regla("ASE-G3")
def test_el_mes_en_curso_no_tiene_costo(camino):
    camino.abrir("G").paso("g1_revisar_tramite", meses=["2026-11"]).paso("g2_verificar_titular")
    camino.paso("g3_informar_costo", "G6")
    assert (camino.tramite.estado, camino.tramite.como_paga) == ("G6", "nada")
    assert camino.tramite.importe is None


@pytest.mark.regla("ASE-G1")
@pytest.mark.parametrize("meses", [[], ["2026-13"], ["2026-12"], ["octubre"], None])
def test_meses_que_no_pueden_ser_se_rechazan(camino, meses):
    camino.abrir("G")
    with pytest.raises(DatosInvalidos) as rechazo:
        camino.paso("g1_revisar_tramite", meses=meses)
    assert set(rechazo.value.campos) == {"meses"}


@pytest.mark.regla("ASE-TAR")
def test_la_tarifa_nueva_rige_desde_su_fecha(camino, comteco):
    Tarifa.objects.filter(concepto="detalle_llamadas").update(hasta_el=date(2026, 11, 22))
    Tarifa.objects.create(
        empresa=comteco, concepto="detalle_llamadas", monto=Decimal("13.50"), desde_el=HOY
    )
    camino.abrir("G").paso("g1_revisar_tramite", meses=["2026-10"]).paso("g2_verificar_titular")
    assert camino.paso("g3_informar_costo", "G4").tramite.importe == Decimal("13.50")


@pytest.mark.regla("ASE-A4", "ASE-A5")
def test_al_contado_solo_se_sigue_con_el_cobro_de_caja(camino, caminos, gente_comteco):
    camino.abrir("A").paso("a1_verificar_requisitos").paso("a2_marcar_componentes")
    camino.paso("a3_digitar_servicio")
    for importe in (None, "", "0", "-3", "mucho", "NaN", "1.234"):
        with pytest.raises(DatosInvalidos):
            camino.paso("a4_consultar_pago", "A5", importe=importe)
    camino.paso("a4_consultar_pago", "A5").paso("a5_derivar_a_caja")
    with pytest.raises(Conflicto):
        camino.paso("a6_imprimir_solicitud")
    camino.paso("a5_1_cobrar", comprobante="R-900")
    assert camino.tramite.cobros.get().numero == "R-900"
    otro = caminos().abrir("A").paso("a1_verificar_requisitos").paso("a2_marcar_componentes")
    otro.paso("a3_digitar_servicio").paso("a4_consultar_pago", "A5").paso("a5_derivar_a_caja")
    with pytest.raises(DatosInvalidos, match="ya se usó"):
        otro.paso("a5_1_cobrar", comprobante="R-900")


# --- facts that a step demands


@pytest.mark.regla("ASE-E9")
def test_nplay_genera_su_servicio_de_ingenieria(camino):
    camino.abrir("E").paso("e1_solicitar_informacion").paso("e2_ingresar_al_sistema")
    camino.paso("e3_determinar_estado", "E7").paso("e7_verificar_ultimo").paso("e8_reiterar_dano")
    with pytest.raises(DatosInvalidos):
        camino.paso("e9_priorizar", es_nplay=True, referencia="")
    camino.paso("e9_priorizar", es_nplay=False, referencia="")
    assert not camino.tramite.confirmaciones.filter(paso="E9").exists()
    assert camino.tramite.estado == "OK"


@pytest.mark.parametrize(
    ("letra", "pasos", "verbo", "datos", "campos"),
    [
        ("B", ("b1_verificar_requisitos", "b2_ingresar_al_sistema"), "b3_elegir_plan",
         {"cambio": "otra", "pedido": "", "informa_costo": None, "referencia": "", "importe": 0},
         {"cambio", "pedido", "informa_costo", "referencia", "importe"}),
        ("E", (), "e1_solicitar_informacion", {"pedido": " "}, {"pedido"}),
        ("F", (), "f1_recabar_reclamo", {"pedido": "x" * 2001}, {"pedido"}),
        ("J", (), "anular", {"motivo": ""}, {"motivo"}),
    ],
)  # fmt: skip
def test_lo_que_falta_se_dice_junto_y_nada_cambia(camino, letra, pasos, verbo, datos, campos):
    camino.abrir(letra)
    for paso in pasos:
        camino.paso(paso)
    antes = camino.tramite.estado
    with pytest.raises(DatosInvalidos) as rechazo:
        camino.paso(verbo, **datos)
    assert set(rechazo.value.campos) == campos
    assert camino.releer().estado == antes
    assert not camino.tramite.confirmaciones.exclude(referencia="").exists()


@pytest.mark.regla("ASE-F5")
def test_con_reclamo_asignado_no_se_registra_otro(camino):
    camino.abrir("F").paso("f1_recabar_reclamo").paso("f2_ingresar_al_sistema")
    camino.paso("f3_revisar_existente", "F5").paso("f5_informar_sin_resolucion")
    assert camino.tramite.estado == "OK"
    assert not camino.tramite.plazos.filter(codigo="reclamo_legal").exists()
