"""Clocks of COMTECO's procedures: what opens them and what meets them (1.1, 6)."""

from comteco.procedimientos.flujos.base import FINALES
from comteco.procedimientos.flujos.suspension import esta_suspendido
from comteco.procedimientos.models import Tramite
from comteco.procedimientos.opciones import Servicio
from comteco.procedimientos.permisos import VERBOS
from comteco.procedimientos.suspensiones import fijar_fin
from postventa.expedientes.salas import Abre, AlVencer, Cierra


def _es_tv(tramite):
    """A package of products carries TV cable too (004:204)."""
    return tramite.servicio in (Servicio.TV, Servicio.MULTIMEDIAS)


def _tv_sin_suspension(tramite):
    """Of a suspension registered here, the clock runs in it, from when the service is due."""
    return _es_tv(tramite) and tramite.suspension_id is None


def _si_termino(tramite, abiertos):
    return abiertos if tramite.estado in FINALES else []


def _habilitar(plazo):
    return [(Tramite.objects.get(pk=plazo.expediente_id), "d8_habilitar")]


def _siempre(tramite):
    return True


ABRE = (
    Abre("oportunidad", "tramite", "abrir"),
    # From the signed Solicitud de Pedido; it runs on when the counter has finished.
    Abre("traslado", "tramite", "c8_imprimir_solicitud", sigue=lambda t: t.estado == "OK"),
    Abre("dano", "tramite", "e4_registrar_dano", sigue=lambda t: t.estado != "ANULADO"),
    Abre("dano", "tramite", "e8_reiterar_dano", sigue=lambda t: t.estado != "ANULADO"),
    Abre("reclamo_legal", "tramite", "f6_digitar_reclamo", sigue=_siempre),
    Abre(
        "suspension", "tramite", "d8_imprimir_solicitud", al_abrir=fijar_fin,
        sigue=esta_suspendido,
    ),
    Abre("reconexion_tv", "tramite", "d8_habilitar", _es_tv, sigue=_siempre),
    Abre("reconexion_tv", "tramite", "d9_cambiar_fecha", _tv_sin_suspension, sigue=_siempre),
)  # fmt: skip
CIERRA = (
    *(Cierra("oportunidad", "tramite", verbo, _si_termino) for verbo in VERBOS
      if verbo not in ("abrir", "anular")),
    Cierra("traslado", "tramite", "registrar_traslado"),
    Cierra("dano", "tramite", "registrar_solucion"),
    Cierra("reclamo_legal", "tramite", "registrar_respuesta"),
    Cierra("reconexion_tv", "tramite", "registrar_reconexion"),
    # Its end is no breach of anybody's.
    Cierra("suspension", "tramite", "d8_habilitar", hasta_vencer=True),
)  # fmt: skip
AL_VENCER = (AlVencer("suspension", _habilitar),)
