"""What the verbs of a visit write, and those of a ticket that agree one (under the lock)."""

from datetime import timedelta

from django.core.exceptions import ValidationError

from postventa.expedientes.salas import Acto
from postventa.personas.actores import Actor, roles_en
from postventa.personas.documentos import TipoDocumento, normalizar_ajeno
from postventa.personas.models import Rol
from postventa.plazos.calculo import calcular_plazo
from postventa.plazos.reloj import politica_vigente
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, exigir
from postventa.visitas import agenda
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.icalma import recordatorios
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import con_estado

# TM-16: the owner is told of a new visit by mail; two absences are never minutes apart.
ENTRE_INASISTENCIAS = timedelta(hours=1)


def crear_visita(ticket, tramite, tipo, datos, observaciones=()):
    inicia, termina = datos.get("inicia_en"), datos.get("termina_en")
    if inicia is None or termina is None:
        raise DatosInvalidos({"inicia_en": "Elige el día y la hora de la visita."})
    persona = datos.get("persona") or ticket.responsable
    if persona is None:
        raise DatosInvalidos({"persona": "Elige quién hará la visita."})
    if persona != ticket.responsable and not _es_de_aqui(persona, ticket):
        raise DatosInvalidos({"persona": "Elige a alguien del equipo de este proyecto."})
    objecion = agenda.objecion_al_horario(ticket.sede, inicia, termina, tramite.ahora)
    if objecion:
        raise DatosInvalidos({"inicia_en": objecion})
    visita = Visita(
        expediente=ticket,
        tipo=tipo,
        inicia_en=inicia,
        termina_en=termina,
        persona=persona,
        exige_conserjeria=ticket.sede.tiene_conserjeria,
        maestros=datos.get("maestros", ""),
        termino_estimado_el=datos.get("termino_estimado_el"),
        recordar_en=recordatorios.cuando(ticket, inicia, tramite.ahora),
    )
    if str(datos.get("reemplazo_nombre") or "").strip():
        nombrar_reemplazo(visita, tramite, None, datos)
    visita.save()
    try:
        agenda.ocupar(visita)
    except agenda.Choque:
        raise DatosInvalidos(
            {"inicia_en": f"{persona} ya tiene otra visita en ese horario. Elige otra hora."}
        ) from None
    visita.observaciones.set(observaciones)
    return visita


def _es_de_aqui(persona, ticket) -> bool:
    """No visit is in the hands of somebody of another company or place (INV-8)."""
    return bool(roles_en(Actor.de(persona), ticket.empresa_id, ticket.sede_id))


def nombrar_reemplazo(visita, tramite, actor, datos):
    """I-13: name and valid RUT of who receives the workers; naming again changes the person."""
    nombre = exigir(datos, "reemplazo_nombre", "Escribe el nombre completo de tu reemplazo.")
    try:
        documento = normalizar_ajeno(TipoDocumento.RUT, str(datos.get("reemplazo_documento") or ""))
    except ValidationError as error:
        raise DatosInvalidos({"reemplazo_documento": error.messages[0]}) from None
    if documento == visita.expediente.cliente.numero:
        raise DatosInvalidos(
            {"reemplazo_documento": "Ese es el RUT del propietario: escribe el de otra persona."}
        )
    datos["reemplazo_documento"] = documento
    visita.reemplazo_nombre, visita.reemplazo_documento = nombre[:120], documento
    visita.reemplazo_telefono = str(datos.get("reemplazo_telefono") or "").strip()[:30]
    visita.reemplazo_registrado_en = tramite.ahora


def coordinar_inspeccion(ticket, tramite, actor, datos):
    crear_visita(ticket, tramite, Visita.Tipo.INSPECCION, datos, ticket.observaciones.all())


def _aprobadas(ticket, datos):
    """The observations that a work visit serves: those chosen, or every approved one."""
    elegidas = datos.get("observaciones")
    aprobadas = con_estado(ticket, O.APROBADA)
    if elegidas is None:
        return aprobadas
    servidas = [o for o in aprobadas if o.pk in {e.pk for e in elegidas}]
    if not servidas:
        raise DatosInvalidos({"observaciones": "Elige al menos una observación aprobada."})
    return servidas


def coordinar_trabajo(ticket, tramite, actor, datos):
    crear_visita(ticket, tramite, Visita.Tipo.TRABAJO, datos, _aprobadas(ticket, datos))


def reprogramar(ticket, tramite, actor, datos):
    """The old visit ends as REPROGRAMADA (a consequence, before) and a new one takes its place."""
    actual = ticket.ultima_visita()
    if actual is None or actual.estado != V.COORDINADA or tramite.ahora >= actual.inicia_en:
        raise Conflicto("La visita ya empezó: ya no se puede cambiar de hora.", ticket.estado)
    datos.setdefault("persona", actual.persona)
    datos.setdefault("maestros", actual.maestros)
    datos.setdefault("termino_estimado_el", actual.termino_estimado_el)
    if actual.reemplazo_nombre:
        datos.setdefault("reemplazo_nombre", actual.reemplazo_nombre)
        datos.setdefault("reemplazo_documento", actual.reemplazo_documento)
        datos.setdefault("reemplazo_telefono", actual.reemplazo_telefono)
    agenda.liberar(actual)


