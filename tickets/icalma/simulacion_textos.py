"""What people of Icalma write in a simulation, as they would."""

from tickets.icalma.models import Exclusion
from tickets.inmuebles.models import ClaseElemento as C

# Recinto, lugar, ítem, class, what the owner says.
COSAS = (
    ("Living comedor", "Muro", "Pintura", C.TERMINACION, "Se descascara junto al ventanal."),
    (
        "Living comedor",
        "Muro",
        "Grieta",
        C.TERMINACION,
        "Sale del marco de la puerta hacia arriba.",
    ),
    ("Living comedor", "Piso", "Piso flotante", C.TERMINACION, "Hay dos tablas levantadas."),
    ("Living comedor", "Cielo", "Humedad", C.CONSTRUCTIVO, "Una mancha que crece cuando llueve."),
    (
        "Living comedor",
        "Ventana",
        "Corredera",
        C.CONSTRUCTIVO,
        "Hay que levantarla para que cierre.",
    ),
    ("Living comedor", "Ventana", "Sello", C.CONSTRUCTIVO, "Entra agua con la lluvia del norte."),
    ("Living comedor", "Enchufes y luces", "Enchufe", C.INSTALACION, "No tiene corriente."),
    ("Cocina", "Lavaplatos", "Grifería", C.INSTALACION, "Gotea toda la noche."),
    ("Cocina", "Lavaplatos", "Desagüe", C.INSTALACION, "Se devuelve el agua al desaguar."),
    ("Cocina", "Muebles", "Puerta de mueble", C.TERMINACION, "Quedó descolgada."),
    ("Cocina", "Muebles", "Cubierta", C.TERMINACION, "Se despegó el canto."),
    ("Cocina", "Muro", "Cerámica", C.TERMINACION, "Suena hueca y una está trizada."),
    ("Dormitorio principal", "Muro", "Grieta", C.TERMINACION, "De piso a cielo."),
    ("Dormitorio principal", "Puerta", "Cerradura", C.TERMINACION, "No engancha."),
    ("Dormitorio principal", "Closet", "Riel", C.TERMINACION, "La puerta se sale."),
    ("Dormitorio principal", "Ventana", "Sello", C.CONSTRUCTIVO, "Se pasa el agua al muro."),
    ("Dormitorio 2", "Muro", "Pintura", C.TERMINACION, "Aparecieron hongos tras la cama."),
    ("Dormitorio 2", "Puerta", "Hoja", C.TERMINACION, "Roza el piso."),
    ("Baño principal", "Muro de la ducha", "Fragüe", C.TERMINACION, "Se cae en el rincón."),
    (
        "Baño principal",
        "Piso",
        "Filtración",
        C.CONSTRUCTIVO,
        "El agua sale por debajo de la puerta.",
    ),
    ("Baño principal", "Lavamanos", "Desagüe", C.INSTALACION, "Gotea dentro del mueble."),
    ("Baño principal", "Inodoro", "Estanque", C.INSTALACION, "No deja de correr."),
    ("Baño 2", "Lavamanos", "Grifería", C.INSTALACION, "Sale muy poca agua."),
    ("Terraza", "Piso", "Impermeabilización", C.CONSTRUCTIVO, "Filtra al departamento de abajo."),
    ("Terraza", "Baranda", "Fijación", C.CONSTRUCTIVO, "Se mueve."),
    ("Logia", "Calefont", "Conexión", C.INSTALACION, "Se apaga a los pocos minutos."),
)
RECHAZOS = (
    (Exclusion.E2, "La superficie está gastada por el uso; no hay falla de origen."),
    (Exclusion.E3, "La pieza tiene un golpe ajeno a su uso normal."),
    (Exclusion.E4, "El aireador tiene sarro: se limpia, no falla."),
    (Exclusion.E4, "El sello no tuvo la mantención anual que pide el manual."),
    (Exclusion.E6, "La instalación fue modificada después de la entrega."),
)
APROBACIONES = (
    "Falla de origen.",
    "Sello mal aplicado.",
    "Defecto de la pieza.",
    "Mala terminación.",
)
TRABAJOS = (
    "Se retiró el sello y se aplicó uno nuevo.",
    "Se cambió la pieza y se probó con el propietario.",
    "Se picó, se reparó y se pintó el paño completo.",
    "Se regularon las bisagras y se revisó el cierre.",
    "Se selló la unión y se hizo prueba de agua.",
)
MAESTROS = ("Óscar Vidal, Nelson Catrileo", "Héctor Bustos", "Juan Llancapán, Víctor Parra")
CONSERJES = ("Luis Pino", "Marta Ulloa", "Sergio Cid")
MOTIVOS = (
    "El propietario tiene turno ese día.",
    "El propietario viaja.",
    "Llueve: no se puede pintar.",
)
NO_LLEGAMOS = ("El vehículo quedó en panne.", "La visita anterior se alargó.")
OBJECIONES = (
    "Yo estaba en mi departamento y nadie tocó el timbre.",
    "Había avisado en conserjería que bajaba a buscarlos.",
    "Mi hermana los esperó toda la mañana.",
)
ACOGIDA = "Conserjería confirma que la persona estaba y no se le avisó."
NO_ACOGIDA = "El libro de conserjería muestra el ingreso y que nadie respondió."
DISPUTAS = (
    "La mantención está al día y tengo la boleta.",
    "Eso estaba así desde la entrega, y lo anoté en el acta.",
    "No he modificado nada en esa instalación.",
)
ACOGE = "El propietario mostró la mantención al día: se acoge."
CONFIRMA_RECHAZO = "Revisado en terreno: la falla no es de origen."
REPAROS = (
    "Quedó una diferencia de color.",
    "Volvió a gotear al segundo día.",
    "La puerta sigue rozando.",
)
ANULADO = "El propietario lo envió dos veces."
