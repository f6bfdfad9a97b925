"""What the customers' side shows of Icalma."""

from django.urls import reverse

from postventa.calendario.palabras import cantidad_en_palabras
from postventa.expedientes.salas import PortalDeSala
from postventa.plazos.models import PoliticaPlazo
from tickets.icalma.hitos import ESTADOS, HITOS, TERMINOS
from tickets.icalma.models import Exclusion
from tickets.icalma.panel import contexto_caso
from tickets.inmuebles.paginas import identificar, sedes


def contexto_inicio(empresa, ahora) -> dict:
    """The terms the company promises today, and what its document excludes, word for word."""
    politicas = PoliticaPlazo.objects.filter(
        empresa=empresa, es_vigente=True, codigo__in=["contacto", "coordinar_trabajo"]
    )
    terminos = {p.codigo: cantidad_en_palabras(p.cantidad, p.unidad) for p in politicas}
    return {
        "contacto": terminos.get("contacto", ""),
        "trabajo": terminos.get("coordinar_trabajo", ""),
        "exclusiones": Exclusion.labels,
    }


def url_nuevo(empresa) -> str:
    return reverse("icalma:requerimiento")


PORTAL = PortalDeSala(
    identificar=identificar,
    sedes=sedes,
    plantilla_inicio="icalma/inicio.html",
    contexto_inicio=contexto_inicio,
    plantilla_privacidad="icalma/privacidad.html",
    plantilla_caso="icalma/caso.html",
    contexto_caso=contexto_caso,
    url_nuevo=url_nuevo,
    estados=ESTADOS,
    hitos=HITOS,
    terminos=TERMINOS,
    arriendo="El requerimiento lo crea el propietario. Él puede nombrarte como reemplazo para "
    "recibir a los maestros.",
    pasos_nuevo=("Observaciones", "Revisar"),
)
