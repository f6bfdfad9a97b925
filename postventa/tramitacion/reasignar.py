"""Handing cases over: who answers for a case changes as a note, through the door.

A room offers it in the `anotaciones` of its case. What one person gets at a time is told in one
mail, whatever the number of cases (`avisos.agrupar`).
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from postventa.avisos import outbox
from postventa.calendario.palabras import vence_en_palabras
from postventa.expedientes.models import Expediente, Situacion
from postventa.expedientes.salas import Anotacion, sala_de
from postventa.personas.actores import Actor, roles_en
from postventa.personas.models import Membresia, Rol, Usuario
from postventa.plazos.reloj import proximo_vencimiento
from postventa.tramitacion.acciones import anotar
from postventa.tramitacion.errores import DatosInvalidos, Rechazo, exigir

REASIGNAR = "reasignar"
REASIGNAN = (Rol.JEFE, Rol.ADMINISTRADOR)
AVISO, RESUMEN = "reasignado", "reasignados"
# Each case is one entry through the door, in one transaction: more than these at once would keep
# the others waiting.
LOTE = 100


def puede_reasignar(actor: Actor, caso) -> bool:
    return bool(set(REASIGNAN) & roles_en(actor, caso.empresa_id, caso.sede_id))


def quienes_atienden(tipo: str, empresa_id: int, sede_id: int) -> QuerySet:
    """Staff that may answer for the cases of that room in a place: with one of the roles that it
    names, in all of the company or there."""
    aqui = Q(sede=None) | Q(sede_id=sede_id)
    roles = Membresia.objects.filter(aqui, empresa_id=empresa_id, rol__in=sala_de(tipo).atienden)
    return Usuario.objects.filter(is_active=True, pk__in=roles.values("usuario_id"))


def ya_termino(caso, ahora: datetime) -> str:
    return "El caso ya terminó: no hay nada que atender." * (caso.situacion == Situacion.CERRADO)


def _escribir(caso, tramite, actor, datos):
    nuevo, antes = datos.get("responsable"), caso.responsable
    motivo = datos["motivo"] = exigir(datos, "motivo", "Escribe por qué se reasigna.")[:300]
    if not isinstance(nuevo, Usuario):
        raise DatosInvalidos({"responsable": "Elige a quién pasa el caso."})
    if nuevo == antes:
        raise DatosInvalidos({"responsable": f"{nuevo} ya responde por este caso."})
    if not quienes_atienden(caso.tipo, caso.empresa_id, caso.sede_id).filter(pk=nuevo.pk).exists():
        raise DatosInvalidos({"responsable": f"{nuevo} no atiende casos de {caso.sede}."})
    datos["responsable_anterior"] = str(antes) if antes else "nadie"
    datos["responsable_nuevo"] = str(nuevo)
    caso.responsable = nuevo
    # The door saves the room's own row; this column is the shared one.
    Expediente.objects.filter(pk=caso.pk).update(responsable=nuevo)
    if nuevo != actor.usuario:
        tramite.avisos.append(_aviso(tramite, nuevo, actor, motivo))


def _aviso(tramite, nuevo, actor, motivo):
    caso = tramite.caso
    vence = proximo_vencimiento(tramite.plazos)
    return outbox.nuevo(
        caso.empresa_id,
        AVISO,
        f"{caso.pk}:{caso.cadena_largo + 1}:{AVISO}:{nuevo.email or nuevo}",
        (str(nuevo), nuevo.email),
        {
            "sobre": f"{AVISO}:{caso.pk}",
            "folio": caso.folio,
            "sede": caso.sede.nombre,
            "cliente": caso.cliente.nombre,
            "quien": actor.nombre,
            "motivo": motivo,
            "vence": vence_en_palabras(vence, caso.sede.tz) if vence else "",
            "url": tramite.sala.url_consola(caso) if tramite.sala.url_consola else "",
        },
        tramite.ahora,
        expediente_id=caso.pk,
        no_antes_en=tramite.apertura,
        grupo=RESUMEN,
    )


NOTA = Anotacion("Reasignar", puede_reasignar, _escribir, ya_termino)


@dataclass
class Reparto:
    """What a bulk hand-over did: the cases that moved, and why each of the others did not."""

    hechos: list = field(default_factory=list)
    rechazos: list = field(default_factory=list)


def en_lote(casos: list, a: Usuario, por, *, motivo: str, ahora: datetime) -> Reparto:
    """Hand the first LOTE of these cases over, in one transaction and in the house's lock order.

    A case that refuses (it closed meanwhile, it is already theirs) stays as it was, alone.
    """
    reparto = Reparto()
    with transaction.atomic():
        for caso in sorted(casos, key=lambda c: c.pk)[:LOTE]:
            try:
                anotar(caso, REASIGNAR, por, ahora=ahora, responsable=a, motivo=motivo)
            except Rechazo as rechazo:
                reparto.rechazos.append((caso, rechazo.mensaje))
            else:
                reparto.hechos.append(caso)
    return reparto
