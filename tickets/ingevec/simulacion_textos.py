"""What people of Ingevec say in a simulation, as they would."""

from tickets.ingevec.models import Urgencia

# What is asked for, and where.
COSAS = (
    ("Gotera bajo el lavaplatos", "Cocina"),
    ("La puerta del dormitorio no cierra", "Dormitorio"),
    ("Mancha de humedad en el cielo", "Living comedor"),
    ("Entra agua por la ventana cuando llueve", "Dormitorio"),
    ("Se despegaron dos cerámicas", "Baño"),
    ("El enchufe de la cocina no tiene corriente", "Cocina"),
    ("El estanque del inodoro no deja de correr", "Baño"),
    ("Grieta sobre el marco de la puerta", "Living comedor"),
    ("La campana no extrae", "Cocina"),
    ("El piso flotante se levantó", "Living comedor"),
    ("Se mueve la baranda de la terraza", "Terraza"),
    ("La llave de la ducha gotea", "Baño"),
    ("Hongos en el muro norte", "Dormitorio"),
    ("El calefón se apaga solo", "Logia"),
    ("La ventana del baño no sella", "Baño"),
    ("El citófono no suena", "Acceso"),
)
CONSULTAS = (
    ("¿Hasta cuándo dura la garantía del calefón?", "Cinco años desde la recepción definitiva."),
    ("¿Puedo cambiar el color de la puerta?", "Por dentro sí; por fuera lo decide la comunidad."),
    (
        "¿Cada cuánto hay que sellar las ventanas?",
        "Una vez al año, según el manual de la vivienda.",
    ),
    ("¿Dónde pido los planos de la instalación eléctrica?", "En la administración del edificio."),
)
URGENCIAS = (
    (Urgencia.AGUA, "Se rompió una cañería en la cocina y no cierra la llave de paso"),
    (Urgencia.AGUA, "Cae agua por el cielo del baño"),
    (Urgencia.GAS, "Olor a gas en la logia, y la red no se ve"),
    (Urgencia.LUZ, "El departamento quedó sin luz y el automático no sube"),
    (Urgencia.OTRA, "La puerta de acceso no abre desde dentro"),
)
DIAGNOSTICOS = (
    "Unión mal apretada desde la instalación.",
    "Sello mal aplicado.",
    "Pieza con falla de fábrica.",
    "Falta de adherencia del material.",
    "Conexión suelta en la caja.",
)
NO_CORRESPONDE = (
    ("Pieza golpeada.", "El daño es de un golpe posterior a la entrega."),
    ("Sello sin mantención.", "El manual pide sellarlo cada año y no se ha hecho."),
    ("Instalación modificada.", "Se conectó otro artefacto después de la entrega."),
)
TRABAJOS = (
    "Se cambió la unión y se probó.",
    "Se retiró el sello y se aplicó uno nuevo.",
    "Se cambió la pieza.",
    "Se picó, se reparó y se pintó.",
    "Se ajustó la conexión y se midió.",
)
DISCONFORMIDADES = (
    "Volvió a gotear.",
    "Quedó una diferencia de color.",
    "La puerta sigue rozando.",
)
MOTIVOS = ("El propietario tiene turno ese día.", "El propietario viaja.")
CONSERJES = ("Luis Pino", "Marta Ulloa", "Sergio Cid")
ANULADA = "El propietario lo pidió dos veces."
