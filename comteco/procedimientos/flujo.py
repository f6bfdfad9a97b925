"""Law of COMTECO's post-sale requests (GC-PRC-OPE-ASE-03): ten graphs, one machine.

The position in the document's graph is the state, and each verb begins with its step: `d6_...` is
step D6. Who may fire it stands in `permisos`; what else must be written, in `actos`.
"""

from django.db import models
from django_fsm import GET_STATE, FSMField

from comteco.procedimientos.flujos.base import CAJAS, FINALES, PASOS, PRIMERO, P, paso
from comteco.procedimientos.flujos.cambio_de_plan import FlujoB
from comteco.procedimientos.flujos.dano import FlujoE
from comteco.procedimientos.flujos.derivaciones import FlujoHIJ
from comteco.procedimientos.flujos.llamadas import FlujoG
from comteco.procedimientos.flujos.reclamo import FlujoF
from comteco.procedimientos.flujos.suplementarios import FlujoA
from comteco.procedimientos.flujos.suspension import FlujoD
from comteco.procedimientos.flujos.traslado import FlujoC


class Etapa(models.TextChoices):
    """What every procedure goes through, whatever its steps are called."""

    ABIERTO = "ABIERTO", "Abierto"
    REQUISITOS = "REQUISITOS", "Requisitos"
    RECHAZADO_REQ = "RECHAZADO_REQ", "No cumple requisitos"
    EN_PROCESO = "EN_PROCESO", "En proceso"
    ESPERA_CAJA = "ESPERA_CAJA", "Espera en caja"
    CONFIRMADO_CLIENTE = "CONFIRMADO_CLIENTE", "Confirmado por el cliente"
    CONCLUIDO = "CONCLUIDO", "Concluido"
    NO_PROCEDE = "NO_PROCEDE", "No procede"
    DERIVADO = "DERIVADO", "Derivado"
    ANULADO = "ANULADO", "Anulado"


DE_REQUISITOS = (P.A1, P.B1, P.C1, P.D1, P.G2, P.H1, P.I1)
POR_IMPRIMIR = (P.A6, P.B5, P.C8, P.C9, P.D8, P.G9)
ETAPAS = {
    **dict.fromkeys(PASOS, Etapa.EN_PROCESO),
    **dict.fromkeys((P.E1, P.F1, P.G1, P.J1), Etapa.ABIERTO),
    **dict.fromkeys(DE_REQUISITOS, Etapa.REQUISITOS),
    **dict.fromkeys(CAJAS, Etapa.ESPERA_CAJA),
    **dict.fromkeys(POR_IMPRIMIR, Etapa.CONFIRMADO_CLIENTE),
    P.OK: Etapa.CONCLUIDO,
    P.NO_REQ: Etapa.RECHAZADO_REQ,
    P.NO_FACT: Etapa.NO_PROCEDE,
    P.NO_PROCEDE: Etapa.NO_PROCEDE,
    P.DERIVADO: Etapa.DERIVADO,
    P.ANULADO: Etapa.ANULADO,
}


class FlujoTramite(FlujoA, FlujoB, FlujoC, FlujoD, FlujoE, FlujoF, FlujoG, FlujoHIJ, models.Model):
    estado = FSMField("paso", default=P.NUEVO, choices=P.choices, protected=True)

    class Meta:
        abstract = True

    @paso(
        P.NUEVO,
        GET_STATE(
            lambda tramite, **datos: PRIMERO[tramite.procedimiento], states=[*PRIMERO.values()]
        ),
    )
    def abrir(self, **datos):
        pass

    @paso([*PASOS], P.ANULADO)
    def anular(self, motivo, **datos):
        self.motivo_anulacion = motivo

    @property
    def etapa_general(self) -> Etapa:
        return ETAPAS[self.estado]

    @property
    def es_final(self) -> bool:
        return self.estado in FINALES
