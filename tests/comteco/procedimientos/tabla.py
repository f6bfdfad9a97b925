"""The graphs of GC-PRC-OPE-ASE-03, transcribed by hand: (from, verb, to) of each procedure."""

import pytest

GRAFOS = {
    "A": (
        ("A1", "a1_verificar_requisitos", "A2"),
        ("A1", "a1_verificar_requisitos", "NO_REQ"),
        ("A2", "a2_marcar_componentes", "A3"),
        ("A3", "a3_digitar_servicio", "A4"),
        ("A4", "a4_consultar_pago", "A5"),
        ("A4", "a4_consultar_pago", "A6"),
        ("A5", "a5_derivar_a_caja", "A5.1"),
        ("A5.1", "a5_1_cobrar", "A6"),
        ("A6", "a6_imprimir_solicitud", "OK"),
    ),
    "B": (
        ("B1", "b1_verificar_requisitos", "B2"),
        ("B1", "b1_verificar_requisitos", "NO_REQ"),
        ("B2", "b2_ingresar_al_sistema", "B3"),
        ("B3", "b3_elegir_plan", "B4"),
        ("B4", "b4_confirmar_resumen", "B5"),
        ("B5", "b5_imprimir_solicitud", "OK"),
    ),
    "C": (
        ("C1", "c1_verificar_requisitos", "C2"),
        ("C1", "c1_verificar_requisitos", "NO_REQ"),
        ("C2", "c2_verificar_factibilidad", "C3"),
        ("C2", "c2_verificar_factibilidad", "NO_FACT"),
        ("C3", "c3_revisar_tecnologia", "C4"),
        ("C3", "c3_revisar_tecnologia", "C6"),
        ("C4", "c4_dar_baja_y_alta", "C5"),
        ("C5", "c5_digitar_nuevo_producto", "C7"),
        ("C6", "c6_digitar_traslado", "C7"),
        ("C7", "c7_confirmar_resumen", "C8"),
        ("C8", "c8_imprimir_solicitud", "C9"),
        ("C9", "c9_entregar", "OK"),
    ),
    "D": (
        ("D1", "d1_verificar_cuentas", "D2"),
        ("D1", "d1_verificar_cuentas", "NO_REQ"),
        ("D2", "d2_verificar_tramite", "D3"),
        ("D2", "d2_verificar_tramite", "D9"),
        ("D3", "d3_revisar_primera_vez", "D4"),
        ("D3", "d3_revisar_primera_vez", "D5"),
        ("D4", "d4_informar_no_procede", "NO_PROCEDE"),
        ("D4", "d4_autorizar", "D5"),
        ("D5", "d5_informar_importe", "D6"),
        ("D5", "d5_informar_importe", "D7"),
        ("D6", "d6_digitar_deposito", "D6.1"),
        ("D6.1", "d6_1_cobrar", "D7"),
        ("D7", "d7_digitar_suspension", "D8"),
        ("D8", "d8_imprimir_solicitud", "OK"),
        ("D9", "d9_cambiar_fecha", "OK"),
    ),
    "E": (
        ("E1", "e1_solicitar_informacion", "E2"),
        ("E2", "e2_ingresar_al_sistema", "E3"),
        ("E3", "e3_determinar_estado", "E4"),
        ("E3", "e3_determinar_estado", "E5"),
        ("E3", "e3_determinar_estado", "E7"),
        ("E4", "e4_registrar_dano", "DERIVADO"),
        ("E5", "e5_seguir_orden", "E6"),
        ("E6", "e6_coordinar_visita", "OK"),
        ("E7", "e7_verificar_ultimo", "E8"),
        ("E8", "e8_reiterar_dano", "E9"),
        ("E9", "e9_priorizar", "OK"),
    ),
    "F": (
        ("F1", "f1_recabar_reclamo", "F2"),
        ("F2", "f2_ingresar_al_sistema", "F3"),
        ("F3", "f3_revisar_existente", "F4"),
        ("F3", "f3_revisar_existente", "F5"),
        ("F3", "f3_revisar_existente", "F6"),
        ("F4", "f4_informar_resolucion", "OK"),
        ("F4", "f4_informar_resolucion", "F7"),
        ("F5", "f5_informar_sin_resolucion", "OK"),
        ("F6", "f6_digitar_reclamo", "OK"),
        ("F7", "f7_derivar_a_boi", "DERIVADO"),
    ),
    "G": (
        ("G1", "g1_revisar_tramite", "G2"),
        ("G2", "g2_verificar_titular", "G3"),
        ("G2", "g2_verificar_titular", "NO_REQ"),
        ("G3", "g3_informar_costo", "G4"),
        ("G3", "g3_informar_costo", "G6"),
        ("G3", "g3_informar_costo", "G8"),
        ("G4", "g4_emitir_factura", "G5"),
        ("G5", "g5_cobrar", "G6"),
        ("G6", "g6_consultar", "G7"),
        ("G7", "g7_imprimir_detalle", "G9"),
        ("G8", "g8_enviar_a_recurrente", "G7"),
        ("G9", "g9_entregar", "OK"),
    ),
    "H": (("H1", "h1_remitir", "DERIVADO"), ("H1", "h1_remitir", "NO_REQ")),
    "I": (("I1", "i1_remitir", "DERIVADO"), ("I1", "i1_remitir", "NO_REQ")),
    "J": (("J1", "j1_remitir", "DERIVADO"),),
}
FINALES = ("OK", "NO_REQ", "NO_FACT", "NO_PROCEDE", "DERIVADO", "ANULADO")
POSICIONES = sorted({origen for grafo in GRAFOS.values() for origen, _, _ in grafo})
# What the portal adds: opening, giving up, and what happens to a suspension that goes on.
AGREGADO = {
    *(("", "abrir", f"{letra}1") for letra in GRAFOS),
    *((posicion, "anular", "ANULADO") for posicion in POSICIONES),
    ("OK", "d8_habilitar", "OK"),
    ("OK", "d9_mover_reconexion", "OK"),
}
TABLA = {fila for grafo in GRAFOS.values() for fila in grafo} | AGREGADO
# Column «responsable»: the rest is the adviser's.
QUIEN = {
    "a5_1_cobrar": {"caja"},
    "d6_1_cobrar": {"caja"},
    "g5_cobrar": {"caja"},
    "d4_autorizar": {"jefa"},
    "d8_habilitar": {"sistema"},
    "d9_mover_reconexion": {"sistema"},
    "anular": {"asesora", "jefa"},
}
VERBOS = sorted({verbo for _, verbo, _ in TABLA})


def recorridos(letra):
    """Every way through a procedure, from its first step to an end: [(verb, to), ...]."""
    por_origen = {}
    for origen, verbo, destino in GRAFOS[letra]:
        por_origen.setdefault(origen, []).append((verbo, destino))

    def seguir(posicion, hechos):
        if posicion in FINALES:
            yield hechos
            return
        for verbo, destino in por_origen[posicion]:
            yield from seguir(destino, (*hechos, (verbo, destino)))

    return list(seguir(f"{letra}1", ()))


def reglas_de(camino):
    """`a5_1_cobrar` is of step 5: `ASE-A5`."""
    return sorted({f"ASE-{verbo[:2].upper()}" for verbo, _ in camino})


RECORRIDOS = [
    pytest.param(
        letra,
        camino,
        id="-".join([f"{letra}1", *(hasta for _, hasta in camino)]),
        marks=pytest.mark.regla(*reglas_de(camino)),
    )
    for letra in GRAFOS
    for camino in recorridos(letra)
]
