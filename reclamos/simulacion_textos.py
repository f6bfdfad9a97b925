"""What people of CAPERA write in a simulation, as they would."""

from reclamos.models import Que

# Tipología, servicio, motivo, hechos, pedido, área.
RECLAMOS = (
    ("Entrega", "Venta de lote", "El lote se entregó sin el hito de la esquina",
     "Al recibir el lote no estaba el hito que marca la esquina del pasaje.",
     "Que se ponga el hito y se replantee el lindero.", "Obras"),
    ("Entrega", "Venta de lote", "La entrega del lote se atrasó",
     "El contrato decía marzo y todavía no me citan para la entrega.",
     "Que me den una fecha cierta.", "Obras"),
    ("Áreas comunes", "Venta de lote", "El parque del pasaje no está construido",
     "El folleto muestra un parque y en el lugar hay un terreno con desmonte.",
     "Que se construya el parque ofrecido o se diga la fecha.", "Obras"),
    ("Documentos", "Venta de lote", "La minuta lleva mal escrito mi apellido",
     "En la minuta que me enviaron para la notaría mi segundo apellido tiene una letra cambiada.",
     "Que se corrija antes de la fecha de la notaría.", "Ventas"),
    ("Documentos", "Venta de lote", "No me entregan la independización",
     "Pagué la última cuota y sigo sin la partida independizada.",
     "Que se inicie el trámite en Registros Públicos.", "Ventas"),
    ("Cobros", "Financiamiento", "Me cobraron dos veces la cuota de mayo",
     "En mi estado de cuenta la cuota figura pendiente y la pagué por el banco.",
     "Que se corrija el estado de cuenta.", "Cobranzas"),
    ("Cobros", "Financiamiento", "Me aplican mora de una cuota que pagué a tiempo",
     "Pagué el último día y el sistema lo registró al día siguiente.",
     "Que se anule la mora.", "Cobranzas"),
    ("Atención", "Atención al cliente", "En la caseta no me quisieron recibir los documentos",
     "Fui a la hora que me dieron y me dijeron que volviera otro día.",
     "Que me los reciban sin volver a pedir hora.", "Ventas"),
    ("Atención", "Atención al cliente", "Nadie contesta el teléfono",
     "Llamé toda la semana y no contestan.", "Que me llamen.", "Ventas"),
    ("Servicios", "Habilitación urbana", "No llega agua al lote desde la semana pasada",
     "Desde el lunes no sale agua en toda la manzana.", "Que se restablezca.", "Obras"),
    ("Servicios", "Habilitación urbana", "El alumbrado del pasaje no enciende",
     "Hace un mes que el pasaje está a oscuras.", "Que se repare.", "Obras"),
    ("Obras", "Obras de habilitación", "Los camiones de la obra cierran el acceso",
     "Se estacionan frente al portón desde las seis.", "Que esperen dentro de la obra.", "Obras"),
)  # fmt: skip
SOLUCIONES = (
    "Se recibieron sus documentos en ese momento.",
    "Se corrigió el dato y se le entregó la copia.",
    "Se anuló la mora y se le mostró su estado de cuenta.",
)
INMEDIATAS = (
    "Se avisó al residente de la obra.",
    "Se pidió el expediente del lote.",
    "Se suspendió el cobro mientras se revisa.",
    "Se llamó al reclamante para darle su número.",
)
INADMISIBLES = (
    "El lote no es de CAPERA: corresponde al municipio.",
    "El mismo hecho ya fue respondido en otro ingreso.",
)
NOTAS = {
    Que.ANALIZAR: (
        "El expediente muestra la fecha que el reclamante indica.",
        "El plano de entrega no coincide con lo construido.",
        "El contrato dice otra cosa que el folleto.",
    ),
    Que.VERIFICAR: (
        "Obras confirma el hecho y propone una fecha.",
        "El banco confirma el pago.",
        "Topografía lo midió de nuevo.",
    ),
    Que.ESCUCHAR: (
        "Pide una fecha y que se le avise por teléfono.",
        "Quiere estar presente cuando se repare.",
        "Está conforme con la propuesta si se hace este mes.",
    ),
}
RESPUESTAS = (
    "Comprobamos lo que nos dice y lo corregimos sin costo para usted.",
    "Revisado su expediente, tiene razón: ya se hizo la corrección y le enviamos la copia.",
    "La obra se ejecuta este mes; el residente lo llamará para acordar el día.",
    "Se anuló el cobro y su estado de cuenta ya lo refleja.",
)
CONCLUSIONES = (
    "No se controló la entrega contra el plano.",
    "El pago se registró con un día de retraso.",
    "El contratista no exigía lo pactado.",
    "El dato se copió a mano de otro documento.",
)
PREVENCIONES = (
    "La entrega se firma con el plano a la vista.",
    "Los pagos se registran con la fecha del banco.",
    "Los datos de la minuta se toman del documento de identidad.",
)
PRORROGAS = (
    "La municipalidad todavía no entrega el informe pedido.",
    "Topografía necesita volver al lote.",
    "El banco no ha confirmado el movimiento.",
)
DEVOLUCIONES = ("Falta decir desde cuándo.", "Explique la causa con más detalle.")
DISCONFORMIDADES = (
    "La fecha que me dan es muy lejana.",
    "No responde lo que pedí.",
    "Lo que dicen que se hizo no está hecho.",
)
ANTECEDENTES = (
    "El reclamante entregó fotografías del lote.",
    "El reclamante trajo el comprobante del banco.",
)
ACTAS_CON = (
    "Se acuerda terminar la obra en treinta días y avisar cada semana.",
    "Se acuerda devolver lo cobrado en la próxima cuota.",
)
ACTAS_SIN = ("Las partes mantienen sus posiciones.",)
INVITACION = (
    "Lo invitamos a la vía legal: puede acudir al Indecopi o a la conciliación extrajudicial."
)
# Acciones, resultados, lecciones, propuestas.
CIERRES = (
    ("Se corrigió en obra.", "El reclamante lo recibió.", "Medir antes de entregar.",
     "Lista de control de la entrega."),
    ("Se corrigió el documento.", "Se firmó en la fecha.", "Copiar a mano produce errores.",
     "Llenar la minuta desde el registro."),
    ("Se anuló el cobro.", "El estado de cuenta quedó al día.", "Conciliar cada día.",
     "Conciliación diaria con el banco."),
)  # fmt: skip
# Causa, análisis, plan, lección.
MEJORAS = (
    ("Entrega sin control contra el plano", "En los tres casos nadie comparó el lote con el plano.",
     "Lista de control firmada en cada entrega.", "Ningún lote se entrega sin medirlo."),
    ("Registro tardío de los pagos", "El archivo del banco se carga al día siguiente.",
     "Cargarlo con la fecha del pago.", "La fecha que vale es la del banco."),
    ("Datos copiados a mano", "La minuta se llena sin el documento a la vista.",
     "Llenarla desde el registro del cliente.", "Un dato se escribe una sola vez."),
    ("Agenda de la caseta sin dueño", "Dos personas daban la misma hora.",
     "Una agenda y un responsable.", "Quien da una hora la anota."),
)  # fmt: skip
