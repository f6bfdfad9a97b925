"""What becomes known of a trámite after its procedure ended: it was done, and when. Each stops the
clock that ran on."""

from comteco.procedimientos.documentos import fijar_respuesta
from comteco.procedimientos.hechos import numero_odeco, texto
from comteco.procedimientos.permisos import ASESOR, JEFE, con_roles
from postventa.expedientes.salas import Anotacion
from postventa.plazos.models import ABIERTOS
from postventa.plazos.reloj import plazos_de
from postventa.tramitacion.errores import exigir


def _corre(*codigos):
    def impide(tramite, ahora):
        corren = {p.codigo for p in plazos_de(tramite) if p.estado in ABIERTOS}
        return "" if tramite.es_final and corren & {*codigos} else "No hay un plazo que corra."

    return impide


def _hecho(campo, mensaje="Anota cómo terminó."):
    def escribir(tramite, puerta, actor, datos):
        datos["nota"] = exigir(datos, "nota", mensaje)[:1000]
        setattr(tramite, campo, puerta.ahora)

    return escribir


def _responder(tramite, puerta, actor, datos):
    """The written answer: on paper, with the right to go to the ATT, and by mail."""
    numero_odeco(tramite, puerta, actor, datos)
    texto("respuesta", "Escribe la respuesta que recibe el cliente.")(tramite, puerta, actor, datos)
    tramite.respondido_en = puerta.ahora
    fijar_respuesta(tramite, puerta, actor, datos)


def _anotacion(etiqueta, campo, *codigos):
    return Anotacion(etiqueta, con_roles({ASESOR, JEFE}), _hecho(campo), _corre(*codigos))


TRAMITE = {
    "registrar_traslado": _anotacion("Registrar el traslado hecho", "trasladado_en", "traslado"),
    "registrar_solucion": _anotacion("Registrar la solución del daño", "reparado_en", "dano"),
    "registrar_respuesta": Anotacion(
        "Responder el reclamo por escrito",
        con_roles({ASESOR, JEFE}),
        _responder,
        _corre("reclamo_legal"),
    ),
    "registrar_reconexion": _anotacion(
        "Registrar la reconexión de TV cable", "reconectado_en", "reconexion_tv"
    ),
}