def nueva_fecha(ticket, tramite, actor, datos):
    actual = ticket.ultima_visita()
    es_trabajo = actual.tipo == Visita.Tipo.TRABAJO
    # What the Jefe upheld meanwhile may join the works: the agenda says which it serves.
    servidas = (
        _aprobadas(ticket, datos)
        if es_trabajo and datos.get("observaciones") is not None
        else actual.observaciones.all()
    )
    crear_visita(ticket, tramite, actual.tipo, datos, servidas)


def preparar_inicio(visita, tramite, actor, datos):
    """Record who came in and who received them (I-18, I-21), on the agreed day."""
    tz = visita.expediente.sede.tz
    if tramite.ahora.astimezone(tz).date() < visita.inicia_en.astimezone(tz).date():
        raise Conflicto(
            "La visita es otro día. Si el propietario puede antes, reprográmala primero.",
            visita.estado,
        )
    visita.llegada_en = datos.get("llegada_en") or tramite.ahora
    visita.recibe_rol = datos.get("recibe_rol") or ""
    if visita.recibe_rol not in ("", Rol.PROPIETARIO, Rol.REEMPLAZO):
        raise DatosInvalidos({"recibe_rol": "Recibe el propietario o su reemplazo registrado."})
    if visita.recibe_rol == Rol.REEMPLAZO and not _reemplazo_valido(visita):
        raise DatosInvalidos(
            {"recibe_rol": "No hay un reemplazo con nombre y RUT registrado antes de la visita."}
        )
    visita.personal_identificado = (datos.get("personal_identificado") or "").strip()
    visita.conserje = (datos.get("conserje") or "").strip()
    visita.conserjeria_autoriza = datos.get("conserjeria_autoriza")


def _reemplazo_valido(visita) -> bool:
    # Stated for the work visit only; the inspection is with the owner (2.6).
    return (
        visita.tipo == Visita.Tipo.TRABAJO
        and bool(visita.reemplazo_documento)
        and visita.reemplazo_registrado_en < visita.inicia_en
    )


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


def preparar_inasistencia(visita, tramite, actor, datos):
    """I-19: a second absence is another occasion, not the same one entered twice (TM-16)."""
    preparar_ausencia(visita, tramite, actor, datos)
    visita.objetable_hasta = _objetable_hasta(visita, tramite.ahora)
    if visita.llegada_en > visita.termina_en:
        raise DatosInvalidos(
            {
                "llegada_en": "Llegaste cuando la visita ya había terminado: registra que la "
                "empresa no llegó."
            }
        )
    previa = max(
        (
            v.cerrada_en
            for v in visita.expediente.visitas.all()
            if v.estado == V.INASISTENCIA_CLIENTE
        ),
        default=None,
    )
    if previa and visita.inicia_en < previa + ENTRE_INASISTENCIAS:
        raise Conflicto(
            "Es muy pronto para una segunda inasistencia: registra que la empresa no llegó y "
            "coordina otra visita.",
            visita.estado,
        )


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


def _objetable_hasta(visita, ahora):
    """Last instant to object to an absence, by the company's policy; None without one."""
    caso = visita.expediente
    try:
        politica = politica_vigente(caso.empresa_id, "objetar_inasistencia")
    except LookupError:
        return None
    return calcular_plazo(politica, caso.sede, ahora).vence_en


def cerrar_visita(visita, tramite, actor, datos):
    """A held visit resets the count of absences; one with nobody adds to it (2.5)."""
    agenda.liberar(visita)
    ticket = visita.expediente
    if visita.estado == V.REALIZADA:
        ticket.inasistencias_seguidas = 0
    elif visita.estado == V.INASISTENCIA_CLIENTE:
        ticket.inasistencias_seguidas += 1
    else:
        return
    ticket.save(update_fields=["inasistencias_seguidas"])


VISITA = {
    "iniciar": Acto(preparar=preparar_inicio),
    "realizar": Acto(preparar_cierre, cerrar_visita),
    "reprogramar": Acto(preparar_cierre, cerrar_visita),
    "cancelar": Acto(preparar_cancelacion, cerrar_visita),
    "registrar_inasistencia_cliente": Acto(preparar_inasistencia, cerrar_visita),
    "registrar_inasistencia_empresa": Acto(preparar_falta_de_la_empresa, cerrar_visita),
    "registrar_acceso_denegado": Acto(preparar_ausencia, cerrar_visita),
}
