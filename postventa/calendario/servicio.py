"""From the tables of this room to the arithmetic of business time."""

from zoneinfo import ZoneInfo

from django.db.models import Subquery

from .horario import Horario
from .models import Calendario, Feriado, Jornada, Tramo

# Per process: (calendar, jornada, zone) -> (stamps, version, Horario). The stamps are compared with
# the database at every use, so an edit in another process is seen by the next operation here.
_memoria: dict[tuple[int, int, str], tuple[tuple, str, Horario]] = {}


def horario_de(calendario, jornada, zona):
    """The Horario of a calendar with its ancestors, a jornada and a zone (ZoneInfo or its name)."""
    return horario_y_version(calendario, jornada, zona)[0]


def horario_y_version(calendario, jornada, zona, *, son_recientes=False):
    """The same with what a clock keeps of it: `bo-cochabamba.2 bo.14 oficina.1`.

    One query when nothing changed since the last use in this process, three when something did.
    `son_recientes` says that both rows were read for this very operation: they carry their
    stamps, and a calendar without a parent asks nothing more.
    """
    zona = zona if isinstance(zona, ZoneInfo) else ZoneInfo(zona)
    if son_recientes and calendario.padre_id is None:
        cadena, sellos, version = _estado_de(calendario, jornada)
    else:
        cadena, sellos, version = _estado(calendario.pk, jornada.pk)
    clave = (calendario.pk, jornada.pk, zona.key)
    guardado = _memoria.get(clave)
    if guardado is None or guardado[0] != sellos:
        horario = Horario(zona, feriados_de(cadena), tramos_de(jornada.pk))
        guardado = _memoria[clave] = (sellos, version, horario)
    return guardado[2], guardado[1]


def horario_sellado(calendario_pk, jornada_pk, zona, sello_calendario, sello_jornada) -> Horario:
    """The Horario of rows known by their keys and stamps alone: it asks nothing while they stand.

    A local calendar gets a stamp with every change of what it inherits, so its own is enough.
    """
    guardado = _memoria.get((calendario_pk, jornada_pk, zona.key))
    if guardado and (guardado[0][0][1], guardado[0][-1]) == (sello_calendario, sello_jornada):
        return guardado[2]
    calendario = Calendario.objects.get(pk=calendario_pk)
    return horario_de(calendario, Jornada.objects.get(pk=jornada_pk), zona)


def _estado_de(calendario, jornada):
    """What `_estado` says, from the rows themselves."""
    sellos = ((calendario.pk, calendario.sello), jornada.sello)
    version = f"{calendario.codigo}.{calendario.version} {jornada.codigo}.{jornada.version}"
    return [calendario.pk], sellos, version


def _estado(calendario_pk, jornada_pk):
    """Chain of calendars from the local one up, stamps of everything, and the versions in words."""
    jornada = Jornada.objects.filter(pk=jornada_pk)
    # All calendars: they are few, and a chain of unknown length stays one query.
    filas = {
        pk: resto
        for pk, *resto in Calendario.objects.order_by().values_list(
            "pk",
            "padre_id",
            "codigo",
            "version",
            "sello",
            Subquery(jornada.values("codigo")),
            Subquery(jornada.values("version")),
            Subquery(jornada.values("sello")),
        )
    }
    cadena, actual = [], calendario_pk
    while actual is not None and actual not in cadena:
        cadena.append(actual)
        actual = filas[actual][0]
    *_, codigo, numero, sello = filas[calendario_pk]
    partes = [f"{filas[pk][1]}.{filas[pk][2]}" for pk in cadena]
    sellos = (*((pk, filas[pk][3]) for pk in cadena), sello)
    return cadena, sellos, " ".join([*partes, f"{codigo}.{numero}"])


def feriados_de(cadena):
    """Date to name, for a chain of calendars from the local one up: the more local row decides."""
    orden = {pk: lugar for lugar, pk in enumerate(cadena)}
    filas = Feriado.objects.filter(calendario__in=cadena).order_by()
    filas = filas.values_list("calendario_id", "fecha", "nombre", "es_vigente")
    feriados = {}
    for _, fecha, nombre, es_vigente in sorted(filas, key=lambda fila: -orden[fila[0]]):
        if es_vigente:
            feriados[fecha] = nombre
        else:
            feriados.pop(fecha, None)
    return feriados


def tramos_de(jornada_pk):
    """Weekday to its windows, in order."""
    tramos = {}
    filas = Tramo.objects.filter(jornada=jornada_pk).order_by("dia", "desde")
    for dia, desde, hasta in filas.values_list("dia", "desde", "hasta"):
        tramos.setdefault(dia, []).append((desde, hasta))
    return {dia: tuple(ventanas) for dia, ventanas in tramos.items()}
