"""Law of Ingevec's solicitud and requerimiento (dominio 3.2, 12.3).

Each transition says from where, to where and under which guard, and changes only its own
record. Who may fire it stands in `permisos`; what else must be written, in `actos`.
"""

from django.db import models
from django_fsm import FSMField, transition

from postventa.visitas.flujo import EstadoVisita as V


class EstadoSolicitud(models.TextChoices):
    NUEVA = "", "Sin ingresar"
    INGRESADA = "INGRESADA", "Ingresada"
    INSPECCION_AGENDADA = "INSPECCION_AGENDADA", "Inspección agendada"
    ATENCION_INMEDIATA = "ATENCION_INMEDIATA", "Atención inmediata"
    DIAGNOSTICADA = "DIAGNOSTICADA", "Diagnosticada"
    TRABAJOS_AGENDADOS = "TRABAJOS_AGENDADOS", "Trabajos agendados"
    EN_EJECUCION = "EN_EJECUCION", "En ejecución"
    POR_LLAMAR = "POR_LLAMAR", "Por llamar"
    CERRADA = "CERRADA", "Cerrada"
    CERRADA_SIN_GARANTIA = "CERRADA_SIN_GARANTIA", "Cerrada sin garantía"
    RESPONDIDA = "RESPONDIDA", "Respondida"
    ANULADA = "ANULADA", "Anulada"


class EstadoRequerimiento(models.TextChoices):
    PENDIENTE = "PENDIENTE", "Por decidir"
    CORRESPONDE = "CORRESPONDE", "Corresponde a garantía"
    NO_CORRESPONDE = "NO_CORRESPONDE", "No corresponde"
    EJECUTADO = "EJECUTADO", "Ejecutado"
    DISCONFORME = "DISCONFORME", "Disconforme"
    CONFORME = "CONFORME", "Conforme"


E = EstadoSolicitud
R = EstadoRequerimiento

TERMINALES = (E.CERRADA, E.CERRADA_SIN_GARANTIA, E.RESPONDIDA, E.ANULADA)
NO_TERMINALES = tuple(e for e in E if e and e not in TERMINALES)
NO_REALIZADAS = (
    V.INASISTENCIA_CLIENTE,
    V.INASISTENCIA_EMPRESA,
    V.ACCESO_DENEGADO,
    V.CANCELADA,
)


def con_estado(solicitud, *estados):
    """The solicitud's requerimientos that are in any of those states."""
    return [r for r in solicitud.requerimientos.all() if r.estado in estados]


def tiene_los_datos(solicitud):
    """G-02: project, apartment, what is asked for and how to call back."""
    pedido = solicitud.consulta if solicitud.es_consulta else solicitud.por_ingresar
    return bool(solicitud.unidad_id and pedido and solicitud.telefonos)


def es_requerimiento(solicitud):
    return not solicitud.es_consulta


def es_consulta(solicitud):
    return solicitud.es_consulta


def es_urgente(solicitud):
    return solicitud.es_urgente


def no_es_urgente(solicitud):
    """What is urgent is attended, not put in a diary five days ahead (G-14)."""
    return not solicitud.es_urgente


def visita_realizada(solicitud):
    visita = solicitud.ultima_visita()
    return visita is not None and visita.estado == V.REALIZADA


def todos_diagnosticados(solicitud):
    """G-09: each requerimiento is diagnosed and found in or out of warranty."""
    return not con_estado(solicitud, R.PENDIENTE)


def nada_por_ejecutar(solicitud):
    """G-T05: nothing is covered, or what was covered is already content (after a new look)."""
    finales = (R.NO_CORRESPONDE, R.CONFORME)
    return all(r.estado in finales for r in solicitud.requerimientos.all())


def hay_por_ejecutar(solicitud):
    return bool(con_estado(solicitud, R.CORRESPONDE))


def recibe_un_representante(solicitud):
    """G-13: works begin before somebody who will receive them for the owner."""
    visita = solicitud.ultima_visita()
    return visita is not None and visita.estado == V.EN_CURSO and bool(visita.recibe_nombre)


def trabajos_ejecutados(solicitud):
    """G-T08: every covered requerimiento executed, and received."""
    return not hay_por_ejecutar(solicitud) and bool(con_estado(solicitud, R.EJECUTADO))


def visita_por_reagendar(solicitud):
    """The agreed visit can still be moved, or it ended without being held."""
    visita = solicitud.ultima_visita()
    return visita is not None and visita.estado in (V.COORDINADA, *NO_REALIZADAS)


