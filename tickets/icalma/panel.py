"""An owner's case: where it is, the one thing expected of them, and every observation."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from postventa.calendario import hora
from postventa.calendario.palabras import (
    dia_en_palabras,
    fecha_corta,
    vence_en_palabras,
)
from postventa.plazos.models import ABIERTOS
from postventa.visitas.models import Visita
from tickets.icalma.documentos import documentos_de
from tickets.icalma.flujo import DISPUTABLES, TERMINALES
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.hitos import TERMINOS
from tickets.icalma.models import Observacion, Ticket
from tickets.icalma.panel_visita import inasistencia_de, visita_de
from tickets.inmuebles.garantia import garantia_de
from tickets.inmuebles.models import ClaseElemento
from tickets.inmuebles.paginas import plazos_que_corren

PASOS = ("Ingreso", "Contacto", "Inspección", "Trabajos", "Firma")
# Step that is going on in each state; the ones before it are done.
PASO = {
    T.RETENIDO: 1,
    T.GENERADO: 2,
    T.INSPECCION_COORDINADA: 3,
    T.INSPECCIONADO: 4,
    T.TRABAJO_COORDINADO: 4,
    T.EN_EJECUCION: 4,
    T.POR_FIRMAR: 5,
    T.CERRADO_CONFORME: 6,
}
# State of an observation in its owner's words: icon, tone, word.
ESTADOS_OBSERVACION = {
    O.PENDIENTE: ("reloj", "info", "Por revisar"),
    O.APROBADA: ("visto", "ok", "Aprobada"),
    O.RECHAZADA: ("equis", "mal", "Rechazada"),
    O.EN_CONSULTA: ("ojo", "duda", "La revisa el Jefe"),
    O.RECHAZADA_DEFINITIVA: ("equis", "mal", "Rechazada por el Jefe"),
    O.RECHAZADA_ACEPTADA: ("equis", "mal", "Rechazada, aceptada"),
    O.EJECUTADA: ("llave", "info", "Trabajo hecho"),
    O.CONFORME: ("visto", "ok", "Conforme"),
}
# What nobody will do any more in a case that ended before.
SIN_HACER = {
    O.PENDIENTE: ("pausa", "", "No se revisó"),
    O.APROBADA: ("pausa", "", "Aprobada, sin trabajos"),
    O.EN_CONSULTA: ("equis", "mal", "Rechazada, sin revisión"),
}


@dataclass(frozen=True)
class Ficha:
    """One observation as its owner reads it."""

    obs: Observacion
    icono: str
    tono: str
    palabra: str
    fotos: list
    garantia: str
    # By when the Jefe answers, while they review it.
    revision: str = ""

    @property
    def tiene_motivo(self) -> bool:
        return bool(self.obs.exclusion)


def contexto_caso(ticket, request) -> dict:
    """What `icalma/caso.html` needs, in a constant number of queries."""
    ahora = hora.ahora()
    visitas = Visita.objects.select_related("persona").order_by("pk")
    prefetch_related_objects([ticket], Prefetch("visitas", visitas))
    visitas = list(ticket.visitas.all())
    plazos = list(ticket.plazos.select_related("politica__jornada").order_by("vence_en"))
    revision = {
        p.pk: vence_en_palabras(p.vence_en, ticket.sede.tz)
        for p in plazos
        if p.codigo == "consulta" and p.estado in ABIERTOS
    }
    observaciones = ticket.observaciones.prefetch_related("fotos")
    fichas = [_ficha(ticket, o, revision) for o in observaciones]
    return {
        "ticket": ticket,
        "pasos": _pasos(ticket),
        "te_toca": _te_toca(ticket, fichas),
        "por_responder": _por_responder(ticket, fichas),
        "objecion_vence": _vence(ticket, plazos, "objecion"),
        "bloquea_es_suyo": bool(
            ticket.bloqueado_por and ticket.bloqueado_por.cliente_id == ticket.cliente_id
        ),
        "visita": visita_de(ticket, visitas, ahora),
        "inasistencia": inasistencia_de(ticket, visitas, ahora),
        "respuesta_vence": _vence(ticket, plazos, "resolver_objecion"),
        "continuado_por": ticket.estado == T.RESUELTO_INASISTENCIA
        and Ticket.objects.filter(continua=ticket).first(),
        "reparos": [f for f in fichas if f.obs.reparo] if ticket.reparos_en else [],
        "observaciones": fichas,
        "en_consulta": [f for f in fichas if f.obs.estado == O.EN_CONSULTA],
        "plazos": plazos_que_corren(ticket, plazos, TERMINOS, ahora),
        "documentos": _documentos(ticket, ahora),
    }


def _vence(ticket, plazos, codigo: str) -> str:
    """Until when the open clock of that code runs, in words; "" if none does."""
    vencen = [p.vence_en for p in plazos if p.codigo == codigo and p.estado in ABIERTOS]
    return vence_en_palabras(vencen[0], ticket.sede.tz) if vencen else ""


def _documentos(ticket, ahora) -> list[dict]:
    """What there is to download, with its date in few words."""
    return [
        {**d, "dia": fecha_corta(d["fecha"], ticket.sede.tz, ahora).partition(",")[0]}
        for d in documentos_de(ticket)
        if d["disponible"]
    ]


def _pasos(ticket) -> list[tuple[str, str]]:
    """(name, "hecho" | "actual" | "") for each step of the progress line."""
    actual = PASO.get(ticket.estado, 0)
    if ticket.estado == T.GENERADO and ticket.contactado_en:
        actual = 3
    if not actual:  # ended another way: what had happened
        hechos = (ticket.generado_en, ticket.contactado_en, ticket.inspeccionado_en)
        return [(n, "hecho" if i < 3 and hechos[i] else "") for i, n in enumerate(PASOS)]
    return [
        (nombre, "hecho" if i < actual else "actual" if i == actual else "")
        for i, nombre in enumerate(PASOS, 1)
    ]


def _por_responder(ticket, fichas) -> list[Ficha]:
    if ticket.estado not in DISPUTABLES:
        return []
    return [f for f in fichas if f.obs.estado == O.RECHAZADA]


def _te_toca(ticket, fichas) -> str:
    """The one thing expected of the owner. A rejection first: signing would accept it."""
    if _por_responder(ticket, fichas) and not ticket.firmado_en:
        return "responder"
    if ticket.estado == T.POR_FIRMAR and not (ticket.firmado_en or ticket.reparos_en):
        return "firmar"
    return "firmar_otro" if ticket.estado == T.RETENIDO and ticket.bloqueado_por else ""


def _ficha(ticket, observacion, revision: dict) -> Ficha:
    estado = O(observacion.estado)
    terminado = SIN_HACER if ticket.estado in TERMINALES else {}
    return Ficha(
        observacion,
        *terminado.get(estado, ESTADOS_OBSERVACION[estado]),
        list(observacion.fotos.all()),
        _garantia(ticket, observacion) if observacion.exclusion else "",
        revision.get(observacion.plazo_consulta_id, ""),
    )


def _garantia(ticket, observacion) -> str:
    """Legal term of the element, as it stood on the ticket's date (10.1)."""
    garantia = garantia_de(ticket.unidad, observacion.clase)
    al = ticket.creado_en.astimezone(ticket.sede.tz).date()
    vencida = garantia.esta_vencida(al)
    if vencida is None:
        return ""
    hasta = dia_en_palabras(garantia.hasta_el, con_anio=True).partition(" ")[2]
    clase = ClaseElemento(observacion.clase).para_el_propietario.lower()
    nombre = f"{clase}, {garantia.anios} años"
    if vencida:
        return f"La garantía legal de este elemento ({nombre}) venció el {hasta}."
    return f"La garantía legal de este elemento ({nombre}) sigue vigente hasta el {hasta}."
