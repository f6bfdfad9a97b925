"""Who plays each role in Icalma's tickets, for many at once."""

from postventa.personas.models import Rol, Usuario
from tickets.inmuebles.models import Proyecto


def personas_de(expedientes: list) -> dict:
    """Return {expediente_id: {rol: [(nombre, correo)]}} in at most two queries, for any number."""
    proyectos = Proyecto.objects.select_related("supervisor", "jefe").in_bulk(
        {e.sede_id for e in expedientes}
    )
    conocidos = {
        u.pk: u for p in proyectos.values() for u in (p.supervisor, p.jefe) if u is not None
    }
    otros = {e.responsable_id for e in expedientes if e.responsable_id} - conocidos.keys()
    responsables = conocidos | (Usuario.objects.in_bulk(otros) if otros else {})
    personas = {}
    for e in expedientes:
        proyecto = proyectos.get(e.sede_id)
        supervisor = responsables.get(e.responsable_id) or (proyecto and proyecto.supervisor)
        jefe = proyecto and proyecto.jefe
        personas[e.pk] = {
            Rol.SUPERVISOR: [_datos(supervisor)] if supervisor else [],
            Rol.JEFE: [_datos(jefe)] if jefe else [],
        }
    return personas


def _datos(usuario):
    return str(usuario), usuario.email
