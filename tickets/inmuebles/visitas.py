"""Visits to homes: what agreeing, entering and missing one writes, whatever the company.

Called by the rooms' acts, under the door's lock.
"""

from datetime import datetime

from postventa.calendario.models import Jornada
from postventa.personas.actores import Actor, roles_en
from postventa.tramitacion.errores import Conflicto, DatosInvalidos
from postventa.visitas import agenda
from postventa.visitas.models import Visita


def nueva(caso, tramite, tipo, datos, jornada: Jornada | None = None, **campos) -> Visita:
    """Return an unsaved visit at the time of `datos`, with who makes it; DatosInvalidos if it
    cannot be. `jornada` replaces the place's own office windows."""
    inicia, termina = datos.get("inicia_en"), datos.get("termina_en")
    if inicia is None or termina is None:
        raise DatosInvalidos({"inicia_en": "Elige el día y la hora de la visita."})
    objecion = agenda.objecion_al_horario(caso.sede, inicia, termina, tramite.ahora, jornada)
    if objecion:
        raise DatosInvalidos({"inicia_en": objecion})
    return a_toda_hora(caso, tipo, datos, **campos)


def a_toda_hora(caso, tipo, datos, **campos) -> Visita:
    """The same without asking for office hours: what is urgent waits for nobody's opening."""
    persona = datos.get("persona") or caso.responsable
    if persona is None:
        raise DatosInvalidos({"persona": "Elige quién hará la visita."})
    if persona != caso.responsable and not es_de_aqui(persona, caso):
        raise DatosInvalidos({"persona": "Elige a alguien del equipo de este proyecto."})
    return Visita(
        expediente=caso,
        tipo=tipo,
        inicia_en=datos["inicia_en"],
        termina_en=datos["termina_en"],
        persona=persona,
        exige_conserjeria=caso.sede.tiene_conserjeria,
        maestros=datos.get("maestros", ""),
        termino_estimado_el=datos.get("termino_estimado_el"),
        **campos,
    )


def agendar(visita: Visita) -> None:
    """Store a visit and take its quarter hours; DatosInvalidos if the person has another then."""
    visita.save()
    try:
        agenda.ocupar(visita)
    except agenda.Choque:
        raise _tomada(visita.persona) from None


def exigir_libre(persona, inicia: datetime, termina: datetime) -> None:
    """Refuse at once an hour that is already taken. No guard: taking it is what decides."""
    tomados = agenda.ocupados([persona], inicia, termina)[persona.pk]
    if not tomados.isdisjoint(agenda.bloques(inicia, termina)):
        raise _tomada(persona)


def _tomada(persona) -> DatosInvalidos:
    return DatosInvalidos(
        {"inicia_en": f"{persona} ya tiene otra visita en ese horario. Elige otra hora."}
    )


def es_de_aqui(persona, caso) -> bool:
    """No visit is in the hands of somebody of another company or place (INV-8)."""
    return bool(roles_en(Actor.de(persona), caso.empresa_id, caso.sede_id))


def registrar_entrada(visita: Visita, tramite, datos) -> None:
    """Who came in and what conserjería said, on the agreed day (I-21)."""
    tz = visita.expediente.sede.tz
    if tramite.ahora.astimezone(tz).date() < visita.inicia_en.astimezone(tz).date():
        raise Conflicto(
            "La visita es otro día. Si el propietario puede antes, reprográmala primero.",
            visita.estado,
        )
    visita.llegada_en = datos.get("llegada_en") or tramite.ahora
    visita.personal_identificado = (datos.get("personal_identificado") or "").strip()
    visita.conserje = (datos.get("conserje") or "").strip()
    visita.conserjeria_autoriza = datos.get("conserjeria_autoriza")


def preparar_cierre(visita, tramite, actor, datos):
    visita.cerrada_en = tramite.ahora


def preparar_cancelacion(visita, tramite, actor, datos):
    """2.5: a visit is cancelled before it starts; afterwards it is told what happened."""
    if actor.clase != "sistema" and tramite.ahora >= visita.inicia_en:
        raise Conflicto("La visita ya empezó: registra qué pasó en ella.", visita.estado)
    visita.cerrada_en = tramite.ahora


def preparar_falta_de_la_empresa(visita, tramite, actor, datos):
    """Nobody fails to come to what has not begun: before its hour it is moved or cancelled."""
    if tramite.ahora < visita.inicia_en:
        raise Conflicto("La hora acordada todavía no llega.", visita.estado)
    visita.cerrada_en = tramite.ahora


def preparar_ausencia(visita, tramite, actor, datos):
    """D-14, TM-16: arrival time, the conserjería's entry and never before the agreed hour."""
    visita.cerrada_en = tramite.ahora
    visita.llegada_en = datos.get("llegada_en")
    if visita.llegada_en is None:
        raise DatosInvalidos({"llegada_en": "Anota a qué hora llegaste."})
    if visita.llegada_en > tramite.ahora:
        raise DatosInvalidos({"llegada_en": "La hora de llegada todavía no ocurre."})
    tz = visita.expediente.sede.tz
    if visita.llegada_en.astimezone(tz).date() != visita.inicia_en.astimezone(tz).date():
        raise DatosInvalidos({"llegada_en": "La llegada tiene que ser el día de la visita."})
    visita.conserje = (datos.get("conserje") or "").strip()
    if visita.exige_conserjeria and not visita.conserje:
        raise DatosInvalidos({"conserje": "Anota quién te recibió en conserjería."})
    visita.motivo = (datos.get("motivo") or "").strip()
