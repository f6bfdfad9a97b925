"""What each verb of Icalma writes beyond its own record, always under the door's lock."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F

from postventa.documentos import actas
from postventa.expedientes.bitacora import sha256
from postventa.expedientes.models import Adjunto
from postventa.expedientes.salas import Acto
from postventa.personas.actores import Actor, roles_en
from postventa.personas.documentos import TipoDocumento, normalizar
from postventa.personas.models import Rol
from postventa.plazos.calculo import horario_del_lugar
from postventa.tramitacion.errores import Conflicto, DatosInvalidos, NoAutorizado
from postventa.visitas import agenda
from postventa.visitas.models import Visita
from tickets.icalma import recordatorios
from tickets.icalma.acta import contenido_del_acta
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.models import Exclusion, Observacion
from tickets.inmuebles.garantia import garantia_de
from tickets.inmuebles.models import Propiedad

# TM-16: the owner is told of a new visit by mail; two absences are never minutes apart.
ENTRE_INASISTENCIAS = timedelta(hours=1)


def exigir(datos: dict, campo: str, mensaje: str) -> str:
    """Return the text of a field; DatosInvalidos with `mensaje` if it is blank."""
    texto = str(datos.get(campo) or "").strip()
    if not texto:
        raise DatosInvalidos({campo: mensaje})
    return texto


# --- ticket: intake


def exigir_propietario(ticket, tramite, actor, datos):
    """I-02: whoever hands it in, a request belongs to a current owner of the unit."""
    hoy = tramite.ahora.astimezone(ticket.sede.tz).date()
    suyas = Propiedad.objects.vigentes(hoy).filter(
        unidad_id=ticket.unidad_id,
        cliente_id=ticket.cliente_id,
        cliente__empresa=F("unidad__proyecto__empresa"),
    )
    if not suyas.exists():
        raise NoAutorizado("Solo el propietario actual de la vivienda puede pedir la postventa.")


def ingresar_observaciones(ticket, tramite, actor, datos):
    """Freeze the observations with the ticket (I-05, I-20) and move the draft's photos to it."""
    for numero, observacion in enumerate(ticket.por_ingresar, 1):
        observacion.ticket, observacion.numero = ticket, numero
    Observacion.objects.bulk_create(ticket.por_ingresar)
    fotos = datos.get("fotos") or {}
    if fotos:
        ids = [pk for suyas in fotos.values() for pk in suyas]
        Adjunto.objects.filter(pk__in=ids).update(expediente=ticket, borrador=None)
        paso = Observacion.fotos.through
        paso.objects.bulk_create(
            paso(observacion_id=ticket.por_ingresar[indice].pk, adjunto_id=pk)
            for indice, suyas in fotos.items()
            for pk in suyas
        )


def preparar_contacto(ticket, tramite, actor, datos):
    """I-T04: whether somebody answered, and by what means."""
    if not isinstance(datos.get("exito"), bool):
        raise DatosInvalidos({"exito": "Anota si hablaste con el propietario."})
    datos["medio"] = exigir(datos, "medio", "Anota por qué medio fue el contacto.")


# --- visits


def _crear_visita(ticket, tramite, tipo, datos, observaciones=()):
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
        expediente_id=ticket.pk,
        tipo=tipo,
        inicia_en=inicia,
        termina_en=termina,
        persona=persona,
        exige_conserjeria=ticket.sede.tiene_conserjeria,
        maestros=datos.get("maestros", ""),
        termino_estimado_el=datos.get("termino_estimado_el"),
        recordar_en=recordatorios.cuando(ticket, inicia, tramite.ahora),
    )
    _anotar_reemplazo(visita, tramite, datos)
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


def _anotar_reemplazo(visita, tramite, datos):
    """I-13: name and valid RUT, given before the visit."""
    nombre = (datos.get("reemplazo_nombre") or "").strip()
    if not nombre:
        return
    try:
        visita.reemplazo_documento = normalizar(
            TipoDocumento.RUT, datos.get("reemplazo_documento", "")
        )
    except ValidationError as error:
        raise DatosInvalidos({"reemplazo_documento": error.messages[0]}) from None
    visita.reemplazo_nombre = nombre
    visita.reemplazo_telefono = (datos.get("reemplazo_telefono") or "").strip()[:30]
    visita.reemplazo_registrado_en = tramite.ahora


def coordinar_inspeccion(ticket, tramite, actor, datos):
    _crear_visita(ticket, tramite, Visita.Tipo.INSPECCION, datos, ticket.observaciones.all())


