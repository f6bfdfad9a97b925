"""The document's steps in its words, for the screens. Typing errors corrected."""

from typing import NamedTuple


class Paso(NamedTuple):
    codigo: str
    texto: str
    subpasos: tuple[str, ...] = ()


FIRMA = ("Original(es) para archivo", "Copia(s) para cliente")

PASOS = {
    "A": (
        Paso("A1", "Solicita requisitos a cliente", (
            "1.1. Verifica requisitos para acceder a servicios suplementarios; según Anexo 1",
        )),
        Paso("A2", "Ingresa a Sistema Smartflex", (
            "2.1. Módulo CNCRM_FVE, Gestión de productos: tickea o destickea componentes "
            "requeridos según solicitud de cliente",
        )),
        Paso("A3", "Digita en Sistema Smartflex el servicio solicitado"),
        Paso("A4", "Consulta a cliente si va a cancelar", (
            "4.1. Mantiene destickeado flag «genera factura», en caso de factura recurrente",
        )),
        Paso("A5", "Visualiza resumen de pedido solicitando confirmación al cliente", (
            "5.1. Revisa con cliente la solicitud de pedido y deriva a caja",
        )),
        Paso("A6", "Imprime Solicitud de Servicios y concluye el procedimiento", (
            "6.1. Recaba firma de cliente", *FIRMA,
        )),
    ),
    "B": (
        Paso("B1", "Solicita requisitos a cliente (Anexo 2)", (
            "1.1. Verifica requisitos para acceder a cambio de plan comercial",
        )),
        Paso("B2", "Digita en sistema Smartflex", (
            "2.1. Módulo CNCRM, opción «Gestión de Productos»",
        )),
        Paso("B3", "Elige nuevo plan solicitado por cliente e informa el costo del nuevo plan", (
            "3.1. Tickea componentes requeridos según solicitud de cliente",
            "3.2. Destickea componentes no requeridos",
        )),
        Paso("B4", "Visualiza resumen de pedido con cliente", (
            "4.1. Visualiza resumen de pedido, solicitando confirmación del cliente",
        )),
        Paso("B5", "Imprime Solicitud de Servicios y entrega a cliente y concluye el "
             "procedimiento", ("5.1. Entrega solicitud y contratos si corresponde", *FIRMA)),
    ),
    "C": (
        Paso("C1", "Verifica requisitos (Anexo 3)", (
            "1.1. Verifica requisitos para acceder a traslado de servicios",
        )),
        Paso("C2", "Verifica factibilidad técnica"),
        Paso("C3", "Revisa en sistema si corresponde traslado con cambio de tecnología"),
        Paso("C4", "Realiza baja y alta del producto", (
            "4.1. Digita la baja del producto a trasladar e informa a cliente que devuelva los "
            "equipos al técnico al momento de la visita en el nuevo domicilio",
            "4.2. Digita la alta del servicio y solicita ajuste del importe al costo de traslado "
            "a Unidad Facturación",
        )),
        Paso("C5", "Digita el nuevo producto con facturación a la recurrente", (
            "5.1. Genera un reclamo para el ajuste del importe de traslado",
        )),
        Paso("C6", "Digita datos de traslado en Sistema Smartflex", (
            "6.1. Módulo CNCRM: datos del cliente, nueva dirección geográfica, barrio, etc.",
            "6.2. Realiza facturación a la recurrente",
        )),
        Paso("C7", "Visualiza resumen de pedido", (
            "7.1. Visualiza resumen de pedido y cobro, solicitando confirmación al cliente",
        )),
        Paso("C8", "Imprime Solicitud de Pedido", ("8.1. Recaba firma de cliente", *FIRMA)),
        Paso("C9", "Entrega documentos Solicitud de pedido y concluye el procedimiento", (
            "9.1. Informa a cliente el tiempo de traslado de 1 a 10 días y el costo del traslado "
            "en la factura del mes en curso",
        )),
    ),
    "D": (
        Paso("D1", "Solicita requisitos a cliente (Anexo 5)", (
            "1.1. Revisa en sistema cuentas al día",
        )),
        Paso("D2", "Verifica en sistema el trámite solicitado"),
        Paso("D3", "Revisa en sistema si es 1ra. vez en el año que está solicitando la suspensión"),
        Paso("D4", "Informa a cliente que no se puede realizar dos suspensiones en un año"),
        Paso("D5", "Informa a cliente que debe cancelar el importe del mes en curso"),
        Paso("D6", "Digita Depósito en Garantía en sistema con el importe a la fecha de "
             "solicitud", ("6.1. Direcciona a caja, informando que retorne",)),
        Paso("D7", "Digita en sistema la suspensión por el tiempo solicitado", (
            "7.1. Ingresa fecha de inicio y fin",
            "7.2. Informa tiempo máximo de suspensión 4 meses",
        )),
        Paso("D8", "Imprime solicitud de pedido y entrega a cliente y concluye el procedimiento", (
            "8.1. Recaba firma del cliente e informa que se habilitará el servicio en la fecha "
            "mencionada automáticamente", *FIRMA,
        )),
        Paso("D9", "Digita en Sistema Smartflex el cambio de fecha de reconexión y concluye el "
             "procedimiento", (
                 "9.1. Genera automáticamente órdenes de reconexión",
                 "9.2. Recaba firma del cliente e informa si es internet y línea que se habilitará "
                 "el servicio automáticamente y si es tv cable en el lapso de 24 hrs.", *FIRMA,
             )),
    ),
    "E": (
        Paso("E1", "Solicita información de servicio con problema", (
            "1.1. Recepciona a cliente y solicita información sobre tipo de servicio con problema "
            "técnico",
        )),
        Paso("E2", "Ingresa a Sistema Smartflex, módulo CNCRM_FVE, carpeta Punto Único de "
             "Atención al Cliente"),
        Paso("E3", "Determina estado de daño a producto según información de cliente"),
        Paso("E4", "Registra daño en sistema revisando dirección, teléfono de referencia", (
            "4.1. Emite solicitud de daño a producto, comunicando tiempo de solución de 24 a 48 "
            "hrs. y continúa con procedimiento «Atención de Daños Técnicos»",
        )),
        Paso("E5", "Realiza seguimiento de la orden (Orden de Trabajo en reparación, Asignado)", (
            "5.1. Efectúa seguimiento de la orden de trabajo en sistema",
        )),
        Paso("E6", "Realiza gestión con técnico asignado vía teléfono", (
            "6.1. Coordina visita a la brevedad posible con el técnico",
            "6.2. Informa a cliente que pasarán por su domicilio a la brevedad posible y concluye "
            "el procedimiento",
        )),
        Paso("E7", "Verifica en sistema atención de último registro (OT cerrada, Atendida y sin "
             "solución)", ("7.1. Verifica si fue cerrado sin solución",)),
        Paso("E8", "Emite nueva solicitud de daño a producto y reitera registro de daño a "
             "producto con la misma falla"),
        Paso("E9", "Realiza gestión con Supervisión para la atención prioritaria y concluye el "
             "procedimiento", (
                 "9.1. Envía mediante WhatsApp a Supervisión para gestión de atención inmediata",
                 "9.2. Si es Nplay genera un Servicio de Ingeniería para la programación de visita",
             )),
    ),
    "F": (
        Paso("F1", "Recibe a cliente y recaba información del reclamo", (
            "1.1. Recepciona a cliente y solicita información del servicio que reclama",
        )),
        Paso("F2", "Ingresa a Sistema Smartflex, módulo CNCRM_FVE"),
        Paso("F3", "Revisa si existe daños y/o reclamo del servicio que reclama"),
        Paso("F4", "Informa la resolución del reclamo realizado por BOI"),
        Paso("F5", "Informa a cliente que aún no existe una resolución de su reclamo", (
            "5.1. Informa que le van a llamar por teléfono para proporcionar la información del "
            "resultado del reclamo",
        )),
        Paso("F6", "Digita en sistema el reclamo del servicio solicitado", (
            "6.1. Informa a cliente que le devolverán la llamada cuando verifiquen si corresponde "
            "alguna compensación, concluye el procedimiento",
        )),
        Paso("F7", "Deriva a oficina de BOI (Atención de Reclamos), continúa con procedimiento "
             "reclamos de facturación (código FIN-FAC-P03)"),
    ),
    "G": (
        Paso("G1", "Revisa trámite solicitado por el cliente"),
        Paso("G2", "Solicita requisitos de detalle de llamadas salientes", (
            "2.1. Si es el titular de la línea, solicita cédula de identidad",
        )),
        Paso("G3", "Informa a cliente el costo del trámite", (
            "3.1. Solicita del mes en curso no tiene costo",
            "3.2. Solicita de meses pasados Bs. 12.- por mes",
        )),
        Paso("G4", "Ingresa a Paquete Accionario para la emisión de la factura", (
            "4.1. Ingresa número de producto y los datos del cliente para la emisión de la factura",
        )),
        Paso("G5", "Deriva a caja para la cancelación del importe", (
            "5.1. Recaba firma del cliente en comprobante de pago",
            "5.2. Informa a cliente que debe retornar para la entrega del detalle de llamadas "
            "salientes",
        )),
        Paso("G6", "Ingresa a Sistema «Consultas» con número de producto"),
        Paso("G7", "Imprime detalle de llamadas de mes(es) solicitado"),
        Paso("G8", "Envía la factura a la recurrente para el cobro del importe", (
            "8.1. Cobro que se realizará en la factura de la línea telefónica",
            "8.2. Solicita firma del cliente en comprobante de pago",
        )),
        Paso("G9", "Entrega a cliente detalle de llamadas salientes y concluye el procedimiento"),
    ),
    "H": (
        Paso("H1", "Remitirse al Procedimiento «Crédito al Asociado», código ADM-GAF-P07", (
            "Antes de remitir: requisitos según Anexo 4",
        )),
    ),
    "I": (
        Paso("I1", "Remitirse al Procedimiento «Solicitud Retiro de Servicios», código "
             "COM-DSC-P09", ("Antes de remitir: requisitos según Anexo 6",)),
    ),
    "J": (
        Paso("J1", "Remitirse al Procedimiento «Trámites Legales», código GC-PRC-OPE-SDO-01"),
    ),
}  # fmt: skip
