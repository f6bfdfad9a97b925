"""A person's day: whether a visit fits in it, and the quarter hours it takes."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from postventa.plazos.calculo import horario_del_lugar
from postventa.visitas.models import Ocupacion, Visita

CUARTO = timedelta(minutes=15)


class Choque(Exception):
    """The person already has a visit in that time."""


def objecion_al_horario(sede, inicia_en: datetime, termina_en: datetime, ahora: datetime) -> str:
    """Return why a visit cannot be at that time, in words; empty if it can.

    A visit is in the future, on one business day, inside one office window of the place (I-22).
    """
    if termina_en <= inicia_en:
        return "La visita tiene que terminar después de empezar."
    if inicia_en <= ahora:
        return "Elige una hora que todavía no haya pasado."
    if not horario_del_lugar(sede).cabe(inicia_en, termina_en):
        return "Elige un día hábil y una hora dentro del horario de atención."
    return ""


def bloques(inicia_en: datetime, termina_en: datetime) -> list[datetime]:
    """Quarter hours that an interval touches, by their first instant."""
    bloque = inicia_en.replace(minute=inicia_en.minute // 15 * 15, second=0, microsecond=0)
    tomados = []
    while bloque < termina_en:
        tomados.append(bloque)
        bloque += CUARTO
    return tomados


def ocupar(visita: Visita) -> None:
    """Take the visit's quarter hours; Choque if the person has any of them taken."""
    filas = [
        Ocupacion(persona_id=visita.persona_id, bloque_en=b, visita=visita)
        for b in bloques(visita.inicia_en, visita.termina_en)
    ]
    try:
        with transaction.atomic():
            Ocupacion.objects.bulk_create(filas)
    except IntegrityError:
        raise Choque from None


def liberar(visita: Visita) -> None:
    """Give back the quarter hours of a visit that will not be (or no longer is) held."""
    visita.ocupaciones.all().delete()
