"""Messages to the customer: what the document says that they are told, of who has an address.

Facts only, fixed when it happens. Who has none is told at the counter and by telephone, as always.
"""

from functools import partial

from comteco.procedimientos.documentos import DERECHO_ATT, numero_del_reclamo
from comteco.procedimientos.opciones import Servicio
from postventa.calendario.palabras import dia_en_palabras, vence_en_palabras
from postventa.expedientes.salas import AvisoDe
from postventa.plazos.reloj import plazos_de


def cliente(tramite, datos):
    return [(tramite.cliente.nombre, tramite.cliente.correo)]


def _base(tramite):
    return {
        "folio": tramite.folio,
        "producto": tramite.producto,
        "servicio": tramite.get_servicio_display(),
        "telefono": tramite.empresa.telefono,
        "correo_contacto": tramite.empresa.correo_contacto,
    }


def _vence(tramite, codigo):
    suyos = [p for p in plazos_de(tramite) if p.codigo == codigo]
    if not suyos:
        return ""
    ultimo = max(suyos, key=lambda p: p.ordinal)
    return vence_en_palabras(ultimo.vence_en, tramite.sede.tz).removeprefix("el ")


def traslado(tramite, datos):
    """C9.1."""
    return {
        **_base(tramite),
        "costo": tramite.importe_en_palabras,
        "vence": _vence(tramite, "traslado"),
    }


def suspension(tramite, datos):
    """D8.1, and D9.2 of another date."""
    return {
        **_base(tramite),
        "desde": dia_en_palabras(tramite.desde_el, con_anio=True) if tramite.desde_el else "",
        "hasta": dia_en_palabras(tramite.hasta_el, con_anio=True),
        "tiene_tv": tramite.servicio in (Servicio.TV, Servicio.MULTIMEDIAS),
    }


def reclamo(tramite, datos):
    """F6.1."""
    return {
        **_base(tramite),
        "numero": numero_del_reclamo(tramite),
        "odeco": tramite.numero_odeco,
        "vence": _vence(tramite, "reclamo_legal"),
    }


def respuesta(tramite, datos):
    return {**reclamo(tramite, datos), "texto": tramite.respuesta, "derecho": DERECHO_ATT}


_al = partial(AvisoDe, objeto="tramite", para=cliente)

AVISOS = (
    _al("comteco/traslado", verbo="c9_entregar", contexto=traslado),
    _al("comteco/suspension", verbo="d8_imprimir_solicitud", contexto=suspension),
    _al("comteco/reconexion", verbo="d9_cambiar_fecha", contexto=suspension),
    _al("comteco/reclamo", verbo="f6_digitar_reclamo", contexto=reclamo),
    _al("comteco/respuesta", verbo="registrar_respuesta", contexto=respuesta),
)
