"""What the mails about a home say, whatever the company: facts only, fixed when it happens."""

from collections.abc import Callable

from postventa.calendario.palabras import dia_en_palabras, fecha_en_palabras, vence_en_palabras
from postventa.expedientes.salas import sala_de
from postventa.plazos.reloj import plazos_de
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.inmuebles.enlaces import caso_portal


def del_caso(caso) -> dict:
    """Which case it is, its pages, and whom to call."""
    return {
        "folio": caso.folio,
        "proyecto": caso.sede.nombre,
        "unidad": caso.unidad.nombre,
        "url": caso_portal(caso),
        "url_consola": sala_de(caso.tipo).url_consola(caso),
        "telefono": caso.sede.telefono or caso.empresa.telefono,
        "correo_contacto": caso.sede.correo or caso.empresa.correo_contacto,
    }


def del_plazo(caso, codigo: str) -> dict:
    """The last clock of that code, in words, to promise a date; empty if there is none."""
    suyos = [p for p in plazos_de(caso) if p.codigo == codigo]
    if not suyos:
        return {}
    plazo = max(suyos, key=lambda p: p.ordinal)
    return {
        "vence": vence_en_palabras(plazo.vence_en, caso.sede.tz).removeprefix("el "),
        "porque": plazo.explicacion,
    }


def de_la_visita(caso, v: Visita, evento: Callable) -> dict:
    """A visit just agreed. `evento(caso, visita, anulado=...)` tells the room's calendar event:
    this one's, and that of the one that it takes the place of."""
    tz = caso.sede.tz
    anteriores = [o for o in caso.visitas.all() if o.estado == V.COORDINADA and o.pk != v.pk]
    return {
        "tipo": v.tipo,
        "nombre_visita": v.get_tipo_display().lower(),
        "cuando": fecha_en_palabras(v.inicia_en, tz),
        "hasta": f"{v.termina_en.astimezone(tz):%H:%M}",
        "persona": str(v.persona),
        "maestros": v.maestros,
        "conserjeria": v.exige_conserjeria,
        "termino_estimado": v.termino_estimado_el and dia_en_palabras(v.termino_estimado_el),
        "eventos": [evento(caso, v), *(evento(caso, otra, anulado=True) for otra in anteriores)],
    }


def de_la_no_realizada(v: Visita) -> dict:
    """A visit that was not held, and how it ended."""
    return {
        "nombre_visita": v.get_tipo_display().lower(),
        "resultado": v.estado,
        "cuando": fecha_en_palabras(v.inicia_en, v.expediente.sede.tz),
    }
