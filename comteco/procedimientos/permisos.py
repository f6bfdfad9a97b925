"""Who may fire each step (column «responsable» of the document)."""

from comteco.procedimientos.flujo import FlujoTramite
from postventa.personas.actores import roles_en
from postventa.personas.models import Rol

ASESOR, CAJA, JEFE, SISTEMA = Rol.ASESOR, Rol.CAJA, Rol.JEFE, Rol.SISTEMA

# What is not the adviser's.
OTROS = {
    "a5_1_cobrar": {CAJA},
    "d6_1_cobrar": {CAJA},
    "g5_cobrar": {CAJA},
    "d4_autorizar": {JEFE},
    "d8_habilitar": {SISTEMA},
    "d9_mover_reconexion": {SISTEMA},
    "anular": {ASESOR, JEFE},
}
VERBOS = tuple(
    nombre for nombre in dir(FlujoTramite) if hasattr(getattr(FlujoTramite, nombre), "_django_fsm")
)
TRAMITE = {verbo: OTROS.get(verbo, {ASESOR}) for verbo in VERBOS}


def roles_de(actor, tramite) -> frozenset[str]:
    return roles_en(actor, tramite.empresa_id, tramite.sede_id)


def con_roles(roles):
    return lambda actor, tramite: bool(roles & roles_de(actor, tramite))


PERMISOS = {verbo: con_roles(roles) for verbo, roles in TRAMITE.items()}
