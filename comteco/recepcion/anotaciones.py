"""What is noted in the hall without moving a state: a credential that came back, the survey."""

from comteco.recepcion.flujo import EstadoFicha
from comteco.recepcion.indicador import Semestre
from comteco.recepcion.permisos import MESON, PORTADOR, RECIBEN, roles_de, roles_de_ficha
from postventa.expedientes.salas import Anotacion
from postventa.tramitacion.errores import DatosInvalidos


def _sin_credencial_fuera(atencion, ahora):
    if not atencion.credencial_dada_en:
        return "No se le dio una credencial."
    return "Su credencial ya volvió." if atencion.credencial_devuelta_en else ""


def _devolver(atencion, tramite, actor, datos):
    atencion.credencial_devuelta_en = tramite.ahora


def no_se_encuesta(ficha, ahora):
    if ficha.estado != EstadoFicha.ATENDIDA:
        return "La encuesta se responde al terminar la atención."
    if ficha.satisfecho is not None:
        return "Esta ficha ya respondió la encuesta."
    if Semestre.de(ahora.astimezone(ficha.sede.tz).date()) != Semestre.de(ficha.dia):
        return "La encuesta de ese semestre ya se cerró."
    return ""


def _encuestar(ficha, tramite, actor, datos):
    """DSC-IND, one question: satisfied with the information that was given."""
    if not isinstance(datos.get("satisfecho"), bool):
        raise DatosInvalidos({"satisfecho": "Elija sí o no."})
    ficha.satisfecho, ficha.encuestada_en = datos["satisfecho"], tramite.ahora
    # At the desk it is the adviser who writes down what is said of them: the figure tells it.
    ficha.encuestada_por = actor.usuario


ATENCION = {
    "devolver_credencial": Anotacion(
        "Recibir la credencial",
        lambda actor, atencion: bool(set(RECIBEN) & roles_de(actor, atencion)),
        _devolver,
        _sin_credencial_fuera,
    ),
}
FICHA = {
    "encuestar": Anotacion(
        "Responder la encuesta",
        lambda actor, ficha: bool({PORTADOR, MESON} & roles_de_ficha(actor, ficha)),
        _encuestar,
        no_se_encuesta,
    ),
}
