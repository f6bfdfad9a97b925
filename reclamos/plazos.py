"""Clocks of CAPERA's workflow: what opens them and what meets them (dominio 1.1, 4.3, 12.4)."""

from postventa.expedientes.salas import Abre, AlVencer, Cierra
from postventa.plazos import reloj
from reclamos.flujo import EstadoReclamo
from reclamos.models import Reclamo


def _recepcion(reclamo):
    """Day 0 is that of the reception, also of a letter that is registered days later (002:63)."""
    return reclamo.recibida_en


def _informado_al_recibir(reclamo, plazo):
    """C-07: on phone and counter it is told "en el mismo instante"."""
    if reclamo.informada_en:
        reloj.cumplir([plazo], reclamo.informada_en, str(reclamo.recibida_por))


def _si_se_le_informo(reclamo, abiertos):
    """Who has no mail has not been told by one: the clock runs until somebody tells them."""
    return abiertos if reclamo.informada_en else []


def _es_consumidor(reclamo):
    return reclamo.es_consumidor


def _si_va_por_correo(reclamo, abiertos):
    """A letter has been sent when it leaves, not when it is written."""
    return [] if reclamo.por_despachar else abiertos


def _sale_por_correo(reclamo):
    return not reclamo.por_despachar


def _espera_su_palabra(reclamo):
    """Who is told why nothing will be done has nothing to agree with (C-T06)."""
    return reclamo.estado == EstadoReclamo.RESPONDIDA


def _despacho(reclamo):
    """The day on which the letter left, also if it is noted later."""
    return reclamo.despachada_en


def _archivar(plazo):
    return [(Reclamo.objects.get(pk=plazo.expediente_id), "archivar_por_silencio")]


CONTESTAN = ("responder", "declarar_inadmisible", "resolver_en_el_acto")
# Whoever says so has the answer, although nobody noted that its letter left.
LA_TIENEN = ("conformar", "disconformar")
DE_RESPONDER = ("respuesta", "plazo_legal")

ABRE = (
    Abre("ingreso", "reclamo", "recibir", al_abrir=_informado_al_recibir, desde=_recepcion),
    Abre("respuesta", "reclamo", "recibir", desde=_recepcion),
    # D-08: of a consumer, and nothing moves it.
    Abre("plazo_legal", "reclamo", "recibir", _es_consumidor, desde=_recepcion),
    Abre("respuesta", "reclamo", "reanalizar"),
    Abre("conformidad", "reclamo", "responder", _sale_por_correo),
    Abre("conformidad", "reclamo", "registrar_despacho", _espera_su_palabra, desde=_despacho),
    Abre("antecedentes", "reclamo", "disconformar"),
)
CIERRA = (
    Cierra("ingreso", "reclamo", "numerar", _si_se_le_informo),
    Cierra("ingreso", "reclamo", "informar_ingreso"),
    Cierra("ingreso", "reclamo", "resolver_en_el_acto"),
    *(Cierra(plazo, "reclamo", v, _si_va_por_correo) for plazo in DE_RESPONDER for v in CONTESTAN),
    *(
        Cierra(plazo, "reclamo", "registrar_despacho", cumplido_en=_despacho)
        for plazo in DE_RESPONDER
    ),
    *(Cierra(plazo, "reclamo", v) for plazo in (*DE_RESPONDER, "conformidad") for v in LA_TIENEN),
    *(Cierra("antecedentes", "reclamo", v) for v in ("reanalizar", "abrir_controversia")),
    # Silence is no breach of anybody's.
    *(
        Cierra(plazo, "reclamo", "archivar_por_silencio", hasta_vencer=True)
        for plazo in ("conformidad", "antecedentes")
    ),
)
AL_VENCER = (AlVencer("conformidad", _archivar), AlVencer("antecedentes", _archivar))
