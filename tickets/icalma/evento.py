"""A visit as an event of the owner's own calendar: the file to download and the one in the mail."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.ics import calendario_de
from postventa.visitas.models import Visita
from tickets.icalma import enlaces

TIPO = "text/calendar"


def hechos(ticket, visita: Visita, anulado: bool = False) -> dict:
    """What the event says, as plain JSON values, to be fixed with the mail that carries it."""
    lugar = (ticket.unidad.nombre, ticket.sede.nombre, ticket.sede.direccion, ticket.sede.comuna)
    return {
        "visita": visita.pk,
        "estado": V.REPROGRAMADA if anulado else visita.estado,
        "inicia": visita.inicia_en.isoformat(),
        "termina": visita.termina_en.isoformat(),
        "resumen": f"{visita.get_tipo_display()} · Postventa {ticket.empresa.nombre}",
        "lugar": ", ".join(filter(None, lugar)),
        "descripcion": _descripcion(ticket, visita),
    }


def _descripcion(ticket, visita) -> str:
    quien = (
        "Debes estar tú o tu reemplazo registrado."
        if visita.tipo == Visita.Tipo.TRABAJO
        else "Debes estar tú: revisamos juntos cada observación."
    )
    return (
        f"{ticket.folio}. Va {visita.persona}. {quien} Dos visitas seguidas sin nadie dan por "
        f"resuelto el requerimiento.\nConfirmar o cambiar la hora: {enlaces.caso_portal(ticket)}"
    )


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
