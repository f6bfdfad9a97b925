"""Who plays each role in Icalma's tickets, for many at once."""

from postventa.personas.equipo import a_quien, con_roles
from postventa.personas.models import Rol, Usuario
from tickets.inmuebles.models import Proyecto

AVISABLES = (Rol.SUPERVISOR, Rol.JEFE, Rol.GERENTE)


def personas_de(expedientes: list) -> dict:
    """Return {expediente_id: {rol: [(nombre, correo)]}} in at most three queries, for any number.

    A project that names no supervisor or chief has the company's: nobody's clock goes untold.
    """
    proyectos = _proyectos_de(expedientes)
    conocidos = {u.pk: u for p in proyectos.values() for u in (p.supervisor, p.jefe) if _atiende(u)}
    otros = {e.responsable_id for e in expedientes if e.responsable_id} - conocidos.keys()
    responsables = conocidos | (
        Usuario.objects.filter(is_active=True).in_bulk(otros) if otros else {}
    )
    personas = {}
    for e in expedientes:
        proyecto = proyectos.get(e.sede_id)
        supervisor = responsables.get(e.responsable_id) or (proyecto and proyecto.supervisor)
        jefe = proyecto and proyecto.jefe
        personas[e.pk] = {
            Rol.SUPERVISOR: [a_quien(supervisor)] if _atiende(supervisor) else [],
            Rol.JEFE: [a_quien(jefe)] if _atiende(jefe) else [],
        }
    huecos = [e for e in expedientes if not all(personas[e.pk].values())]
    _suplir(personas, huecos, (Rol.SUPERVISOR, Rol.JEFE))
    return personas


def _atiende(persona) -> bool:
    """Whose account is closed reads no mail: somebody else is told in their place."""
    return persona is not None and persona.is_active


def _proyectos_de(expedientes) -> dict:
    """Projects by id with their people: those that the cases have in hand, the rest in a query."""
    proyectos = {
        e.sede_id: e.sede
        for e in expedientes
        if type(e).sede.is_cached(e) and isinstance(e.sede, Proyecto)
    }
    faltan = {e.sede_id for e in expedientes} - proyectos.keys()
    if faltan:
        proyectos |= Proyecto.objects.select_related("supervisor", "jefe").in_bulk(faltan)
    return proyectos


def personas_y_gerencia(expedientes: list) -> dict:
    """The same with those above the chief, whom the clocks escalate to: one query more."""
    personas = personas_de(expedientes)
    _suplir(personas, expedientes, (Rol.GERENTE,))
    return personas


def _suplir(personas, expedientes, roles) -> None:
    """Fill in the roles that nobody plays in a case with those who hold them there."""
    suplentes = con_roles(expedientes, roles)
    for e in expedientes:
        for rol in roles:
            if not personas[e.pk].get(rol):
                personas[e.pk][rol] = suplentes[e.pk][rol]
