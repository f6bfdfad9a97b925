"""The draft of a request: what an owner typed and uploaded, kept here for seven days.

`datos` holds `unidad`, `observaciones` (those added), `en_curso` (typed, not added yet) and
`edicion` (an added one being changed, with its `id`). Photos are named by their public id.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from postventa.expedientes import subidas
from postventa.expedientes.bitacora import canonico, sha256
from postventa.expedientes.models import Adjunto, Borrador
from postventa.personas.models import Cliente
from tickets.icalma.models import Observacion
from tickets.inmuebles.models import Propiedad, Unidad

TIPO = "icalma"
VIVE = timedelta(days=7)
OBSERVACIONES = 60
EN_ORDEN = ("unidad__proyecto__nombre", "unidad__nombre")


def unidades_de(empresa, cliente: Cliente, ahora: datetime) -> list[Unidad]:
    """Homes that the customer owns today, with their project (I-02): today there, in its zone."""
    activas = {"unidad__proyecto__es_activa": True, "unidad__proyecto__empresa": empresa}
    suyas = Propiedad.objects.filter(cliente=cliente, **activas)
    propias = {}
    for propiedad in suyas.select_related("unidad__proyecto").order_by(*EN_ORDEN):
        unidad = propiedad.unidad
        unidad.proyecto.empresa = empresa
        if propiedad.es_vigente(ahora.astimezone(unidad.proyecto.tz).date()):
            propias[unidad.pk] = unidad
    return list(propias.values())


def buscar(cliente: Cliente, unidad: Unidad, ahora: datetime) -> Borrador | None:
    """The open draft of that customer for that home."""
    return _abiertos(cliente, unidad.pk, ahora).first()


def _abiertos(cliente, unidad_id, ahora):
    suyos = Borrador.objects.filter(cliente=cliente, tipo=TIPO, vence_en__gt=ahora)
    return suyos.filter(datos__unidad=unidad_id).order_by("-pk")


def a_solas(cliente: Cliente, unidad: Unidad, ahora: datetime) -> Borrador | None:
    """The open draft, read where no other tab can be writing or sending it (in a transaction).

    The customer's row is locked first: two tabs that begin at once make one draft.
    """
    Cliente.objects.select_for_update(no_key=True).only("pk").get(pk=cliente.pk)
    return por_enviar(cliente, unidad.pk, ahora)


def por_enviar(cliente: Cliente, unidad_id: int, ahora: datetime) -> Borrador | None:
    """The open draft, locked for whoever ends it: what another tab adds meanwhile is either seen
    here or finds no draft and begins another. It begins none, so the customer stays free."""
    return _abiertos(cliente, unidad_id, ahora).select_for_update().first()


def nuevo(cliente: Cliente, unidad: Unidad, ahora: datetime) -> Borrador:
    """An unsaved draft: reading a page stores nothing."""
    return Borrador(
        empresa_id=cliente.empresa_id,
        cliente=cliente,
        tipo=TIPO,
        datos={"unidad": unidad.pk, "observaciones": [], "en_curso": {}, "edicion": {}},
        creado_en=ahora,
        vence_en=ahora + VIVE,
    )


@contextmanager
def editar(
    cliente: Cliente, unidad: Unidad, ahora: datetime
) -> Iterator[tuple[Borrador, list[Adjunto]]]:
    """Yield the draft, alone with it, and the list for its new photos; store it at the end."""
    with subidas.todo_o_nada() as aceptados:
        borrador = a_solas(cliente, unidad, ahora) or nuevo(cliente, unidad, ahora)
        borrador.vence_en = ahora + VIVE
        borrador.save()
        yield borrador, aceptados
        borrador.save()
        _podar(borrador)


def _podar(borrador: Borrador) -> None:
    """Forget the photos that nothing in the draft shows any more, and their files on commit."""
    sueltas = list(borrador.adjuntos.exclude(publico__in=fotos_de(borrador)))
    if sueltas:
        Adjunto.objects.filter(pk__in=[a.pk for a in sueltas]).delete()
        transaction.on_commit(lambda: subidas.borrar_archivos(sueltas))


def partes(borrador: Borrador) -> list[dict]:
    """Everything in the draft that may have photos."""
    datos = borrador.datos
    return [*datos["observaciones"], datos["en_curso"], datos["edicion"]]


def fotos_de(borrador: Borrador) -> set[str]:
    return {foto for parte in partes(borrador) for foto in parte.get("fotos", [])}


def abierta(borrador: Borrador) -> dict:
    """What the form shows: the observation being changed, or the one being written."""
    return borrador.datos["edicion"] or borrador.datos["en_curso"]


def esta_vacia(parte: dict) -> bool:
    return not any(parte.values())


def parte_de(borrador: Borrador, edita: str) -> dict:
    """The part that the form is writing: the one in edition, by its id, or the new one."""
    datos = borrador.datos
    if edita and edita == datos["edicion"].get("id"):
        return datos["edicion"]
    return datos["en_curso"]


def agregar(borrador: Borrador, parte: dict, eleccion: dict) -> None:
    """Turn what is being written into an added observation, or into the one it changes."""
    datos = borrador.datos
    hecha = {**parte, "id": parte.get("id") or uuid.uuid4().hex[:12], "nombres": eleccion}
    if parte is datos["edicion"]:
        datos["observaciones"] = [
            hecha if o["id"] == hecha["id"] else o for o in datos["observaciones"]
        ]
        datos["edicion"] = {}
    else:
        datos["observaciones"].append(hecha)
        datos["en_curso"] = {}


def soltar(borrador: Borrador, parte: dict) -> None:
    """Forget what is being written, or the changes of the one in edition."""
    parte.clear()


def quitar(borrador: Borrador, clave: str) -> None:
    datos = borrador.datos
    datos["observaciones"] = [o for o in datos["observaciones"] if o["id"] != clave]
    if datos["edicion"].get("id") == clave:
        datos["edicion"] = {}


def poner_en_edicion(borrador: Borrador, clave: str) -> None:
    """Show an added observation in the form; what was being written waits in its place."""
    suya = next((o for o in borrador.datos["observaciones"] if o["id"] == clave), {})
    borrador.datos["edicion"] = dict(suya)


def cabe_otra_foto(borrador: Borrador, parte: dict) -> str:
    """Why one more photo does not fit in that part; "" if it does."""
    if len(parte.get("fotos", [])) >= subidas.POR_OBSERVACION:
        return f"Cada observación lleva hasta {subidas.POR_OBSERVACION} fotos."
    if len(fotos_de(borrador)) >= subidas.POR_TICKET:
        return f"Un requerimiento lleva hasta {subidas.POR_TICKET} fotos en total."
    return ""


def descartar(borrador: Borrador, sueltas: list[Adjunto]) -> None:
    """Delete a draft with the photos that no ticket took; their files go on commit."""
    if sueltas:
        Adjunto.objects.filter(pk__in=[a.pk for a in sueltas]).delete()
        transaction.on_commit(lambda: subidas.borrar_archivos(sueltas))
    # Alone: `delete()` would first look for the photos, and none is left. The database refuses if
    # that is not so.
    Borrador.objects.filter(pk=borrador.pk)._raw_delete(using=borrador._state.db)


def huella(borrador: Borrador) -> str:
    """Digest of what was reviewed, so that another tab's change is noticed before sending."""
    return sha256(canonico(borrador.datos["observaciones"]))[:16]


def para_ingresar(borrador: Borrador) -> tuple[list[Observacion], dict[int, list[int]], list]:
    """What `ingresar` takes (the observations, unsaved, and the ids of the photos of each), and
    the photos that belong to none."""
    # A stored draft has no photo but those it names (`_podar`).
    adjuntos = {a.publico: a for a in borrador.adjuntos.all()} if fotos_de(borrador) else {}
    observaciones, fotos = [], {}
    for posicion, o in enumerate(borrador.datos["observaciones"]):
        observaciones.append(Observacion(**o["nombres"], descripcion=o["descripcion"]))
        suyas = [adjuntos.pop(f).pk for f in o.get("fotos", []) if f in adjuntos]
        if suyas:
            fotos[posicion] = suyas
    return observaciones, fotos, list(adjuntos.values())
