"""The procedures' side of the console: their screens, what waits for whom, how history is told."""

from django.urls import reverse

from comteco.procedimientos import forms_consola as f
from comteco.procedimientos import forms_mas as m
from comteco.procedimientos.consola_espera import esperan, puestos
from comteco.procedimientos.models import Tramite
from comteco.procedimientos.opciones import (
    CambioDePlan,
    ComoPaga,
    EstadoDano,
    ReclamoPrevio,
)
from comteco.procedimientos.permisos import ASESOR, JEFE
from comteco.procedimientos.vistas.urls import urls
from postventa.consola.salas import ConsolaDeSala
from postventa.personas.models import Rol

PASOS = {
    "a1_verificar_requisitos": f.Requisitos,
    "a2_marcar_componentes": f.Componentes,
    "a3_digitar_servicio": f.Digitar,
    "a4_consultar_pago": f.Pago,
    "a5_derivar_a_caja": f.ConfirmarYDerivar,
    "a5_1_cobrar": f.Cobrar,
    "a6_imprimir_solicitud": f.Firmar,
    "b1_verificar_requisitos": f.Requisitos,
    "b2_ingresar_al_sistema": f.Entrar,
    "b3_elegir_plan": f.Plan,
    "b4_confirmar_resumen": f.Confirmar,
    "b5_imprimir_solicitud": f.Firmar,
    "c1_verificar_requisitos": f.Requisitos,
    "c2_verificar_factibilidad": f.Factibilidad,
    "c3_revisar_tecnologia": f.Tecnologia,
    "c4_dar_baja_y_alta": f.BajaYAlta,
    "c5_digitar_nuevo_producto": f.NuevoProducto,
    "c6_digitar_traslado": f.Digitar,
    "c7_confirmar_resumen": f.ConfirmarTraslado,
    "c8_imprimir_solicitud": f.FirmarTraslado,
    "c9_entregar": f.Entregar,
    "d1_verificar_cuentas": f.Requisitos,
    "d2_verificar_tramite": m.CualTramite,
    "d3_revisar_primera_vez": m.PrimeraVez,
    "d4_informar_no_procede": m.NoProcede,
    "d4_autorizar": m.Autorizar,
    "d5_informar_importe": m.MesEnCurso,
    "d6_digitar_deposito": m.Deposito,
    "d6_1_cobrar": m.CobrarDeposito,
    "d7_digitar_suspension": m.Suspender,
    "d8_imprimir_solicitud": m.FirmarSuspension,
    "d9_cambiar_fecha": m.Reconectar,
    "e1_solicitar_informacion": m.Problema,
    "e2_ingresar_al_sistema": f.Entrar,
    "e3_determinar_estado": m.EstadoDelDano,
    "e4_registrar_dano": m.RegistrarDano,
    "e5_seguir_orden": m.SeguirOrden,
    "e6_coordinar_visita": m.CoordinarVisita,
    "e7_verificar_ultimo": m.SeguirOrden,
    "e8_reiterar_dano": m.Reiterar,
    "e9_priorizar": m.Priorizar,
    "f1_recabar_reclamo": m.Recabar,
    "f2_ingresar_al_sistema": f.Entrar,
    "f3_revisar_existente": m.Existente,
    "f4_informar_resolucion": m.Resolucion,
    "f5_informar_sin_resolucion": m.SinResolucion,
    "f6_digitar_reclamo": m.DigitarReclamo,
    "f7_derivar_a_boi": m.DerivarABoi,
    "g1_revisar_tramite": m.MesesPedidos,
    "g2_verificar_titular": f.Requisitos,
    "g3_informar_costo": m.Costo,
    "g4_emitir_factura": m.Factura,
    "g5_cobrar": m.CobrarDetalle,
    "g6_consultar": f.Entrar,
    "g7_imprimir_detalle": m.Imprimir,
    "g8_enviar_a_recurrente": m.Recurrente,
    "g9_entregar": m.EntregarDetalle,
    "h1_remitir": f.Requisitos,
    "i1_remitir": f.Requisitos,
    "j1_remitir": m.Remitir,
    "registrar_traslado": f.Nota,
    "registrar_solucion": f.Nota,
    "registrar_respuesta": m.ResponderReclamo,
    "registrar_reconexion": f.Nota,
    "anular": f.Anular,
}
FORMULARIOS = {("tramite", verbo): formulario for verbo, formulario in PASOS.items()}
ATAJOS = {
    "traslado": ("registrar_traslado", "Registrar"),
    "dano": ("registrar_solucion", "Registrar"),
    "reclamo_legal": ("registrar_respuesta", "Responder"),
    "reconexion_tv": ("registrar_reconexion", "Registrar"),
}


def donde(ids):
    """`Producto 44251234`, by case id."""
    filas = Tramite.objects.filter(pk__in=ids).values_list("pk", "producto")
    return {pk: f"Producto {producto}" for pk, producto in filas}


def paginas(usuario) -> list[tuple[str, str]]:
    """What the home offers to those who work there."""
    suyas = []
    if puestos(usuario, ASESOR):
        suyas.append(("Abrir un trámite", reverse("admin:tramites_nuevo")))
    if puestos(usuario, ASESOR, JEFE, Rol.GERENTE):
        suyas.append(("Indicadores del día", reverse("admin:tramites_indicadores")))
    return suyas


CONSOLA = ConsolaDeSala(
    tipo="comteco_tramite",
    lista="admin:procedimientos_tramite_changelist",
    caso="admin:procedimientos_tramite_change",
    formularios=FORMULARIOS,
    # Only of a suspension that runs, and Sistema's: they have no screen.
    ajenas=frozenset({"esta_suspendido"}),
    donde=donde,
    urls=urls,
    esperan=esperan,
    atajos=ATAJOS,
    paginas=paginas,
    lugar="tramite__producto",
    unidad="Producto",
    campos={
        "alta": "Número del alta",
        "avisado": "Mensaje a Supervisión",
        "baja": "Número de la baja",
        "barrio": "Barrio",
        "cambia_tecnologia": "Con cambio de tecnología",
        "cambio": "Cambia",
        "como_paga": "Cómo cancela",
        "comprobante": "Comprobante",
        "confirma": "Confirma el cliente",
        "coordinado": "Visita coordinada",
        "cumple": "Cumple requisitos",
        "desde_el": "Inicio",
        "direccion": "Dirección",
        "entregado": "Entregado",
        "es_factible": "Factibilidad técnica",
        "es_nplay": "Es Nplay",
        "esta_satisfecho": "Cliente satisfecho",
        "estado_dano": "Estado del daño",
        "faltan": "Faltó",
        "firmado_por": "Firmó",
        "hasta_el": "Reconexión",
        "importe": "Importe (Bs)",
        "impreso": "Detalle impreso",
        "informa_costo": "Costo informado",
        "informa_equipos": "Devolución de equipos informada",
        "informa_tiempo": "Tiempo informado",
        "informado": "Informado al cliente",
        "meses": "Meses",
        "numero_odeco": "Formulario ODECO",
        "paga_ahora": "Cancela ahora",
        "pedido": "Lo solicitado",
        "reclamo": "Número del reclamo",
        "reclamo_previo": "Reclamo anterior",
        "referencia": "Número de referencia",
        "resolucion": "Resolución",
        "respuesta": "Respuesta escrita",
        "telefono": "Teléfono de referencia",
    },
    opciones={
        "cambio": dict(CambioDePlan.choices),
        "como_paga": dict(ComoPaga.choices),
        "estado_dano": dict(EstadoDano.choices),
        "reclamo_previo": dict(ReclamoPrevio.choices),
    },
)
