"""The visits of an owner's case: the one agreed and what can be answered, and an absence."""

from datetime import datetime, timedelta

from postventa.calendario.palabras import (
    DIAS,
    MESES,
    dia_en_palabras,
    fecha_en_palabras,
)
from postventa.personas.documentos import mostrar_rut
from postventa.visitas import agenda
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.icalma.anotaciones import (
    sin_objecion_posible,
    sin_reemplazo_posible,
    ya_confirmada,
)
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.palabras import objetable_hasta

# Every half hour is choice enough to read; the agenda itself goes by quarters.
PASO = timedelta(minutes=30)
DIAS_OFRECIDOS = 10
VIVAS = (V.COORDINADA, V.EN_CURSO)


def atiende(observacion, ticket) -> str:
    """Which works visit takes what the Jefe upheld, while the works go on; "" where it is plain.

    Upheld before they were agreed it is one of the approved; later, the visit that stands takes it
    if it is done there, and another one if it is not (12.2: a visit lists what it serves).
    """
    visita = ticket.ultima_visita()
    es_acogida = observacion.es_acogida and observacion.estado == O.APROBADA
    if not es_acogida or visita is None or visita.tipo != visita.Tipo.TRABAJO:
        return ""
    if visita.estado not in (V.COORDINADA, V.EN_CURSO):
        return "La atiende la próxima visita de trabajos, que falta coordinar."
    cuando = dia_en_palabras(visita.inicia_en.astimezone(ticket.sede.tz).date())
    if visita.observaciones.filter(pk=observacion.pk).exists():
        return f"La atiende la visita de trabajos del {cuando}."
    if visita.estado == V.COORDINADA:
        return (
            f"Se acogió cuando la visita de trabajos del {cuando} ya estaba coordinada. Puede "
            "hacerse en ella; si no alcanza, al terminar se coordina otra visita."
        )
    return (
        f"Se acogió cuando los trabajos del {cuando} ya habían empezado. Puede hacerse en ellos; "
        "si no alcanza, se coordina otra visita: sin ella los trabajos no se dan por terminados."
    )


def visita_de(ticket, visitas: list[Visita], ahora: datetime) -> dict | None:
    """The next visit, or the one going on; `visitas` by order of agreement."""
    visita = visitas[-1] if visitas else None
    if visita is None or visita.estado not in VIVAS:
        return None
    visita.expediente = ticket
    tz = ticket.sede.tz
    inicia = visita.inicia_en.astimezone(tz)
    movida = visitas[-2] if len(visitas) > 1 and visitas[-2].estado == V.REPROGRAMADA else None
    propuesta = visita.propuesta_inicia_en
    return {
        "pk": visita.pk,
        "nombre": visita.get_tipo_display(),
        "dia": DIAS[inicia.weekday()][:3].capitalize(),
        "numero": inicia.day,
        "mes": MESES[inicia.month - 1][:3],
        "cuando": fecha_en_palabras(visita.inicia_en, tz),
        "hasta": f"{visita.termina_en.astimezone(tz):%H:%M}",
        "en_curso": visita.estado == V.EN_CURSO,
        "es_trabajo": visita.tipo == Visita.Tipo.TRABAJO,
        "persona": str(visita.persona),
        "maestros": visita.maestros,
        "reemplazo": visita.reemplazo_nombre,
        "reemplazo_rut": visita.reemplazo_documento and mostrar_rut(visita.reemplazo_documento),
        "conserjeria": visita.exige_conserjeria,
        "termino": visita.termino_estimado_el and dia_en_palabras(visita.termino_estimado_el),
        "confirmada": visita.confirmada_en is not None,
        "propuesta": propuesta and fecha_en_palabras(propuesta, tz),
        "se_cambia": visita.estado == V.COORDINADA and ahora < visita.inicia_en,
        "se_confirma": not ya_confirmada(visita, ahora),
        "admite_reemplazo": not sin_reemplazo_posible(visita, ahora),
        "movida": movida,
        "movida_de": movida and fecha_en_palabras(movida.inicia_en, tz),
    }


def inasistencia_de(ticket, visitas: list[Visita], ahora: datetime) -> dict | None:
    """The absence that the owner should know of: what was recorded, and how to object to it.

    One already answered by a visit that was held says nothing any more.
    """
    faltas = [v for v in visitas if v.estado == V.INASISTENCIA_CLIENTE]
    if not faltas:
        return None
    visita = next((v for v in faltas if v.objetada_en), faltas[-1])
    if any(v.estado == V.REALIZADA and v.pk > visita.pk for v in visitas):
        return None
    visita.expediente = ticket
    return {
        "visita": visita,
        **evidencia(visita, ticket.sede.tz),
        "termino_el_ticket": ticket.estado == T.RESUELTO_INASISTENCIA,
        "se_objeta": not sin_objecion_posible(visita, ahora),
        "hasta": objetable_hasta(visita),
        "se_paso": visita.objetable_hasta is not None and ahora > visita.objetable_hasta,
        "pendiente": visita.objetada_en is not None and visita.objecion_acogida is None,
        "objetada": visita.objetada_en and fecha_en_palabras(visita.objetada_en, ticket.sede.tz),
    }


def evidencia(visita: Visita, tz) -> dict:
    """What was recorded of an absence, in words (TM-16)."""
    return {
        "nombre": visita.get_tipo_display().lower(),
        "cuando": fecha_en_palabras(visita.inicia_en, tz),
        "llegada": visita.llegada_en and f"{visita.llegada_en.astimezone(tz):%H:%M}",
        "cerrada": visita.cerrada_en and f"{visita.cerrada_en.astimezone(tz):%H:%M}",
        "conserje": visita.conserje,
    }


def horas_libres(ticket, visita: Visita, ahora: datetime) -> list[datetime]:
    """Starts that the owner may choose instead of the agreed one (I-T06, I-T21)."""
    libres = agenda.libres(
        visita.persona,
        ticket.sede,
        visita.termina_en - visita.inicia_en,
        ahora,
        DIAS_OFRECIDOS,
        paso=PASO,
        salvo=visita,
    )
    return [inicia for inicia in libres if inicia != visita.inicia_en]
