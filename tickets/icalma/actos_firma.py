"""What signing the conformity, or not signing it, writes under the lock."""

import unicodedata

from postventa.documentos import actas
from postventa.expedientes.bitacora import sha256
from postventa.personas.models import Rol
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, exigir
from postventa.visitas.models import Visita
from tickets.icalma.acta import contenido_del_acta
from tickets.icalma.actos_visita import crear_visita
from tickets.icalma.flujo import EstadoObservacion as O


def preparar_firma(ticket, tramite, actor, datos):
    """Fix the act, check that it is the one that was read, and store the signature (I-14)."""
    if actor.clase == "sistema":  # D-03: the stored partial signature closes it
        return
    if ticket.firmado_en is not None:
        raise Conflicto("Este ticket ya tiene tu firma.", ticket.estado)
    documento = actas.fijar(ticket, "conformidad", contenido_del_acta(ticket), tramite.ahora)
    # TM-20: what is signed is what was read, and the hash of what was read proves it.
    if datos.get("huella") != documento.sha256:
        raise Conflicto("El acta cambió desde que la leíste. Léela de nuevo antes de firmar.")
    # The audit keeps the drawing's digest: its points stand on the signature.
    evidencia = dict(datos.get("evidencia") or {})
    if evidencia.get("trazo"):
        sin_dibujo = {k: v for k, v in evidencia.items() if k != "trazo"}
        datos["evidencia"] = {**sin_dibujo, "huella_trazo": sha256(evidencia["trazo"])}
    actas.firmar(
        documento,
        rol=Rol.PROPIETARIO if actor.clase == "cliente" else Rol.REEMPLAZO,
        actor=actor,
        nombre=_nombre_de(actor, datos),
        firmado_en=tramite.ahora,
        evidencia=evidencia,
    )
    ticket.firmado_en, ticket.reparos_en = tramite.ahora, None


def _nombre_de(actor, datos) -> str:
    """The name as typed. An owner's must be their own: two of its words or more, and no others.

    A replacement's was written down by somebody else: a witness and the document answer for it.
    """
    nombre = exigir(datos, "nombre", "Escribe tu nombre completo.")
    if actor.clase != "cliente":
        return nombre
    propias, escritas = _palabras(actor.nombre), _palabras(nombre)
    if not escritas <= propias or len(escritas) < min(2, len(propias)):
        raise DatosInvalidos(
            {"nombre": f"Escribe tu nombre como figura en el acta: {actor.nombre}."}
        )
    return nombre


def _palabras(nombre: str) -> set[str]:
    """Words of a name without accents or case, so that `jose MUÑOZ` is José Muñoz."""
    sin_tildes = unicodedata.normalize("NFKD", nombre)
    return set("".join(c for c in sin_tildes if not unicodedata.combining(c)).casefold().split())


# --- refusal to sign


def preparar_rechazo_de_firma(ticket, tramite, actor, datos):
    """Reason per observation; the rest stay as done (I-T17)."""
    motivos = {k: str(v).strip() for k, v in (datos.get("motivos") or {}).items() if v}
    if not motivos:
        raise DatosInvalidos({"motivos": "Anota el motivo de al menos una observación."})
    datos["motivos"] = motivos
    ticket.reparos_en = None  # answered: another visit


def completar_rechazo_de_firma(ticket, tramite, actor, datos):
    ejecutadas = {o.pk: o for o in ticket.observaciones.all() if o.estado == O.EJECUTADA}
    devueltas = [ejecutadas[int(pk)] for pk in datos["motivos"] if int(pk) in ejecutadas]
    if not devueltas:
        raise DatosInvalidos({"motivos": "Elige una observación ejecutada de este ticket."})
    crear_visita(ticket, tramite, Visita.Tipo.TRABAJO, datos, devueltas)