def _aprobadas(ticket, datos):
    """The observations that a work visit serves: those chosen, or every approved one."""
    elegidas = datos.get("observaciones")
    aprobadas = [o for o in ticket.observaciones.all() if o.estado == O.APROBADA]
    if elegidas is None:
        return aprobadas
    servidas = [o for o in aprobadas if o.pk in {e.pk for e in elegidas}]
    if not servidas:
        raise DatosInvalidos({"observaciones": "Elige al menos una observación aprobada."})
    return servidas


def coordinar_trabajo(ticket, tramite, actor, datos):
    _crear_visita(ticket, tramite, Visita.Tipo.TRABAJO, datos, _aprobadas(ticket, datos))


def reprogramar(ticket, tramite, actor, datos):
    """The old visit ends as REPROGRAMADA (a consequence, before) and a new one takes its place."""
    actual = ticket.ultima_visita()
    if actual is None or actual.estado != "COORDINADA" or tramite.ahora >= actual.inicia_en:
        raise Conflicto("La visita ya empezó: ya no se puede cambiar de hora.", ticket.estado)
    datos.setdefault("persona", actual.persona)
    datos.setdefault("maestros", actual.maestros)
    datos.setdefault("termino_estimado_el", actual.termino_estimado_el)
    if actual.reemplazo_nombre:
        datos.setdefault("reemplazo_nombre", actual.reemplazo_nombre)
        datos.setdefault("reemplazo_documento", actual.reemplazo_documento)
        datos.setdefault("reemplazo_telefono", actual.reemplazo_telefono)
    agenda.liberar(actual)


def _nueva_fecha(ticket, tramite, actor, datos):
    actual = ticket.ultima_visita()
    es_trabajo = actual.tipo == Visita.Tipo.TRABAJO
    # What the Jefe upheld meanwhile may join the works: the agenda says which it serves.
    servidas = (
        _aprobadas(ticket, datos)
        if es_trabajo and datos.get("observaciones") is not None
        else actual.observaciones.all()
    )
    _crear_visita(ticket, tramite, actual.tipo, datos, servidas)


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


def preparar_inasistencia(visita, tramite, actor, datos):
    """I-19: a second absence is another occasion, not the same one entered twice (TM-16)."""
    preparar_ausencia(visita, tramite, actor, datos)
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
            if v.estado == "INASISTENCIA_CLIENTE"
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


def cerrar_visita(visita, tramite, actor, datos):
    """A held visit resets the count of absences; one with nobody adds to it (2.5)."""
    agenda.liberar(visita)
    ticket = visita.expediente
    if visita.estado == "REALIZADA":
        ticket.inasistencias_seguidas = 0
    elif visita.estado == "INASISTENCIA_CLIENTE":
        ticket.inasistencias_seguidas += 1
    else:
        return
    ticket.save(update_fields=["inasistencias_seguidas"])


# --- observations


def preparar_aprobacion(observacion, tramite, actor, datos):
    """I-09: to say that it is under warranty, the warranty must run; else a person says why."""
    fundamento = (datos.get("fundamento") or "").strip()
    if not fundamento and garantia_del_ticket(observacion)[1] is not False:
        raise DatosInvalidos(
            {
                "fundamento": "La garantía legal venció o faltan fechas de la unidad: explica por "
                "qué la apruebas."
            }
        )
    datos["fundamento"] = fundamento or "Dentro de garantía."


def preparar_rechazo(observacion, tramite, actor, datos):
    """I-09: an exclusion and a person's reason; E8 only if the term really ran out (2.8)."""
    exclusion = datos.get("exclusion")
    if exclusion not in Exclusion.values:
        raise DatosInvalidos({"exclusion": "Elige la exclusión en que se funda el rechazo."})
    if exclusion == Exclusion.E8:
        _exigir_vencida(observacion)
    observacion.exclusion = exclusion
    observacion.fundamento = exigir(
        datos, "fundamento", "Explica el motivo: el propietario lo leerá tal cual."
    )


def garantia_del_ticket(observacion):
    """Legal term of an observation and whether it had run out at the ticket's date (10.1)."""
    ticket = observacion.ticket
    garantia = garantia_de(ticket.unidad, observacion.clase)
    return garantia, garantia.esta_vencida(ticket.creado_en.astimezone(ticket.sede.tz).date())


def _exigir_vencida(observacion):
    garantia, vencida = garantia_del_ticket(observacion)
    if vencida is None:
        raise DatosInvalidos(
            {"exclusion": "Faltan las fechas legales de la unidad: E8 no se puede calcular."}
        )
    if not vencida:
        raise DatosInvalidos(
            {"exclusion": f"La garantía sigue vigente hasta el {garantia.hasta_el:%d-%m-%Y}."}
        )


def preparar_motivo(objeto, tramite, actor, datos):
    datos["motivo"] = exigir(datos, "motivo", "Escribe el motivo.")


