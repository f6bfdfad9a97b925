"""What each step writes, in the order of the document, always under the door's lock.

The substeps (A1.1, D6.1...) are what a step demands before the next one opens.
"""

from comteco.procedimientos import suspensiones
from comteco.procedimientos.documentos import fijar_deposito, fijar_reclamo, fijar_solicitud
from comteco.procedimientos.hechos import (
    cobro_en_caja,
    cobro_recurrente,
    confirma,
    confirmado,
    dicho,
    eleccion,
    en_orden,
    firma,
    importe,
    importe_si_paga,
    juntos,
    mirado,
    numero_odeco,
    si_o_no,
    texto,
)
from comteco.procedimientos.ingreso import preparar_apertura
from comteco.procedimientos.llamadas import fijar_costo, revisar_meses
from comteco.procedimientos.opciones import Concepto
from comteco.procedimientos.opciones import Sistema as S
from comteco.procedimientos.requisitos import revisar
from postventa.expedientes.salas import Acto
from postventa.tramitacion.errores import exigir

NUMERO = "referencia"


def preparar_motivo(tramite, puerta, actor, datos):
    datos["motivo"] = exigir(datos, "motivo", "Escribe el motivo.")[:1000]


def _servicio_de_ingenieria(tramite, puerta, actor, datos):
    """E9.2: «Si es Nplay genera un Servicio de Ingeniería»."""
    if tramite.es_nplay:
        confirmado(S.SMARTFLEX, "E9", "Servicio de Ingeniería")(tramite, puerta, actor, datos)
    else:
        datos.pop(NUMERO, None)


def _paso(*partes, fijar=None, completar=None):
    return Acto(preparar=juntos(*partes), completar=completar, fijar=fijar)


LO_PEDIDO = texto("pedido", "Anota lo que solicita el cliente.")
PAGA = si_o_no("paga_ahora", "Di si el cliente va a cancelar ahora.")

