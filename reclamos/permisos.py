"""Who may fire each verb of CAPERA's machines (dominio 4.3, column "who"), and who sees what."""

from django.db.models import Q

from postventa.expedientes.models import Expediente
from postventa.personas.actores import Actor, roles_en
from postventa.personas.models import Rol
from postventa.personas.permisos import alcance
from reclamos.models import Mejora, Reclamo

# Granted: legal, Gerencia, and T, which whoever works there is. The others follow from the case.
L, G, T, X = Rol.LEGAL, Rol.GERENTE, Rol.TRABAJADOR, Rol.SISTEMA
RECEPTOR, RESPONSABLE, RECLAMANTE, ENCARGADO = "receptor", "responsable", "reclamante", "encargado"
SUPLENTE = "suplente"

RECLAMO = {
    "recibir": {T, RECLAMANTE},
    "formalizar": {RECEPTOR, RECLAMANTE, SUPLENTE},
    "resolver_en_el_acto": {RECEPTOR},
    "numerar": {L},
    "admitir": {L},
    "declarar_inadmisible": {L},
    "analizar": {RESPONSABLE},
    "pedir_visado": {RESPONSABLE},
    "devolver_de_visado": {G},
    "responder": {RESPONSABLE},
    "prorrogar": {RESPONSABLE},
    # Legal writes down what the complainant says by telephone, by letter or in person.
    "conformar": {RECLAMANTE, L},
    "disconformar": {RECLAMANTE, L},
    "archivar_por_silencio": {X},
    "reanalizar": {L},
    "abrir_controversia": {L, G},
    "invitar_a_via_legal": {G},
    "archivar": {L},
}
ANOTACIONES = {
    "informar_ingreso": {L, RECEPTOR},
    "no_llego_ingreso": {X},
    "aludir": {L, G},
    "derivar_a_otro": {L},
    "cumplir_deber": {RESPONSABLE},
    "adjuntar": {RESPONSABLE, L, RECEPTOR},
    "proponer_inadmisible": {L},
    "devolver_propuesta": {G},
    "visar": {G},
    "registrar_despacho": {L},
    "registrar_gestion": {L, G},
    "completar_cierre": {L},
}
MEJORA = {
    "identificar_causa": {RESPONSABLE, L},
    "descartar_plan": {RESPONSABLE, L, G},
    "abrir_plan": {RESPONSABLE, L, G},
    "iniciar_acciones": {ENCARGADO, L},
    "verificar": {L, G},
    "publicar_leccion": {L, G},
}
ANOTACIONES_DE_MEJORA = {"agrupar": {RESPONSABLE, L}, "registrar_ineficacia": {L, G}}


# Who reads every complaint of their company or place; the others, those they play a part in.
LEEN_TODO = (Rol.LEGAL, Rol.GERENTE, Rol.ADMINISTRADOR)


def vedados(usuario):
    """Ids of the complaints that are not that member of staff's to see: those about them, and,
    without a role that reads them all, those in which they play no part (0050)."""
    suyos = Reclamo.aludidos.through.objects.filter(usuario_id=usuario.pk).values("reclamo_id")
    if usuario.is_superuser:
        return suyos
    de_todos = alcance(usuario, roles=LEEN_TODO)
    return (
        Reclamo.objects.filter(Q(pk__in=suyos) | ~(de_todos | _en_que_participa(usuario)))
        .order_by()
        .values("pk")
    )


def _en_que_participa(usuario) -> Q:
    """What they received, answer for, or must put right; and the equals of what they answer for:
    a group has one improvement."""
    propias = Mejora.objects.order_by().filter(
        Q(encargado_id=usuario.pk) | Q(reclamo__responsable_id=usuario.pk)
    )
    iguales = Mejora.iguales.through.objects.filter(mejora__in=propias.values("pk"))
    return (
        Q(recibida_por_id=usuario.pk)
        | Q(responsable_id=usuario.pk)
        | Q(pk__in=propias.filter(encargado_id=usuario.pk).values("reclamo_id"))
        | Q(pk__in=iguales.values("reclamo_id"))
    )


def es_aludido(usuario, reclamo: Reclamo) -> bool:
    return bool(reclamo.pk) and usuario in reclamo.aludidos.all()


def aludidos_en(mejora: Mejora) -> set[int]:
    """Ids of the staff whom any complaint of the group is about."""
    if not mejora.pk:
        return {u.pk for u in mejora.reclamo.aludidos.all()}
    grupo = {mejora.reclamo_id, *mejora.iguales.order_by().values_list("pk", flat=True)}
    filas = Reclamo.aludidos.through.objects.filter(reclamo_id__in=grupo)
    return set(filas.values_list("usuario_id", flat=True))


def roles_de(actor: Actor, reclamo: Expediente) -> frozenset[str]:
    """Parts that `actor` plays in a complaint; none if it is about that person."""
    if not isinstance(reclamo, Reclamo):
        # A list has read only what every company's cases share.
        reclamo = Reclamo.objects.get(pk=reclamo.pk)
    if actor.clase == "cliente":
        propio = actor.cliente.pk == reclamo.cliente_id
        return frozenset({RECLAMANTE}) if propio else frozenset()
    roles = roles_en(actor, reclamo.empresa_id, reclamo.sede_id)
    if actor.usuario is None or not roles or es_aludido(actor.usuario, reclamo):
        return roles if actor.usuario is None else frozenset()
    propios = {T}
    if reclamo.recibida_por_id == actor.usuario.pk:
        propios.add(RECEPTOR)
    if reclamo.responsable_id == actor.usuario.pk:
        propios.add(RESPONSABLE)
    if L in roles and le_toca_a_legal(reclamo):
        propios.add(SUPLENTE)
    return roles | propios


def le_toca_a_legal(reclamo: Reclamo) -> bool:
    """C-20: what is said aloud is made official by who attended; legal does it for what came in
    writing, and where who attended left or is whom it is about, for the clocks run (0050)."""
    receptor = reclamo.recibida_por
    if not reclamo.es_verbal or receptor is None:
        return True
    return not receptor.is_active or es_aludido(receptor, reclamo)


def roles_en_mejora(actor: Actor, mejora: Mejora) -> frozenset[str]:
    roles = roles_de(actor, mejora.reclamo)
    if roles and actor.usuario and actor.usuario.pk in aludidos_en(mejora):
        return frozenset()
    es_suya = actor.usuario is not None and mejora.encargado_id == actor.usuario.pk
    return roles | {ENCARGADO} if roles and es_suya else roles


def predicados(tabla: dict, roles_de) -> dict:
    """Turn a table verb -> roles into the door's predicates."""
    return {
        verbo: lambda actor, objeto, roles=roles: bool(roles & roles_de(actor, objeto))
        for verbo, roles in tabla.items()
    }
