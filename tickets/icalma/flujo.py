"""Law of Icalma's ticket and observation (dominio 2.2-2.4, 12.2).

Each transition says from where, to where and under which guard, and changes only its own
record. Who may fire it stands in `permisos`; what else must be written, in `actos`.
"""

from django.db import models
from django_fsm import GET_STATE, FSMField, transition

from postventa.visitas.flujo import EstadoVisita as V


class EstadoTicket(models.TextChoices):
    NUEVO = "", "Sin enviar"
    RETENIDO = "RETENIDO", "Retenido"
    GENERADO = "GENERADO", "Generado"
    INSPECCION_COORDINADA = "INSPECCION_COORDINADA", "Inspección coordinada"
    INSPECCIONADO = "INSPECCIONADO", "Inspeccionado"
    TRABAJO_COORDINADO = "TRABAJO_COORDINADO", "Trabajo coordinado"
    EN_EJECUCION = "EN_EJECUCION", "En ejecución"
    POR_FIRMAR = "POR_FIRMAR", "Por firmar"
    CERRADO_CONFORME = "CERRADO_CONFORME", "Cerrado conforme"
    RESUELTO_INASISTENCIA = "RESUELTO_INASISTENCIA", "Resuelto por inasistencia"
    CERRADO_SIN_TRABAJOS = "CERRADO_SIN_TRABAJOS", "Cerrado sin trabajos"
    ANULADO = "ANULADO", "Anulado"


class EstadoObservacion(models.TextChoices):
    PENDIENTE = "PENDIENTE", "Por revisar"
    APROBADA = "APROBADA", "Aprobada"
    RECHAZADA = "RECHAZADA", "Rechazada"
    EN_CONSULTA = "EN_CONSULTA", "En consulta"
    RECHAZADA_DEFINITIVA = "RECHAZADA_DEFINITIVA", "Rechazada por el Jefe"
    RECHAZADA_ACEPTADA = "RECHAZADA_ACEPTADA", "Rechazada"
    EJECUTADA = "EJECUTADA", "Ejecutada"
    CONFORME = "CONFORME", "Conforme"


T = EstadoTicket
O = EstadoObservacion  # noqa: E741

TERMINALES = (
    T.CERRADO_CONFORME,
    T.RESUELTO_INASISTENCIA,
    T.CERRADO_SIN_TRABAJOS,
    T.ANULADO,
)
NO_TERMINALES = tuple(t for t in T if t and t not in TERMINALES)
# Disputing lasts from the diagnosis to the signature (12.2).
DISPUTABLES = (T.INSPECCIONADO, T.TRABAJO_COORDINADO, T.EN_EJECUCION, T.POR_FIRMAR)


def con_estado(ticket, *estados):
    """The ticket's observations that are in any of those states."""
    return [o for o in ticket.observaciones.all() if o.estado in estados]


def tiene_observaciones(ticket):
    return bool(ticket.por_ingresar)


def nadie_espera_firma(ticket):
    """I-15: no ticket of the unit has its works done and its conformity unsigned (12.2)."""
    if ticket.mirada is not None:
        return ticket.mirada.bloquea is None
    de_la_unidad = type(ticket).objects.filter(unidad_id=ticket.unidad_id)
    return not de_la_unidad.filter(estado=T.POR_FIRMAR, firmado_en__isnull=True).exists()


def fue_contactado(ticket):
    return ticket.contactado_en is not None


def visita_no_realizada(ticket):
    """I-T07, I-T12: the agreed visit ended without being held."""
    visita = ticket.ultima_visita()
    return visita is not None and visita.estado in (
        V.INASISTENCIA_CLIENTE,
        V.INASISTENCIA_EMPRESA,
        V.ACCESO_DENEGADO,
        V.CANCELADA,
    )


def no_es_segunda_inasistencia(ticket):
    return ticket.inasistencias_seguidas < 2


def dos_inasistencias_seguidas(ticket):
    """I-19: two agreed occasions in a row with nobody there."""
    visita = ticket.ultima_visita()
    return (
        ticket.inasistencias_seguidas >= 2
        and visita is not None
        and visita.estado == V.INASISTENCIA_CLIENTE
    )


def visita_realizada(ticket):
    visita = ticket.ultima_visita()
    return visita is not None and visita.estado == V.REALIZADA


