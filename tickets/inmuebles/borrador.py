"""The draft of a request about a home: what an owner typed and uploaded, kept for seven days.

`datos` holds `unidad`, the list of what was added, `en_curso` (typed, not added yet) and
`edicion` (an added one being changed, with its `id`). Photos are named by their public id.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction

from postventa.expedientes import subidas
from postventa.expedientes.bitacora import canonico, sha256
from postventa.expedientes.models import Adjunto, Borrador
from postventa.personas.models import Cliente
from postventa.sentencias import Escritura, Lectura, Retiro, Valor, borrar
from tickets.inmuebles.models import Unidad

VIVE = timedelta(days=7)


@dataclass(frozen=True)
class Borradores:
    """The drafts of a room: their type, the key of their list, and how a part and the whole are
    called where a limit is told (`Cada observación`, `Un requerimiento`)."""

    tipo: str
    lista: str
    cada_parte: str
    el_todo: str

    def buscar(self, cliente: Cliente, unidad: Unidad, ahora: datetime) -> Borrador | None:
        """The open draft of that customer for that home."""
        return self._abiertos(cliente, unidad.pk, ahora).first()

    def _abiertos(self, cliente, unidad_id, ahora):
        return _abiertos(
            cliente_id=cliente.pk, tipo=self.tipo, vence_en__gt=ahora, datos__unidad=unidad_id
        )

    def a_solas(self, cliente: Cliente, unidad: Unidad, ahora: datetime) -> Borrador | None:
        """The open draft, read where no other tab can be writing or sending it (in a transaction).

        The customer's row is locked first: two tabs that begin at once make one draft.
        """
        Cliente.objects.select_for_update(no_key=True).only("pk").get(pk=cliente.pk)
        return self.por_enviar(cliente, unidad.pk, ahora)

    def por_enviar(self, cliente: Cliente, unidad_id: int, ahora: datetime) -> Borrador | None:
        """The open draft, locked for whoever ends it: what another tab adds meanwhile is either
        seen here or finds no draft and begins another. It begins none, so the customer stays free.
        """
        return _POR_ENVIAR.una(cliente=cliente.pk, tipo=self.tipo, ahora=ahora, unidad=unidad_id)

    def retirar(
        self, cliente: Cliente, unidad_id: int, nonce: uuid.UUID | None, ahora: datetime
    ) -> Borrador | None:
        """End the open draft of that form, and return it as it was: in one statement, as locked as
        `por_enviar` leaves it. Whoever calls gives its photos a case, or deletes them, in the same
        transaction; if that is undone the draft is there again.
        """
        if nonce is None:
            return None
        return _RETIRAR.una(
            cliente=cliente.pk, tipo=self.tipo, ahora=ahora, unidad=unidad_id, nonce=nonce
        )

    def nuevo(self, cliente: Cliente, unidad: Unidad, ahora: datetime) -> Borrador:
        """An unsaved draft: reading a page stores nothing."""
        return Borrador(
            empresa_id=cliente.empresa_id,
            cliente=cliente,
            tipo=self.tipo,
            datos={"unidad": unidad.pk, self.lista: [], "en_curso": {}, "edicion": {}},
            creado_en=ahora,
            vence_en=ahora + VIVE,
        )

    def buscar_o_nuevo(self, cliente: Cliente, unidad: Unidad, ahora: datetime) -> Borrador:
        return self.buscar(cliente, unidad, ahora) or self.nuevo(cliente, unidad, ahora)

    @contextmanager
    def editar(
        self, cliente: Cliente, unidad: Unidad, ahora: datetime
    ) -> Iterator[tuple[Borrador, list[Adjunto]]]:
        """Yield the draft, alone with it, and the list for its new photos; store it at the end."""
        with subidas.todo_o_nada() as aceptados:
            borrador = self.a_solas(cliente, unidad, ahora) or self.nuevo(cliente, unidad, ahora)
            borrador.vence_en = ahora + VIVE
            borrador.save()
            yield borrador, aceptados
            borrador.save()
            self._podar(borrador)

    def _podar(self, borrador: Borrador) -> None:
        """Forget the photos that nothing in the draft shows any more, and their files on commit."""
        olvidar(list(borrador.adjuntos.exclude(publico__in=self.fotos_de(borrador))))

    def fotos_de(self, borrador: Borrador) -> set[str]:
        datos = borrador.datos
        return _fotos([*datos[self.lista], datos["en_curso"], datos["edicion"]])

    def sueltas_de(self, borrador: Borrador) -> list[Adjunto]:
        """Once a case took the photos of what was added, those that are left."""
        if self.fotos_de(borrador) == _fotos(borrador.datos[self.lista]):
            return []
        return list(Adjunto.objects.filter(borrador_id=borrador.pk))

    def agregar(self, borrador: Borrador, parte: dict, **mas) -> None:
        """Turn what is being written into an added part, or into the one it changes."""
        datos = borrador.datos
        hecha = {**parte, "id": parte.get("id") or uuid.uuid4().hex[:12], **mas}
        if parte is datos["edicion"]:
            datos[self.lista] = [hecha if o["id"] == hecha["id"] else o for o in datos[self.lista]]
            datos["edicion"] = {}
        else:
            datos[self.lista].append(hecha)
            datos["en_curso"] = {}

    def quitar(self, borrador: Borrador, clave: str) -> None:
        datos = borrador.datos
        datos[self.lista] = [o for o in datos[self.lista] if o["id"] != clave]
        if datos["edicion"].get("id") == clave:
            datos["edicion"] = {}

    def poner_en_edicion(self, borrador: Borrador, clave: str) -> None:
        """Show an added part in the form; what was being written waits in its place."""
        suya = next((o for o in borrador.datos[self.lista] if o["id"] == clave), {})
        borrador.datos["edicion"] = dict(suya)

    def cabe_otra_foto(self, borrador: Borrador, parte: dict) -> str:
        """Why one more photo does not fit in that part; "" if it does."""
        if len(parte.get("fotos", [])) >= subidas.POR_OBSERVACION:
            return f"{self.cada_parte} lleva hasta {subidas.POR_OBSERVACION} fotos."
        if len(self.fotos_de(borrador)) >= subidas.POR_TICKET:
            return f"{self.el_todo} lleva hasta {subidas.POR_TICKET} fotos en total."
        return ""

    def adjuntos_de(self, borrador: Borrador) -> dict[str, Adjunto]:
        """{public id: photo} of a draft; a stored one has no photo but those it names."""
        return {a.publico: a for a in borrador.adjuntos.all()} if self.fotos_de(borrador) else {}

    def huella(self, borrador: Borrador, *claves: str) -> str:
        """Digest of what was reviewed (the list and those keys), so that another tab's change is
        noticed before sending."""
        datos = borrador.datos
        visto = [datos[self.lista], *(datos.get(c) for c in claves)] if claves else None
        return sha256(canonico(visto or datos[self.lista]))[:16]


def _abiertos(**cuales):
    return Borrador.objects.filter(**cuales).order_by("-pk")


_ABIERTO = {
    "cliente_id": Valor("cliente", models.BigIntegerField()),
    "tipo": Valor("tipo", models.CharField()),
    "vence_en__gt": Valor("ahora", models.DateTimeField()),
    "datos__unidad": Valor("unidad", models.JSONField()),
}
_POR_ENVIAR = Lectura(lambda: _abiertos(**_ABIERTO).select_for_update()[:1])
_RETIRAR = Retiro(lambda: _abiertos(**_ABIERTO, nonce=Valor("nonce", models.UUIDField())))


def _fotos(partes: list[dict]) -> set[str]:
    return {foto for parte in partes for foto in parte.get("fotos", [])}


def abierta(borrador: Borrador) -> dict:
    """What the form shows: the part being changed, or the one being written."""
    return borrador.datos["edicion"] or borrador.datos["en_curso"]


def esta_vacia(parte: dict) -> bool:
    return not any(parte.values())


def parte_de(borrador: Borrador, edita: str) -> dict:
    """The part that the form is writing: the one in edition, by its id, or the new one."""
    datos = borrador.datos
    if edita and edita == datos["edicion"].get("id"):
        return datos["edicion"]
    return datos["en_curso"]


def soltar(borrador: Borrador, parte: dict) -> None:
    """Forget what is being written, or the changes of the one in edition."""
    parte.clear()


def olvidar(sueltas: list[Adjunto]) -> None:
    """Delete the photos that nothing shows; their files go on commit."""
    if sueltas:
        Adjunto.objects.filter(pk__in=[a.pk for a in sueltas]).delete()
        transaction.on_commit(lambda: subidas.borrar_archivos(sueltas))


def descartar(borrador: Borrador, sueltas: list[Adjunto]) -> None:
    """Delete a draft with the photos that no case took."""
    olvidar(sueltas)
    # Alone: `delete()` would first look for the photos, and none is left. The database refuses if
    # that is not so.
    _BORRAR.hacer(pk=borrador.pk)


_BORRAR = Escritura(
    lambda: borrar(Borrador.objects.filter(pk=Valor("pk", models.BigIntegerField())))
)