SUPLEMENTARIOS = {
    "a1_verificar_requisitos": _paso(revisar),
    "a2_marcar_componentes": _paso(LO_PEDIDO, mirado(S.SMARTFLEX, "A2", "Gestión de productos")),
    "a3_digitar_servicio": _paso(confirmado(S.SMARTFLEX, "A3", "Servicio solicitado")),
    "a4_consultar_pago": Acto(en_orden(PAGA, importe_si_paga), fijar=fijar_solicitud),
    "a5_derivar_a_caja": _paso(confirma),
    "a5_1_cobrar": _paso(cobro_en_caja(Concepto.SUPLEMENTARIOS), fijar=fijar_solicitud),
    "a6_imprimir_solicitud": _paso(firma),
}
CAMBIO_DE_PLAN = {
    "b1_verificar_requisitos": _paso(revisar),
    "b2_ingresar_al_sistema": _paso(mirado(S.SMARTFLEX, "B2", "Gestión de Productos")),
    "b3_elegir_plan": _paso(
        eleccion("cambio", "Elige qué cambia del plan."),
        texto("pedido", "Anota el plan nuevo y sus componentes."),
        importe,
        dicho("informa_costo", "Informa al cliente el costo del nuevo plan."),
        confirmado(S.SMARTFLEX, "B3", "Cambio de plan"),
    ),
    "b4_confirmar_resumen": _paso(confirma, fijar=fijar_solicitud),
    "b5_imprimir_solicitud": _paso(firma),
}
TRASLADO = {
    "c1_verificar_requisitos": _paso(revisar),
    "c2_verificar_factibilidad": _paso(
        texto("direccion", "Anota la dirección a la que se traslada."),
        texto("barrio", "Anota el barrio."),
        si_o_no("es_factible", "Di si existe factibilidad técnica."),
        confirmado(S.QGIS, "C2", "Factibilidad técnica"),
    ),
    "c3_revisar_tecnologia": _paso(
        si_o_no("cambia_tecnologia", "Di si es con cambio de tecnología.")
    ),
    "c4_dar_baja_y_alta": _paso(
        confirmado(S.SMARTFLEX, "C4.1", "Baja del producto", "baja"),
        dicho("informa_equipos", "Informa que devuelva los equipos al técnico en la visita."),
        confirmado(S.SMARTFLEX, "C4.2", "Alta y ajuste a Unidad Facturación", "alta"),
    ),
    "c5_digitar_nuevo_producto": _paso(
        confirmado(S.SMARTFLEX, "C5", "Nuevo producto a la recurrente"),
        confirmado(S.SMARTFLEX, "C5.1", "Reclamo para el ajuste del importe", "reclamo"),
    ),
    "c6_digitar_traslado": _paso(confirmado(S.SMARTFLEX, "C6", "Datos de traslado")),
    "c7_confirmar_resumen": _paso(
        confirma, cobro_recurrente(Concepto.TRASLADO), fijar=fijar_solicitud
    ),
    "c8_imprimir_solicitud": _paso(firma),
    "c9_entregar": _paso(
        dicho("informa_tiempo", "Informa el tiempo de traslado, de 1 a 10 días, y su costo.")
    ),
}
SUSPENSION = {
    "d1_verificar_cuentas": _paso(revisar),
    "d2_verificar_tramite": Acto(preparar=suspensiones.buscar),
    "d3_revisar_primera_vez": Acto(preparar=suspensiones.contar),
    "d4_informar_no_procede": _paso(dicho("informado", suspensiones.DOS_EN_UN_ANIO)),
    "d4_autorizar": Acto(preparar=suspensiones.autorizar),
    "d5_informar_importe": _paso(PAGA),
    "d6_digitar_deposito": _paso(
        importe, confirmado(S.SMARTFLEX, "D6", "Depósito en Garantía"), fijar=fijar_deposito
    ),
    "d6_1_cobrar": _paso(cobro_en_caja(Concepto.DEPOSITO)),
    "d7_digitar_suspension": _paso(
        suspensiones.revisar_fechas,
        confirmado(S.SMARTFLEX, "D7", "Suspensión"),
        fijar=fijar_solicitud,
    ),
    "d8_imprimir_solicitud": _paso(firma),
    "d9_cambiar_fecha": _paso(
        suspensiones.revisar_nueva_fecha,
        confirmado(S.SMARTFLEX, "D9", "Cambio de fecha de reconexión"),
        firma,
        fijar=fijar_solicitud,
    ),
    "d9_mover_reconexion": Acto(suspensiones.mover, suspensiones.mover_reloj),
}
DANO = {
    "e1_solicitar_informacion": _paso(texto("pedido", "Anota qué problema tiene el servicio.")),
    "e2_ingresar_al_sistema": _paso(mirado(S.SMARTFLEX, "E2", "Punto Único de Atención")),
    "e3_determinar_estado": _paso(eleccion("estado_dano", "Elige el estado del daño.")),
    "e4_registrar_dano": _paso(
        texto("direccion", "Revisa la dirección y anótala."),
        texto("telefono", "Anota el teléfono de referencia."),
        dicho("informa_tiempo", "Comunica el tiempo de solución, de 24 a 48 horas."),
        confirmado(S.SMARTFLEX, "E4.1", "Solicitud de daño a producto"),
    ),
    "e5_seguir_orden": _paso(confirmado(S.SMARTFLEX, "E5", "Orden de trabajo en seguimiento")),
    "e6_coordinar_visita": _paso(
        dicho("coordinado", "Coordina la visita con el técnico asignado."),
        dicho("informado", "Informa que pasarán por su domicilio a la brevedad posible."),
    ),
    "e7_verificar_ultimo": _paso(confirmado(S.SMARTFLEX, "E7", "Orden cerrada sin solución")),
    "e8_reiterar_dano": _paso(confirmado(S.SMARTFLEX, "E8", "Nueva solicitud de daño")),
    "e9_priorizar": _paso(
        dicho("avisado", "Envía el mensaje a Supervisión para la atención inmediata."),
        en_orden(si_o_no("es_nplay", "Di si es Nplay."), _servicio_de_ingenieria),
    ),
}
RECLAMO = {
    "f1_recabar_reclamo": _paso(texto("pedido", "Anota qué reclama.")),
    "f2_ingresar_al_sistema": _paso(mirado(S.SMARTFLEX, "F2", "Módulo CNCRM_FVE")),
    "f3_revisar_existente": _paso(eleccion("reclamo_previo", "Elige qué reclamo existe.")),
    "f4_informar_resolucion": _paso(
        texto("resolucion", "Anota la resolución de BOI que informaste."),
        si_o_no("esta_satisfecho", "Di si el cliente está satisfecho."),
    ),
    "f5_informar_sin_resolucion": _paso(
        dicho("informado", "Informa que le van a llamar por teléfono con el resultado.")
    ),
    "f6_digitar_reclamo": _paso(
        confirmado(S.SMARTFLEX, "F6", "Reclamo"),
        numero_odeco,
        dicho("informado", "Informa que le devolverán la llamada cuando se verifique."),
        fijar=fijar_reclamo,
    ),
}
LLAMADAS = {
    "g1_revisar_tramite": _paso(revisar_meses),
    "g2_verificar_titular": _paso(revisar),
    "g3_informar_costo": _paso(fijar_costo),
    "g4_emitir_factura": _paso(confirmado(S.PAC, "G4", "Factura")),
    "g5_cobrar": _paso(cobro_en_caja(Concepto.DETALLE), firma),
    "g6_consultar": _paso(mirado(S.CONSULTAS, "G6", "Detalle por número de producto")),
    "g7_imprimir_detalle": _paso(dicho("impreso", "Imprime el detalle de los meses.")),
    "g8_enviar_a_recurrente": _paso(cobro_recurrente(Concepto.DETALLE), firma),
    "g9_entregar": _paso(dicho("entregado", "Entrega el detalle al titular.")),
}
DERIVACIONES = {"h1_remitir": _paso(revisar), "i1_remitir": _paso(revisar)}

TRAMITE = {
    "abrir": Acto(preparar=preparar_apertura),
    **SUPLEMENTARIOS,
    **CAMBIO_DE_PLAN,
    **TRASLADO,
    **SUSPENSION,
    **DANO,
    **RECLAMO,
    **LLAMADAS,
    **DERIVACIONES,
    "anular": Acto(preparar=preparar_motivo),
}
