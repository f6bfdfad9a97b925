"""The parts that a case is made of, stored with it."""

from postventa.expedientes.models import Adjunto


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
    paso = modelo.fotos.through
    paso.objects.bulk_create(
        paso(**{f"{modelo._meta.model_name}_id": partes[posicion].pk, "adjunto_id": pk})
        for posicion, suyas in fotos.items()
        for pk in suyas
    )