def todas_decididas(ticket):
    return not con_estado(ticket, O.PENDIENTE)


def hay_aprobadas(ticket):
    return bool(con_estado(ticket, O.APROBADA))


def visita_en_curso(ticket):
    visita = ticket.ultima_visita()
    return visita is not None and visita.estado == V.EN_CURSO


def trabajos_terminados(ticket):
    return not hay_aprobadas(ticket) and bool(con_estado(ticket, O.EJECUTADA))


def todas_rechazadas(ticket):
    """I-T18 waits for the objection term or the owner's acceptance (12.2)."""
    finales = (O.RECHAZADA_ACEPTADA, O.RECHAZADA_DEFINITIVA)
    return all(o.estado in finales for o in ticket.observaciones.all())


def hay_conforme_firmado(ticket):
    """The signature is on record before the ticket moves (I-14)."""
    return ticket.firmado_en is not None


def sin_firma(ticket):
    """Who signed in part (D-03) no longer refuses to sign: the signature is kept."""
    return ticket.firmado_en is None


def hay_consulta_acogida(ticket):
    return hay_aprobadas(ticket)


def al_firmar(ticket, **datos):
    """D-03: with a consulta open the signature is kept and the ticket stays where it is."""
    return T.POR_FIRMAR if con_estado(ticket, O.EN_CONSULTA) else T.CERRADO_CONFORME


class FlujoTicket(models.Model):
    estado = FSMField("estado", default=T.NUEVO, choices=T.choices, protected=True)

    class Meta:
        abstract = True

    @transition(estado, T.NUEVO, T.GENERADO, conditions=[tiene_observaciones, nadie_espera_firma])
    def generar(self, ahora, **datos):
        self.generado_en = ahora

    @transition(estado, source=T.NUEVO, target=T.RETENIDO, conditions=[tiene_observaciones])
    def retener(self, bloqueado_por, **datos):
        self.bloqueado_por = bloqueado_por

    @transition(estado, source=T.RETENIDO, target=T.GENERADO, conditions=[nadie_espera_firma])
    def liberar(self, ahora, **datos):
        self.generado_en = ahora

    @transition(estado, source=T.GENERADO, target=T.GENERADO)
    def registrar_contacto(self, exito, ahora, **datos):
        # A failed attempt is recorded and stops nothing (I-T04).
        if exito and self.contactado_en is None:
            self.contactado_en = ahora

    @transition(estado, T.GENERADO, T.INSPECCION_COORDINADA, conditions=[fue_contactado])
    def coordinar_inspeccion(self, **datos):
        pass

    @transition(estado, source=T.INSPECCION_COORDINADA, target=T.INSPECCION_COORDINADA)
    def reprogramar_inspeccion(self, **datos):
        pass

    @transition(
        estado,
        source=T.INSPECCION_COORDINADA,
        target=T.GENERADO,
        conditions=[visita_no_realizada, no_es_segunda_inasistencia],
    )
    def deshacer_inspeccion(self, **datos):
        pass

    @transition(
        estado,
        source=[T.INSPECCION_COORDINADA, T.TRABAJO_COORDINADO],
        target=T.RESUELTO_INASISTENCIA,
        conditions=[dos_inasistencias_seguidas],
    )
    def resolver_por_inasistencia(self, **datos):
        pass

    @transition(
        estado,
        source=T.INSPECCION_COORDINADA,
        target=T.INSPECCIONADO,
        conditions=[visita_realizada, todas_decididas],
    )
    def inspeccionar(self, ahora, **datos):
        self.inspeccionado_en = ahora

    @transition(estado, T.INSPECCIONADO, T.TRABAJO_COORDINADO, conditions=[hay_aprobadas])
    def coordinar_trabajo(self, **datos):
        pass

    @transition(estado, T.TRABAJO_COORDINADO, T.EN_EJECUCION, conditions=[visita_en_curso])
    def iniciar_trabajo(self, **datos):
        pass

    @transition(
        estado,
        source=T.TRABAJO_COORDINADO,
        target=T.INSPECCIONADO,
        conditions=[visita_no_realizada, no_es_segunda_inasistencia],
    )
    def deshacer_trabajo(self, **datos):
        pass

    @transition(estado, T.EN_EJECUCION, T.TRABAJO_COORDINADO, conditions=[hay_aprobadas])
    def coordinar_otra_visita(self, **datos):
        pass

    @transition(
        estado,
        source=T.EN_EJECUCION,
        target=T.POR_FIRMAR,
        conditions=[visita_realizada, trabajos_terminados],
    )
    def terminar_trabajos(self, ahora, **datos):
        self.terminado_en = ahora

    @transition(
        estado,
        source=T.POR_FIRMAR,
        target=GET_STATE(al_firmar, states=[T.POR_FIRMAR, T.CERRADO_CONFORME]),
        conditions=[hay_conforme_firmado],
    )
    def firmar(self, **datos):
        pass

    @transition(estado, T.POR_FIRMAR, T.TRABAJO_COORDINADO, conditions=[sin_firma])
    def rechazar_firma(self, **datos):
        pass

    @transition(estado, T.INSPECCIONADO, T.CERRADO_SIN_TRABAJOS, conditions=[todas_rechazadas])
    def cerrar_sin_trabajos(self, **datos):
        pass

    @transition(estado, source=list(NO_TERMINALES), target=T.ANULADO)
    def anular(self, motivo, **datos):
        self.motivo_anulacion = motivo

    @transition(estado, T.POR_FIRMAR, T.INSPECCIONADO, conditions=[hay_consulta_acogida])
    def reabrir_por_consulta(self, **datos):
        # The stored signature stays as evidence of what it covered; this act needs another.
        self.firmado_en = None

    @transition(estado, source=T.TRABAJO_COORDINADO, target=T.TRABAJO_COORDINADO)
    def reprogramar_trabajo(self, **datos):
        pass


