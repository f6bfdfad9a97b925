"""A visit as an event of the customer's calendar: the file to download, the one in the mail."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.ics import calendario_de
from postventa.visitas.models import Visita

TIPO = "text/calendar"


def hechos(caso, visita: Visita, descripcion: str, anulado: bool = False) -> dict:
    """What the event says, as plain JSON values, to be fixed with the mail that carries it."""
    lugar = (caso.unidad.nombre, caso.sede.nombre, caso.sede.direccion, caso.sede.comuna)
    return {
        "visita": visita.pk,
        "estado": V.REPROGRAMADA if anulado else visita.estado,
        "inicia": visita.inicia_en.isoformat(),
        "termina": visita.termina_en.isoformat(),
        "resumen": f"{visita.get_tipo_display()} · Postventa {caso.empresa.nombre}",
        "lugar": ", ".join(filter(None, lugar)),
        "descripcion": descripcion,
    }


def archivo(h: dict, ahora: datetime) -> bytes:
    """The .ics of those facts; `ahora` is when it was made."""
    visita = Visita(
        pk=h["visita"],
        estado=h["estado"],
        inicia_en=datetime.fromisoformat(h["inicia"]),
        termina_en=datetime.fromisoformat(h["termina"]),
    )
    dominio = urlsplit(settings.SITE_URL).hostname or "postventa"
    return calendario_de(visita, h["resumen"], h["lugar"], h["descripcion"], dominio, ahora)


def adjuntos(aviso) -> list[tuple[str, bytes, str]]:
    """The files of a visit's mail: the event and, if it was moved, the end of the earlier one."""
    return [
        (
            "visita.ics" if h["estado"] == V.COORDINADA else "visita-anterior.ics",
            archivo(h, aviso.creado_en),
            TIPO,
        )
        for h in aviso.datos.get("eventos", ())
    ]
