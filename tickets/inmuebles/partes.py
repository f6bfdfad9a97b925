"""The parts that a case is made of, stored with it."""

from django.db.models.sql import UpdateQuery

from postventa.expedientes.models import Adjunto
from postventa.sentencias import devolver


def ingresar(caso, partes: list, fotos: dict[int, list[int]] | None) -> None:
    """Freeze the parts with their case, in their order, and move the draft's photos to it.

    `fotos` holds the ids of the photos of each part, by its position.
    """
    if not partes:
        return
    modelo = type(partes[0])
    for numero, parte in enumerate(partes, 1):
        setattr(parte, caso._meta.model_name, caso)
        parte.numero = numero
    modelo.objects.bulk_create(partes)
    if not fotos:
        return
    ids = [pk for suyas in fotos.values() for pk in suyas]
    Adjunto.objects.filter(pk__in=ids).update(expediente=caso, borrador=None)
    _mostrar(partes, fotos)


def adoptar(caso, partes: list, fotos: dict[int, list[str]], borrador: int) -> dict[int, list[int]]:
    """Move the photos of a draft to the case and show them in its stored parts; return their ids.

    `fotos` holds the public ids of the photos of each part, by its position. They are moved and
    known by their ids in one statement. Those of another draft stay where they are.
    """
    nombres = [publico for suyas in fotos.values() for publico in suyas]
    de_borrador = Adjunto.objects.filter(borrador_id=borrador, publico__in=nombres)
    query = de_borrador.query.chain(UpdateQuery)
    query.add_update_values({"expediente": caso, "borrador": None})
    ids = {publico: pk for pk, publico in devolver(query, "id", "publico")}
    por_parte = {n: [ids[f] for f in suyas if f in ids] for n, suyas in fotos.items()}
    _mostrar(partes, por_parte)
    return por_parte


def _mostrar(partes: list, fotos: dict[int, list[int]]) -> None:
    modelo = type(partes[0])
    paso = modelo.fotos.through
    paso.objects.bulk_create(
        paso(**{f"{modelo._meta.model_name}_id": partes[posicion].pk, "adjunto_id": pk})
        for posicion, suyas in fotos.items()
        for pk in suyas
    )
