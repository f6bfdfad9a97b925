"""Who may fire each verb of the hall's machines."""

from postventa.personas.actores import Actor, roles_en
from postventa.personas.models import Rol

# Granted: reception, advisers, cashiers and the head of the platform. The others follow from the
# number: who sits at its desk, and who carries it.
N, A, C, J, X = Rol.INFORMES, Rol.ASESOR, Rol.CAJA, Rol.JEFE, Rol.SISTEMA
MESON, PORTADOR = "meson", "portador"

RECIBEN = (N, J)
ATIENDEN = (A, C, J)
MIDEN = (J, Rol.GERENTE, Rol.ADMINISTRADOR)

ATENCION = {
    verbo: set(RECIBEN)
    for verbo in (
        "acoger",
        "pedir_informacion",
        "pedir_ubicacion",
        "pedir_tramite",
        "informar",
        "ubicar",
        "acreditar",
        "direccionar",
        "habilitar",
        "observar",
        "comunicar_pendientes",
        "entregar_ficha",
    )
}
FICHA = {
    # A number is given by the step that hands it out, never by itself.
    "emitir": {X},
    "llamar": set(ATIENDEN),
    "volver_a_llamar": {MESON},
    "atender": {MESON},
    # The head of the platform frees the desk of who left.
    "ausentar": {MESON, J},
    "terminar": {MESON, J},
    "derivar": {MESON},
}


def roles_de(actor: Actor, atencion) -> frozenset[str]:
    return roles_en(actor, atencion.empresa_id, atencion.sede_id)


def roles_de_ficha(actor: Actor, ficha) -> frozenset[str]:
    """Staff roles of its place, whether they sit at its desk, or that they carry it."""
    if actor.clase == "cliente":
        es_suya = actor.cliente.pk == ficha.atencion.cliente_id
        return frozenset({PORTADOR}) if es_suya else frozenset()
    roles = roles_de(actor, ficha.atencion)
    sienta = ficha.meson_id and actor.usuario and ficha.meson.atiende_id == actor.usuario.pk
    return roles | {MESON} if roles and sienta else roles


def predicados(tabla: dict, roles) -> dict:
    """Turn a table verb -> roles into the door's predicates."""
    return {
        verbo: lambda actor, objeto, quienes=quienes: bool(quienes & roles(actor, objeto))
        for verbo, quienes in tabla.items()
    }
