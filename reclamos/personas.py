"""Who plays each role in CAPERA's complaints, for many at once. Nobody is told of their own."""

from collections import defaultdict

from postventa.personas.models import Membresia, Rol, Usuario
from reclamos.models import Reclamo
from reclamos.permisos import RECLAMANTE, RESPONSABLE, aludidos_en

# Whom a clock may tell; the complainant is told by the acts themselves.
AVISABLES = (RESPONSABLE, Rol.LEGAL, Rol.GERENTE)


def personas_de(expedientes: list) -> dict:
    """Return {expediente_id: {rol: [(nombre, correo)]}} in a constant number of queries.

    Legal is never nobody: without staff of that role it is the company's own address, or Gerencia
    if it is about who reads that address.
    """
    if not expedientes:
        return {}
    por_rol = defaultdict(list)
    for m in Membresia.objects.filter(
        empresa__in={e.empresa_id for e in expedientes},
        rol__in=(Rol.LEGAL, Rol.GERENTE),
        usuario__is_active=True,
    ).select_related("usuario"):
        por_rol[m.empresa_id, m.rol].append(m)
    aludidos = _aludidos(expedientes)
    casos = {
        c.pk: c
        for c in Reclamo.objects.filter(pk__in=[e.pk for e in expedientes]).select_related(
            "responsable", "cliente", "empresa"
        )
    }
    return {e.pk: _de(casos[e.pk], por_rol, aludidos[e.pk]) for e in expedientes if e.pk in casos}


def _de(caso, por_rol, vedados) -> dict:
    def con_rol(rol):
        return [
            _datos(m.usuario)
            for m in por_rol[caso.empresa_id, rol]
            if m.sede_id in (None, caso.sede_id) and m.usuario_id not in vedados
        ]

    de_legal = con_rol(Rol.LEGAL)
    if not de_legal and any(m.usuario_id in vedados for m in por_rol[caso.empresa_id, Rol.LEGAL]):
        de_legal = con_rol(Rol.GERENTE)
    suyo = caso.responsable
    # Whose account is closed reads no mail: the next role is told in their place.
    es_suyo = suyo and suyo.is_active and suyo.pk not in vedados
    return {
        # First, so that nobody stands in for the complainant, nor the complainant for staff.
        RECLAMANTE: [caso.contacto[:2]],
        RESPONSABLE: [_datos(caso.responsable)] if es_suyo else [],
        Rol.LEGAL: de_legal or [("Área legal", caso.empresa.correo_contacto)],
        Rol.GERENTE: con_rol(Rol.GERENTE),
    }


def _aludidos(expedientes) -> dict[int, set[int]]:
    filas = Reclamo.aludidos.through.objects.filter(reclamo__in=[e.pk for e in expedientes])
    suyos = defaultdict(set)
    for reclamo_id, usuario_id in filas.values_list("reclamo_id", "usuario_id"):
        suyos[reclamo_id].add(usuario_id)
    return suyos


def plantel(mejora) -> list:
    """[(nombre, correo)] of everybody who works there, but for whom its complaints are about."""
    personas = (
        Usuario.objects.filter(membresias__empresa=mejora.reclamo.empresa_id, is_active=True)
        .exclude(pk__in=aludidos_en(mejora))
        .order_by("pk")
        .distinct()
    )
    return [_datos(persona) for persona in personas]


def correos_de(usuarios: set[int]) -> set[str]:
    """Addresses of those members of staff."""
    return set(Usuario.objects.filter(pk__in=usuarios).values_list("email", flat=True))


def trabaja_en(usuario, reclamo) -> bool:
    """True if that person works in the company and in the place of the complaint."""
    return usuario.is_active and any(
        m.empresa_id == reclamo.empresa_id and m.sede_id in (None, reclamo.sede_id)
        for m in usuario.membresias.all()
    )


def _datos(usuario):
    return str(usuario), usuario.email
