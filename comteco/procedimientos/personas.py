"""Whom a clock of a trámite may tell: its adviser and the head of the division."""

from collections import defaultdict

from postventa.personas.models import Membresia, Rol, Usuario

AVISABLES = (Rol.ASESOR, Rol.JEFE, Rol.GERENTE)


def personas_de(expedientes: list) -> dict:
    """Return {expediente_id: {rol: [(nombre, correo)]}} in two queries."""
    if not expedientes:
        return {}
    asesores = {
        u.pk: u
        for u in Usuario.objects.filter(
            pk__in={e.responsable_id for e in expedientes}, is_active=True
        )
    }
    jefatura = defaultdict(list)
    for m in Membresia.objects.filter(
        empresa__in={e.empresa_id for e in expedientes},
        rol__in=(Rol.JEFE, Rol.GERENTE),
        usuario__is_active=True,
    ).select_related("usuario"):
        jefatura[m.empresa_id, m.rol].append(m)

    def con_rol(caso, rol):
        return [
            _datos(m.usuario)
            for m in jefatura[caso.empresa_id, rol]
            if m.sede_id in (None, caso.sede_id)
        ]

    return {
        e.pk: {
            Rol.ASESOR: [_datos(asesores[e.responsable_id])]
            if e.responsable_id in asesores
            else [],
            Rol.JEFE: con_rol(e, Rol.JEFE),
            Rol.GERENTE: con_rol(e, Rol.GERENTE),
        }
        for e in expedientes
    }


def _datos(usuario):
    return str(usuario), usuario.email
