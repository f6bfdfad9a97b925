"""What the customers' side shows of Ingevec."""

from django.urls import reverse

from postventa.calendario.palabras import cantidad_en_palabras
from postventa.expedientes.salas import PortalDeSala
from postventa.plazos.models import PoliticaPlazo
from tickets.ingevec.hitos import ESTADOS, HITOS, TERMINOS
from tickets.ingevec.models import Urgencia
from tickets.ingevec.panel import contexto_caso
from tickets.inmuebles.paginas import identificar, sedes

ICONOS = {Urgencia.AGUA: "agua", Urgencia.GAS: "fuego", Urgencia.LUZ: "luz"}
PASOS = ("Sus datos", "Código", "Urgencia", "Solicitud", "Visita", "Revisar")


def contexto_inicio(empresa, ahora) -> dict:
    """The terms the company promises today, and the urgencies that its document names (G-15)."""
    politicas = PoliticaPlazo.objects.filter(
        empresa=empresa, es_vigente=True, codigo__in=["inspeccion", "trabajos"]
    )
    terminos = {p.codigo: cantidad_en_palabras(p.cantidad, p.unidad) for p in politicas}
    return {
        "inspeccion": terminos.get("inspeccion", ""),
        "trabajos": terminos.get("trabajos", ""),
        "urgencias": [(icono, urgencia.label) for urgencia, icono in ICONOS.items()],
    }


def url_nuevo(empresa) -> str:
    return reverse("ingevec:solicitud")


PORTAL = PortalDeSala(
    identificar=identificar,
    sedes=sedes,
    plantilla_inicio="ingevec/inicio.html",
    contexto_inicio=contexto_inicio,
    plantilla_privacidad="ingevec/privacidad.html",
    plantilla_caso="ingevec/caso.html",
    contexto_caso=contexto_caso,
    url_nuevo=url_nuevo,
    estados=ESTADOS,
    hitos=HITOS,
    terminos=TERMINOS,
    pasos_nuevo=PASOS[2:],
    casos="solicitudes",
    crear="Solicitar",
    arriendo="Por esta página pide el propietario. Si usted arrienda, llámenos o escríbanos: por "
    "esas vías atendemos también a quien vive en la vivienda.",
)
