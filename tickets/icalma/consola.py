"""Icalma's side of the console: its screens, what waits for whom and where each case is."""

from django.urls import reverse

from postventa.calendario.palabras import duracion_en_palabras
from postventa.consola.salas import ConsolaDeSala, Espera
from postventa.personas.actores import membresias_de
from postventa.personas.models import Rol
from tickets.icalma import forms_consola as f
from tickets.icalma import forms_observacion as fo
from tickets.icalma import forms_visita as fv
from tickets.icalma.flujo import EstadoObservacion as O
from tickets.icalma.flujo import EstadoTicket as T
from tickets.icalma.models import Observacion, Ticket
from tickets.icalma.en_terreno.urls import urls as terreno

FORMULARIOS = {
    ("ticket", "registrar_contacto"): f.RegistrarContacto,
    ("ticket", "coordinar_inspeccion"): f.CoordinarInspeccion,
    ("visita", "iniciar"): fv.Iniciar,
    ("visita", "realizar"): fv.Realizar,
    ("ticket", "coordinar_trabajo"): f.CoordinarTrabajo,
    ("ticket", "coordinar_otra_visita"): f.CoordinarOtraVisita,
    ("ticket", "rechazar_firma"): f.RechazarFirma,
    ("ticket", "cerrar_sin_trabajos"): f.CerrarSinTrabajos,
    ("ticket", "reprogramar_inspeccion"): f.Reprogramar,
    ("ticket", "reprogramar_trabajo"): f.ReprogramarTrabajo,
    ("visita", "registrar_inasistencia_cliente"): fv.NoHabiaNadie,
    ("visita", "registrar_acceso_denegado"): fv.NoAutorizo,
    ("visita", "registrar_inasistencia_empresa"): fv.NoLlegamos,
    ("visita", "cancelar"): fv.CancelarVisita,
    ("ticket", "anular"): f.Anular,
    ("observacion", "aprobar"): fo.Aprobar,
    ("observacion", "rechazar"): fo.Rechazar,
    ("observacion", "ejecutar"): fo.Ejecutar,
    ("observacion", "acoger"): fo.Acoger,
    ("observacion", "confirmar_rechazo"): fo.ConfirmarRechazo,
}
# Guards that hold once the form is filled in: the door looks at them with the data in hand.
TECLEADAS = frozenset(
    {"hay_presencia", "acceso_en_orden", "tiene_evidencia", "llego_a_la_hora", "tiene_fundamento"}
)
ATAJOS = {
    "contacto": ("registrar_contacto", "Registrar contacto"),
    "coordinar_trabajo": ("coordinar_trabajo", "Coordinar"),
}
LARGO = 20


def donde(ids):
    """`Condominio Los Arrayanes, Torre B, depto. 704`, by case id."""
    filas = Ticket.objects.filter(pk__in=ids).values_list("pk", "sede__nombre", "unidad__nombre")
    return {pk: f"{sede}, {unidad}" for pk, sede, unidad in filas}


def esperan(usuario, ahora):
    """What waits for this person: own tickets with nothing agreed, and disputes for the chief."""
    propios = Ticket.objects.filter(
        responsable=usuario, estado__in=[T.GENERADO, T.INSPECCIONADO, T.POR_FIRMAR]
    ).select_related("sede", "unidad")
    propios = propios.prefetch_related("observaciones").order_by("creado_en", "pk")
    esperas = [e for t in propios[: LARGO * 2] if (e := _espera(t, ahora))]
    return (_disputas(usuario, ahora) + esperas)[:LARGO]


def _espera(ticket, ahora):
    hace = duracion_en_palabras(int((ahora - ticket.creado_en).total_seconds()))
    detalle = f"{ticket.folio} · {ticket.sede.nombre}, {ticket.unidad.nombre} · hace {hace}"
    if ticket.estado == T.GENERADO and ticket.contactado_en is None:
        return Espera("Contactar", detalle, _url(ticket, "registrar_contacto"), "Registrar")
    if ticket.estado == T.GENERADO:
        return Espera(
            "Coordinar la inspección", detalle, _url(ticket, "coordinar_inspeccion"), "Coordinar"
        )
    if ticket.estado == T.POR_FIRMAR:
        return Espera("Falta la firma", detalle, _url(ticket, ""), "Ver")
    if any(o.estado == O.APROBADA for o in ticket.observaciones.all()):
        return Espera(
            "Coordinar los trabajos", detalle, _url(ticket, "coordinar_trabajo"), "Coordinar"
        )
    return None


def _disputas(usuario, ahora):
    empresas = {m.empresa_id for m in membresias_de(usuario) if m.rol == Rol.JEFE}
    if not empresas:
        return []
    disputadas = Observacion.objects.filter(
        estado=O.EN_CONSULTA, ticket__empresa_id__in=empresas
    ).select_related("ticket__sede")
    propias = {m.sede_id for m in membresias_de(usuario) if m.rol == Rol.JEFE}
    if None not in propias:
        disputadas = disputadas.filter(ticket__sede_id__in=propias)
    return [
        Espera(
            "Revisar un rechazo",
            f"{o.ticket.folio} · {o} · {o.ticket.sede.nombre}",
            _url(o.ticket, f"observacion-{o.pk}-acoger"),
            "Revisar",
        )
        for o in disputadas.order_by("ticket__creado_en", "numero")[:LARGO]
    ]


def _url(ticket, verbo):
    url = reverse("admin:icalma_ticket_change", args=[ticket.pk])
    return f"{url}?verbo={verbo}" if verbo else url


CONSOLA = ConsolaDeSala(
    tipo="icalma",
    lista="admin:icalma_ticket_changelist",
    caso="admin:icalma_ticket_change",
    formularios=FORMULARIOS,
    tecleadas=TECLEADAS,
    donde=donde,
    esperan=esperan,
    atajos=ATAJOS,
    urls=terreno,
    visita="admin:icalma_terreno",
)
