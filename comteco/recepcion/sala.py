"""COMTECO's hall, put together: what the lower rooms know of it."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from comteco.recepcion import actos, anotaciones, permisos
from comteco.recepcion.consecuencias import CONSECUENCIAS
from comteco.recepcion.flujo import TERMINALES
from comteco.recepcion.models import Atencion, Ficha
from comteco.recepcion.palabras import ETIQUETAS, GUARDAS
from postventa.expedientes.models import Situacion
from postventa.expedientes.salas import Objeto, Sala


def situacion(atencion) -> str:
    """The procedure ends with the number in hand: what follows is another's."""
    return Situacion.CERRADO if atencion.estado in TERMINALES else Situacion.ABIERTO


def bloquear(nombre, objeto, verbo) -> None:
    """The number before its case, as "next" does: two orders would wait for each other."""
    if nombre == "ficha" and objeto.pk:
        Ficha.objects.select_for_update(no_key=True).only("pk").filter(pk=objeto.pk).first()


def url_consola(expediente) -> str:
    try:
        ruta = reverse("admin:recepcion_atencion_change", args=[expediente.pk])
    except NoReverseMatch:
        return ""
    return settings.SITE_URL.rstrip("/") + ruta


SALA = Sala(
    tipo="comteco_sala",
    empresa="comteco",
    nombre="Sala de atención",
    objetos={
        "atencion": Objeto(
            Atencion,
            permisos.predicados(permisos.ATENCION, permisos.roles_de),
            actos.ATENCION,
            ETIQUETAS["atencion"],
            GUARDAS,
            anotaciones.ATENCION,
            relacionados=("destino__unidad",),
        ),
        "ficha": Objeto(
            Ficha,
            permisos.predicados(permisos.FICHA, permisos.roles_de_ficha),
            actos.FICHA,
            ETIQUETAS["ficha"],
            GUARDAS,
            anotaciones.FICHA,
            padre="atencion",
        ),
    },
    situacion=situacion,
    consecuencias=CONSECUENCIAS,
    bloquear=bloquear,
    url_consola=url_consola,
)
