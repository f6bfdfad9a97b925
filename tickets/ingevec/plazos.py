"""Clocks of Ingevec's workflow: what opens them and what meets them (dominio 1.1, 3.2, 12.3)."""

from postventa.expedientes.salas import Abre, Cierra
from postventa.plazos import reloj
from postventa.plazos.models import ABIERTOS
from tickets.ingevec.flujo import es_requerimiento, hay_por_ejecutar


def _en_cinco_dias(solicitud):
    """G-03: the term is of a requerimiento; what is urgent has another one."""
    return es_requerimiento(solicitud) and not solicitud.es_urgente


def _sin_plazo_de_trabajos(solicitud):
    """An urgency goes from the visit to the works: its 20 days start there (12.3)."""
    return not any(
        p.codigo == "trabajos" and p.estado in ABIERTOS for p in reloj.plazos_de(solicitud)
    )


def _agendada_para(solicitud):
    """G-03: what must be inside the term is the day of the visit, not that of the call."""
    return solicitud.ultima_visita().inicia_en


def _ya_agendada(solicitud, plazo):
    """G-T10: in the call that asks for a new inspection its hour is chosen too."""
    reloj.cumplir([plazo], plazo.inicia_en, "Sistema", _agendada_para(solicitud))


ABRE = (
    Abre("inspeccion", "solicitud", "ingresar", _en_cinco_dias),
    Abre("urgencia", "solicitud", "ingresar", lambda solicitud: solicitud.es_urgente),
    Abre("trabajos", "solicitud", "diagnosticar", hay_por_ejecutar),
    Abre("trabajos", "solicitud", "iniciar_trabajos", _sin_plazo_de_trabajos),
    Abre("satisfaccion", "solicitud", "terminar_trabajos"),
    Abre("inspeccion", "solicitud", "volver_a_inspeccion", al_abrir=_ya_agendada),
    Abre("trabajos", "solicitud", "volver_a_trabajos", continua=True),
)
CIERRA = (
    Cierra("inspeccion", "solicitud", "agendar_inspeccion", cuenta_en=_agendada_para),
    Cierra("urgencia", "solicitud", "atender_urgencia"),
    Cierra("trabajos", "solicitud", "terminar_trabajos"),
    Cierra("satisfaccion", "solicitud", "registrar_conformidad"),
    Cierra("satisfaccion", "solicitud", "volver_a_inspeccion"),
    Cierra("satisfaccion", "solicitud", "volver_a_trabajos"),
)
