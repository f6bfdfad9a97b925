"""Law of a visit (dominio 2.5): may it happen, and what changes on its own record."""

from django.db import models
from django_fsm import FSMField, transition


class EstadoVisita(models.TextChoices):
    COORDINADA = "COORDINADA", "Coordinada"
    EN_CURSO = "EN_CURSO", "En curso"
    REALIZADA = "REALIZADA", "Realizada"
    REPROGRAMADA = "REPROGRAMADA", "Reprogramada"
    CANCELADA = "CANCELADA", "Cancelada"
    INASISTENCIA_CLIENTE = "INASISTENCIA_CLIENTE", "No había nadie"
    INASISTENCIA_EMPRESA = "INASISTENCIA_EMPRESA", "La empresa no llegó"
    ACCESO_DENEGADO = "ACCESO_DENEGADO", "Conserjería no autorizó"


E = EstadoVisita


def hay_presencia(visita):
    """I-18: workers never enter without the owner or the replacement named beforehand."""
    return bool(visita.recibe_rol)


def acceso_en_orden(visita):
    """I-21: whoever enters has identified, at conserjería where there is one."""
    if visita.tipo != visita.Tipo.TRABAJO:
        return True
    return bool(visita.personal_identificado) and (
        not visita.exige_conserjeria or visita.conserjeria_autoriza is True
    )


def tiene_evidencia(visita):
    """D-14: an absence ends a claim, so it needs the time of arrival."""
    return visita.llegada_en is not None


def llego_a_la_hora(visita):
    """TM-16: nobody is absent before the agreed time."""
    return visita.llegada_en is not None and visita.cerrada_en >= visita.inicia_en


class FlujoVisita(models.Model):
    estado = FSMField("estado", default=E.COORDINADA, choices=E.choices, protected=True)

    class Meta:
        abstract = True

    @transition(estado, E.COORDINADA, E.EN_CURSO, conditions=[hay_presencia, acceso_en_orden])
    def iniciar(self, **datos):
        pass

    @transition(estado, source=E.EN_CURSO, target=E.REALIZADA)
    def realizar(self, **datos):
        pass

    @transition(estado, source=E.COORDINADA, target=E.REPROGRAMADA)
    def reprogramar(self, motivo="", **datos):
        self.motivo = motivo

    @transition(estado, source=E.COORDINADA, target=E.CANCELADA)
    def cancelar(self, motivo="", **datos):
        self.motivo = motivo

    @transition(
        estado, E.COORDINADA, E.INASISTENCIA_CLIENTE, conditions=[tiene_evidencia, llego_a_la_hora]
    )
    def registrar_inasistencia_cliente(self, **datos):
        pass

    @transition(estado, source=E.COORDINADA, target=E.INASISTENCIA_EMPRESA)
    def registrar_inasistencia_empresa(self, motivo="", **datos):
        self.motivo = motivo

    @transition(estado, source=E.COORDINADA, target=E.ACCESO_DENEGADO, conditions=[tiene_evidencia])
    def registrar_acceso_denegado(self, **datos):
        pass
