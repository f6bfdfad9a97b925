"""What waits for a member of staff, each with the way to where it is answered."""

from django.db.models import Q
from django.urls import reverse

from postventa.calendario.palabras import del_dia, duracion_en_palabras, fecha_corta
from postventa.consola.salas import Espera
from postventa.personas.models import Rol
from postventa.personas.permisos import alcance, empresas_de
from postventa.visitas.flujo import EstadoVisita as V
from postventa.visitas.models import Visita
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.models import Observacion, Ticket

LARGO = 100
REPROGRAMAR = {
    Visita.Tipo.INSPECCION: "reprogramar_inspeccion",
    Visita.Tipo.TRABAJO: "reprogramar_trabajo",
}


def esperan(usuario, ahora) -> list[Espera]:
    """Disputes and objections for the chief; of one's own tickets, what the owner answered, the
    visits that passed with nothing noted and what has nothing agreed."""
    return [
        *_del_jefe(usuario, ahora),
        *_visitas(usuario, ahora),
        *_propios(usuario, ahora),
    ][:LARGO]


def _propios(usuario, ahora):
    propios = Ticket.objects.filter(
        responsable=usuario, estado__in=[T.GENERADO, T.INSPECCIONADO, T.POR_FIRMAR, T.RETENIDO]
    ).select_related("sede", "unidad", "bloqueado_por")
    propios = propios.prefetch_related("observaciones").order_by("creado_en", "pk")
    esperas = [(t, e) for t in propios[:LARGO] if (e := _espera(t, ahora))]
    # An owner who said no is answered before what merely runs.
    return [e for t, e in sorted(esperas, key=lambda par: par[0].reparos_en is None)]


def _espera(ticket, ahora):
    hace = duracion_en_palabras(int((ahora - ticket.creado_en).total_seconds()))
    detalle = f"{ticket.folio} · {ticket.sede.nombre}, {ticket.unidad.nombre} · hace {hace}"
    if ticket.estado == T.RETENIDO:
        antes = ticket.bloqueado_por.folio if ticket.bloqueado_por else ""
        return Espera(f"Retenido: falta firmar {antes}", detalle, _url(ticket, ""), "Ver")
    if ticket.estado == T.GENERADO and ticket.contactado_en is None:
        return Espera("Contactar", detalle, _url(ticket, "registrar_contacto"), "Registrar")
    if ticket.estado == T.GENERADO:
        return Espera(
            "Coordinar la inspección", detalle, _url(ticket, "coordinar_inspeccion"), "Coordinar"
        )
    if ticket.estado == T.POR_FIRMAR and ticket.reparos_en:
        reparos = sum(bool(o.reparo) for o in ticket.observaciones.all())
        detalle = f"{ticket.folio} · {ticket.sede.nombre} · {reparos} por corregir"
        return Espera(
            "El propietario no está conforme", detalle, _url(ticket, "rechazar_firma"), "Responder"
        )
    if ticket.estado == T.POR_FIRMAR:
        return Espera("Falta la firma", detalle, _url(ticket, ""), "Ver")
    if any(o.estado == O.APROBADA for o in ticket.observaciones.all()):
        return Espera(
            "Coordinar los trabajos", detalle, _url(ticket, "coordinar_trabajo"), "Coordinar"
        )
    return None


def _visitas(usuario, ahora):
    """Of one's own tickets: another hour that an owner proposed, and visits that passed with
    nothing noted, which no clock tells of."""
    propuesta = Q(estado=V.COORDINADA, propuesta_inicia_en__isnull=False)
    pasada = Q(estado__in=[V.COORDINADA, V.EN_CURSO], termina_en__lt=ahora)
    visitas = Visita.objects.filter(
        propuesta | pasada, expediente__responsable=usuario, expediente__tipo="icalma"
    ).select_related("expediente__sede__empresa", "expediente__cliente")
    return [_espera_de_visita(v, ahora) for v in visitas.order_by("inicia_en", "pk")[:LARGO]]


def _espera_de_visita(v, ahora):
    detalle = f"{v.expediente.folio} · {v.expediente.cliente.nombre} · {v.get_tipo_display()}"
    if v.termina_en < ahora:
        cuando = del_dia(_cuando(v.inicia_en, v, ahora))
        return Espera(
            "Registrar qué pasó en la visita",
            f"{detalle} {cuando}",
            reverse("admin:icalma_terreno", args=[v.pk]),
            "Registrar",
        )
    return Espera(
        f"Propone otra hora: {_cuando(v.propuesta_inicia_en, v, ahora)}",
        detalle,
        _url(v.expediente, REPROGRAMAR[v.tipo]),
        "Responder",
    )


def _del_jefe(usuario, ahora):
    if not empresas_de(usuario, Rol.JEFE):
        return []
    return [*_denuncias(usuario), *_disputas(usuario), *_objeciones(usuario, ahora)]


def _de_su_jefatura(consulta, usuario, camino=""):
    """Rows of the companies that this person heads, or of the places where bound to some."""
    return consulta.filter(
        alcance(usuario, f"{camino}empresa_id", f"{camino}sede_id", roles=(Rol.JEFE,))
    )


def _denuncias(usuario):
    """Open tickets that their owner's mailbox disowns (TM-03)."""
    denunciados = Ticket.objects.filter(denunciado_en__isnull=False, cerrado_en=None)
    denunciados = _de_su_jefatura(denunciados, usuario).select_related("sede")
    return [
        Espera(
            "El propietario dice que no lo envió",
            f"{t.folio} · {t.sede.nombre}",
            _url(t, ""),
            "Revisar",
        )
        for t in denunciados.order_by("denunciado_en", "pk")[:LARGO]
    ]


def _disputas(usuario):
    disputadas = _de_su_jefatura(
        Observacion.objects.filter(estado=O.EN_CONSULTA), usuario, "ticket__"
    )
    return [
        Espera(
            "Revisar un rechazo",
            f"{o.ticket.folio} · {o} · {o.ticket.sede.nombre}",
            f"{_url(o.ticket, f'observacion-{o.pk}-acoger')}#obs-{o.pk}",
            "Revisar",
        )
        for o in disputadas.select_related("ticket__sede").order_by("ticket__creado_en", "numero")[
            :LARGO
        ]
    ]


def _objeciones(usuario, ahora):
    objetadas = Visita.objects.filter(objetada_en__isnull=False, objecion_acogida__isnull=True)
    objetadas = _de_su_jefatura(objetadas, usuario, "expediente__").select_related(
        "expediente__sede__empresa"
    )
    return [
        Espera(
            "Objeción a una inasistencia",
            f"{v.expediente.folio} · visita "
            f"{del_dia(_cuando(v.inicia_en, v, ahora))} · {v.expediente.sede.nombre}",
            _url(v.expediente, f"visita-{v.pk}-resolver_objecion"),
            "Resolver",
        )
        for v in objetadas.order_by("objetada_en", "pk")[:LARGO]
    ]


def _cuando(instante, visita, ahora):
    return fecha_corta(instante, visita.expediente.sede.tz, ahora).lower()


def _url(ticket, verbo):
    url = reverse("admin:icalma_ticket_change", args=[ticket.pk])
    return f"{url}?verbo={verbo}" if verbo else url