def en_inspeccion(observacion):
    """Decisions are made in the home, during the inspection visit (I-09)."""
    visita = observacion.ticket.ultima_visita()
    return (
        visita is not None and visita.tipo == visita.Tipo.INSPECCION and visita.estado == V.EN_CURSO
    )


def en_trabajo(observacion):
    visita = observacion.ticket.ultima_visita()
    return visita is not None and visita.tipo == visita.Tipo.TRABAJO and visita.estado == V.EN_CURSO


def tiene_fundamento(observacion):
    """A rejection carries its basis, an exclusion, and a person's reason (I-09)."""
    return bool(observacion.exclusion and observacion.fundamento)


def ticket_disputable(observacion):
    return observacion.ticket.estado in DISPUTABLES


def ticket_en_curso(observacion):
    """Nothing of an ended ticket moves; what the closing signature settles is its last act."""
    return observacion.ticket.estado in (*DISPUTABLES, T.CERRADO_CONFORME)


class FlujoObservacion(models.Model):
    estado = FSMField("estado", default=O.PENDIENTE, choices=O.choices, protected=True)

    class Meta:
        abstract = True

    @transition(estado, source=O.PENDIENTE, target=O.APROBADA, conditions=[en_inspeccion])
    def aprobar(self, fundamento="", **datos):
        self.fundamento = fundamento

    @transition(
        estado, source=O.PENDIENTE, target=O.RECHAZADA, conditions=[en_inspeccion, tiene_fundamento]
    )
    def rechazar(self, **datos):
        pass

    @transition(estado, source=O.RECHAZADA, target=O.EN_CONSULTA, conditions=[ticket_disputable])
    def disputar(self, motivo="", **datos):
        self.motivo_disputa = motivo

    @transition(estado, O.EN_CONSULTA, O.APROBADA, conditions=[ticket_en_curso])
    def acoger(self, motivo, **datos):
        self.resolucion = motivo

    @transition(estado, O.EN_CONSULTA, O.RECHAZADA_DEFINITIVA, conditions=[ticket_en_curso])
    def confirmar_rechazo(self, motivo, **datos):
        self.resolucion = motivo

    @transition(estado, O.RECHAZADA, O.RECHAZADA_ACEPTADA, conditions=[ticket_en_curso])
    def aceptar_rechazo(self, **datos):
        pass

    @transition(estado, source=O.APROBADA, target=O.EJECUTADA, conditions=[en_trabajo])
    def ejecutar(self, trabajo="", **datos):
        self.trabajo = trabajo

    @transition(estado, source=O.EJECUTADA, target=O.CONFORME)
    def conformar(self, **datos):
        pass

    @transition(estado, source=O.EJECUTADA, target=O.APROBADA)
    def devolver(self, motivo, **datos):
        self.motivo_devolucion, self.reparo = motivo, ""
