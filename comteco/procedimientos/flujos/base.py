"""Where a trámite can stand in the document's graph, and how a step is written down."""

from django.db import models
from django_fsm import GET_STATE, transition


class Procedimiento(models.TextChoices):
    A = "A", "A) Servicios suplementarios"
    B = "B", "B) Cambio de plan comercial"
    C = "C", "C) Traslado de productos"
    D = "D", "D) Suspensión y reconexión temporal"
    E = "E", "E) Registro de daño técnico"
    F = "F", "F) Registro de reclamos"
    G = "G", "G) Detalle de llamadas salientes"
    H = "H", "H) Crédito al asociado"
    I = "I", "I) Retiro de productos"  # noqa: E741
    J = "J", "J) Trámites legales"


class Posicion(models.TextChoices):
    """The step that comes next, or how it ended. `A5.1` and `D6.1` are the customer at the till."""

    NUEVO = "", "Sin abrir"
    A1 = "A1", "A1. Verificar requisitos"
    A2 = "A2", "A2. Marcar los componentes"
    A3 = "A3", "A3. Digitar el servicio solicitado"
    A4 = "A4", "A4. Consultar si va a cancelar"
    A5 = "A5", "A5. Confirmar el resumen de pedido"
    A5_1 = "A5.1", "A5.1. En caja"
    A6 = "A6", "A6. Imprimir la Solicitud de Servicios"
    B1 = "B1", "B1. Verificar requisitos"
    B2 = "B2", "B2. Ingresar a Gestión de Productos"
    B3 = "B3", "B3. Elegir el nuevo plan"
    B4 = "B4", "B4. Confirmar el resumen de pedido"
    B5 = "B5", "B5. Imprimir y entregar la Solicitud de Servicios"
    C1 = "C1", "C1. Verificar requisitos"
    C2 = "C2", "C2. Verificar factibilidad técnica"
    C3 = "C3", "C3. Revisar si cambia la tecnología"
    C4 = "C4", "C4. Baja y alta del producto"
    C5 = "C5", "C5. Digitar el nuevo producto"
    C6 = "C6", "C6. Digitar los datos de traslado"
    C7 = "C7", "C7. Confirmar el resumen de pedido y cobro"
    C8 = "C8", "C8. Imprimir la Solicitud de Pedido"
    C9 = "C9", "C9. Entregar los documentos"
    D1 = "D1", "D1. Revisar requisitos y cuentas al día"
    D2 = "D2", "D2. Verificar el trámite solicitado"
    D3 = "D3", "D3. Revisar si es la primera vez en el año"
    D4 = "D4", "D4. No se puede: segunda suspensión del año"
    D5 = "D5", "D5. Informar el importe del mes en curso"
    D6 = "D6", "D6. Digitar el Depósito en Garantía"
    D6_1 = "D6.1", "D6.1. En caja"
    D7 = "D7", "D7. Digitar la suspensión"
    D8 = "D8", "D8. Imprimir la Solicitud de Pedido"
    D9 = "D9", "D9. Digitar el cambio de fecha de reconexión"
    E1 = "E1", "E1. Solicitar información del servicio"
    E2 = "E2", "E2. Ingresar al Punto Único de Atención"
    E3 = "E3", "E3. Determinar el estado del daño"
    E4 = "E4", "E4. Registrar el daño"
    E5 = "E5", "E5. Seguir la orden de trabajo"
    E6 = "E6", "E6. Gestionar con el técnico asignado"
    E7 = "E7", "E7. Verificar el último registro"
    E8 = "E8", "E8. Emitir una nueva solicitud de daño"
    E9 = "E9", "E9. Gestionar la atención prioritaria"
    F1 = "F1", "F1. Recabar información del reclamo"
    F2 = "F2", "F2. Ingresar a Smartflex"
    F3 = "F3", "F3. Revisar si existe un reclamo"
    F4 = "F4", "F4. Informar la resolución de BOI"
    F5 = "F5", "F5. Informar que aún no hay resolución"
    F6 = "F6", "F6. Digitar el reclamo"
    F7 = "F7", "F7. Derivar a la oficina de BOI"
    G1 = "G1", "G1. Revisar el trámite solicitado"
    G2 = "G2", "G2. Solicitar la cédula del titular"
    G3 = "G3", "G3. Informar el costo"
    G4 = "G4", "G4. Emitir la factura en el PAC"
    G5 = "G5", "G5. En caja"
    G6 = "G6", "G6. Ingresar al sistema Consultas"
    G7 = "G7", "G7. Imprimir el detalle de llamadas"
    G8 = "G8", "G8. Enviar la factura a la recurrente"
    G9 = "G9", "G9. Entregar el detalle de llamadas"
    H1 = "H1", "H1. Remitir a Crédito al Asociado"
    I1 = "I1", "I1. Remitir a Solicitud Retiro de Servicios"
    J1 = "J1", "J1. Remitir a Trámites Legales"
    OK = "OK", "Concluido"
    NO_REQ = "NO_REQ", "Concluido: no cumple requisitos"
    NO_FACT = "NO_FACT", "Concluido: sin factibilidad técnica"
    NO_PROCEDE = "NO_PROCEDE", "Concluido: no procede"
    DERIVADO = "DERIVADO", "Derivado"
    ANULADO = "ANULADO", "Anulado"


P = Posicion
FINALES = (P.OK, P.NO_REQ, P.NO_FACT, P.NO_PROCEDE, P.DERIVADO, P.ANULADO)
PASOS = tuple(p for p in P if p and p not in FINALES)
CAJAS = (P.A5_1, P.D6_1, P.G5)
PRIMERO = {proc: P(f"{proc}1") for proc in Procedimiento.values}


def paso(origen, destino, **mas):
    """A step of the machine. Its field is named, for each procedure is a class of its own."""
    return transition("estado", source=origen, target=destino, **mas)


def si(hecho: str, cumple: Posicion, no: Posicion) -> GET_STATE:
    """Branch of two: whether a fact of the record holds."""
    return GET_STATE(
        lambda tramite, **datos: cumple if getattr(tramite, hecho) else no, states=[cumple, no]
    )


def segun(hecho: str, destinos: dict) -> GET_STATE:
    """Branch of several: one per value of a fact of the record."""
    return GET_STATE(
        lambda tramite, **datos: destinos[getattr(tramite, hecho)], states=[*destinos.values()]
    )


def requisitos(sigue: Posicion) -> GET_STATE:
    """«Si cumple requisitos, continúa con paso siguiente. Caso contrario, concluye»."""
    return si("cumple_requisitos", sigue, P.NO_REQ)
