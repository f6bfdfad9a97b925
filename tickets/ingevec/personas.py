"""Who plays each role in Ingevec's solicitudes, for many at once."""

from datetime import datetime

from django.db.models import Case, Min, Q, QuerySet, When

from postventa.personas.equipo import a_quien, con_roles
from postventa.personas.models import Rol, Usuario
from tickets.ingevec.models import Inspector, Pauta, Turno

INSPECCION, TRABAJO = "inspeccion", "trabajo"
# Who can begin a visit of each kind (`permisos.VISITA`), first whom it is offered of: works are the
# crew's, and a maestro never begins an inspection.
VISITAN = {INSPECCION: (Rol.INSPECTOR,), TRABAJO: (Rol.MAESTRO, Rol.INSPECTOR)}
ROLES = (Rol.CALL_CENTER, Rol.JEFE, Rol.GERENTE)


def personas_de(expedientes: list) -> dict:
    """Return {expediente_id: {rol: [(nombre, correo)]}} in one query, for any number."""
    return con_roles(expedientes, ROLES)


def en_turno(empresa_id: int, sede_id: int, ahora: datetime) -> list[Usuario]:
    """Who is on duty for urgencies of that project now (G-14)."""
    turnos = turnos_en({empresa_id}, ahora).filter(Q(sede=None) | Q(sede_id=sede_id))
    return list(dict.fromkeys(t.persona for t in turnos))


def turnos_en(empresas: set[int], ahora: datetime) -> QuerySet[Turno]:
    """The shifts of those companies that run now, of whatever project."""
    return (
        Turno.objects.filter(
            empresa__in=empresas,
            desde_en__lte=ahora,
            hasta_en__gt=ahora,
            persona__is_active=True,
        )
        .select_related("persona")
        .order_by("pk")
    )


def de_turno(solicitud, ahora: datetime) -> list:
    """[(nombre, correo)] of who is on duty for the project of a solicitud."""
    personas = en_turno(solicitud.empresa_id, solicitud.sede_id, ahora)
    return [a_quien(persona) for persona in personas]


def que_visitan(pauta: Pauta, tipo: str) -> list[Inspector]:
    """Who can be sent to the homes of a project, for `inspeccion` or `trabajo`, in one query, in
    the order in which they are offered."""
    rol = "usuario__membresias__rol"
    puesto = Case(*(When(**{rol: r}, then=n) for n, r in enumerate(VISITAN[tipo])))
    suyos = _de(pauta, tipo).annotate(puesto=Min(puesto)).select_related("usuario")
    return list(suyos.order_by("puesto", "pk"))


def equipo_de_visitas(pauta: Pauta, tipo: str) -> QuerySet[Usuario]:
    """The same people, for a form to choose among."""
    return Usuario.objects.filter(pk__in=_de(pauta, tipo).values("usuario_id"))


def _de(pauta: Pauta, tipo: str) -> QuerySet[Inspector]:
    return pauta.inspectores.filter(
        Q(usuario__membresias__sede=None) | Q(usuario__membresias__sede=pauta.proyecto_id),
        usuario__is_active=True,
        usuario__membresias__empresa=pauta.proyecto.empresa_id,
        usuario__membresias__rol__in=VISITAN[tipo],
    )
