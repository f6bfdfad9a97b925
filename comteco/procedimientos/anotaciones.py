"""What becomes known of a trámite after its procedure ended: it was done, and when. Each stops the
clock that ran on."""

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


def _anotacion(etiqueta, campo, *codigos):
    return Anotacion(etiqueta, con_roles({ASESOR, JEFE}), _hecho(campo), _corre(*codigos))


TRAMITE = {
    "registrar_traslado": _anotacion("Registrar el traslado hecho", "trasladado_en", "traslado"),
    "registrar_solucion": _anotacion("Registrar la solución del daño", "reparado_en", "dano"),
    "registrar_respuesta": _anotacion(
        "Registrar la respuesta al reclamo", "respondido_en", "reclamo_legal"
    ),
    "registrar_reconexion": _anotacion(
        "Registrar la reconexión de TV cable", "reconectado_en", "reconexion_tv"
    ),
}
