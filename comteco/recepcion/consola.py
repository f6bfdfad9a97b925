"""The hall's side of the console: its verbs are fired from its own screens, none from the case."""

from comteco.recepcion.models import Atencion
from comteco.recepcion.puesto.alli import paginas
from comteco.recepcion.puesto.urls import urls
from postventa.consola.salas import ConsolaDeSala


def donde(ids):
    return dict(Atencion.objects.filter(pk__in=ids).values_list("pk", "sede__nombre"))


CONSOLA = ConsolaDeSala(
    tipo="comteco_sala",
    lista="admin:recepcion_atencion_changelist",
    caso="admin:recepcion_atencion_change",
    formularios={},
    donde=donde,
    urls=urls,
    paginas=paginas,
    campos={
        "credencial": "Credencial",
        "cumple": "Cumple los requisitos",
        "destino": "Destino",
        "deuda": "Tiene deuda",
        "finalidad": "Para qué entra",
        "folleto": "Folleto entregado",
        "lugar": "A quién o dónde va",
        "meson": "Mesón",
        "pendientes": "Lo que falta",
        "pidio_documento": "Documento solicitado",
        "referencia": "Referencia de Smartflex",
        "satisfecho": "Satisfecho",
        "tema": "Sobre qué",
        "unidad": "Unidad",
    },
    opciones={"finalidad": dict(Atencion.Finalidad.choices)},
)
