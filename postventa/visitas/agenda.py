"""A person's day: whether a visit fits in it, and the quarter hours it takes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from postventa.calendario.unidades import PlazoInvalido
from postventa.calendario.zonas import a_instante, comienzo_del_dia, fin_del_dia
from postventa.plazos.calculo import horario_del_lugar
from postventa.visitas.flujo import EstadoVisita
from postventa.visitas.models import Ocupacion, Visita

CUARTO = timedelta(minutes=15)


class Choque(Exception):
    """The person already has a visit in that time."""


def objecion_al_horario(
    sede, inicia_en: datetime, termina_en: datetime, ahora: datetime, jornada=None
) -> str:
    """Return why a visit cannot be at that time, in words; empty if it can.

    A visit is in the future, on one business day, inside one office window of the place (I-22),
    or of `jornada`, where that kind of visit has hours of its own (G-12).
    """
    if termina_en <= inicia_en:
        return "La visita tiene que terminar después de empezar."
    if inicia_en <= ahora:
        return "Elige una hora que todavía no haya pasado."
    try:
        cabe = horario_del_lugar(sede, jornada).cabe(inicia_en, termina_en)
    except PlazoInvalido:  # a year that no calendar reaches
        cabe = False
    if not cabe:
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


def libres(
    persona,
    sede,
    duracion: timedelta,
    desde: datetime,
    dias: int = 10,
    *,
    paso: timedelta = CUARTO,
    salvo: Visita | None = None,
) -> list[datetime]:
    """Instants, in order, at which `persona` has `duracion` free inside one office window.

    They are every `paso` from each opening, on the `dias` business days of the place that follow
    the local date of `desde`. The time of `salvo`, a visit that would be left, counts as free.
    One query besides the place's calendar.
    """
    horario = horario_del_lugar(sede)
    fechas = horario.proximos_habiles(desde.astimezone(horario.zona).date(), dias)
    ventanas = [ventana for fecha in fechas for ventana in horario.ventanas(fecha)]
    if not ventanas:
        return []
    tomados = ocupados([persona], ventanas[0][0], ventanas[-1][1], salvo)[persona.pk]
    return [
        inicia
        for inicia in comienzos(ventanas, duracion, paso)
        if tomados.isdisjoint(bloques(inicia, inicia + duracion))
    ]


def comienzos(ventanas, duracion: timedelta, paso: timedelta) -> Iterator[datetime]:
    """Every `paso` from each opening, as long as the whole `duracion` lies inside its window."""
    for abre, cierra in ventanas:
        while abre + duracion <= cierra:
            yield abre
            abre += paso


def ocupados(
    personas, desde: datetime, hasta: datetime, salvo: Visita | None = None
) -> dict[int, set[datetime]]:
    """{person id: quarter hours taken between two instants}, in one query for any number.

    Those of `salvo`, a visit that would be left, count as free.
    """
    filas = Ocupacion.objects.filter(
        persona__in=personas, bloque_en__gt=desde - CUARTO, bloque_en__lt=hasta
    )
    if salvo is not None:
        filas = filas.exclude(visita=salvo)
    tomados = {persona.pk: set() for persona in personas}
    for persona_id, bloque in filas.values_list("persona_id", "bloque_en"):
        tomados[persona_id].add(bloque)
    return tomados


def visitas_por_dia(
    personas, primera: date, ultima: date, zona: ZoneInfo, salvo: Visita | None = None
) -> Counter:
    """{(person id, local date): visits}, wherever they are, in one query for any number.

    A visit that came to nothing gave its room back; `salvo`, which would be left, gives it too.
    """
    filas = Visita.objects.filter(
        persona__in=personas,
        estado__in=(EstadoVisita.COORDINADA, EstadoVisita.EN_CURSO, EstadoVisita.REALIZADA),
        inicia_en__gte=a_instante(comienzo_del_dia(primera, zona)),
        inicia_en__lte=a_instante(fin_del_dia(ultima, zona)),
    )
    if salvo is not None:
        filas = filas.exclude(pk=salvo.pk)
    return Counter(
        (persona_id, inicia_en.astimezone(zona).date())
        for persona_id, inicia_en in filas.order_by().values_list("persona_id", "inicia_en")
    )


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
