"""CAPERA's complaint in the complainant's words ("usted"): states, what happened, what each term is
for."""

from reclamos.canales import Medio
from reclamos.flujo import EstadoReclamo as E

ESTADOS = {
    E.RECIBIDA: ("documento", "info", "Recibido"),
    E.FORMALIZADA: ("documento", "info", "Recibido, por ingresar"),
    E.RESUELTA_EN_EL_ACTO: ("visto", "ok", "Resuelto en el momento"),
    E.INGRESADA: ("documento", "info", "Ingresado"),
    E.INADMISIBLE: ("equis", "mal", "No se admitió"),
    E.ADMITIDA: ("persona", "info", "Derivado al área responsable"),
    E.EN_ANALISIS: ("ojo", "info", "En análisis"),
    E.POR_VISAR: ("ojo", "info", "En análisis"),
    E.RESPONDIDA: ("persona", "alerta", "Respondido: espera su opinión"),
    E.CONFORME: ("visto", "ok", "Respondido, con su conformidad"),
    E.DISCONFORME: ("alerta", "alerta", "Nos dijo que no está conforme"),
    E.SILENCIO: ("reloj", "info", "Respondido"),
    E.CONTROVERSIA: ("persona", "alerta", "En conversaciones"),
    E.VIA_LEGAL: ("documento", "alerta", "Invitación a la vía legal"),
    E.ARCHIVADA: ("visto", "ok", "Cerrado"),
}


def _respondido(datos):
    if datos.get("medio") == Medio.CARTA:
        return "sobre", "info", "La respuesta está lista: va por carta"
    return "sobre", "ok", "Le respondimos"


HITOS = {
    ("reclamo", "recibir"): ("documento", "ok", "Lo recibimos"),
    ("reclamo", "resolver_en_el_acto"): ("visto", "ok", "Se resolvió en el momento"),
    ("reclamo", "numerar"): ("documento", "info", "El área legal le dio su N° de Ingreso"),
    ("reclamo", "admitir"): ("persona", "info", "Se derivó al área responsable"),
    ("reclamo", "analizar"): ("ojo", "info", "Empezó el análisis"),
    ("reclamo", "declarar_inadmisible"): ("equis", "mal", "No se admitió, con sus razones"),
    ("reclamo", "prorrogar"): ("reloj", "alerta", "Le avisamos una demora, con su nueva fecha"),
    ("reclamo", "responder"): _respondido,
    ("reclamo", "registrar_despacho"): ("sobre", "ok", "Le enviamos la carta con la respuesta"),
    ("reclamo", "conformar"): ("visto", "ok", "Nos dijo que está conforme"),
    ("reclamo", "disconformar"): ("alerta", "alerta", "Nos dijo que no está conforme"),
    ("reclamo", "reanalizar"): ("ojo", "info", "Se analiza de nuevo"),
    ("reclamo", "abrir_controversia"): ("persona", "alerta", "Buscamos un acuerdo"),
    ("reclamo", "invitar_a_via_legal"): ("documento", "alerta", "Le invitamos a la vía legal"),
    ("reclamo", "archivar"): ("visto", "ok", "Se cerró"),
}
TERMINOS = {
    "respuesta": "responderle, según nuestro procedimiento",
    "plazo_legal": "responderle, según la ley",
    "conformidad": "que nos diga si está conforme",
    "antecedentes": "que aporte nuevos antecedentes",
}
