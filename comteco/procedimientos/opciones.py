"""What is chosen in a trámite, in the document's words."""

from django.db import models


class Servicio(models.TextChoices):
    """004:38, the services covered. «Multimedias» is how annex 3 calls a package of products."""

    TELEFONIA = "telefonia", "Telefonía fija"
    INTERNET = "internet", "Internet"
    TV = "tv_cable", "TV cable"
    HSPA = "hspa", "Servicios HSPA+"
    MULTIMEDIAS = "multimedias", "Multimedias (paquete de productos)"


class Persona(models.TextChoices):
    NATURAL = "natural", "Persona natural"
    JURIDICA = "juridica", "Persona jurídica"


class Pide(models.TextChoices):
    """D2: «Verifica en sistema el trámite solicitado»."""

    SUSPENSION = "suspension", "Suspensión"
    RECONEXION = "reconexion", "Reconexión"


class CambioDePlan(models.TextChoices):
    """004:378, what may be changed of a plan."""

    GRILLA = "grilla", "De grilla en TV"
    VELOCIDAD = "velocidad", "De velocidad en internet"
    PAQUETE = "paquete", "De paquete Duo a Multipack o viceversa"
    PROMOCION = "promocion", "Tarifas promocionales"
    OTRO = "otro", "Otro"


class EstadoDano(models.TextChoices):
    """E3."""

    PRIMERA_VEZ = "primera_vez", "Daño por primera vez"
    ASIGNADO = "asignado", "Orden de Reparación (Asignado)"
    SIN_SOLUCION = "sin_solucion", "Orden cerrada (Atendido y sin solución)"


class ReclamoPrevio(models.TextChoices):
    """F3."""

    CERRADO = "cerrado", "Existe reclamo cerrado"
    ASIGNADO = "asignado", "Existe reclamo asignado"
    NINGUNO = "ninguno", "No existe reclamo"


class ComoPaga(models.TextChoices):
    """G3."""

    AHORA = "ahora", "Cancela ahora, en caja"
    RECURRENTE = "recurrente", "Con la factura de la línea"
    NADA = "nada", "Sin costo: solo el mes en curso"


class Via(models.TextChoices):
    CAJA = "caja", "Caja"
    RECURRENTE = "recurrente", "Factura recurrente"


class Concepto(models.TextChoices):
    SUPLEMENTARIOS = "suplementarios", "Servicios suplementarios"
    TRASLADO = "traslado", "Derecho de traslado"
    DETALLE = "detalle_llamadas", "Detalle de llamadas salientes"
    DEPOSITO = "deposito", "Depósito en Garantía"


class Sistema(models.TextChoices):
    """The company's systems that a step works in."""

    SMARTFLEX = "smartflex", "Smartflex"
    PAC = "pac", "Paquete Accionario (PAC)"
    CONSULTAS = "consultas", "Consultas"
    QGIS = "qgis", "QGIS"


# Codes under which the documents call the procedures that go on with a request.
CODIGOS = {
    "E": "Atención de Daños Técnicos",
    "F": "Reclamos de facturación, código FIN-FAC-P03",
    "H": "Crédito al Asociado, código ADM-GAF-P07",
    "I": "Solicitud Retiro de Servicios, código COM-DSC-P09",
    "J": "Trámites Legales, código GC-PRC-OPE-SDO-01",
}