def completar_ejecucion(observacion, tramite, actor, datos):
    """A visit lists what it served, also what joined it on the way (12.2)."""
    observacion.visitas.add(observacion.ticket.ultima_visita())


# --- signature


def preparar_firma(ticket, tramite, actor, datos):
    """Fix the act, check that it is the one that was read, and store the signature (I-14)."""
    if actor.clase == "sistema":  # D-03: the stored partial signature closes it
        return
    if ticket.firmado_en is not None:
        raise Conflicto("Este ticket ya tiene tu firma.", ticket.estado)
    documento = actas.fijar(ticket, "conformidad", contenido_del_acta(ticket), tramite.ahora)
    # TM-20: what is signed is what was read, and the hash of what was read proves it.
    if datos.get("huella") != documento.sha256:
        raise Conflicto("El acta cambió desde que la leíste. Léela de nuevo antes de firmar.")
    # The audit keeps the drawing's digest: its points stand on the signature.
    evidencia = dict(datos.get("evidencia") or {})
    if evidencia.get("trazo"):
        sin_dibujo = {k: v for k, v in evidencia.items() if k != "trazo"}
        datos["evidencia"] = {**sin_dibujo, "huella_trazo": sha256(evidencia["trazo"])}
    actas.firmar(
        documento,
        rol=Rol.PROPIETARIO if actor.clase == "cliente" else Rol.REEMPLAZO,
        actor=actor,
        nombre=exigir(datos, "nombre", "Escribe tu nombre completo."),
        firmado_en=tramite.ahora,
        evidencia=evidencia,
    )
    ticket.firmado_en, ticket.reparos_en = tramite.ahora, None


# --- refusal to sign


def preparar_rechazo_de_firma(ticket, tramite, actor, datos):
    """Reason per observation; the rest stay as done (I-T17)."""
    motivos = {k: str(v).strip() for k, v in (datos.get("motivos") or {}).items() if v}
    if not motivos:
        raise DatosInvalidos({"motivos": "Anota el motivo de al menos una observación."})
    datos["motivos"] = motivos
    ticket.reparos_en = None  # answered: another visit


def completar_rechazo_de_firma(ticket, tramite, actor, datos):
    ejecutadas = {o.pk: o for o in ticket.observaciones.all() if o.estado == O.EJECUTADA}
    devueltas = [ejecutadas[int(pk)] for pk in datos["motivos"] if int(pk) in ejecutadas]
    if not devueltas:
        raise DatosInvalidos({"motivos": "Elige una observación ejecutada de este ticket."})
    _crear_visita(ticket, tramite, Visita.Tipo.TRABAJO, datos, devueltas)


def estimar_termino(sede, dia: date, hora: str) -> datetime:
    """Local wall time of a place as an instant; ValueError if that time does not exist."""
    horario = horario_del_lugar(sede)
    return datetime.fromisoformat(f"{dia}T{hora}").replace(tzinfo=horario.zona)


TICKET = {
    "generar": Acto(exigir_propietario, ingresar_observaciones),
    "retener": Acto(exigir_propietario, ingresar_observaciones),
    "registrar_contacto": Acto(preparar=preparar_contacto),
    "coordinar_inspeccion": Acto(completar=coordinar_inspeccion),
    "reprogramar_inspeccion": Acto(reprogramar, _nueva_fecha),
    "coordinar_trabajo": Acto(completar=coordinar_trabajo),
    "reprogramar_trabajo": Acto(reprogramar, _nueva_fecha),
    "coordinar_otra_visita": Acto(completar=coordinar_trabajo),
    "firmar": Acto(preparar=preparar_firma),
    "rechazar_firma": Acto(preparar_rechazo_de_firma, completar_rechazo_de_firma),
    "anular": Acto(preparar=preparar_motivo),
}
OBSERVACION = {
    "aprobar": Acto(preparar=preparar_aprobacion),
    "rechazar": Acto(preparar=preparar_rechazo),
    "acoger": Acto(preparar=preparar_motivo),
    "confirmar_rechazo": Acto(preparar=preparar_motivo),
    "ejecutar": Acto(completar=completar_ejecucion),
}
VISITA = {
    "iniciar": Acto(preparar=preparar_inicio),
    "realizar": Acto(preparar_cierre, cerrar_visita),
    "reprogramar": Acto(preparar_cierre, cerrar_visita),
    "cancelar": Acto(preparar_cancelacion, cerrar_visita),
    "registrar_inasistencia_cliente": Acto(preparar_inasistencia, cerrar_visita),
    "registrar_inasistencia_empresa": Acto(preparar_cierre, cerrar_visita),
    "registrar_acceso_denegado": Acto(preparar_ausencia, cerrar_visita),
}
