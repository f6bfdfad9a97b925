"""What the verbs of a visit write, and those of a ticket that agree one (under the lock)."""

from datetime import timedelta

from django.core.exceptions import ValidationError

from postventa.expedientes.salas import Acto
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
from tickets.inmuebles import visitas

# TM-16: the owner is told of a new visit by mail; two absences are never minutes apart.
ENTRE_INASISTENCIAS = timedelta(hours=1)


def crear_visita(ticket, tramite, tipo, datos, observaciones=()):
    visita = visitas.nueva(ticket, tramite, tipo, datos)
    visita.recordar_en = recordatorios.cuando(ticket, visita.inicia_en, tramite.ahora)
    if str(datos.get("reemplazo_nombre") or "").strip():
        nombrar_reemplazo(visita, tramite, None, datos)
    visitas.agendar(visita)
    visita.observaciones.set(observaciones)
    return visita


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
    visitas.registrar_entrada(visita, tramite, datos)
    visita.recibe_rol = datos.get("recibe_rol") or ""
    if visita.recibe_rol not in ("", Rol.PROPIETARIO, Rol.REEMPLAZO):
        raise DatosInvalidos({"recibe_rol": "Recibe el propietario o su reemplazo registrado."})
    if visita.recibe_rol == Rol.REEMPLAZO and not _reemplazo_valido(visita):
        raise DatosInvalidos(
            {"recibe_rol": "No hay un reemplazo con nombre y RUT registrado antes de la visita."}
        )


def _reemplazo_valido(visita) -> bool:
    # Stated for the work visit only; the inspection is with the owner (2.6).
    return (
        visita.tipo == Visita.Tipo.TRABAJO
        and bool(visita.reemplazo_documento)
        and visita.reemplazo_registrado_en < visita.inicia_en
    )


def preparar_inasistencia(visita, tramite, actor, datos):
    """I-19: a second absence is another occasion, not the same one entered twice (TM-16)."""
    visitas.preparar_ausencia(visita, tramite, actor, datos)
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
    "realizar": Acto(visitas.preparar_cierre, cerrar_visita),
    "reprogramar": Acto(visitas.preparar_cierre, cerrar_visita),
    "cancelar": Acto(visitas.preparar_cancelacion, cerrar_visita),
    "registrar_inasistencia_cliente": Acto(preparar_inasistencia, cerrar_visita),
    "registrar_inasistencia_empresa": Acto(visitas.preparar_falta_de_la_empresa, cerrar_visita),
    "registrar_acceso_denegado": Acto(visitas.preparar_ausencia, cerrar_visita),
}