class FlujoSolicitud(models.Model):
    estado = FSMField("estado", default=E.NUEVA, choices=E.choices, protected=True)

    class Meta:
        abstract = True

    @transition(estado, source=E.NUEVA, target=E.INGRESADA, conditions=[tiene_los_datos])
    def ingresar(self, ahora, **datos):
        self.llamada_en = ahora

    @transition(
        estado, E.INGRESADA, E.INSPECCION_AGENDADA, conditions=[es_requerimiento, no_es_urgente]
    )
    def agendar_inspeccion(self, **datos):
        pass

    @transition(
        estado,
        E.INSPECCION_AGENDADA,
        E.INSPECCION_AGENDADA,
        conditions=[visita_por_reagendar],
    )
    def reagendar_inspeccion(self, **datos):
        pass

    @transition(
        estado,
        source=[E.INSPECCION_AGENDADA, E.ATENCION_INMEDIATA],
        target=E.DIAGNOSTICADA,
        conditions=[visita_realizada, todos_diagnosticados],
    )
    def diagnosticar(self, ahora, **datos):
        self.inspeccionada_en = ahora

    @transition(estado, E.DIAGNOSTICADA, E.CERRADA_SIN_GARANTIA, conditions=[nada_por_ejecutar])
    def cerrar_sin_garantia(self, **datos):
        pass

    @transition(estado, E.DIAGNOSTICADA, E.TRABAJOS_AGENDADOS, conditions=[hay_por_ejecutar])
    def agendar_trabajos(self, **datos):
        pass

    @transition(
        estado,
        E.TRABAJOS_AGENDADOS,
        E.TRABAJOS_AGENDADOS,
        conditions=[visita_por_reagendar],
    )
    def reagendar_trabajos(self, **datos):
        pass

    @transition(
        estado,
        source=[E.TRABAJOS_AGENDADOS, E.ATENCION_INMEDIATA],
        target=E.EN_EJECUCION,
        conditions=[recibe_un_representante],
    )
    def iniciar_trabajos(self, ahora, **datos):
        # An urgency is diagnosed and attended in the same visit (12.3).
        if self.inspeccionada_en is None:
            self.inspeccionada_en = ahora

    @transition(estado, E.EN_EJECUCION, E.TRABAJOS_AGENDADOS, conditions=[hay_por_ejecutar])
    def interrumpir_trabajos(self, **datos):
        pass

    @transition(
        estado,
        E.EN_EJECUCION,
        E.POR_LLAMAR,
        conditions=[visita_realizada, trabajos_ejecutados],
    )
    def terminar_trabajos(self, ahora, **datos):
        self.ejecutada_en, self.intentos, self.intentar_desde_el = ahora, 0, None

    @transition(estado, source=E.POR_LLAMAR, target=E.CERRADA)
    def registrar_conformidad(self, ahora, **datos):
        self.conforme_en = ahora

    @transition(estado, source=E.POR_LLAMAR, target=E.INSPECCION_AGENDADA)
    def volver_a_inspeccion(self, ahora, **datos):
        # A new inspection, so its term and that of the works count anew (G-T10).
        self.llamada_en, self.inspeccionada_en = ahora, None

    @transition(estado, source=E.POR_LLAMAR, target=E.TRABAJOS_AGENDADOS)
    def volver_a_trabajos(self, **datos):
        pass

    @transition(estado, E.INGRESADA, E.ATENCION_INMEDIATA, conditions=[es_urgente])
    def atender_urgencia(self, ahora, **datos):
        self.atendida_en = ahora

    @transition(estado, source=E.INGRESADA, target=E.RESPONDIDA, conditions=[es_consulta])
    def responder_consulta(self, respuesta, **datos):
        self.respuesta = respuesta

    @transition(estado, source=list(NO_TERMINALES), target=E.ANULADA)
    def anular(self, motivo, **datos):
        self.motivo_anulacion = motivo


def en_visita_de_diagnostico(requerimiento):
    """G-09: it is decided at the home, in the inspection or in the attention of an urgency."""
    solicitud = requerimiento.solicitud
    visita = solicitud.ultima_visita()
    return (
        solicitud.estado in (E.INSPECCION_AGENDADA, E.ATENCION_INMEDIATA, E.EN_EJECUCION)
        and visita is not None
        and visita.estado == V.EN_CURSO
    )


def tiene_diagnostico(requerimiento):
    return bool(requerimiento.diagnostico)


def dice_por_que(requerimiento):
    return bool(requerimiento.motivo)


def en_ejecucion(requerimiento):
    visita = requerimiento.solicitud.ultima_visita()
    return (
        requerimiento.solicitud.estado == E.EN_EJECUCION
        and visita is not None
        and visita.estado == V.EN_CURSO
    )


class FlujoRequerimiento(models.Model):
    estado = FSMField("estado", default=R.PENDIENTE, choices=R.choices, protected=True)

    class Meta:
        abstract = True

    @transition(
        estado,
        source=R.PENDIENTE,
        target=R.CORRESPONDE,
        conditions=[en_visita_de_diagnostico, tiene_diagnostico],
    )
    def corresponder(self, **datos):
        pass

    @transition(
        estado,
        source=R.PENDIENTE,
        target=R.NO_CORRESPONDE,
        conditions=[en_visita_de_diagnostico, tiene_diagnostico, dice_por_que],
    )
    def no_corresponder(self, **datos):
        pass

    @transition(estado, source=R.CORRESPONDE, target=R.EJECUTADO, conditions=[en_ejecucion])
    def ejecutar(self, trabajo="", **datos):
        self.trabajo = trabajo

    @transition(estado, source=R.EJECUTADO, target=R.CONFORME)
    def conformar(self, **datos):
        pass

    @transition(estado, source=R.EJECUTADO, target=R.DISCONFORME)
    def disconformar(self, motivo, **datos):
        self.disconformidad = motivo

    @transition(estado, source=R.DISCONFORME, target=R.CORRESPONDE)
    def rehacer(self, **datos):
        self.vueltas += 1

    @transition(estado, source=R.DISCONFORME, target=R.PENDIENTE)
    def reinspeccionar(self, **datos):
        self.vueltas += 1
        self.diagnostico = self.motivo = ""
