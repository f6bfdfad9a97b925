"""Mails that arrived and wait for somebody."""

from django.urls import reverse

from postventa.calendario.palabras import contar
from postventa.consola.alcances import acotar
from postventa.consola.salas import Espera
from postventa.entrada.models import CorreoEntrante, EstadoEntrante
from postventa.personas.models import Rol
from postventa.personas.permisos import empresas_de

# Who reads the mail of a company.
LEEN = (Rol.CALL_CENTER, Rol.SUPERVISOR, Rol.JEFE, Rol.LEGAL, Rol.GERENTE, Rol.ADMINISTRADOR)
# Who is expected to answer it.
RESPONDEN = (Rol.CALL_CENTER, Rol.JEFE, Rol.LEGAL)


def esperan(usuario) -> list[Espera]:
    """One line for all that wait in the companies where that person answers them."""
    suyas = empresas_de(usuario, *RESPONDEN)
    if not suyas:
        return []
    propios = acotar(CorreoEntrante.objects.filter(estado=EstadoEntrante.PENDIENTE), usuario)
    cuantos = propios.filter(empresa__in=suyas).count()
    if not cuantos:
        return []
    url = reverse("admin:entrada_correoentrante_changelist") + "?estado__exact=PENDIENTE"
    detalle = contar(cuantos, "correo", "correos")
    return [Espera("Revisar los correos que llegaron", detalle, url, "Revisar")]
